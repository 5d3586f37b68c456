import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { figure, longDate } from "../../src/report/figures.ts";
import { loadFonts } from "../../src/report/fonts.ts";
import { REPORT_EN } from "../../src/words/report.en.ts";
import { REPORT_FR } from "../../src/words/report.fr.ts";

const SOURCES = new URL("../../src/report/", import.meta.url);

/** Paths of every member, down to the members of lists of words. */
function keys(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, member]) => keys(member, `${path}.${name}`));
}

describe("the words of the report", () => {
  test("are the same in every language, none left out", () => {
    expect(keys(REPORT_FR)).toEqual(keys(REPORT_EN));
  });

  test("are all used by the report", () => {
    const code = readdirSync(SOURCES)
      .map((name) => readFileSync(new URL(name, SOURCES), "utf8"))
      .join("\n");
    const unused = Object.keys(REPORT_EN).filter((key) => !code.includes(`words.${key}`));
    expect(unused).toEqual([]);
  });

  test("can all be drawn by the fonts that the report embeds", () => {
    const regular = loadFonts().face("regular");
    const missing = [REPORT_EN, REPORT_FR].flatMap((words) =>
      Array.from(JSON.stringify(words)).filter(
        (character) => regular.glyph(character.codePointAt(0) ?? 0) === null,
      ),
    );
    expect(missing).toEqual([]);
  });

  test("write numbers and dates as the language does, with the ISO date beside", () => {
    expect(figure(23_051, REPORT_EN)).toBe("23,051");
    expect(figure(1_000_000, REPORT_FR)).toBe("1\u202f000\u202f000");
    expect(figure(999, REPORT_FR)).toBe("999");
    expect(longDate("2018-06-01T21:25:15", REPORT_FR)).toBe("vendredi 1er juin 2018 (2018-06-01)");
    expect(longDate("2018-06-13", REPORT_EN)).toBe("Wednesday 13 June 2018 (2018-06-13)");
    expect(longDate("no date", REPORT_EN)).toBe("no date");
  });
});
