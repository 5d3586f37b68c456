/**
 * The one way for text of unknown origin (messages, names, file names, errors) to become something a
 * terminal may be sent. Control characters (C0, DEL, C1), bidi controls, characters of no width, line
 * and paragraph separators and lone surrogates come out as `\u{202E}`; a backslash that would read as
 * such an escape is itself escaped, so that two different texts never print alike for this reason.
 *
 * A joiner between two pictographs stays, since a family emoji is one sign; so do the variation
 * selectors 15 and 16.
 */
export function printable(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(UNPRINTABLE, (sign, offset: number) =>
    sign === JOINER && joinsPictographs(text, offset) ? sign : escaped(sign),
  );
}

const PLAIN = /^[ -[\]-~]*$/;

const UNPRINTABLE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u{FFF9}-\u{FFFB}]|(?![\u{FE0E}\u{FE0F}])\p{Default_Ignorable_Code_Point}|\\(?=u\{)/gu;

const JOINER = "\u{200D}";

function escaped(sign: string): string {
  return `\\u{${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
}

function joinsPictographs(text: string, offset: number): boolean {
  const after = String.fromCodePoint(text.codePointAt(offset + 1) ?? 0);
  return BEFORE_JOINER.test(text.slice(Math.max(0, offset - 2), offset)) && PICTOGRAPH.test(after);
}

const PICTOGRAPH = /^\p{Extended_Pictographic}/u;
const BEFORE_JOINER = /(?:\p{Extended_Pictographic}|\u{FE0F}|\p{Emoji_Modifier})$/u;
