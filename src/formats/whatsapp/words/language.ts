/**
 * The app's own phrases in one language of the phone that made the export, as far as they are known.
 * Phrases are compared without case, invisible marks, `<` `>` and a full stop at the end.
 */
export interface Language {
  readonly code: string;
  /** Android: what stands in brackets after a file name, `x.jpg (file attached)`. */
  readonly attached: readonly string[];
  /** iOS: the word before or after a file name, `<attached: x.jpg>`. */
  readonly tag: readonly string[];
  /** Whole bodies that stand for media left out. */
  readonly omitted: readonly Omitted[];
  /** Whole bodies of a message taken back. */
  readonly deleted: readonly string[];
  /** The mark at the end of an edited message. */
  readonly edited: readonly string[];
  /** How the body of a call begins. */
  readonly calls: readonly Call[];
  /** How a file name begins, before the name of the chat. */
  readonly titles: readonly string[];
  /** Beginnings of a notice that the app writes in its own name. */
  readonly openings: readonly string[];
  /** What follows a person's name in a notice about what that person did. */
  readonly deeds: readonly string[];
  /** Notices with text of a user's own, which may hold `: ` where a name would end. */
  readonly quoting: readonly string[];
  /** Notices that only a group has. */
  readonly group: readonly string[];
}

export type Omitted = readonly [phrase: string, media: string | null];

export type Call = readonly [phrase: string, medium: "voice" | "video", missed: boolean];
