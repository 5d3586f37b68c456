/** A text made readable for JSON.parse, and how much of it had to be changed. */
export interface Mended {
  readonly text: string;
  /** `\xNN`, written by Telegram Desktop for control characters, made `\u00NN`. */
  readonly controls: number;
  /** `\uD800` to `\uDFFF` without its other half, made `\uFFFD`. */
  readonly loneSurrogates: number;
}

const HEX2 = /^[0-9a-fA-F]{2}$/;
const HEX4 = /^[0-9a-fA-F]{4}$/;

/**
 * Mends the two escapes that JSON (RFC 8259, section 7) or RFC 8785 (section 3.2.2) cannot carry. A
 * backslash stands inside strings alone, and each escapes the character behind it, so that a run of
 * them is told apart by walking from pair to pair.
 */
export function mendEscapes(text: string): Mended {
  const parts: string[] = [];
  let done = 0;
  let controls = 0;
  let loneSurrogates = 0;
  for (let at = text.indexOf("\\"); at !== -1; at = text.indexOf("\\", at)) {
    const letter = text[at + 1];
    let next = at + 2;
    if (letter === "x" && HEX2.test(text.slice(next, next + 2))) {
      parts.push(text.slice(done, at), "\\u00", text.slice(next, next + 2));
      done = next += 2;
      controls += 1;
    } else if (letter === "u") {
      const pair = surrogates(text, at);
      if (pair === "lone") {
        parts.push(text.slice(done, at), "\\uFFFD");
        done = at + 6;
        loneSurrogates += 1;
      }
      next = at + (pair === "pair" ? 12 : 6);
    }
    at = next;
  }
  parts.push(text.slice(done));
  return { text: parts.join(""), controls, loneSurrogates };
}

/** What the `\uNNNN` at `at` is: one half of a surrogate pair alone, both halves, or any other character. */
function surrogates(text: string, at: number): "lone" | "pair" | "other" {
  const unit = unitAt(text, at);
  if (unit === null || unit < 0xd800 || unit > 0xdfff) return "other";
  if (unit >= 0xdc00) return "lone";
  const low = unitAt(text, at + 6);
  return low !== null && low >= 0xdc00 && low <= 0xdfff ? "pair" : "lone";
}

function unitAt(text: string, at: number): number | null {
  const digits = text.slice(at + 2, at + 6);
  return text.startsWith("\\u", at) && HEX4.test(digits) ? Number.parseInt(digits, 16) : null;
}
