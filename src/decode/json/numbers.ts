const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** RFC 8259, section 6; what is no number is left for JSON.parse to refuse. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Puts quotes around every number that a double would round or lose (`9007199254740993`, `1e400`), so
 * that ids come out as they were written. Others stay numbers.
 */
export function quoteWideNumbers(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (let at = 0; at < text.length;) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = stringEnd(text, at);
    else if (!startsNumber(unit)) at += 1;
    else {
      const end = numberEnd(text, at);
      const token = text.slice(at, end);
      if (NUMBER.test(token) && !isHeld(token) && !isName(text, end)) {
        parts.push(text.slice(done, at), '"', token, '"');
        done = end;
      }
      at = end;
    }
  }
  parts.push(text.slice(done));
  return parts.join("");
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) {
    at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  }
  return at + 1;
}

function startsNumber(unit: number): boolean {
  return unit === 0x2d || (unit >= 0x30 && unit <= 0x39);
}

function numberEnd(text: string, start: number): number {
  let at = start + 1;
  // Digits, sign, point, e or E.
  while (at < text.length && "0123456789+-.eE".includes(text.charAt(at))) at += 1;
  return at;
}

/** A number where a member's name must stand: quotes would make it one. */
function isName(text: string, end: number): boolean {
  let at = end;
  while (text.charCodeAt(at) <= 0x20) at += 1;
  return text[at] === ":";
}

/** True where the double nearest to the token stands for the same decimal number. */
function isHeld(token: string): boolean {
  const value = Number(token);
  return Number.isFinite(value) && decimal(String(value)) === decimal(token);
}

/** A number's digits without leading and trailing zeros, with the power of ten of the last one. */
function decimal(token: string): string {
  const [mantissa = "", exponent = "0"] = token.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const digits = whole + fraction;
  let start = 0;
  while (digits[start] === "0") start += 1;
  let end = digits.length;
  while (end > start && digits[end - 1] === "0") end -= 1;
  if (start === end) return "0";
  const power = Number(exponent) - fraction.length + (digits.length - end);
  return `${token.startsWith("-") ? "-" : ""}${digits.slice(start, end)}e${power}`;
}
