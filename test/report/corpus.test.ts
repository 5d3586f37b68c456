import { describe, expect, test } from "vitest";
import { isUnseen, markOf } from "../../src/report/characters.ts";
import { drawReport } from "../../src/report/report.ts";
import { BIDI, FORWARD } from "./corpus.ts";
import { has, run } from "./pdf-text.ts";
import { message, productionOf, SIGNER } from "./sample.ts";

/** Without blanks, and without the embedding marks that pdftotext puts around what it turned. */
function folded(text: string): string {
  return text.replaceAll(/[\u202a-\u202c\s]/g, "");
}

/** A text as the page has it: with marks for what is neither drawn nor does its work in a cluster. */
function printed(text: string, marked: ReadonlySet<string>): string {
  return Array.from(text, (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    const isMark = marked.has(character) || (isUnseen(codePoint) && !WORKING.test(character));
    return isMark && character !== "\n" ? markOf(codePoint) : character;
  }).join("");
}

/** Joiners, selectors of emoji and tags of flags: drawn with what they join. */
const WORKING = /\u200c|\u200d|\ufe0e|\ufe0f|[\u{e0020}-\u{e007f}]/u;

/** What stands as a mark besides: no font has it, or it would pile too high, or joins nothing. */
const MARKED: Readonly<Record<string, string>> = {
  symbols: "𝄞𝔄",
  "emoji joined for nothing": "\u200d",
  zalgo: "\u0317\u0316\u0353",
};

/** Running heads and feet stand within a message that goes over a page. */
const RUNNING = /Procedure2024-00311·bundle2024-00311-P001.{0,200}?Message\d+,continued/gu;

async function textOf(samples: readonly { readonly text: string }[]): Promise<string> {
  const messages = samples.map(({ text }, index) => message(index + 1, text));
  const { bytes } = await drawReport(productionOf(messages), SIGNER);
  return folded(run("pdftotext", bytes, (file) => ["-raw", "-enc", "UTF-8", file, "-"])).replaceAll(
    RUNNING,
    "",
  );
}

describe.skipIf(!has("pdftotext"))("the corpus (skipped where pdftotext is not installed)", () => {
  test("comes back from the page as it was written, in the order of its characters", async () => {
    const samples = [...BIDI, ...FORWARD];
    expect(samples.length).toBeGreaterThanOrEqual(60);
    const text = await textOf(samples);
    const lost = samples.filter((sample) => {
      const marked = new Set(MARKED[sample.name] ?? "");
      return !text.includes(folded(printed(sample.text, marked)));
    });
    expect(lost.map(({ name }) => name)).toEqual([]);
  });
});
