import { writeFileSync } from "node:fs";
import type { WrittenZip } from "../../bundle/zip.ts";
import { writeZip } from "../../bundle/zip.ts";
import { sha256 } from "../../hash/digest.ts";
import { Failure } from "../../model/failure.ts";
import type { BundleDescription } from "../../model/production.ts";
import type { Signer } from "../../model/signature.ts";
import { drawReport } from "../../report/report.ts";
import type { Stamp } from "../../signature/timestamp/authority.ts";
import type { CaseWriter } from "../case/open.ts";
import type { Produced } from "../production/produce.ts";
import { verifyFile } from "../verify.ts";
import { describe } from "./description.ts";
import { exportFiles } from "./files.ts";
import type { ProductionNumber } from "./number.ts";
import { type BundleRequest, NO_TIMESTAMP } from "./request.ts";
import { type Content, seal, type Sealed } from "./seal.ts";

/** What was written under working names. */
export interface Made {
  readonly zip: WrittenZip;
  readonly pdfSha256: string;
  readonly description: BundleDescription;
  readonly stamps: readonly Stamp[];
  /** Why there is no time-stamp yet, where one was asked for. */
  readonly postponed: Failure | null;
}

/** Writes every face of a production, signs report and container, and gives both their working names. */
export async function write(
  writer: CaseWriter,
  request: BundleRequest,
  production: ProductionNumber,
  produced: Produced,
  scratch: string,
  parts: { zip: string; pdf: string },
): Promise<Made> {
  const data = [...(await exportFiles(produced.rows, scratch)), ...produced.bytes];
  const attempt = async (timestamp: BundleDescription["timestamp"]): Promise<Made> => {
    const description = describe(writer, request, production, produced, data, timestamp);
    const sealed = await sealProduced(writer, request, produced, { description, data });
    writeFileSync(parts.pdf, sealed.pdf, { mode: 0o600, flag: "wx" });
    const zip = await writeZip(sealed.files, parts.zip);
    const { stamps } = sealed;
    return { zip, pdfSha256: sha256(sealed.pdf), description, stamps, postponed: null };
  };
  const { authorities, later } = request.timestamp ?? NO_TIMESTAMP;
  if (authorities.length === 0) return attempt(later ? "later" : "none");
  try {
    return await attempt("expected");
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "timestamp-authority") throw error;
    if (!later) throw withoutTime(error);
    return { ...(await attempt("later")), postponed: error };
  }
}

/** There is another way out where a bundle is made than where it is stamped. */
function withoutTime({ code, message, hints, cause }: Failure): Failure {
  const way = "or make the bundle without for now, and stamp it later: --timestamp-later";
  return new Failure(code, message, [...hints, way], cause);
}

/** Draws the report of what is described, and seals both; bundle.json says beforehand whether they are stamped. */
async function sealProduced(
  writer: CaseWriter,
  { signer, timestamp }: BundleRequest,
  { rows }: Produced,
  { description, data }: Pick<Content, "description" | "data">,
): Promise<Sealed> {
  const drawn = await drawReport({ description, ...rows }, reportSigner(signer));
  const time = new Date(Math.floor(writer.environment.now() / 1000) * 1000);
  const authorities = description.timestamp === "expected" ? (timestamp?.authorities ?? []) : [];
  return seal({ description, data, drawn }, signer, time, authorities);
}

function reportSigner(signer: Signer): {
  holder: string;
  fingerprint: string;
  rootFingerprint: string;
} {
  const [leaf = new Uint8Array()] = signer.chain;
  const root = signer.chain.at(-1) ?? leaf;
  return { holder: signer.holder, fingerprint: sha256(leaf), rootFingerprint: sha256(root) };
}

/**
 * Reads the ZIP back with the verifier a recipient uses, trusting for this once the signer's own root.
 *
 * @throws Failure `integrity`
 */
export async function readBack(path: string, signer: Signer, writer: CaseWriter): Promise<void> {
  const root = signer.chain.at(-1) ?? new Uint8Array();
  const report = await verifyFile(path, {
    roots: [{ certificate: root, origin: "the signer's own chain" }],
    at: null,
    now: new Date(writer.environment.now()),
    requireTime: false,
    against: [],
    anchor: null,
  });
  const failed = report.checks.filter((check) => check.outcome !== "pass");
  if (report.verdict === "passed") return;
  throw new Failure(
    "integrity",
    `the bundle does not verify as written: ${failed.map((check) => `${check.id}: ${check.detail}`).join("; ")}`,
    ["nothing was handed over; run `exhibita check`"],
  );
}
