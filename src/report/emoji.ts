import { isTone } from "./characters.ts";

const PRESENTED = /^\p{Emoji_Presentation}/u;
const PICTOGRAPH = /^\p{Extended_Pictographic}/u;
const KEYCAP = /^[#*0-9]\ufe0f?\u20e3$/;

/** True for a cluster that is shown as an emoji unless it asks for the text form. */
export function isEmoji(cluster: string): boolean {
  if (cluster.includes("\ufe0e")) return false;
  if (PRESENTED.test(cluster) || KEYCAP.test(cluster)) return true;
  return PICTOGRAPH.test(cluster) && Array.from(cluster).some(isEmojiPart);
}

/** Joiner, emoji selector and skin tones. */
function isEmojiPart(character: string): boolean {
  return character === "\u200d" || character === "\ufe0f" || isTone(character.codePointAt(0) ?? 0);
}

/** True for a pictograph followed by the selector of its text form. */
export function isTextPictograph(cluster: string): boolean {
  return PICTOGRAPH.test(cluster) && cluster.endsWith("\ufe0e");
}
