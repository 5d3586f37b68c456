/**
 * What a command talks through. *Data* goes to standard output and is what was asked for; *talk* goes to
 * standard error. Every line, of either kind, passes `printable` on its way out, so a caller may put
 * any text of any origin into it; styles are named, and only this folder knows colours.
 */
export interface Terminal {
  /** True under --json: data are records, talk is one JSON line each. */
  readonly json: boolean;
  /** Standard error is a terminal that can redraw a line. */
  readonly isInteractive: boolean;
  /** Columns of standard output; infinite where it is not a terminal, so that nothing is cut in a pipe. */
  readonly width: number;
  /** One line of data. */
  readonly data: (line: Line) => void;
  /** One JSON document as a line of data. */
  readonly record: (value: object) => void;
  /** Bytes as they are; on a terminal, as printable lines. */
  readonly bytes: (data: Uint8Array) => void;
  readonly say: (line: Line) => void;
  readonly warn: (line: Line) => void;
  /** Why the command failed. */
  readonly fail: (line: Line) => void;
  /** What to do next. */
  readonly hint: (line: Line) => void;
  /** One JSON document as a line of talk, whatever the mode. */
  readonly note: (value: object) => void;
  /** Replaces the status lines; none clears them. Nothing happens off an interactive terminal. */
  readonly status: (lines: readonly Line[]) => void;
  /**
   * Asks for a secret without showing it.
   *
   * @throws Failure `usage` where there is nobody to ask, `interrupted` on Ctrl-C or Ctrl-D.
   */
  readonly readSecret: (prompt: string) => Promise<string>;
  /** Resolves when everything said so far has left the process; await it between pages of long output. */
  readonly flush: () => Promise<void>;
}

/** Meaning, not colour: the words of a line must say the same without it. */
export type Style = "strong" | "faint" | "good" | "bad" | "doubtful";

export interface Styled {
  readonly style: Style;
  readonly text: string;
}

export type Piece = string | Styled;

/** A line without its end: text, or pieces that follow each other. */
export type Line = Piece | readonly Piece[];

/** `text` in a style. */
export function styled(style: Style, text: string): Styled {
  return { style, text };
}

/** The pieces of a line. */
export function piecesOf(line: Line): readonly Piece[] {
  return isPieces(line) ? line : [line];
}

/** A line's text without its styles. */
export function textOf(line: Line): string {
  return piecesOf(line)
    .map((piece) => (typeof piece === "string" ? piece : piece.text))
    .join("");
}

function isPieces(line: Line): line is readonly Piece[] {
  return Array.isArray(line);
}
