import type { Detection, Probe } from "../../model/format.ts";
import { newHeader, newHeaderReader } from "./header.ts";
import { lineEndOf } from "./lines.ts";
import { isExportName } from "./title.ts";
import { isUtf16, utf16Head } from "./utf16.ts";

/** Lines looked at, blank ones not counted. */
const LINES = 50;

/**
 * Tells an export by its headers: the first line is one, or one line in five of the first fifty. The
 * file's name adds a little, since people rename files. An empty file is no chat.
 */
export function detect(probe: Probe): Detection {
  const named = isExportName(probe.name);
  const utf16 = isUtf16(probe.head);
  const { lines, headers, first } = countHeaders(utf16 ? utf16Head(probe.head) : bufferOf(probe));
  if (headers === 0) return { score: 0, reason: "no line opens with a date and a time" };
  if (!first && headers * 5 < lines) {
    return {
      score: named ? 50 : 20,
      reason: `${headers} of ${lines} lines open with a date and a time`,
    };
  }
  const score = (first ? 80 : 65) + (named ? 15 : 0) - (utf16 ? 40 : 0);
  return { score, reason: "lines open with a date and a time as in a WhatsApp chat" };
}

function bufferOf(probe: Probe): Buffer {
  return Buffer.from(probe.head.buffer, probe.head.byteOffset, probe.head.byteLength);
}

function countHeaders(bytes: Buffer): { lines: number; headers: number; first: boolean } {
  const header = newHeader();
  const readHeader = newHeaderReader();
  let lines = 0;
  let headers = 0;
  let first = false;
  const lineEnd = lineEndOf(bytes);
  let start = 0;
  while (start < bytes.length && lines < LINES) {
    const feed = bytes.indexOf(lineEnd, start);
    const end = feed < 0 ? bytes.length : feed;
    if (end - start > 1) {
      lines++;
      if (readHeader(bytes, start, end, header)) {
        headers++;
        first ||= lines === 1;
      }
    }
    start = end + 1;
  }
  return { lines, headers, first };
}
