import { canonical } from "../hash/canonical.ts";
import { sha256 } from "../hash/digest.ts";
import type { Sha256 } from "../model/artifact.ts";
import { Failure } from "../model/failure.ts";
import type { BundleDescription, BundleRecord } from "../model/production.ts";
import { asicManifest } from "./asic.ts";
import { BAGIT_TEXT, bagInfo, contentDigest, isPayload, isTagFile, manifestText } from "./bagit.ts";
import { type BundleFile, fileOf } from "./file.ts";
import {
  ASIC_MANIFEST,
  BAG_INFO,
  BAGIT,
  BUNDLE_JSON,
  MANIFEST,
  MESSAGES,
  MIMETYPE,
  MIMETYPE_TEXT,
  REPORT,
  SIGNATURE,
  SIGNER_CHAIN,
  TAG_MANIFEST,
  TSA_CHAIN,
  VERIFY_TEXT,
} from "./names.ts";
import { pemChain } from "./pem.ts";
import { verifyText } from "./verify-text.ts";

/** All that a bundle is made of. */
export interface BundleParts {
  readonly description: BundleDescription;
  /** Every file under data/ but the report. */
  readonly data: readonly BundleFile[];
  /** The signed report as data/report.pdf, and the digest it had as drawn. */
  readonly report: { readonly file: BundleFile; readonly unsignedSha256: Sha256 };
  /** DER certificates of the signer, its own first; the signature holds these and no others. */
  readonly chain: readonly Uint8Array[];
  /** Name of the signer, as its certificate has it. */
  readonly holder: string;
  /** certs/tsa-chain.pem; absent where no time-stamp is to follow. */
  readonly tsaChain?: string;
  /** Time assertions that are to be added, for the instructions to name; absent: none. */
  readonly assertions?: number;
  /** Gives the detached CMS (DER) over the bytes it is handed. */
  readonly sign: (content: Uint8Array) => Promise<Uint8Array>;
}

/**
 * Makes the files of a bundle that follow from its data: bundle.json, the bag's manifests, the
 * instructions, and the signed ASiC manifest over all of them.
 *
 * @returns every file, ready for `writeZip`
 * @throws Failure `bug` where the description does not speak of these files
 */
export async function assemble(parts: BundleParts): Promise<readonly BundleFile[]> {
  const payload = [...parts.data, parts.report.file];
  refuseForeign(parts.description, payload);
  const record: BundleRecord = {
    ...parts.description,
    unsignedPdfSha256: parts.report.unsignedSha256,
  };
  const manifest = fileOf(MANIFEST, manifestText(payload));
  const tagFiles = [
    fileOf(VERIFY_TEXT, verifyText(factsOf(parts, manifest), parts.description.language)),
    fileOf(BUNDLE_JSON, `${canonical(record)}\n`),
    fileOf(BAGIT, BAGIT_TEXT),
    fileOf(BAG_INFO, bagInfo(record, payload)),
    fileOf(SIGNER_CHAIN, pemChain(parts.chain)),
    ...(parts.tsaChain === undefined ? [] : [fileOf(TSA_CHAIN, parts.tsaChain)]),
    manifest,
  ];
  const tagManifest = fileOf(TAG_MANIFEST, manifestText(tagFiles.filter((f) => isTagFile(f.name))));
  const covered = [...payload, ...tagFiles, tagManifest];
  const asic = Buffer.from(asicManifest({ signature: SIGNATURE, files: covered }), "utf8");
  return [
    fileOf(MIMETYPE, MIMETYPE_TEXT),
    ...covered,
    fileOf(ASIC_MANIFEST, asic),
    fileOf(SIGNATURE, await parts.sign(asic)),
  ];
}

function refuseForeign(description: BundleDescription, payload: readonly BundleFile[]): void {
  const outside = payload.find((file) => !isPayload(file.name));
  if (outside !== undefined) throw new Failure("bug", `${outside.name} is no payload of a bundle`);
  const messages = payload.find((file) => file.name === MESSAGES);
  if (messages?.sha256 !== description.extractSha256) {
    throw new Failure("bug", `bundle ${description.id} names another digest of ${MESSAGES}`);
  }
  if (contentDigest(payload) !== description.contentDigest) {
    throw new Failure("bug", `bundle ${description.id} names another digest of its content`);
  }
  if (!payload.some((file) => file.name === REPORT)) {
    throw new Failure("bug", `bundle ${description.id} has no ${REPORT}`);
  }
}

function factsOf(parts: BundleParts, manifest: BundleFile): Parameters<typeof verifyText>[0] {
  const { id, created, timestamp, extractSha256 } = parts.description;
  return {
    id,
    created,
    timestamp,
    assertions: parts.assertions ?? 0,
    holder: parts.holder,
    signer: sha256(parts.chain[0] ?? Buffer.alloc(0)),
    root: sha256(parts.chain.at(-1) ?? Buffer.alloc(0)),
    messages: extractSha256,
    report: parts.report.file.sha256,
    payloadManifest: manifest.sha256,
  };
}
