/** Longer texts are no offset. */
const LONGEST = 12;

const OFFSET = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/i;

/**
 * An offset as tables write it (`+02:00`, `+0200`, `-5`, `UTC+1`, `Z`, `UTC`) in the form `+02:00` or
 * `Z`; null for anything else. The real world has none beyond 18 hours.
 */
export function readOffset(text: string): string | null {
  if (text.length > LONGEST) return null;
  if (/^(?:Z|UTC|GMT)$/i.test(text)) return "Z";
  const match = OFFSET.exec(text);
  if (match === null) return null;
  const [, sign, hours = "", minutes = "00"] = match;
  if (Number(hours) > 18 || Number(minutes) > 59) return null;
  return `${sign}${hours.padStart(2, "0")}:${minutes}`;
}
