import type { Random } from "./random.ts";
import { random } from "./random.ts";

const WORDS = 20_000;
const TABLE = 1 << 20;

const LATIN =
  "a e i o u an en on ar er or ta te ti ra re ri la le li na ne ma me pa pe sa se co de di do fi mo vi zu ch st qu é è ê à ç ü ö ñ";
const CYRILLIC = "а е и о на не но ра ре ро та те то ка ко ли ло ма ви да ст пр ы ь ж ш";

/** Words in the frequencies of real talk (Zipf), most of them Latin with accents, one in twelve Cyrillic. */
export interface Vocabulary {
  readonly word: (chance: Random) => string;
}

export function vocabulary(seed: number): Vocabulary {
  const chance = random(seed);
  const words = new Set<string>();
  while (words.size < WORDS) {
    const syllables = (chance.oneIn(12) ? CYRILLIC : LATIN).split(" ");
    // Frequent words are short ones; the few shortest run out soon.
    const length = 1 + chance.below(2) + Math.floor(Math.log10(1 + words.size / 100));
    let word = "";
    for (let at = 0; at < length; at++) word += syllables[chance.below(syllables.length)] ?? "";
    words.add(word);
  }
  const list = [...words];
  const places = zipf();
  return { word: (draw) => list[places[draw.below(TABLE)] ?? 0] ?? "" };
}

/** A table in which rank r stands 1/r as often as rank 1, each rank at least once. */
function zipf(): Uint16Array {
  let sum = 0;
  for (let rank = 1; rank <= WORDS; rank++) sum += 1 / rank;
  const table = new Uint16Array(TABLE);
  let at = 0;
  for (let rank = 1; rank <= WORDS && at < TABLE; rank++) {
    const share = Math.max(1, Math.round((TABLE - WORDS) / (rank * sum)));
    table.fill(rank - 1, at, at + share);
    at += share;
  }
  return table;
}
