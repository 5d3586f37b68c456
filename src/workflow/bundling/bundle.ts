import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assemble } from "../../bundle/assemble.ts";
import { fileOf } from "../../bundle/file.ts";
import { REPORT } from "../../bundle/names.ts";
import { publish } from "../../bundle/publish.ts";
import { sealPdf } from "../../bundle/seal-pdf.ts";
import type { WrittenZip } from "../../bundle/zip.ts";
import { writeZip } from "../../bundle/zip.ts";
import { sha256 } from "../../hash/digest.ts";
import { Failure } from "../../model/failure.ts";
import type { JsonObject } from "../../model/json.ts";
import { isJsonObject } from "../../model/json.ts";
import type { BundleDescription } from "../../model/production.ts";
import type { Signer } from "../../model/signature.ts";
import { drawReport } from "../../report/report.ts";
import { signDetached } from "../../signature/cms.ts";
import type { CaseWriter } from "../case/open.ts";
import { projectPlain } from "../case/project.ts";
import { selectionText } from "../production/describe.ts";
import type { Produced } from "../production/produce.ts";
import { produce } from "../production/produce.ts";
import { filterOf } from "../production/resolve.ts";
import { verifyFile } from "../verify.ts";
import { describe } from "./description.ts";
import { exportFiles } from "./files.ts";
import type { ProductionNumber } from "./number.ts";
import { nextProduction } from "./number.ts";
import type { BundleMade, BundlePlan, BundleRequest } from "./request.ts";

/**
 * Makes one production: a signed ZIP and its signed report. The pair is written beside its final names,
 * read back and verified, and only then named and journalled; on any error nothing is left.
 *
 * @throws Failure `not-found` for a selection that takes nothing, `target-exists`, `integrity` where what
 *   was written does not verify, and those of the parts
 */
export async function makeBundle(writer: CaseWriter, request: BundleRequest): Promise<BundleMade> {
  const production = nextProduction(writer.db, request.procedure ?? writer.settings.number);
  const final = targets(request.out, production.id);
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

/** Says what a bundle would hold; writes nothing but a scratch folder, which is removed. */
export async function planBundle(
  writer: CaseWriter,
  request: BundleRequest,
  scratchParent: string,
): Promise<BundlePlan> {
  const production = nextProduction(writer.db, request.procedure ?? writer.settings.number);
  targets(request.out, production.id);
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

function targets(out: string, id: string): { zip: string; pdf: string } {
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

async function withProduced<T>(
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

interface Made {
  readonly zip: WrittenZip;
  readonly pdfSha256: string;
  readonly description: BundleDescription;
}

async function write(
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

/** Reads the ZIP back with the verifier a recipient uses, trusting for this once the signer's own root. */
async function readBack(path: string, signer: Signer, writer: CaseWriter): Promise<void> {
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

function noteSelected(
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

function noteBundled(
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
    },
    paths: [request.out],
  });
  projectPlain(writer, entry);
}

function numbering(production: ProductionNumber): JsonObject {
  return { procedure: production.procedure, production: production.number, bundle: production.id };
}

function jsonOf(value: object): JsonObject {
  return isJsonObject(value) ? value : {};
}

function report(
  signer: Signer,
  production: ProductionNumber,
  final: { zip: string; pdf: string },
  made: Made,
): BundleMade {
  const { counts } = made.description;
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
    timestamp: "none",
  };
}
