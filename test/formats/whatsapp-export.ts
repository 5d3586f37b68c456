import fc from "fast-check";

/** What a generated row really is. */
export interface Truth {
  readonly local: string;
  readonly author: string | null;
  readonly text: string;
}

export interface Export {
  readonly text: string;
  readonly truth: readonly Truth[];
}

interface Layout {
  readonly date: (date: Parts) => string;
  readonly clock: (date: Parts) => string;
  readonly wrap: (date: string, clock: string) => string;
  readonly seconds: boolean;
}

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const two = (value: number): string => String(value).padStart(2, "0");
const yy = (date: Parts): string => two(date.year % 100);
const twelve = ({ hour }: Parts): number => (hour % 12 === 0 ? 12 : hour % 12);
const half = ({ hour }: Parts): string => (hour < 12 ? "AM" : "PM");
const android = (date: string, clock: string): string => `${date}, ${clock} - `;
const ios = (date: string, clock: string): string => `[${date}, ${clock}] `;

export const LAYOUTS: Readonly<Record<string, Layout>> = {
  "Android day first": {
    date: (d) => `${two(d.day)}/${two(d.month)}/${d.year}`,
    clock: (d) => `${two(d.hour)}:${two(d.minute)}`,
    wrap: android,
    seconds: false,
  },
  "Android US": {
    date: (d) => `${d.month}/${d.day}/${yy(d)}`,
    clock: (d) => `${twelve(d)}:${two(d.minute)}\u202f${half(d)}`,
    wrap: android,
    seconds: false,
  },
  "Android ISO": {
    date: (d) => `${d.year}-${two(d.month)}-${two(d.day)}`,
    clock: (d) => `${two(d.hour)}:${two(d.minute)}`,
    wrap: android,
    seconds: false,
  },
  "iOS German": {
    date: (d) => `${two(d.day)}.${two(d.month)}.${yy(d)}`,
    clock: (d) => `${two(d.hour)}:${two(d.minute)}:${two(d.second)}`,
    wrap: ios,
    seconds: true,
  },
  "iOS Spanish": {
    date: (d) => `${d.day}/${d.month}/${yy(d)}`,
    clock: (d) =>
      `${twelve(d)}:${two(d.minute)}:${two(d.second)}\u00a0${d.hour < 12 ? "a" : "p"}.\u00a0m.`,
    wrap: ios,
    seconds: true,
  },
  Finnish: {
    date: (d) => `${d.day}.${d.month}.${d.year}`,
    clock: (d) => `${d.hour}.${two(d.minute)}`,
    wrap: (date, clock) => `${date} klo ${clock} - `,
    seconds: false,
  },
};

const AUTHORS = ["Ada Vermeer", "Bo-Li", "+44 7700 900123", "Zoë 🌿", "~ K. O'Neil"];

/** Lines that no header grammar takes for a header, and no table of phrases for more than text. */
const line = fc.string({ unit: "grapheme", maxLength: 30 }).map((text) => `x ${clean(text)}.`);
const body = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join("\n"));
const row = fc.record({
  author: fc.option(fc.constantFrom(...AUTHORS), { freq: 8 }),
  body,
  step: fc.integer({ min: 0, max: 400_000 }),
});

function clean(text: string): string {
  return text.replace(/[\p{C}\p{Z}\n\r:<>]/gu, " ");
}

/** A chat in one layout that covers a December from the 13th on, so that its order can be told. */
export function exportOf(layout: Layout): fc.Arbitrary<Export> {
  return fc
    .tuple(fc.array(row, { maxLength: 12 }), fc.constantFrom(2019, 2021, 2024))
    .map(([rows, year]) => {
      let at = Date.UTC(year, 10, 25, 23, 59, 58);
      let text = "";
      const truth: Truth[] = [];
      for (const { author, body: said, step } of rows) {
        at += step * 1000;
        const date = partsOf(new Date(at));
        const opening = layout.wrap(layout.date(date), layout.clock(date));
        const shown = author === null ? said.replaceAll("\n", " ") : said;
        text += `${opening}${author === null ? "" : `${author}: `}${shown}\n`;
        truth.push({ local: localOf(date, layout.seconds), author, text: shown });
      }
      return { text, truth };
    });
}

function partsOf(date: Date): Parts {
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

function localOf(d: Parts, seconds: boolean): string {
  const second = seconds ? d.second : 0;
  const date = `${d.year}-${two(d.month)}-${two(d.day)}`;
  return `${date}T${two(d.hour)}:${two(d.minute)}:${two(second)}`;
}
