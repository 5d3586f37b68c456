/** Files made to exhaust a verifier: it answers soon and stays small. */
import { execFileSync } from "node:child_process";
import { closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zip as foreignZip } from "../archive/zip.ts";
import { scratch } from "../bundle/sample.ts";
import { entriesOf, localHeader, pack } from "./archive.ts";
import { bombCases } from "./cases/repacked.ts";
import { longRoot, longSigner } from "./keys.ts";
import { produceBundle, referenceCase } from "./reference.ts";
import { altered, filesOf, resealed, textOf } from "./reseal.ts";
import { readFileSync } from "node:fs";

const SECONDS = 5;
const MEGABYTES = 200;
const MIB = 1 << 20;

const folder = scratch();
afterAll(folder.remove);

const signer = longSigner("P-256", longRoot("Harbour Unit root"));
const made = await produceBundle(await referenceCase(folder.path), signer, folder.path, {
  options: { media: false, originals: true, raw: true, private: false },
});
const bundle = readFileSync(made.zip);
const files = filesOf(bundle);

interface Took {
  readonly verdict: string;
  readonly seconds: number;
  readonly megabytes: number;
}

function measured(path: string): Took {
  const script = join(import.meta.dirname, "measure.ts");
  const took: Took = JSON.parse(
    execFileSync(process.execPath, [script, path], { encoding: "utf8", timeout: 60_000 }),
  );
  return took;
}

function put(name: string, bytes: Buffer): string {
  const path = join(folder.path, `${name}.bin`);
  writeFileSync(path, bytes);
  return path;
}

/** Three gigabytes that take no room: the opening of a bundle, then zeros. */
function sparse(): string {
  const path = join(folder.path, "sparse.zip");
  const file = openSync(path, "w");
  writeSync(file, bundle.subarray(0, 4000));
  ftruncateSync(file, 3072 * MIB);
  closeSync(file);
  return path;
}

/** An entry that is as large as it says, and a zero byte throughout. */
function largeEntry(): string {
  const path = join(folder.path, "large.zip");
  const [mimetype] = entriesOf(bundle);
  if (mimetype === undefined) throw new Error("an empty bundle");
  const head = localHeader({ name: "data/zeros", data: Buffer.alloc(0) });
  head.writeUInt32LE(256 * MIB, 18);
  head.writeUInt32LE(256 * MIB, 22);
  const start = Buffer.concat([localHeader(mimetype), mimetype.data, head]);
  const file = openSync(path, "w");
  writeSync(file, start);
  ftruncateSync(file, start.length + 256 * MIB);
  closeSync(file);
  return path;
}

/** The archive among the originals is replaced by one that inflates to 256 megabytes, and all is signed. */
async function bombAsSource(): Promise<string> {
  const artifacts = textOf(files, "data/artifacts.jsonl");
  const file = /"file":"(data\/originals\/[^"]+\.zip)"/.exec(artifacts)?.[1] ?? "";
  const entry = "WhatsApp Chat with Bo Linden.txt";
  const bomb = foreignZip([{ name: entry, data: Buffer.alloc(256 * MIB), deflate: true }]);
  return put("source", await resealed(files, { [file]: bomb }, signer));
}

describe("a bomb", () => {
  const bombs: [string, () => string | Promise<string>][] = bombCases({
    first: { zip: bundle },
  }).map(({ name, bytes }, at) => [name, () => put(`bomb-${at}`, bytes)]);
  const deep = "[".repeat(20 * MIB);
  const more: [string, () => string | Promise<string>][] = [
    ["three gigabytes of nothing", sparse],
    ["an entry of 256 megabytes of nothing", largeEntry],
    [
      "bundle.json of twenty million brackets",
      () => put("deep", altered(files, { "bundle.json": deep })),
    ],
    [
      "a line of eight megabytes",
      () => put("line", altered(files, { "data/messages.jsonl": `"${"a".repeat(8 * MIB)}"\n` })),
    ],
    [
      "a million lines",
      () => put("lines", altered(files, { "data/events.jsonl": "{}\n".repeat(MIB) })),
    ],
    [
      "a report of thirty megabytes of brackets",
      () => put("report", Buffer.from(`%PDF-1.7\n${"<<".repeat(15 * MIB)}`)),
    ],
    [
      "a signed list of a million lines",
      () => put("list", altered(files, { "META-INF/ASiCManifest001.xml": "<x>\n".repeat(MIB) })),
    ],
    [
      "a signature of ten megabytes",
      () =>
        put(
          "signature",
          altered(files, { "META-INF/signature001.p7s": Buffer.alloc(10 * MIB, 0x30) }),
        ),
    ],
    ["an archive among the originals that inflates to 256 megabytes", bombAsSource],
    [
      "nine hundred empty entries",
      () =>
        put(
          "many",
          pack([
            ...entriesOf(bundle),
            ...Array.from({ length: 900 }, (_, at) => ({
              name: `data/x${at}`,
              data: Buffer.alloc(0),
            })),
          ]),
        ),
    ],
  ];

  beforeAll(() => void measured(put("warm", bundle)));

  it.each([...bombs, ...more])(
    `is refused within ${SECONDS} seconds of work and ${MEGABYTES} MB: %s`,
    { timeout: 120_000 },
    async (_, make) => {
      const took = measured(await make());
      expect(took.verdict).toBe("failed");
      expect(took.seconds).toBeLessThan(SECONDS);
      expect(took.megabytes).toBeLessThan(MEGABYTES);
    },
  );
});
