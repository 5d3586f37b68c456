import type { AttachmentMapping } from "./schema.ts";

const NONE: readonly string[] = [];

/** The file names in a cell: split where the mapping names a separator, blanks around each cut off. */
export function filesIn(cell: string, attachments: AttachmentMapping): readonly string[] {
  if (cell === "") return NONE;
  if (attachments.separator === null) return [cell];
  return cell
    .split(attachments.separator)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
