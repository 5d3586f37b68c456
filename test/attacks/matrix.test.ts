/** Every attack of docs/threat-model.md, judged by two verifiers that share no line. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Case, Given } from "./case.ts";
import { allCases } from "./cases/index.ts";
import { type Answer, askExhibita, askSecond, SECOND_IS_MISSING } from "./verifiers.ts";
import { makeWorld } from "./world.ts";

const CLASSES = 36;
const LEAST_CASES = 5;

const folder = mkdtempSync(join(tmpdir(), "exhibita-attacks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const world = await makeWorld(folder);
const standard: Given = { roots: [world.roots.agency] };
const cases = (await allCases(world)).map((attack, at) => {
  const extension = attack.bytes.subarray(0, 5).equals(Buffer.from("%PDF-")) ? "pdf" : "zip";
  const path = join(folder, `${attack.class}-${at}.${extension}`);
  writeFileSync(path, attack.bytes);
  return { ...attack, path, given: attack.given ?? standard };
});

const second = new Map<string, Answer>();
if (SECOND_IS_MISSING === null) {
  for (const given of new Set(cases.map((each) => JSON.stringify(each.given)))) {
    const paths = cases.flatMap((each) =>
      JSON.stringify(each.given) === given ? [each.path] : [],
    );
    askSecond(paths, JSON.parse(given)).forEach((answer, at) =>
      second.set(paths[at] ?? "", answer),
    );
  }
}

/** The verdict, and whether the word is said, as one line to compare. */
function summary(answer: Answer, word: string | null): string {
  const said = word === null || answer.checks.some(({ detail }) => detail.includes(word));
  const details = answer.checks.flatMap(({ id, outcome, detail }) =>
    outcome === "pass" ? [] : [`${id}: ${detail}`],
  );
  return said
    ? answer.verdict
    : `${answer.verdict}, without the word ${word}: ${details.join("; ")}`;
}

describe("the matrix", () => {
  it("holds each class at least five times", () => {
    const numbers = Array.from({ length: CLASSES }, (_, at) => at + 1);
    const few = numbers.filter((number) => countOf(number) < LEAST_CASES);
    expect(few).toEqual([]);
    console.log(JSON.stringify({ goal: "attacks", classes: CLASSES, cases: cases.length }));
  });
});

/** Reports by themselves: as many as the published set of shadow attacks has, or more. */
describe("the reports of the matrix", () => {
  it("are seventeen honest and twenty revised ones", () => {
    const reports = cases.filter(({ path }) => path.endsWith(".pdf"));
    const honest = reports.filter((each) => each.class === 1 && each.verdict === "passed");
    expect(honest.length).toBeGreaterThanOrEqual(17);
    expect(reports.filter((each) => each.class === 30).length).toBeGreaterThanOrEqual(20);
  });
});

function countOf(number: number): number {
  return cases.filter((each) => each.class === number).length;
}

describe("exhibita", () => {
  it.each(cases)(
    "answers $verdict $word to $class: $name",
    async (attack: Case & { path: string; given: Given }) => {
      const answer = await askExhibita(attack.path, attack.given);
      expect(summary(answer, attack.word)).toBe(attack.verdict);
    },
  );
});

describe.skipIf(SECOND_IS_MISSING !== null)(
  `the second verifier (skipped where this does not run: ${SECOND_IS_MISSING})`,
  () => {
    it.each(cases)("answers $verdict $word to $class: $name", (attack: Case & { path: string }) => {
      const answer = second.get(attack.path);
      if (answer === undefined) throw new Error("it gave no answer");
      expect(summary(answer, attack.word)).toBe(attack.verdict);
    });
  },
);
