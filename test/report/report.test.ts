import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../src/hash/digest.ts";
import { UNSIGNED_BYTE_RANGE, UNSIGNED_TIME } from "../../src/model/pdf.ts";
import type { DrawnPdf, PdfSpan } from "../../src/model/pdf.ts";
import { drawReport } from "../../src/report/report.ts";
import { has, objectsOf, run } from "./pdf-text.ts";
import { message, productionOf, sample, SIGNER } from "./sample.ts";

const spelled = (drawn: DrawnPdf, span: PdfSpan): string =>
  drawn.bytes.toString("latin1", span.offset, span.offset + span.length);

describe("the bytes of a report", () => {
  test("are the same whenever it is drawn", async () => {
    const [once, again] = [await drawReport(sample(), SIGNER), await drawReport(sample(), SIGNER)];
    expect(again.bytes.equals(once.bytes)).toBe(true);
  });

  test.each(["Pacific/Kiritimati", "America/St_Johns"])("are the same in %s", async (zone) => {
    const here = fileURLToPath(new URL("./", import.meta.url));
    const script =
      'import { drawReport } from "../../src/report/report.ts";' +
      'import { sample, SIGNER } from "./sample.ts";' +
      'import { sha256 } from "../../src/hash/digest.ts";' +
      "console.log(sha256((await drawReport(sample(), SIGNER)).bytes));";
    const digest = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      cwd: here,
      env: { ...process.env, TZ: zone, LANG: "tr_TR.UTF-8" },
      encoding: "utf8",
    });
    expect(digest.trim()).toBe(sha256((await drawReport(sample(), SIGNER)).bytes));
  });

  test("change with the signer, who is named on the cover sheet", async () => {
    const other = { ...SIGNER, holder: "Someone else" };
    const [a, b] = [await drawReport(sample(), SIGNER), await drawReport(sample(), other)];
    expect(a.bytes.equals(b.bytes)).toBe(false);
  });

  test("hold one revision with a classic cross-reference table", async () => {
    const { bytes } = await drawReport(sample(), SIGNER);
    const objects = objectsOf(bytes);
    expect(objects.startsWith("%PDF-1.7\n")).toBe(true);
    expect(objects.match(/%%EOF/g)).toHaveLength(1);
    expect(objects.match(/startxref/g)).toHaveLength(1);
    expect(objects).not.toContain("/ObjStm");
  });
});

describe("the room for a signature", () => {
  const hostile = `/Contents <${"00".repeat(16_384)}> /M (${UNSIGNED_TIME}) /ByteRange ${UNSIGNED_BYTE_RANGE}`;

  test("is where the drawn report says, whatever a message holds", async () => {
    const production = productionOf([message(1, hostile)]);
    for (const drawn of [
      await drawReport(production, SIGNER),
      await drawReport(sample(), SIGNER),
    ]) {
      expect(spelled(drawn, drawn.byteRange)).toBe(UNSIGNED_BYTE_RANGE);
      expect(spelled(drawn, drawn.contents)).toBe(`<${"00".repeat(16_384)}>`);
      expect(spelled(drawn, drawn.time)).toBe(`(${UNSIGNED_TIME})`);
    }
  });

  test("belongs to an invisible field of the first page", async () => {
    const objects = objectsOf((await drawReport(sample(), SIGNER)).bytes);
    expect(objects).toMatch(/\/SigFlags 3\n\/Fields \[\d+ 0 R\]/);
    expect(objects).toMatch(/\/SubFilter \/ETSI\.CAdES\.detached/);
    expect(objects).toMatch(
      /\/FT \/Sig\n\/T \(Signature\)\n\/Rect \[0 0 0 0\]\n\/F 132\n\/V \d+ 0 R/,
    );
    const [, page] = /\/P (\d+) 0 R/.exec(objects) ?? [];
    const [, first] = /\/Kids \[(\d+) 0 R/.exec(objects) ?? [];
    expect(page).toBe(first);
    expect(objects.match(/\/Annots/g)).toHaveLength(1);
  });
});

describe("what a verifier reads without drawing a page", () => {
  test("is the bundle's id, the digest of its extract and its counts", async () => {
    const production = sample("en");
    const objects = objectsOf((await drawReport(production, SIGNER)).bytes);
    const info = (key: string): string | undefined => {
      const [, number] = new RegExp(`/${key} (\\d+) 0 R`).exec(objects) ?? [];
      return new RegExp(`\\n${number} 0 obj\\n\\((.*)\\)\\nendobj`).exec(objects)?.[1];
    };
    expect(info("ExhibitaBundle")).toBe("2024-00311-P001");
    expect(info("ExhibitaExtract")).toBe(production.description.extractSha256);
    expect(info("ExhibitaCounts")).toBe(
      '{"attachments":3,"events":2,"exceptions":2,"messages":20,"withheld":2}',
    );
    expect(info("CreationDate")).toBe("D:20261123100000Z");
  });
});

describe("a report that is opened", () => {
  test("does nothing: no action, script, link, file or form of a message", async () => {
    const words = ["/JS (app.alert(1))", "/URI (http://x)", "/Launch", ") /AA << /OpenAction"];
    const production = productionOf(words.map((text, i) => message(i + 1, text, { name: text })));
    const objects = objectsOf((await drawReport(production, SIGNER)).bytes);
    expect(objects).not.toMatch(
      /\/(JS|JavaScript|URI|Launch|AA|OpenAction|EmbeddedFiles?|GoToR)\b/,
    );
  });

  test.skipIf(!has("qpdf"))("is sound to qpdf (skipped where it is not installed)", async () => {
    for (const language of ["en", "fr"] as const) {
      const { bytes } = await drawReport(sample(language), SIGNER);
      const said = run("qpdf", bytes, (file) => ["--check", file]);
      expect(said).toContain("No syntax or stream encoding errors found");
    }
  });
});

describe("a production that contradicts itself", () => {
  test("is not drawn where bundle.json counts other rows", async () => {
    const production = { ...productionOf([message(1, "a"), message(2, "b")]), messages: () => [] };
    await expect(drawReport(production, SIGNER)).rejects.toMatchObject({ code: "bug" });
  });

  test("is not drawn where a row stands outside its conversation", async () => {
    const production = productionOf([message(1, "a", { conversation: "elsewhere" })]);
    await expect(drawReport(production, SIGNER)).rejects.toMatchObject({ code: "bug" });
  });
});
