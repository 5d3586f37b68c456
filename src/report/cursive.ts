type Range = readonly [first: number, last: number];

/** Scripts whose letters change with their neighbours: Hebrew to Myanmar, and the like of them. */
const CURSIVE: readonly Range[] = [
  [0x0590, 0x109f],
  [0x1700, 0x1c8f],
  [0x1cc0, 0x1cff],
  [0xa800, 0xa95f],
  [0xa980, 0xabff],
  [0xfb1d, 0xfdff],
  [0xfe70, 0xfefc],
  [0x10800, 0x11fff],
  [0x1e800, 0x1efff],
];

/** Scripts that put no blanks between words: Thai, Lao, Myanmar, Khmer. */
const UNSPACED: readonly Range[] = [
  [0x0e00, 0x0eff],
  [0x1000, 0x109f],
  [0x1780, 0x17ff],
];

/** True for a letter that is shaped together with the letters beside it. */
export function isCursive(codePoint: number): boolean {
  return isWithin(codePoint, CURSIVE);
}

/** True for a letter of a script whose words follow one another without a blank. */
export function isUnspaced(codePoint: number): boolean {
  return isWithin(codePoint, UNSPACED);
}

function isWithin(codePoint: number, ranges: readonly Range[]): boolean {
  return ranges.some(([first, last]) => codePoint >= first && codePoint <= last);
}
