/** A writer of the layout of docs/bundle-spec.md, section 2, that keeps any order and name it is given. */
import { crc32 } from "node:zlib";

export interface Entry {
  readonly name: string;
  readonly data: Buffer;
}

/** The entries of an unharmed bundle, in their order. */
export function entriesOf(zip: Buffer): readonly Entry[] {
  return placesOf(zip).map(({ name, data, size }) => ({
    name,
    data: zip.subarray(data, data + size),
  }));
}

/** Where the parts of one entry lie in the file. */
export interface Place {
  readonly name: string;
  readonly local: number;
  readonly data: number;
  readonly size: number;
  readonly central: number;
}

/** Where everything lies in an unharmed bundle. */
export function placesOf(zip: Buffer): readonly Place[] {
  const places: Place[] = [];
  let local = 0;
  let central = zip.readUInt32LE(zip.length - 6);
  while (zip.readUInt32LE(local) === 0x04034b50) {
    const size = zip.readUInt32LE(local + 18);
    const length = zip.readUInt16LE(local + 26);
    const name = zip.toString("latin1", local + 30, local + 30 + length);
    const data = local + 30 + length;
    places.push({ name, local, data, size, central });
    local = data + size;
    central += 46 + length;
  }
  return places;
}

export function placeOf(zip: Buffer, name: string): Place {
  const place = placesOf(zip).find((each) => each.name === name);
  if (place === undefined) throw new Error(`no ${name} in the bundle`);
  return place;
}

/** Where the central directory begins, and the end record. */
export function endOf(zip: Buffer): { readonly directory: number; readonly end: number } {
  return { directory: zip.readUInt32LE(zip.length - 6), end: zip.length - 22 };
}

export function localHeader({ name, data }: Entry): Buffer {
  const text = Buffer.from(name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(10, 4);
  header.writeUInt16LE(0x21, 12);
  header.writeUInt32LE(crc32(data), 14);
  header.writeUInt32LE(data.length, 18);
  header.writeUInt32LE(data.length, 22);
  header.writeUInt16LE(text.length, 26);
  return Buffer.concat([header, text]);
}

export function centralHeader({ name, data }: Entry, place: number): Buffer {
  const text = Buffer.from(name);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(0x032d, 4);
  header.writeUInt16LE(10, 6);
  header.writeUInt16LE(0x21, 14);
  header.writeUInt32LE(crc32(data), 16);
  header.writeUInt32LE(data.length, 20);
  header.writeUInt32LE(data.length, 24);
  header.writeUInt16LE(text.length, 28);
  header.writeUInt32LE(0x81a40020, 38);
  header.writeUInt32LE(place, 42);
  return Buffer.concat([header, text]);
}

export function endRecord(count: number, length: number, place: number, comment = ""): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(length, 12);
  record.writeUInt32LE(place, 16);
  record.writeUInt16LE(Buffer.byteLength(comment, "latin1"), 20);
  return Buffer.concat([record, Buffer.from(comment, "latin1")]);
}

/** The file of these entries in this order; `directory` for another order of the central directory. */
export function pack(entries: readonly Entry[], directory: readonly Entry[] = entries): Buffer {
  const locals: Buffer[] = [];
  const places = new Map<Entry, number>();
  let at = 0;
  for (const entry of entries) {
    places.set(entry, at);
    const bytes = Buffer.concat([localHeader(entry), entry.data]);
    locals.push(bytes);
    at += bytes.length;
  }
  const central = Buffer.concat(
    directory.map((entry) => centralHeader(entry, places.get(entry) ?? 0)),
  );
  return Buffer.concat([...locals, central, endRecord(directory.length, central.length, at)]);
}

/** The order of a bundle: mimetype, then by the bytes of the names. */
export function inOrder(entries: readonly Entry[]): readonly Entry[] {
  const key = ({ name }: Entry): Buffer => Buffer.from(name === "mimetype" ? "" : name);
  return entries.toSorted((left, right) => Buffer.compare(key(left), key(right)));
}

/** A copy with bytes written over those at `at`. */
export function overwritten(bytes: Buffer, at: number, change: Uint8Array): Buffer {
  const copy = Buffer.from(bytes);
  copy.set(change, at);
  return copy;
}

/** A copy with one bit of the byte at `at` changed. */
export function flipped(bytes: Buffer, at: number, bit = 1): Buffer {
  const value = bytes[at < 0 ? bytes.length + at : at];
  if (value === undefined) throw new Error(`no byte ${at}`);
  return overwritten(bytes, at < 0 ? bytes.length + at : at, Uint8Array.of(value ^ bit));
}

/** A copy with `bytes` put in at `at`. */
export function inserted(file: Buffer, at: number, bytes: Uint8Array | string): Buffer {
  return Buffer.concat([file.subarray(0, at), Buffer.from(bytes), file.subarray(at)]);
}
