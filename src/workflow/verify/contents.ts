import { type AsicManifest, readAsicManifest } from "../../bundle/asic.ts";
import { type Digested, readManifest } from "../../bundle/bagit.ts";
import {
  ASIC_MANIFEST,
  BUNDLE_JSON,
  MANIFEST,
  SIGNATURE,
  SIGNER_CHAIN,
  TAG_MANIFEST,
  TSA_CHAIN,
} from "../../bundle/names.ts";
import { readPemChain } from "../../bundle/pem.ts";
import type { Problem } from "../../bundle/problem.ts";
import type { StrictBundle } from "../../bundle/read.ts";
import { Failure } from "../../model/failure.ts";
import type { BundleRecord } from "../../model/production.ts";
import { type Assertion, readAssertions } from "./assertions.ts";
import { readRecord } from "./record.ts";

/**
 * The files of a bundle that say what it is, each read once: the bytes that are hashed are the bytes
 * that are parsed. What cannot be read is null, with its reason in `problems`.
 */
export interface Contents {
  readonly asicBytes: Buffer | null;
  readonly asic: AsicManifest | null;
  readonly payload: readonly Digested[] | null;
  readonly tags: readonly Digested[] | null;
  readonly record: BundleRecord | null;
  readonly signature: Buffer | null;
  /** DER certificates. */
  readonly chain: readonly Uint8Array[] | null;
  /** In their order; none where the bundle has no time-stamp. */
  readonly assertions: readonly Assertion[];
  readonly tsaChain: Buffer | null;
  readonly problems: readonly Problem[];
}

/** No manifest, record or signature of a bundle comes near this. */
const MAX_BYTES = 16 << 20;

export function readContents(bundle: StrictBundle): Contents {
  const problems: Problem[] = [];
  const note = (problem: Problem): null => {
    problems.push(problem);
    return null;
  };
  const take = (name: string): Buffer | null => {
    const bytes = readSmall(bundle, name);
    return Buffer.isBuffer(bytes) ? bytes : note(bytes);
  };
  const parse = <T>(
    name: string,
    bytes: Buffer | null,
    read: (text: string) => T | null,
  ): T | null =>
    bytes === null
      ? null
      : (read(bytes.toString("utf8")) ??
        note({ word: "BAD FORMAT", detail: `${name} is not in its one form` }));

  const asicBytes = take(ASIC_MANIFEST);
  const recordBytes = take(BUNDLE_JSON);
  const record = recordBytes === null ? null : readRecord(recordBytes);
  return {
    asicBytes,
    asic: parse(ASIC_MANIFEST, asicBytes, readAsicManifest),
    payload: parse(MANIFEST, take(MANIFEST), readManifest),
    tags: parse(TAG_MANIFEST, take(TAG_MANIFEST), readManifest),
    record: record !== null && "word" in record ? note(record) : record,
    // Its absence is for the signature's own check to say.
    signature: bundle.find(SIGNATURE) === undefined ? null : take(SIGNATURE),
    chain: parse(SIGNER_CHAIN, take(SIGNER_CHAIN), readPemChain),
    assertions: readAssertions(bundle, take),
    tsaChain: bundle.find(TSA_CHAIN) === undefined ? null : take(TSA_CHAIN),
    problems,
  };
}

function readSmall(bundle: StrictBundle, name: string): Buffer | Problem {
  try {
    const bytes = bundle.read(name, MAX_BYTES);
    return bytes ?? { word: "INCOMPLETE", detail: `there is no ${name}` };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { word: error.code === "integrity" ? "ALTERED" : "LIMIT", detail: error.message };
  }
}
