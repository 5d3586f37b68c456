import type { FaceName } from "./fonts.ts";
import type { Style } from "./span.ts";

/** A4 in points. The left margin is wide enough for two punched holes. */
export const PAGE = {
  width: 595.28,
  height: 841.89,
  left: 71,
  right: 42,
  /** Top of the text, below the running head. */
  top: 62,
  /** Lowest place of a text line, above the foot. */
  bottom: 786,
} as const;

/** Width between the margins. */
export const TEXT_WIDTH: number = PAGE.width - PAGE.left - PAGE.right;

/** Height of a line over the size of its text. */
export const LEADING = 1.36;

const INK = 0;
const SOFT = 0.32;

function style(face: FaceName, size: number, grey: number = INK): Style {
  return { face, size, grey };
}

type Look =
  | "title"
  | "heading"
  | "subheading"
  | "body"
  | "strong"
  | "small"
  | "smallStrong"
  | "soft"
  | "label"
  | "value"
  | "figure"
  | "digest"
  | "number"
  | "softNumber"
  | "event"
  | "caption"
  | "running";

/** Every look a text of the report can have. No meaning is carried by grey alone. */
export const STYLE: Readonly<Record<Look, Style>> = {
  title: style("bold", 19),
  heading: style("bold", 13),
  subheading: style("bold", 10),
  body: style("regular", 9),
  strong: style("bold", 9),
  small: style("regular", 7.5),
  smallStrong: style("bold", 7.5),
  soft: style("regular", 7.5, SOFT),
  label: style("regular", 8, SOFT),
  value: style("regular", 9),
  figure: style("mono", 8.5),
  digest: style("mono", 7.5),
  number: style("bold", 8),
  softNumber: style("regular", 8, SOFT),
  event: style("oblique", 8.5, 0.2),
  caption: style("oblique", 8, 0.2),
  running: style("regular", 7, SOFT),
};
