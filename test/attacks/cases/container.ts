/** Classes 6, 18 to 25, 27: the ZIP around unchanged files. */
import type { Case } from "../case.ts";
import {
  endOf,
  endRecord,
  type Entry,
  entriesOf,
  flipped,
  inserted,
  overwritten,
  pack,
  placeOf,
  placesOf,
} from "../archive.ts";
import { MESSAGES, SIGNATURE } from "../reseal.ts";
import type { World } from "../world.ts";

function failed(number: number, name: string, bytes: Buffer, word = "ALTERED"): Case {
  return { class: number, name, bytes, verdict: "failed", word };
}

const LOCAL_FIELDS = {
  mark: 0,
  version: 4,
  flags: 6,
  method: 8,
  time: 10,
  date: 12,
  crc: 14,
  "packed size": 18,
  size: 22,
  "name length": 26,
  "extra length": 28,
  name: 32,
};
const CENTRAL_FIELDS = {
  mark: 1,
  "made by": 4,
  version: 6,
  flags: 8,
  method: 10,
  time: 12,
  date: 14,
  crc: 16,
  "packed size": 20,
  size: 24,
  "name length": 28,
  "extra length": 30,
  "comment length": 32,
  disk: 34,
  "internal attributes": 36,
  "external attributes": 41,
  place: 42,
  name: 48,
};
const END_FIELDS = {
  mark: 2,
  disk: 4,
  "directory's disk": 6,
  "count here": 8,
  count: 10,
  "directory's length": 12,
  "directory's place": 16,
  "comment length": 20,
};

/** One bit of each field of each kind of header. */
export function headerCases({ first: { zip } }: World): readonly Case[] {
  const { local, central } = placeOf(zip, MESSAGES);
  const places = [
    ["local header", local, LOCAL_FIELDS],
    ["directory", central, CENTRAL_FIELDS],
    ["end record", endOf(zip).end, END_FIELDS],
  ] as const;
  return places.flatMap(([where, at, fields]) =>
    Object.entries(fields).map(([field, offset]) =>
      failed(6, `one bit of ${field} in the ${where}`, flipped(zip, at + offset)),
    ),
  );
}

/** Bytes that belong to no entry. */
export function surroundedCases({ first: { zip, pdf } }: World): readonly Case[] {
  const { directory, end } = endOf(zip);
  const script = "#!/bin/sh\nexit 0\n";
  const commented = Buffer.concat([
    zip.subarray(0, end),
    endRecord(zip.readUInt16LE(end + 8), end - directory, directory, "a comment"),
  ]);
  return [
    failed(18, "bytes before it", inserted(zip, 0, script)),
    failed(18, "bytes before it, places made to fit", shifted(zip, Buffer.from(script))),
    failed(18, "a line end behind it", inserted(zip, zip.length, "\n")),
    failed(18, "a comment", commented),
    failed(18, "bytes between entries and directory", inserted(zip, directory, "hidden")),
    failed(18, "bytes between two entries", inserted(zip, placeOf(zip, MESSAGES).local, "hidden")),
    failed(18, "bytes before the end record", inserted(zip, end, "hidden")),
    failed(18, "a report before it, so that it is both", Buffer.concat([pdf, zip])),
    failed(18, "a report behind it", Buffer.concat([zip, pdf])),
    failed(18, "a Windows program before it", inserted(zip, 0, "MZ\u0090\u0000")),
  ];
}

/** Everything moved by a prefix, with all places made right. */
function shifted(zip: Buffer, prefix: Buffer): Buffer {
  const copy = Buffer.from(zip);
  const { directory, end } = endOf(zip);
  copy.writeUInt32LE(directory + prefix.length, end + 16);
  for (let at = directory; at < end; at += 46 + zip.readUInt16LE(at + 28)) {
    copy.writeUInt32LE(zip.readUInt32LE(at + 42) + prefix.length, at + 42);
  }
  return Buffer.concat([prefix, copy]);
}

export function joinedCases({ first, second, foreign }: World): readonly Case[] {
  const joined = (name: string, one: Buffer, two: Buffer): Case =>
    failed(19, name, Buffer.concat([one, two]));
  const plain = pack([{ name: "a.txt", data: Buffer.from("a") }]);
  return [
    joined("the next behind it", first.zip, second.zip),
    joined("it behind the next", second.zip, first.zip),
    joined("itself behind it", first.zip, first.zip),
    joined("a stranger's behind it", first.zip, foreign.zip),
    joined("a plain archive behind it", first.zip, plain),
    failed(
      19,
      "the next behind it, places made to fit",
      Buffer.concat([first.zip, shifted(second.zip, first.zip).subarray(first.zip.length)]),
    ),
  ];
}

export function twoEndsCases({ first: { zip }, second }: World): readonly Case[] {
  const { directory, end } = endOf(zip);
  const count = zip.readUInt16LE(end + 8);
  const head = zip.subarray(0, end);
  const own = zip.subarray(end);
  const inner = endRecord(0, 0, 0).toString("latin1");
  const whole = own.toString("latin1");
  return [
    failed(
      20,
      "one in the comment of the other",
      Buffer.concat([head, endRecord(count, end - directory, directory, inner)]),
    ),
    failed(20, "the right one in a comment", Buffer.concat([head, endRecord(0, 0, 0, whole)])),
    failed(20, "the same twice", Buffer.concat([zip, own])),
    failed(20, "an empty one behind", Buffer.concat([zip, endRecord(0, 0, 0)])),
    failed(20, "an empty one before", Buffer.concat([head, endRecord(0, 0, 0), own])),
    failed(
      20,
      "that of another bundle",
      Buffer.concat([head, second.zip.subarray(second.zip.length - 22), own]),
    ),
  ];
}

export function zip64Cases({ first: { zip } }: World): readonly Case[] {
  const { directory, end } = endOf(zip);
  const count = zip.readUInt16LE(end + 8);
  const head = zip.subarray(0, end);
  const wide = (entries: number, length: number, place: number, at = end): Buffer => {
    const record = Buffer.alloc(76);
    record.writeUInt32LE(0x06064b50, 0);
    record.writeBigUInt64LE(44n, 4);
    record.writeUInt16LE(45, 12);
    record.writeUInt16LE(45, 14);
    record.writeBigUInt64LE(BigInt(entries), 24);
    record.writeBigUInt64LE(BigInt(entries), 32);
    record.writeBigUInt64LE(BigInt(length), 40);
    record.writeBigUInt64LE(BigInt(place), 48);
    record.writeUInt32LE(0x07064b50, 56);
    record.writeBigUInt64LE(BigInt(at), 64);
    record.writeUInt32LE(1, 72);
    return record;
  };
  const own = zip.subarray(end);
  const overflow = overwritten(own, 8, Buffer.from("ffffffffffffffffffffffff", "hex"));
  const put = (name: string, record: Buffer, tail: Buffer): Case =>
    failed(21, name, Buffer.concat([head, record, tail]));
  return [
    put("a needless one that agrees", wide(count, end - directory, directory), own),
    put("a needless one in use", wide(count, end - directory, directory), overflow),
    put("one that counts fewer", wide(1, end - directory, directory), overflow),
    put("one that places the directory elsewhere", wide(count, end - directory, 0), overflow),
    put("one whose locator points elsewhere", wide(count, end - directory, directory, 4), own),
    put("sizes said to be there, and no record", Buffer.alloc(0), overflow),
  ];
}

export function twiceCases({ first: { zip } }: World): readonly Case[] {
  const entries = entriesOf(zip);
  const find = (name: string): Entry => ({
    ...(entries.find((each) => each.name === name) ?? { name, data: Buffer.alloc(0) }),
  });
  const beside = (name: string): Buffer =>
    pack(entries.flatMap((entry) => (entry.name === name ? [entry, find(name)] : [entry])));
  const first = find("mimetype");
  return [
    failed(22, "messages twice", beside(MESSAGES)),
    failed(22, "the signature twice", beside(SIGNATURE)),
    failed(22, "mimetype twice", pack([first, ...entries])),
    failed(22, "mimetype twice, in a row", beside("mimetype")),
    failed(22, "the report again at the end", pack([...entries, find("data/report.pdf")])),
    failed(
      22,
      "messages twice in the directory alone",
      pack(entries, [...entries, ...entries.filter(({ name }) => name === MESSAGES)]),
    ),
    failed(
      22,
      "messages twice, once in the directory",
      pack(
        entries.flatMap((entry) => (entry.name === MESSAGES ? [entry, find(MESSAGES)] : [entry])),
        entries,
      ),
    ),
  ];
}

export function twinCases({ first: { zip } }: World): readonly Case[] {
  const entries = entriesOf(zip);
  const data = Buffer.from("twin");
  const twins = [
    "data/MESSAGES.jsonl",
    "Data/report.pdf",
    "BUNDLE.json",
    "META-INF/Signature001.p7s",
    "data/messages.jsonl/x",
    "data/me\u0301ssages.jsonl",
    "data/m\u00e9ssages.jsonl",
    "DATA/messages.jsonl",
  ];
  return twins.map((name) =>
    failed(
      23,
      `with ${JSON.stringify(name)}`,
      pack([
        entries[0] ?? { name, data },
        ...[...entries.slice(1), { name, data }].toSorted((a, b) =>
          Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)),
        ),
      ]),
    ),
  );
}

/** The local header names one file, the directory another. */
export function twoNamesCases({ first: { zip } }: World): readonly Case[] {
  const names = [
    [MESSAGES, "data/massages.jsonl"],
    ["data/report.pdf", "data/report.exe"],
    [SIGNATURE, "META-INF/signature002.p7s"],
    ["bundle.json", "../ndle.json"],
    ["VERIFY.txt", "/ERIFY.txt"],
  ] as const;
  return names.flatMap(([name, other]) => [
    failed(
      24,
      `${name}, called ${other} in the directory`,
      overwritten(zip, placeOf(zip, name).central + 46, Buffer.from(other)),
    ),
    failed(
      24,
      `${name}, called ${other} in its header`,
      overwritten(zip, placeOf(zip, name).local + 30, Buffer.from(other)),
    ),
  ]);
}

export function reorderedCases({ first: { zip } }: World): readonly Case[] {
  const entries = entriesOf(zip);
  const [mimetype, ...rest] = entries;
  if (mimetype === undefined) throw new Error("an empty bundle");
  const swapped = [...rest];
  swapped.splice(3, 2, ...rest.slice(3, 5).toReversed());
  return [
    failed(25, "two entries swapped", pack([mimetype, ...swapped])),
    failed(25, "all in reverse", pack([mimetype, ...rest.toReversed()])),
    failed(25, "mimetype last", pack([...rest, mimetype])),
    failed(
      25,
      "the signature first",
      pack([...rest.slice(1, 2), mimetype, ...rest.slice(0, 1), ...rest.slice(2)]),
    ),
    failed(25, "the directory alone", pack(entries, [mimetype, ...swapped])),
    failed(25, "the entries alone", pack([mimetype, ...swapped], entries)),
  ];
}

export function datedCases({ first: { zip } }: World): readonly Case[] {
  const date = Buffer.from([0x00, 0x60, 0xda, 0x58]);
  const { local, central } = placeOf(zip, MESSAGES);
  const everywhere = Buffer.from(zip);
  for (const place of placesOf(zip)) {
    everywhere.set(date, place.local + 10);
    everywhere.set(date, place.central + 12);
  }
  return [
    failed(27, "of one entry, in its header", overwritten(zip, local + 10, date)),
    failed(27, "of one entry, in the directory", overwritten(zip, central + 12, date)),
    failed(
      27,
      "of one entry, in both",
      overwritten(overwritten(zip, central + 12, date), local + 10, date),
    ),
    failed(27, "of all entries", everywhere),
    failed(27, "zero", overwritten(zip, local + 10, Buffer.alloc(4))),
  ];
}
