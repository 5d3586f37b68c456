/**
 * The bits of `Header.style`: what does not vary between the rows of one layout. The separator of the
 * date and the place of its year take two bits each.
 */
export const STYLE_BRACKET = 1;
export const STYLE_SCRIPT: number = 1 << 1;
export const STYLE_COLON: number = 1 << 2;
export const STYLE_SPACED: number = 1 << 3;
export const STYLE_COMMA: number = 1 << 4;
export const STYLE_WORD: number = 1 << 5;
export const STYLE_SECONDS: number = 1 << 6;
export const STYLE_MERIDIEM: number = 1 << 7;
export const STYLE_TIME_DOT: number = 1 << 8;
export const STYLE_TIME_LETTER: number = 1 << 9;
export const STYLE_LAST_DOT: number = 1 << 10;
export const STYLE_DATE_SEPARATOR: number = 11;
export const STYLE_LAYOUT: number = 13;
