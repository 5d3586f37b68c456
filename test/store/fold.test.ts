import Database from "better-sqlite3";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { indexable, indexedApart } from "../../src/store/fold.ts";

/** The full-text index of the store, in memory, with what it made of each text. */
const db = new Database(":memory:");
db.exec(`CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
  CREATE VIRTUAL TABLE word USING fts5vocab (words, 'instance')`);
const add = db.prepare("INSERT INTO words (rowid, text) VALUES (1, ?)");
const words = db.prepare('SELECT term FROM word ORDER BY "offset"').pluck();
afterAll(() => db.close());

function wordsOf(text: string): unknown[] {
  db.exec("DELETE FROM words");
  add.run(text);
  return words.all();
}

describe("the text a message is found by", () => {
  it("is its own for every character that is said to need no folding", () => {
    let taken = 0;
    for (let code = 1; code <= 0x1ffff; code++) {
      const character = String.fromCodePoint(code);
      if (indexedApart(character) !== null) continue;
      taken++;
      const text = `z${character}q ${character}`;
      expect(wordsOf(text), `U+${code.toString(16)}`).toEqual(wordsOf(indexable(text)));
    }
    expect(taken).toBeGreaterThan(2000);
  });

  it("has the same words as the folded text, in any mixture of scripts", () => {
    const scripts = fc.constantFrom(
      "a",
      "É",
      "ß",
      "й",
      "Я",
      "ς",
      "あ",
      "漢",
      "🙂",
      "\u200d",
      "ﬁ",
      " ",
      "\u0301",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(scripts, fc.string({ unit: "grapheme" }))), (parts) => {
        const text = parts.join("").toWellFormed().replaceAll("\0", " ");
        expect(wordsOf(indexedApart(text) ?? text)).toEqual(wordsOf(indexable(text)));
      }),
    );
  });
});
