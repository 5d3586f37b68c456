/** The bundles that are published for other verifiers. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/model/validation.ts";
import { askExhibita, askSecond, SECOND_IS_MISSING } from "./verifiers.ts";

interface Expected {
  readonly file: string;
  readonly verdict: Verdict;
  readonly word: string | null;
  readonly how: string;
  readonly size: number;
  readonly sha256: string;
}

const FOLDER = join(import.meta.dirname, "../../fixtures/bundles");
const given = { roots: ["root.pem", "tsa-root.pem"].map((name) => join(FOLDER, name)) };
const expected = readFileSync(join(FOLDER, "expected.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line): Expected => JSON.parse(line));
const paths = expected.map(({ file }) => join(FOLDER, file));

describe("the published bundles", () => {
  it("are those of the list, byte for byte, and say their verdict in their names", () => {
    const files = readdirSync(FOLDER).filter((name) => name.includes("__"));
    expect(files.toSorted()).toEqual(expected.map(({ file }) => file).toSorted());
    for (const { file, sha256, verdict } of expected) {
      const bytes = readFileSync(join(FOLDER, file));
      const found = createHash("sha256").update(bytes).digest("hex");
      expect({ file, sha256: found }).toEqual({ file, sha256 });
      expect(file.split("__")[0]).toBe(verdict);
    }
  });

  it.each(expected)("get $verdict $word from exhibita: $file", async ({ file, verdict, word }) => {
    const answer = await askExhibita(join(FOLDER, file), given);
    expect(answer.verdict).toBe(verdict);
    expect(answer.checks.map(({ detail }) => detail).join("\n")).toContain(word ?? "");
  });

  it.skipIf(SECOND_IS_MISSING !== null)(
    "get the same from the second verifier (skipped without python3 and openssl)",
    () => {
      askSecond(paths, given).forEach((answer, at) => {
        const { file, verdict, word } = expected[at] ?? { file: "", verdict: "", word: "" };
        expect({ file, verdict: answer.verdict }).toEqual({ file, verdict });
        expect(answer.checks.map(({ detail }) => detail).join("\n")).toContain(word ?? "");
      });
    },
  );
});
