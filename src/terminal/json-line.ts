/**
 * One JSON document on one line, safe on a terminal: DEL, C1, bidi controls, characters of no width and
 * U+2028/9 are written as `\uXXXX`, which every JSON reader gives back unchanged.
 */
export function jsonLine(value: object): string {
  const text = JSON.stringify(value);
  return HARMLESS.test(text) ? text : text.replace(HARMFUL, escaped);
}

const HARMLESS = /^[ -~]*$/;

const HARMFUL = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/gu;

function escaped(sign: string): string {
  let text = "";
  for (let i = 0; i < sign.length; i++) {
    text += `\\u${sign.charCodeAt(i).toString(16).padStart(4, "0")}`;
  }
  return text;
}
