/** Classes 26 and 36: the same files packed by other programs, and files made to exhaust a reader. */
import { crc32, deflateRawSync } from "node:zlib";
import { type Part, zip as foreignZip } from "../../archive/zip.ts";
import type { Case } from "../case.ts";
import { centralHeader, endRecord, type Entry, entriesOf, localHeader, pack } from "../archive.ts";
import type { Made, World } from "../world.ts";

function failed(number: number, word: string, name: string, bytes: Buffer): Case {
  return { class: number, name, bytes, verdict: "failed", word };
}

export function repackedCases({ first }: World): readonly Case[] {
  const entries = entriesOf(first.zip);
  const again = (change: (part: Part, at: number) => Part, parts = entries): Buffer =>
    foreignZip(parts.map((entry, at) => change(entry, at)));
  const time = Buffer.from("5554050003e8d86466", "hex");
  return [
    failed(
      26,
      "REPACKED",
      "all deflated",
      again((part) => ({ ...part, deflate: true })),
    ),
    failed(
      26,
      "REPACKED",
      "all but mimetype deflated",
      again((part, at) => ({ ...part, deflate: at > 0 })),
    ),
    failed(
      26,
      "REPACKED",
      "stored",
      again((part) => part),
    ),
    failed(
      26,
      "REPACKED",
      "stored, sizes behind the bytes",
      again((part) => ({ ...part, streamed: true })),
    ),
    failed(
      26,
      "REPACKED",
      "deflated, sizes behind the bytes",
      again((part) => ({ ...part, deflate: true, streamed: true })),
    ),
    failed(
      26,
      "REPACKED",
      "with times in extra fields",
      again((part) => ({ ...part, extra: time })),
    ),
    failed(
      26,
      "REPACKED",
      "in the order of another folder",
      again((part) => ({ ...part, deflate: true }), entries.toReversed()),
    ),
  ];
}

const MIB = 1 << 20;

/** Files that promise more than they hold, or hold more than they should. */
export function bombCases({ first }: { readonly first: Pick<Made, "zip"> }): readonly Case[] {
  const zeros = deflateRawSync(Buffer.alloc(64 * MIB));
  const inflating: Part = { name: "data/zeros.bin", data: Buffer.alloc(64 * MIB), deflate: true };
  const entries = entriesOf(first.zip);
  const many = Array.from({ length: 5000 }, (_, at) => ({
    name: `data/${String(at).padStart(6, "0")}`,
    data: Buffer.alloc(0),
  }));
  const lying = Buffer.from(first.zip);
  lying.writeUInt32LE(0xfffffff0, 18);
  lying.writeUInt32LE(0xfffffff0, 22);
  return [
    failed(36, "LIMIT", "64 MiB of zeros in 64 KiB", foreignZip([inflating])),
    failed(
      36,
      "LIMIT",
      "the same among the files of a bundle",
      foreignZip([...entries, inflating]),
    ),
    failed(
      36,
      "LIMIT",
      "a thousand entries over the same bytes",
      overlapping(1000, zeros, 64 * MIB),
    ),
    failed(
      36,
      "LIMIT",
      "five thousand entries in the right layout",
      pack([...entries.slice(0, 1), ...many]),
    ),
    failed(36, "ALTERED", "sixty thousand entries said to be there", claiming(60_000)),
    failed(36, "", "an entry said to be of 4 GiB, among two bytes", huge()),
    failed(36, "", "a first entry said to be of 4 GiB", lying),
  ];
}

/** Fifield's way: one body that many entries of the directory point to. */
function overlapping(count: number, packed: Buffer, size: number): Buffer {
  const body: Entry = { name: "data/a", data: packed };
  const local = Buffer.concat([localHeader(body), packed]);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(size, 22);
  const central = Buffer.concat(
    Array.from({ length: count }, () => {
      const header = centralHeader(body, 0);
      header.writeUInt16LE(8, 10);
      header.writeUInt32LE(size, 24);
      header.writeUInt32LE(crc32(packed), 16);
      return header;
    }),
  );
  return Buffer.concat([local, central, endRecord(count, central.length, local.length)]);
}

function claiming(count: number): Buffer {
  const entry = { name: "mimetype", data: Buffer.from("application/vnd.etsi.asic-e+zip") };
  const local = Buffer.concat([localHeader(entry), entry.data]);
  const central = centralHeader(entry, 0);
  return Buffer.concat([local, central, endRecord(count, central.length, local.length)]);
}

/** One entry of which the directory says 0xfffffff0 bytes. */
function huge(): Buffer {
  const entry = { name: "data/a", data: Buffer.from("a") };
  const local = Buffer.concat([localHeader(entry), entry.data]);
  const central = centralHeader(entry, 0);
  central.writeUInt32LE(0xfffffff0, 24);
  central.writeUInt32LE(0xfffffff0, 20);
  return Buffer.concat([local, central, endRecord(1, central.length, local.length)]);
}
