import { FORMATS } from "../../formats/index.ts";
import { detectFormat } from "../../formats/detect.ts";
import { isArchive } from "../../archive/archive.ts";
import { headOf, listOffers } from "./offer.ts";

/** A source as `ingest` would take it. */
export interface PlannedSource {
  readonly type: "planned";
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
  /** Format detected, `archive` where its members will tell, null where none claims it. */
  readonly format: string | null;
}

/** Says what `ingest` would take in; stores and parses nothing. */
export async function planIngest(paths: readonly string[]): Promise<PlannedSource[]> {
  const { offers } = await listOffers(paths, FORMATS);
  const planned: PlannedSource[] = [];
  for (const offer of offers) {
    const [main] = offer.files;
    if (main === undefined) continue;
    const head = headOf(main.path);
    const bytes = offer.files.reduce((sum, file) => sum + file.size, 0);
    const format = isArchive(head) ? "archive" : await formatOf(main.name.text, head, main.size);
    planned.push({ type: "planned", path: offer.path, files: offer.files.length, bytes, format });
  }
  return planned;
}

async function formatOf(name: string, head: Uint8Array, size: number): Promise<string | null> {
  const found = await detectFormat({ name, head, size, siblings: [] }, FORMATS, null, null);
  return found.outcome === "one" ? found.id : null;
}
