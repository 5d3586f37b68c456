import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { isInside } from "../../acquire/source.ts";
import { Failure } from "../../model/failure.ts";
import type { CaseWriter } from "../case/open.ts";
import type { Produced } from "../production/produce.ts";
import { produce } from "../production/produce.ts";
import { filterOf } from "../production/resolve.ts";
import type { BundleRequest } from "./request.ts";

/**
 * Names of the pair in the folder that receives it.
 *
 * @throws Failure `target-exists`; `usage` for a folder inside the case, where nothing but the case belongs
 */
export function targets(
  { paths }: Pick<CaseWriter, "paths">,
  out: string,
  id: string,
): { zip: string; pdf: string } {
  if (isInside(paths.folder, out)) {
    throw new Failure("usage", `the folder for bundles lies inside the case: ${out}`, [
      "name one outside of it with -o",
    ]);
  }
  if (existsSync(out) && !statSync(out).isDirectory()) {
    throw new Failure("target-exists", `there is a file where the folder is to be: ${out}`, [
      "name a folder with -o",
    ]);
  }
  const final = { zip: join(out, `${id}.zip`), pdf: join(out, `${id}.pdf`) };
  for (const path of [final.zip, final.pdf]) {
    if (existsSync(path)) {
      throw new Failure("target-exists", `there is a file already: ${path}`, [
        "choose another folder with -o; nothing is overwritten",
      ]);
    }
  }
  return final;
}

/**
 * Draws the selection of a request, lends it to `use`, and closes it.
 *
 * @throws Failure `not-found` for a selection that takes nothing
 */
export async function withProduced<T>(
  writer: CaseWriter,
  request: BundleRequest,
  scratch: string,
  use: (produced: Produced) => Promise<T>,
): Promise<T> {
  const { selection, options } = request;
  const filter = filterOf(writer.db, selection, writer.settings.zone, "with");
  const produced = await produce(writer, filter, selection, options, scratch);
  try {
    if (produced.counts.messages + produced.counts.events === 0) {
      throw new Failure("not-found", "nothing in the case matches the selection", [
        "try the same flags with `exhibita search --count`",
      ]);
    }
    return await use(produced);
  } finally {
    produced.close();
  }
}
