/** Bundles made of a test's case, and what lies in them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { openBundle } from "../../src/bundle/read.ts";
import type { Signer } from "../../src/model/signature.ts";
import type { ValidationReport } from "../../src/model/validation.ts";
import type { BundleMade, BundleRequest } from "../../src/workflow/bundling/request.ts";
import { makeBundle } from "../../src/workflow/bundling/bundle.ts";
import { inspectFile } from "../../src/workflow/inspect.ts";
import { WHOLE } from "../../src/workflow/production/resolve.ts";
import { verifyFile } from "../../src/workflow/verify.ts";
import type { BundleRecord } from "../../src/model/production.ts";
import { makeRoot, makeSigner, trusted } from "../signature/pki.ts";
import type { Place } from "./case.ts";
import { withWriter } from "./case.ts";

const root = makeRoot();
export const signer: Signer = makeSigner("P-256", root);
/** A clock at which the signer's certificate is good. */
export const SIGNED_AT = "2026-03-02T09:00:00Z";

/** What is asked for otherwise than: the whole case, without attachments, with slices, in English. */
export type Wishes = Partial<Omit<BundleRequest, "selection" | "options">> & {
  readonly selection?: Partial<BundleRequest["selection"]>;
  readonly options?: Partial<BundleRequest["options"]>;
};

export function bundleRequest(place: Place, wishes: Wishes = {}): BundleRequest {
  return {
    procedure: null,
    recipient: "Court of Example",
    language: "en",
    signer,
    out: join(place.folder, "out"),
    ...wishes,
    selection: { ...WHOLE, ...wishes.selection },
    options: { media: false, originals: false, raw: true, private: false, ...wishes.options },
  };
}

/** Makes the next production and reads it. */
export async function bundle(place: Place, wishes: Wishes = {}): Promise<Opened> {
  const made = await withWriter(place, (writer) =>
    makeBundle(writer, bundleRequest(place, wishes)),
  );
  return openMade(made);
}

export interface Opened {
  readonly made: BundleMade;
  readonly record: BundleRecord;
  readonly names: readonly string[];
  readonly file: (name: string) => Buffer;
  /** The values of a .jsonl file of data/. */
  readonly lines: (name: string) => Record<string, unknown>[];
}

export function openMade(made: BundleMade): Opened {
  const { bundle: record, files } = inspectFile(made.zip);
  if (record === null) throw new Error("no bundle.json");
  const file = (name: string): Buffer => {
    const opened = openBundle(made.zip);
    try {
      return opened.read(name, 1 << 30) ?? Buffer.alloc(0);
    } finally {
      opened.close();
    }
  };
  return {
    made,
    record,
    names: files.map(({ name }) => name),
    file,
    lines: (name) =>
      file(`data/${name}.jsonl`)
        .toString()
        .split("\n")
        .filter((line) => line !== "")
        .map((line): Record<string, unknown> => JSON.parse(line)),
  };
}

export async function verified(
  path: string,
  against: readonly string[] = [],
): Promise<ValidationReport> {
  return verifyFile(path, {
    roots: trusted(root.certificate),
    at: null,
    now: new Date(SIGNED_AT),
    requireTime: false,
    against,
    anchor: null,
  });
}

/**
 * Which of these stand anywhere in the files: as they are, as UTF-16, in hex, in base64 at any offset, and
 * inside any deflated stream.
 */
export function leaked(paths: readonly string[], secrets: readonly (string | Buffer)[]): string[] {
  const places = paths.flatMap((path) => {
    const bytes = readFileSync(path);
    return [bytes, ...inflated(bytes)];
  });
  return secrets.flatMap((secret) => {
    const bytes = Buffer.from(secret);
    const found = formsOf(bytes).some((form) => places.some((place) => place.includes(form)));
    return found ? [bytes.toString("latin1")] : [];
  });
}

function formsOf(bytes: Buffer): Buffer[] {
  const hex = bytes.toString("hex");
  const base64 = [0, 1, 2].map((pad) => {
    const text = Buffer.concat([Buffer.alloc(pad), bytes]).toString("base64");
    return text.slice(pad === 0 ? 0 : 4, -4);
  });
  const wide = Buffer.from(bytes.toString("utf8"), "utf16le");
  return [bytes, wide, ...[hex, hex.toUpperCase(), ...base64].map((text) => Buffer.from(text))];
}

function* inflated(bytes: Buffer): Generator<Buffer> {
  for (let at = bytes.indexOf("stream\n"); at >= 0; at = bytes.indexOf("stream\n", at + 1)) {
    const content = bytes.subarray(at + 7, bytes.indexOf("endstream", at));
    try {
      yield inflateSync(content);
    } catch {
      // Not a deflated stream: its bytes are searched as they are.
    }
  }
}
