import { Buffer } from "node:buffer";
import { tableAt } from "./sfnt.ts";

/**
 * A TrueType font with the glyphs of one file: what PDF asks of an embedded font (ISO 32000-1 section
 * 9.9). The font parser's own subset decodes and encodes every glyph; here their bytes are copied.
 */

/** Tables that are copied as they are: the programs that glyphs call. */
const COPIED = ["cvt ", "fpgm", "prep"] as const;

const LARGEST_GLYPH = 0xffff;

/**
 * The font's bytes.
 *
 * @param glyphs numbers in the whole font by code; a number may come twice
 * @param advances how far each code moves the pen, in the font's units
 * @returns null where the font lacks a table, or its glyphs are not where it says
 */
export function subsetOf(
  font: Buffer,
  glyphs: readonly number[],
  advances: readonly number[],
): Buffer | null {
  const source = sourceOf(font);
  if (source === null) return null;
  const ids = [...glyphs];
  const places = new Map<number, number>();
  for (const [place, id] of ids.entries()) if (!places.has(id)) places.set(id, place);
  const outlines: Buffer[] = [];
  const loca: number[] = [0];
  let length = 0;
  // A glyph that is made of others adds those to the list.
  for (let place = 0; place < ids.length; place += 1) {
    const outline = outlineOf(source, ids[place] ?? 0);
    if (outline === null || ids.length > LARGEST_GLYPH) return null;
    const own = withParts(outline, (id) => {
      const present = places.get(id);
      if (present !== undefined) return present;
      places.set(id, ids.length);
      return ids.push(id) - 1;
    });
    if (own === null) return null;
    const padding = (4 - (own.length % 4)) % 4;
    outlines.push(own, Buffer.alloc(padding));
    length += own.length + padding;
    loca.push(length);
  }
  const tables: [string, Buffer][] = [
    ["glyf", Buffer.concat(outlines)],
    ["head", patched(source.head, 50, 1)],
    ["hhea", patched(source.hhea, 34, ids.length)],
    ["hmtx", metricsOf(source, ids, advances)],
    ["loca", offsetsOf(loca)],
    ["maxp", patched(source.maxp, 4, ids.length)],
  ];
  for (const tag of COPIED) {
    const table = tableAt(font, tag);
    if (table !== null) tables.push([tag, table]);
  }
  return fileOf(tables.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

interface Source {
  readonly head: Buffer;
  readonly hhea: Buffer;
  readonly maxp: Buffer;
  readonly hmtx: Buffer;
  readonly loca: Buffer;
  readonly glyf: Buffer;
  readonly hasLongOffsets: boolean;
}

function sourceOf(font: Buffer): Source | null {
  const [head, hhea, maxp] = [tableAt(font, "head"), tableAt(font, "hhea"), tableAt(font, "maxp")];
  const [hmtx, loca, glyf] = [tableAt(font, "hmtx"), tableAt(font, "loca"), tableAt(font, "glyf")];
  if (head === null || hhea === null || maxp === null) return null;
  if (hmtx === null || loca === null || glyf === null) return null;
  if (head.length < 54 || hhea.length < 36 || maxp.length < 6) return null;
  return { head, hhea, maxp, hmtx, loca, glyf, hasLongOffsets: head.readInt16BE(50) === 1 };
}

function outlineOf({ loca, glyf, hasLongOffsets }: Source, id: number): Buffer | null {
  const size = hasLongOffsets ? 4 : 2;
  if ((id + 2) * size > loca.length) return null;
  const at = (place: number): number =>
    hasLongOffsets ? loca.readUInt32BE(place * 4) : loca.readUInt16BE(place * 2) * 2;
  const [start, end] = [at(id), at(id + 1)];
  return start <= end && end <= glyf.length ? glyf.subarray(start, end) : null;
}

const WORDS = 0x01;
const SCALE = 0x08;
const MORE = 0x20;
const TWO_SCALES = 0x40;
const FOUR_SCALES = 0x80;

/** A compound glyph with the numbers of its parts in the subset; a simple one as it is. */
function withParts(outline: Buffer, placeOf: (id: number) => number): Buffer | null {
  if (outline.length < 10 || outline.readInt16BE(0) >= 0) return outline;
  const copy = Buffer.from(outline);
  let flags = MORE;
  for (let at = 10; (flags & MORE) !== 0;) {
    if (at + 4 > copy.length) return null;
    flags = copy.readUInt16BE(at);
    copy.writeUInt16BE(placeOf(copy.readUInt16BE(at + 2)), at + 2);
    at += 4 + ((flags & WORDS) === 0 ? 2 : 4);
    if ((flags & SCALE) !== 0) at += 2;
    else if ((flags & TWO_SCALES) !== 0) at += 4;
    else if ((flags & FOUR_SCALES) !== 0) at += 8;
  }
  return copy;
}

function metricsOf(
  { hhea, hmtx }: Source,
  ids: readonly number[],
  advances: readonly number[],
): Buffer {
  const count = hhea.readUInt16BE(34);
  const table = Buffer.alloc(ids.length * 4);
  for (const [place, id] of ids.entries()) {
    const own = Math.min(id, count - 1) * 4;
    const bearing = id < count ? id * 4 + 2 : count * 4 + (id - count) * 2;
    const isThere = own + 2 <= hmtx.length && bearing + 2 <= hmtx.length;
    const advance = advances[place] ?? (isThere ? hmtx.readUInt16BE(own) : 0);
    table.writeUInt16BE(Math.round(advance), place * 4);
    table.writeInt16BE(isThere ? hmtx.readInt16BE(bearing) : 0, place * 4 + 2);
  }
  return table;
}

function offsetsOf(offsets: readonly number[]): Buffer {
  const table = Buffer.alloc(offsets.length * 4);
  for (const [place, offset] of offsets.entries()) table.writeUInt32BE(offset, place * 4);
  return table;
}

function patched(table: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(table);
  copy.writeUInt16BE(value, at);
  return copy;
}

/** A font file of these tables; the sum over it all is left out, as PDF readers do not look at it. */
function fileOf(tables: readonly (readonly [string, Buffer])[]): Buffer {
  const directory = Buffer.alloc(12 + tables.length * 16);
  const power = 2 ** Math.floor(Math.log2(tables.length));
  directory.writeUInt32BE(0x00010000, 0);
  directory.writeUInt16BE(tables.length, 4);
  directory.writeUInt16BE(power * 16, 6);
  directory.writeUInt16BE(Math.log2(power), 8);
  directory.writeUInt16BE((tables.length - power) * 16, 10);
  const parts: Buffer[] = [directory];
  let offset = directory.length;
  for (const [index, [tag, table]] of tables.entries()) {
    const padding = Buffer.alloc((4 - (table.length % 4)) % 4);
    const at = 12 + index * 16;
    directory.write(tag, at, "latin1");
    directory.writeUInt32BE(sumOf(table), at + 4);
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(table.length, at + 12);
    parts.push(table, padding);
    offset += table.length + padding.length;
  }
  return Buffer.concat(parts);
}

function sumOf(table: Buffer): number {
  let sum = 0;
  const whole = table.length - (table.length % 4);
  for (let at = 0; at < whole; at += 4) sum = (sum + table.readUInt32BE(at)) >>> 0;
  for (let at = whole; at < table.length; at += 1) {
    sum = (sum + (table[at] ?? 0) * 2 ** (8 * (3 - (at % 4)))) >>> 0;
  }
  return sum;
}
