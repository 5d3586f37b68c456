import type { FaceName } from "./fonts.ts";

/** How text looks. `size` in points; `grey` from 0, black, to 1, white. */
export interface Style {
  readonly face: FaceName;
  readonly size: number;
  readonly grey: number;
}

/** Text in one style; a line feed in it starts a new line. */
export interface Span {
  readonly text: string;
  readonly style: Style;
  /** `auto` for a text of its own, which runs as its first letter does; else from left to right. */
  readonly direction?: "auto";
}
