import type { StrictBundle } from "../bundle/read.ts";
import { openBundle } from "../bundle/read.ts";
import { readPemChain } from "../bundle/pem.ts";
import {
  ACCOUNTS,
  ARTIFACTS,
  BUNDLE_JSON,
  CONVERSATIONS,
  CUSTODY,
  EVENTS,
  EXCEPTIONS,
  MESSAGES,
  SIGNER_CHAIN,
} from "../bundle/names.ts";
import { sha256 } from "../hash/digest.ts";
import { Failure } from "../model/failure.ts";
import type {
  AccountLine,
  ArtifactLine,
  ConversationLine,
  CustodyLine,
  EventLine,
  ExceptionLine,
  MessageLine,
  Production,
} from "../model/production.ts";
import { isObject } from "../model/json.ts";
import { drawReport } from "../report/report.ts";
import { fingerprintOf, holderOf, readCertificate } from "../signature/certificate.ts";
import { jsonLines } from "./verify/lines.ts";
import { readRecord } from "./verify/record.ts";

/** Whether the pages say what the data says. */
export interface Reproduction {
  readonly type: "reproduction";
  readonly file: string;
  readonly id: string;
  readonly same: boolean;
  /** Digest of the report as drawn now, and as bundle.json states it. */
  readonly drawn: string;
  readonly stated: string;
  /** Versions that differ from those the bundle records, any of which can move a page. */
  readonly versions: readonly string[];
}

const LARGEST_RECORD = 64 << 20;

/**
 * Draws the report again from a bundle's data and compares it with what bundle.json states. It judges
 * no signature: that is `verify`.
 *
 * @throws Failure `integrity` where the bundle cannot be read as one
 */
export async function reproduce(
  file: string,
  dependencies: Readonly<Record<string, unknown>>,
  node: string,
): Promise<Reproduction> {
  const bundle = openBundle(file);
  try {
    const record = recordOf(bundle);
    const { unsignedPdfSha256, ...description } = record;
    const drawn = await drawReport(productionOf(bundle, description), signerOf(bundle));
    const digest = sha256(drawn.bytes);
    const versions = Object.entries({ ...record.dependencies, node: record.tool.node })
      .filter(([name, version]) => (name === "node" ? node : dependencies[name]) !== version)
      .map(([name, version]) => `${name} ${JSON.stringify(version)}`);
    const same = digest === unsignedPdfSha256;
    return {
      type: "reproduction",
      file,
      id: record.id,
      same,
      drawn: digest,
      stated: unsignedPdfSha256,
      versions,
    };
  } finally {
    bundle.close();
  }
}

function recordOf(bundle: StrictBundle): Exclude<ReturnType<typeof readRecord>, { word: unknown }> {
  const bytes = bundle.read(BUNDLE_JSON, LARGEST_RECORD);
  if (bytes === null || bundle.problems.length > 0) {
    throw new Failure("integrity", `not an intact bundle: ${bundle.path}`, [
      "run `exhibita verify`",
    ]);
  }
  const record = readRecord(bytes);
  if ("word" in record) throw new Failure("integrity", `${bundle.path}: ${record.detail}`);
  return record;
}

function productionOf(bundle: StrictBundle, description: Production["description"]): Production {
  return {
    description,
    conversations: [...linesOf<ConversationLine>(bundle, CONVERSATIONS, "conversation")],
    accounts: [...linesOf<AccountLine>(bundle, ACCOUNTS, "account")],
    artifacts: [...linesOf<ArtifactLine>(bundle, ARTIFACTS, "artifact")],
    exceptions: [...linesOf<ExceptionLine>(bundle, EXCEPTIONS, "exception")],
    custody: [...linesOf<CustodyLine>(bundle, CUSTODY, "custody")],
    messages: () => linesOf<MessageLine>(bundle, MESSAGES, "message"),
    events: () => linesOf<EventLine>(bundle, EVENTS, "event"),
  };
}

/**
 * Lines of a file whose digests the maker signed. Their members are taken as the type says: a line that
 * lies about its shape draws another page, which is what this command is there to find.
 */
function* linesOf<T extends { readonly type: string }>(
  bundle: StrictBundle,
  name: string,
  type: T["type"],
): Generator<T> {
  const fail = (detail: string): never => {
    throw new Failure("integrity", `${name} of ${bundle.path}: ${detail}`);
  };
  for (const { value, number } of jsonLines(bundle, name, (problem) => fail(problem.detail))) {
    if (!isLine<T>(value, type)) fail(`line ${number} is no ${type}`);
    else yield value;
  }
}

function isLine<T extends { readonly type: string }>(value: unknown, type: T["type"]): value is T {
  return isObject(value) && value["type"] === type;
}

function signerOf(bundle: StrictBundle): {
  holder: string;
  fingerprint: string;
  rootFingerprint: string;
} {
  const pem = bundle.read(SIGNER_CHAIN, LARGEST_RECORD)?.toString("utf8") ?? "";
  const chain = readPemChain(pem) ?? [];
  const [leaf] = chain;
  const certificate = leaf === undefined ? null : readCertificate(leaf);
  if (leaf === undefined || certificate === null) {
    throw new Failure("integrity", `${bundle.path} names no signer`);
  }
  const fingerprint = fingerprintOf(leaf);
  return {
    holder: holderOf(certificate),
    fingerprint,
    rootFingerprint: fingerprintOf(chain.at(-1) ?? leaf),
  };
}
