import { isUtf8 } from "node:buffer";
import { getFileNameLowLevel } from "yauzl";
import type { ExtraField } from "./extra.ts";
import { FLAG_UTF8 } from "./local.ts";

/** A decoded name and what its decoding rests on. */
export interface DecodedName {
  readonly text: string;
  readonly doubt: NameDoubt | null;
}

export interface NameDoubt {
  readonly code: "name-encoding" | "name-disagrees";
  readonly level: "finding" | "note";
  readonly detail: string;
}

/**
 * The name for people: UTF-8 where the bytes are UTF-8, else code page 437 (which has a character for
 * each byte, so nothing is lost). An Info-ZIP Unicode path (extra field 0x7075) with the right
 * checksum wins over bytes that are not ASCII; beside an ASCII name it is a second name.
 */
export function decodeName(
  bytes: Buffer,
  flags: number,
  extra: readonly ExtraField[],
): DecodedName {
  const second = unicodePath(bytes, extra);
  const plain = decodePlain(bytes, flags);
  if (second === null || second === plain.text) return plain;
  if (isAscii(bytes)) {
    const detail = `also named ${JSON.stringify(second)}`;
    return { text: plain.text, doubt: { code: "name-disagrees", level: "finding", detail } };
  }
  const detail = `named by its Unicode path; the header alone would read ${JSON.stringify(plain.text)}`;
  return { text: second, doubt: { code: "name-disagrees", level: "note", detail } };
}

function decodePlain(bytes: Buffer, flags: number): DecodedName {
  if (isAscii(bytes)) return { text: bytes.toString("latin1"), doubt: null };
  const declared = (flags & FLAG_UTF8) !== 0;
  if (!isUtf8(bytes)) {
    const detail = declared
      ? "declared UTF-8, is not; read as code page 437"
      : "read as code page 437";
    const doubt = { code: "name-encoding", level: "finding", detail } as const;
    return { text: codePage437(bytes), doubt };
  }
  const text = bytes.toString("utf8");
  if (declared) return { text, doubt: null };
  const detail = "not declared, read as UTF-8";
  return { text, doubt: { code: "name-encoding", level: "note", detail } };
}

function isAscii(bytes: Buffer): boolean {
  return bytes.every((byte) => byte < 0x80);
}

function codePage437(bytes: Buffer): string {
  return getFileNameLowLevel(0, bytes, [], true);
}

function unicodePath(bytes: Buffer, extra: readonly ExtraField[]): string | null {
  const fields = extra.filter((field) => field.id === 0x7075);
  if (fields.length === 0) return null;
  const text = getFileNameLowLevel(0, bytes, fields, true);
  return text === codePage437(bytes) ? null : text;
}
