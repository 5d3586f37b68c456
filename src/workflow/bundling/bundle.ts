import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { publish } from "../../bundle/publish.ts";
import type { Signer } from "../../model/signature.ts";
import type { CaseWriter } from "../case/open.ts";
import { targets, withProduced } from "./drawn.ts";
import { noteBundled, noteSelected } from "./journal.ts";
import type { ProductionNumber } from "./number.ts";
import { nextProduction } from "./number.ts";
import { type BundleMade, type BundleRequest, stampMade } from "./request.ts";
import type { Made } from "./write.ts";
import { readBack, write } from "./write.ts";

export { planBundle } from "./plan.ts";

/**
 * Makes one production: a signed ZIP and its signed report. The pair is written beside its final names,
 * read back and verified, and only then named and journalled; on any error nothing is left.
 *
 * @throws Failure `not-found` for a selection that takes nothing, `target-exists`, `integrity` where what
 *   was written does not verify, and those of the parts
 */
export async function makeBundle(writer: CaseWriter, request: BundleRequest): Promise<BundleMade> {
  const production = nextProduction(writer.db, request.procedure ?? writer.settings.number);
  const final = targets(writer, request.out, production.id);
  mkdirSync(request.out, { recursive: true, mode: 0o700 });
  const scratch = mkdtempSync(join(request.out, `.${production.id}-`));
  try {
    return await withProduced(writer, request, scratch, async (produced) => {
      noteSelected(writer, request, production, produced);
      const parts = { zip: join(scratch, "bundle.zip"), pdf: join(scratch, "report.pdf") };
      const made = await write(writer, request, production, produced, scratch, parts);
      await readBack(parts.zip, request.signer, writer);
      publish([
        { part: parts.zip, final: final.zip },
        { part: parts.pdf, final: final.pdf },
      ]);
      noteBundled(writer, request, production, made);
      return report(request.signer, production, final, made);
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function report(
  signer: Signer,
  production: ProductionNumber,
  final: { zip: string; pdf: string },
  made: Made,
): BundleMade {
  const { counts, timestamp } = made.description;
  return {
    type: "bundle",
    id: production.id,
    zip: final.zip,
    pdf: final.pdf,
    sha256: made.zip.sha256,
    size: made.zip.size,
    messages: counts.messages,
    events: counts.events,
    attachments: counts.attachments,
    withheld: counts.withheld,
    context: counts.context,
    edgeOfRange: counts.edgeOfRange,
    signer: signer.holder,
    timestamp,
    ...(timestamp === "none" ? {} : { stamps: made.stamps.map(stampMade) }),
    ...(made.postponed === null ? {} : { postponed: made.postponed.message }),
  };
}
