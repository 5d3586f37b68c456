import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { drawReport } from "../../src/report/report.ts";
import { has, textOf } from "./pdf-text.ts";
import { message, productionOf, sample, SIGNER } from "./sample.ts";

const BLNS = new URL("../../../shared/samples/hostile/blns/blns.json", import.meta.url);

const read = async (...drawing: Parameters<typeof drawReport>): Promise<string> =>
  textOf((await drawReport(...drawing)).bytes);

describe.skipIf(!has("pdftotext"))("the pages (skipped where pdftotext is not installed)", () => {
  test("say in French what is in the bundle and what is not", async () => {
    const text = await read(sample("fr"), SIGNER);
    expect(text).toContain("16 des 36 messages de cette conversation figurent dans ce dossier.");
    expect(text).toContain("20 messages de cette conversation ne figurent pas dans ce dossier.");
    expect(text).toContain("mercredi 13 juin 2018 (2018-06-13)");
    expect(text).toContain("Page 1 sur 12");
    expect(text).toContain(
      "Bonsoir Bruno, tu as reçu le colis ? L’adresse est « 12, rue de l’Œuvre ».",
    );
  });

  test("say the same in English", async () => {
    const text = await read(sample("en"), SIGNER);
    expect(text).toContain("16 of 36 messages of this conversation are in this bundle.");
    expect(text).toContain("Wednesday 13 June 2018 (2018-06-13)");
    expect(text).toContain("Conversation c-1 · Messages 9–12");
    expect(text).toContain("in reply to message 17");
    expect(text).toContain("in reply to the message with the id 12, which is not above");
  });

  test("show what of a row is in doubt, withheld, edited or deleted", async () => {
    const text = await read(sample("en"), SIGNER);
    expect(text).toContain("the date can be read as 2018-07-06T21:25:00 or 2018-06-07T21:25:00");
    expect(text).toContain("This message is withheld. Ground: secret professionnel");
    expect(text).toContain("ground: art. 11 CPP, image d'un mineur");
    expect(text).toContain("Bruno Lefèvre acc-0002 [edited]");
    expect(text).toContain("[deleted]");
    expect(text).toContain("[context]");
    expect(text).toContain("reactions: ❤ × 2 (Alice)");
  });

  test("name the signer, and every digest whole", async () => {
    const production = sample("en");
    const text = (await read(production, SIGNER)).replaceAll(" ", "");
    expect(text).toContain(SIGNER.fingerprint);
    expect(text).toContain(SIGNER.rootFingerprint);
    expect(text).toContain(production.description.extractSha256);
    for (const artifact of production.artifacts) expect(text).toContain(artifact.sha256);
  });

  test("show a difference where the counts do not add up", async () => {
    const production = sample("en");
    const { description } = production;
    const sources = { ...description.counts.sources, units: 50 };
    const counts = { ...description.counts, sources };
    const text = await read({ ...production, description: { ...description, counts } }, SIGNER);
    expect(text).toContain("UNACCOUNTED FOR");
    expect(await read(production, SIGNER)).not.toContain("UNACCOUNTED FOR");
  });

  test("carry a message of twenty thousand characters to its last word", async () => {
    const long = `${"palabra ".repeat(2_500)}omega`;
    const text = await read(productionOf([message(1, long)]), SIGNER);
    expect(text.match(/palabra/g)).toHaveLength(2_500);
    expect(text).toContain("omega");
    expect(text).toContain("Message 1, continued");
  });

  test("let no control or direction mark act, and count them in an appendix", async () => {
    const hidden = [0x202e, 0x200b, 0xfeff, 0xad, 0x3164, 0x115f, 0x2066, 0xfe0f, 0x7, 0x85, 0x61c];
    const marked = hidden.map((c) => `x${String.fromCodePoint(c)}`).join("");
    const text = await read(productionOf([message(1, marked)]), SIGNER);
    for (const codePoint of hidden) {
      const mark = `[U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}]`;
      expect(text).toContain(`x${mark}`);
      expect(text).toContain(`${mark} × 1`);
      expect(text).not.toContain(`x${String.fromCodePoint(codePoint)}`);
    }
  });

  test("give back letters that share a glyph, and accents written apart, as they were", async () => {
    const text = await read(
      productionOf([message(1, "[\u212b\u00c5\u2126\u03a9] cafe\u0301")]),
      SIGNER,
    );
    expect(text).toContain("[\u212b\u00c5\u2126\u03a9] cafe\u0301");
  });
});

describe.skipIf(!existsSync(BLNS))(
  "the naughty strings (skipped where they are not at hand)",
  () => {
    test("are drawn, as text and as names", async () => {
      const strings: unknown = JSON.parse(readFileSync(BLNS, "utf8"));
      if (!Array.isArray(strings)) throw new Error("a list of strings was expected");
      const texts = strings.map(String);
      const messages = texts.map((text, i) => message(i + 1, text, { name: text, nativeId: text }));
      const { bytes } = await drawReport(productionOf(messages, "fr"), SIGNER);
      if (!has("pdftotext")) return;
      const text = textOf(bytes);
      expect(text).toContain("Messages 1 à");
      expect(text).toContain("<script>alert(123)</script>");
    });
  },
);
