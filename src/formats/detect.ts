import { Failure } from "../model/failure.ts";
import type { Probe } from "../model/format.ts";
import type { ListedFormat } from "./index.ts";
import { readMapping, type Mapping } from "./mapping.ts";
import { detectMapped } from "./mapping/detect.ts";

/** A format that may have written the file. */
export interface Candidate {
  readonly id: string;
  readonly score: number;
  /** What in the file speaks for it. */
  readonly reason: string;
}

/** `tie`: two or more formats claim the file about as surely, so that a person must say. */
export type DetectResult =
  | { readonly outcome: "one"; readonly id: string }
  | { readonly outcome: "tie"; readonly candidates: readonly Candidate[] }
  | { readonly outcome: "none" };

/** Lowest score that claims a file. */
export const CLAIM = 50;

/** Scores this close together are a tie. */
export const TIE_WITHIN = 10;

/**
 * Asks every format for its score. `forced` names the format instead; `mapping` is the parsed content of
 * a mapping file or null, and speaks for csv or jsonl where the file has what it names.
 *
 * @throws Failure `usage` for an unknown forced id, for a mapping that is none, and for one of the other
 *   format than the forced
 */
export async function detectFormat(
  probe: Probe,
  formats: readonly ListedFormat[],
  forced: string | null,
  mapping: unknown,
): Promise<DetectResult> {
  const checked = mapping === null ? null : readMapping(mapping);
  if (forced !== null) return { outcome: "one", id: forcedId(forced, formats, checked) };
  const candidates = (await candidatesOf(probe, formats, checked))
    .filter((candidate) => candidate.score >= CLAIM)
    .toSorted((a, b) => b.score - a.score);
  const [best] = candidates;
  if (best === undefined) return { outcome: "none" };
  const close = candidates.filter((candidate) => best.score - candidate.score <= TIE_WITHIN);
  return close.length > 1 ? { outcome: "tie", candidates: close } : { outcome: "one", id: best.id };
}

function forcedId(
  forced: string,
  formats: readonly ListedFormat[],
  mapping: Mapping | null,
): string {
  const ids = formats.map((format) => format.id);
  if (!ids.includes(forced)) {
    throw new Failure("usage", `no such format: ${forced}`, [`known formats: ${ids.join(", ")}`]);
  }
  const other = mapping !== null && MAPPED.includes(forced) && mapping.format !== forced;
  if (other) throw new Failure("usage", `mapping: format: is ${mapping.format}, not ${forced}`);
  return forced;
}

/** Formats that read nothing else than what a mapping says. */
const MAPPED: readonly string[] = ["csv", "jsonl"];

/** One candidate per listed format, in the order of the list. */
async function candidatesOf(
  probe: Probe,
  formats: readonly ListedFormat[],
  mapping: Mapping | null,
): Promise<readonly Candidate[]> {
  const mapped = mapping === null ? null : detectMapped(probe, mapping);
  const candidates: Candidate[] = [];
  for (const { id, load } of formats) {
    const format = await load();
    const detection = mapped?.id === id ? mapped : format.detect(probe);
    candidates.push({ id, score: detection.score, reason: detection.reason });
  }
  return candidates;
}
