import { Buffer } from "node:buffer";
import { inflateSync } from "node:zlib";

/**
 * The tables of a font file. Fonts come as TrueType, OpenType or WOFF 1.0; the font parser would inflate
 * a table of a WOFF again for every glyph, so a WOFF is unpacked before it sees it.
 */

const WOFF = 0x774f4646;
const HEADER = 12;
const ENTRY = 16;

/** Largest font that is unpacked, in bytes. */
const LARGEST = 64 << 20;

/** A WOFF 1.0 as the TrueType or OpenType font it holds; any other bytes as they are; null where it is broken. */
export function unpacked(bytes: Uint8Array): Buffer | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 44 || file.readUInt32BE(0) !== WOFF) return file;
  const count = file.readUInt16BE(12);
  if (44 + count * 20 > file.length) return null;
  const directory = Buffer.alloc(HEADER + count * ENTRY);
  directory.writeUInt32BE(file.readUInt32BE(4), 0);
  directory.writeUInt16BE(count, 4);
  const parts: Buffer[] = [directory];
  let offset = directory.length;
  for (let i = 0; i < count; i += 1) {
    const entry = file.subarray(44 + i * 20, 64 + i * 20);
    const length = entry.readUInt32BE(12);
    if (offset + length > LARGEST) return null;
    const table = tableOf(file, entry.readUInt32BE(4), entry.readUInt32BE(8), length);
    if (table === null) return null;
    const at = HEADER + i * ENTRY;
    entry.copy(directory, at, 0, 4);
    directory.writeUInt32BE(entry.readUInt32BE(16), at + 4);
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(length, at + 12);
    const padding = (4 - (length % 4)) % 4;
    parts.push(table, Buffer.alloc(padding));
    offset += length + padding;
  }
  return Buffer.concat(parts);
}

function tableOf(file: Buffer, offset: number, packed: number, length: number): Buffer | null {
  const stored = file.subarray(offset, offset + packed);
  if (packed >= length) return stored.length === length ? stored : null;
  try {
    const table = inflateSync(stored, { maxOutputLength: length });
    return table.length === length ? table : null;
  } catch {
    return null;
  }
}

/** How far each glyph moves the pen, by glyph number, in the font's units; null where no table says so. */
export function advancesOf(font: Buffer): ((glyph: number) => number) | null {
  const header = tableAt(font, "hhea");
  const metrics = tableAt(font, "hmtx");
  if (header === null || header.length < 36 || metrics === null) return null;
  const count = header.readUInt16BE(34);
  if (count === 0 || metrics.length < count * 4) return null;
  return (glyph) => metrics.readUInt16BE(Math.min(glyph, count - 1) * 4);
}

/** A table of a font, null where it has none or it is cut short. */
export function tableAt(font: Buffer, tag: string): Buffer | null {
  if (font.length < HEADER) return null;
  const count = font.readUInt16BE(4);
  if (HEADER + count * ENTRY > font.length) return null;
  for (let at = HEADER; at < HEADER + count * ENTRY; at += ENTRY) {
    if (font.toString("latin1", at, at + 4) !== tag) continue;
    const offset = font.readUInt32BE(at + 8);
    const table = font.subarray(offset, offset + font.readUInt32BE(at + 12));
    return table.length === font.readUInt32BE(at + 12) ? table : null;
  }
  return null;
}
