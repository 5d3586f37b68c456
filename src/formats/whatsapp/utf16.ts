import type { FormatRecord } from "../../model/record.ts";

/** True where the bytes open with the mark of UTF-16, which WhatsApp never writes: an editor changed the file. */
export function isUtf16(head: Uint8Array): boolean {
  const [first, second] = head;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** The beginning of a UTF-16 file as UTF-8, for detection. */
export function utf16Head(head: Uint8Array): Buffer {
  const label = head[0] === 0xff ? "utf-16le" : "utf-16be";
  const text = new TextDecoder(label).decode(head.subarray(0, 8192));
  return Buffer.from(text, "utf8");
}

/** The whole file as one unread region. */
export function utf16Exception(size: number): FormatRecord {
  return {
    type: "exception",
    code: "utf-16",
    detail:
      "the file is UTF-16, which WhatsApp does not write: save a copy as UTF-8 and ingest both",
    span: { offset: 0, length: size },
    conversation: null,
  };
}
