import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { CaseWriter } from "../case/open.ts";
import { selectionText } from "../production/describe.ts";
import { targets, withProduced } from "./drawn.ts";
import { nextProduction } from "./number.ts";
import type { BundlePlan, BundleRequest } from "./request.ts";

/** Says what a bundle would hold; writes nothing but a scratch folder, which is removed. */
export async function planBundle(
  writer: CaseWriter,
  request: BundleRequest,
  scratchParent: string,
): Promise<BundlePlan> {
  const production = nextProduction(writer.db, request.procedure ?? writer.settings.number);
  targets(writer, request.out, production.id);
  const scratch = mkdtempSync(join(scratchParent, "exhibita-plan-"));
  try {
    const bytesAside = {
      ...request,
      options: { ...request.options, media: false, originals: false },
    };
    return await withProduced(writer, bytesAside, scratch, async ({ counts }) => {
      const language = request.language ?? writer.settings.language;
      const text = selectionText(request.selection, writer.settings.zone, language);
      const { messages, events, attachments, withheld, context, edgeOfRange, conversations } =
        counts;
      const shown = {
        messages,
        events,
        attachments,
        withheld,
        context,
        edgeOfRange,
        conversations,
      };
      return { type: "plan", id: production.id, selectionText: text, counts: shown };
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
