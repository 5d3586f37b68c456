import { writeFileSync } from "node:fs";
import { assemble } from "../../bundle/assemble.ts";
import { fileOf } from "../../bundle/file.ts";
import { REPORT } from "../../bundle/names.ts";
import { sealPdf } from "../../bundle/seal-pdf.ts";
import type { WrittenZip } from "../../bundle/zip.ts";
import { writeZip } from "../../bundle/zip.ts";
import { sha256 } from "../../hash/digest.ts";
import { Failure } from "../../model/failure.ts";
import type { BundleDescription } from "../../model/production.ts";
import type { Signer } from "../../model/signature.ts";
import { drawReport } from "../../report/report.ts";
import { signDetached } from "../../signature/cms.ts";
import type { CaseWriter } from "../case/open.ts";
import type { Produced } from "../production/produce.ts";
import { verifyFile } from "../verify.ts";
import { describe } from "./description.ts";
import { exportFiles } from "./files.ts";
import type { ProductionNumber } from "./number.ts";
import type { BundleRequest } from "./request.ts";

/** What was written under working names. */
export interface Made {
  readonly zip: WrittenZip;
  readonly pdfSha256: string;
  readonly description: BundleDescription;
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
  const { signer } = request;
  const data = [...(await exportFiles(produced.rows, scratch)), ...produced.bytes];
  const description = describe(writer, request, production, produced, data);
  const drawn = await drawReport({ description, ...produced.rows }, reportSigner(signer));
  const time = new Date(Math.floor(writer.environment.now() / 1000) * 1000);
  const pdf = await sealPdf(
    drawn,
    async (bytes) => signDetached(bytes, signer, { signingTime: null }),
    time,
  );
  const files = await assemble({
    description,
    data,
    report: { file: fileOf(REPORT, pdf), unsignedSha256: sha256(drawn.bytes) },
    chain: signer.chain,
    holder: signer.holder,
    sign: async (content) => signDetached(content, signer, { signingTime: time }),
  });
  writeFileSync(parts.pdf, pdf, { mode: 0o600, flag: "wx" });
  const zip = await writeZip(files, parts.zip);
  return { zip, pdfSha256: sha256(pdf), description };
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
