import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { filesIn } from "../bundle/copy.ts";
import { fileOf } from "../bundle/file.ts";
import { SIGNATURE, TSA_CHAIN } from "../bundle/names.ts";
import { publish } from "../bundle/publish.ts";
import { openBundle } from "../bundle/read.ts";
import { type WrittenZip, writeZip } from "../bundle/zip.ts";
import { Failure } from "../model/failure.ts";
import type { BundleRecord } from "../model/production.ts";
import type { TrustedRoot } from "../model/signature.ts";
import type { CheckedAuthority, Stamp } from "../signature/timestamp/authority.ts";
import { type StampMade, stampMade } from "./bundling/request.ts";
import { assertTime, chainOf, stampFirst } from "./bundling/stamping.ts";
import type { CaseWriter } from "./case/open.ts";
import { projectPlain } from "./case/project.ts";
import { readContents } from "./verify/contents.ts";
import { verifyFile } from "./verify.ts";

/** Who stamps, and where the copies go. */
export interface FlushRequest {
  /** Absolute path of the folder for the copies; made if absent. */
  readonly out: string;
  /** At least one. */
  readonly authorities: readonly CheckedAuthority[];
  readonly roots: readonly TrustedRoot[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A bundle that was made without trusted time, and may be stamped. */
export interface Unstamped {
  readonly type: "to-stamp";
  readonly file: string;
  readonly id: string;
  readonly caseNumber: string;
}

/** A stamped copy; shape of `timestamp flush --json`. */
export interface Flushed {
  readonly type: "stamped";
  readonly file: string;
  readonly id: string;
  /** Path of the copy. */
  readonly zip: string;
  /** Digest of the copy. */
  readonly sha256: string;
  readonly size: number;
  readonly stamps: readonly StampMade[];
}

/**
 * Whether a bundle verifies and is one to be stamped later. Who signed it is not asked here.
 *
 * @throws Failure `integrity` where it does not verify, `refused` where it is to have no time-stamp or has
 *   one, `not-found`, `not-readable`
 */
export async function unstamped(path: string, request: FlushRequest): Promise<Unstamped> {
  await refuseFailed(path, request);
  const bundle = openBundle(path);
  try {
    const { record, assertions } = readContents(bundle);
    if (record === null) throw new Failure("integrity", `${path} is no bundle`);
    refuseStamped(path, record, assertions.length > 0);
    return { type: "to-stamp", file: path, id: record.id, caseNumber: record.case.number };
  } finally {
    bundle.close();
  }
}

function refuseStamped(path: string, { timestamp }: BundleRecord, isStamped: boolean): void {
  if (timestamp === "none") {
    throw new Failure("refused", `${path} says of itself that no time-stamp belongs to it`, [
      "make a new production with --timestamp-url, or with --timestamp-later to stamp it afterwards",
    ]);
  }
  if (isStamped || timestamp === "expected") {
    throw new Failure("refused", `${path} has its time-stamp already`);
  }
}

async function refuseFailed(path: string, { roots, now }: FlushRequest): Promise<void> {
  const report = await verifyFile(path, {
    roots,
    at: null,
    now: new Date(now()),
    requireTime: false,
    against: [],
    anchor: null,
  });
  if (report.verdict !== "failed") return;
  const failed = report.checks.filter(({ outcome }) => outcome === "fail");
  const details = failed.map(({ id, detail }) => `${id}: ${detail}`).join("; ");
  throw new Failure("integrity", `${path} does not verify: ${details}`);
}

/**
 * Writes a copy of a bundle with a token in its signature and time assertions beside it. The report in it
 * stays as it is, since the signature covers it. The copy is verified before it gets its name; the bundle
 * itself is not touched.
 *
 * @throws Failure `timestamp-authority`, `target-exists`, and those of `unstamped`
 */
export async function stampBundle(path: string, request: FlushRequest): Promise<Flushed> {
  const { id } = await unstamped(path, request);
  const zip = join(request.out, basename(path));
  if (existsSync(zip)) {
    throw new Failure("target-exists", `there is a file already: ${zip}`, [
      "choose another folder with -o; nothing is overwritten",
    ]);
  }
  mkdirSync(request.out, { recursive: true, mode: 0o700 });
  const scratch = mkdtempSync(join(request.out, `.${id}-`));
  try {
    const part = join(scratch, "bundle.zip");
    const { written, stamps } = await writeStamped(path, part, request.authorities);
    await refuseFailed(part, request);
    publish([{ part, final: zip }]);
    const { sha256, size } = written;
    return { type: "stamped", file: path, id, zip, sha256, size, stamps: stamps.map(stampMade) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function writeStamped(
  path: string,
  part: string,
  authorities: readonly CheckedAuthority[],
): Promise<{ readonly written: WrittenZip; readonly stamps: readonly Stamp[] }> {
  const bundle = openBundle(path);
  try {
    const { signature } = readContents(bundle);
    if (signature === null) throw new Failure("integrity", `${path} is not signed`);
    const { cms, stamp, known } = await stampFirst(signature, authorities);
    const others = filesIn(bundle).filter(({ name }) => name !== SIGNATURE);
    const signed = [...others, fileOf(SIGNATURE, cms), fileOf(TSA_CHAIN, chainOf(known))];
    const { files, stamps } = await assertTime(signed, known);
    return { written: await writeZip(files, part), stamps: [stamp, ...stamps] };
  } finally {
    bundle.close();
  }
}

/**
 * Refuses to journal a bundle of another case.
 *
 * @throws Failure `usage`
 */
export function refuseForeign({ settings }: CaseWriter, bundle: Unstamped): void {
  if (bundle.caseNumber === settings.number) return;
  throw new Failure(
    "usage",
    `${bundle.file} is a bundle of case ${bundle.caseNumber}, not of ${settings.number}`,
  );
}

/** Journals a stamped copy. */
export function noteStamped(writer: CaseWriter, flushed: Flushed): void {
  const { id, sha256, size, stamps, zip } = flushed;
  const entry = writer.journal.append({
    action: "stamped",
    actor: writer.actor,
    artifacts: [],
    options: {
      bundle: id,
      zipSha256: sha256,
      zipSize: size,
      stamps: stamps.map((stamp) => ({ ...stamp })),
    },
    paths: [zip],
  });
  projectPlain(writer, entry);
}
