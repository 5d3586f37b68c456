import { Chalk, type ChalkInstance } from "chalk";
import { printable } from "./printable.ts";
import { type Line, piecesOf, type Style } from "./terminal.ts";

/** The variables that speak about colour; docs/cli says what each does. */
export interface ColourVariables {
  readonly NO_COLOR?: string | undefined;
  readonly FORCE_COLOR?: string | undefined;
  readonly TERM?: string | undefined;
}

/**
 * Whether to colour a stream: never under --no-color or a non-empty NO_COLOR (no-color.org), always
 * under FORCE_COLOR other than 0 or false, else on a terminal that is not dumb.
 */
export function wantsColour(
  variables: ColourVariables,
  isTerminal: boolean,
  refused: boolean,
): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = variables;
  if (refused || (NO_COLOR !== undefined && NO_COLOR !== "")) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return isTerminal && TERM !== "dumb";
}

/** Writes a line as text for one stream: every piece made printable, then coloured. */
export type Paint = (line: Line) => string;

export function painter(colour: boolean): Paint {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  return (line) =>
    piecesOf(line)
      .map((piece) =>
        typeof piece === "string"
          ? printable(piece)
          : inStyle(chalk, piece.style)(printable(piece.text)),
      )
      .join("");
}

function inStyle(chalk: ChalkInstance, style: Style): ChalkInstance {
  const styles: Readonly<Record<Style, ChalkInstance>> = {
    strong: chalk.bold,
    faint: chalk.dim,
    good: chalk.green,
    bad: chalk.red,
    doubtful: chalk.yellow,
  };
  return styles[style];
}
