import { isUtf8 } from "node:buffer";

/** The encodings a table may be declared in; each has the line feed and the comma as one code unit. */
export const ENCODINGS = ["utf-8", "windows-1252", "utf-16le"] as const;

export type Encoding = (typeof ENCODINGS)[number];

/** Bytes of one code unit. */
export function unitWidth(encoding: Encoding): 1 | 2 {
  return encoding === "utf-16le" ? 2 : 1;
}

/** Bytes of the byte order mark that `head` opens with; 0 where it has none of this encoding. */
export function markLength(head: Uint8Array, encoding: Encoding): number {
  if (encoding === "utf-8") {
    return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  }
  return encoding === "utf-16le" && head[0] === 0xff && head[1] === 0xfe ? 2 : 0;
}

/** The longest byte order mark. */
export const MARK_LIMIT = 3;

/**
 * The text of `data[from..to)`, or null where these bytes are not of the encoding. A lone surrogate of
 * UTF-16 is left as it stands. Bytes that windows-1252 leaves undefined become the C1 controls of the
 * same number, as the WHATWG Encoding standard has it.
 */
export function textOf(data: Buffer, from: number, to: number, encoding: Encoding): string | null {
  switch (encoding) {
    case "utf-8": {
      const text = data.toString("utf8", from, to);
      // The decoder's replacement character is the cheap sign of a fault; the source may also hold one.
      return text.includes("\uFFFD") && !isUtf8(data.subarray(from, to)) ? null : text;
    }
    case "windows-1252":
      return data.toString("latin1", from, to).replace(HIGH_CONTROLS, toWindows1252);
    case "utf-16le":
      return (to - from) % 2 === 0 ? data.toString("utf16le", from, to) : null;
    default:
      return encoding satisfies never;
  }
}

const HIGH_CONTROLS = /[\u0080-\u009f]/g;

/** WHATWG index windows-1252, 0x80 to 0x9F; own table, since `latin1` decoders differ between runtimes. */
const WINDOWS_1252 =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

function toWindows1252(control: string): string {
  return WINDOWS_1252.charAt(control.charCodeAt(0) - 0x80);
}
