import { random } from "./random.ts";
import { vocabulary } from "./vocabulary.ts";

/** One row of a made-up talk, before it takes the shape of an export. */
export interface TalkRow {
  readonly kind: "text" | "media" | "system";
  /** Wall clock in seconds since the epoch, never earlier than the row before. */
  readonly at: number;
  readonly author: number;
  readonly text: string;
  readonly number: number;
}

/** Names of synthetic people. */
export const PEOPLE: readonly string[] = [
  "Amélie Roussel",
  "Bruno Keller",
  "Chloé Mercier",
  "Дарья Орлова",
  "Émile Fontaine",
  "Farid Haddad",
  "Greta Lindqvist",
  "Hugo Castellan",
  "Inès Moreau 🌻",
  "Jonas Weiß",
  "+33 6 39 98 00 17",
  "Léa Dubreuil",
];

const EMOJI = ["😂", "👍", "❤️", "🙏🏽", "😅", "🎉", "👨‍👩‍👧", "🇫🇷", "🤔", "😭"] as const;
const START = Date.UTC(2019, 0, 3, 7, 12) / 1000;

/** A talk of `messages` rows: mostly text, some of several lines, links, media and notices among them. */
export function* talk(messages: number, seed: number): Generator<TalkRow> {
  const chance = random(seed);
  const { word } = vocabulary(seed + 1);
  const sentence = (): string => {
    const length = 1 + chance.below(chance.oneIn(8) ? 48 : 20);
    let text = word(chance);
    for (let at = 1; at < length; at++) text += ` ${word(chance)}`;
    return text;
  };
  const textOf = (): string => {
    let text = sentence();
    if (chance.oneIn(15)) text += `\n${sentence()}`;
    if (chance.oneIn(60)) text += `\n\n- ${word(chance)}\n- ${word(chance)}`;
    if (chance.oneIn(6)) text += ` ${chance.pick(EMOJI)}`;
    if (chance.oneIn(40)) text += ` https://example.org/${word(chance)}?id=${chance.below(1e6)}`;
    return text;
  };
  let at = START;
  let author = 0;
  for (let number = 1; number <= messages; number++) {
    at += chance.oneIn(12) ? chance.below(9000) : chance.below(240);
    if (!chance.oneIn(3)) author = chance.below(PEOPLE.length);
    const kind = chance.oneIn(25) ? "media" : chance.oneIn(150) ? "system" : "text";
    yield { kind, at, author, text: textOf(), number };
  }
}
