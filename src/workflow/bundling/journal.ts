import { sha256 } from "../../hash/digest.ts";
import type { JsonObject } from "../../model/json.ts";
import { isJsonObject } from "../../model/json.ts";
import type { CaseWriter } from "../case/open.ts";
import { projectPlain } from "../case/project.ts";
import type { Produced } from "../production/produce.ts";
import type { ProductionNumber } from "./number.ts";
import { type BundleRequest, stampMade } from "./request.ts";
import type { Made } from "./write.ts";

/** Journals what is about to be produced: the number is taken from here on, whatever becomes of the bundle. */
export function noteSelected(
  writer: CaseWriter,
  request: BundleRequest,
  production: ProductionNumber,
  produced: Produced,
): void {
  const entry = writer.journal.append({
    action: "selected",
    actor: writer.actor,
    artifacts: [],
    options: {
      ...numbering(production),
      selection: jsonOf(request.selection),
      produced: jsonOf(request.options),
      counts: jsonOf(produced.counts),
    },
  });
  projectPlain(writer, entry);
}

/** Journals a bundle that has its name, with the digests by which it is known again. */
export function noteBundled(
  writer: CaseWriter,
  request: BundleRequest,
  production: ProductionNumber,
  made: Made,
): void {
  const { zip, pdfSha256, description } = made;
  const entry = writer.journal.append({
    action: "bundled",
    actor: writer.actor,
    artifacts: [],
    options: {
      ...numbering(production),
      zipSha256: zip.sha256,
      zipSize: zip.size,
      pdfSha256,
      contentDigest: description.contentDigest,
      recipient: request.recipient,
      language: description.language,
      key: request.signer.id,
      signer: sha256(request.signer.chain[0] ?? new Uint8Array()),
      createdFrom: description.createdFrom,
      ...timestampOf(made),
    },
    paths: [request.out],
  });
  projectPlain(writer, entry);
}

/** Nothing where no time-stamp was asked for, as in journals from before there were any. */
function timestampOf({ description, stamps }: Made): JsonObject {
  const { timestamp } = description;
  if (timestamp === "none") return {};
  return { timestamp, stamps: stamps.map((stamp) => jsonOf(stampMade(stamp))) };
}

function numbering(production: ProductionNumber): JsonObject {
  return { procedure: production.procedure, production: production.number, bundle: production.id };
}

function jsonOf(value: object): JsonObject {
  return isJsonObject(value) ? value : {};
}
