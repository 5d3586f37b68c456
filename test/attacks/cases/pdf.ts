/** The starred classes on a report by itself: 5, 12, 30 to 33. */
import type { Case } from "../case.ts";
import { flipped, inserted, overwritten } from "../archive.ts";
import { manipulations } from "../manipulations.ts";
import {
  numberOf,
  objectOf,
  rebuilt,
  revised,
  signedAnew,
  signedOver,
  spansOf,
  wholeRange,
  withRange,
} from "../revise.ts";
import { REPORT, resealed } from "../reseal.ts";
import type { World } from "../world.ts";

function failed(number: number, word: string, name: string, bytes: Buffer): Case {
  return { class: number, name: `${name} (report)`, bytes, verdict: "failed", word };
}

export function changedReportCases({ first: { pdf } }: World): readonly Case[] {
  const { hex } = spansOf(pdf);
  const digit = (at: number): Buffer =>
    overwritten(pdf, at, Buffer.from(pdf[at] === 0x30 ? "1" : "0"));
  return [
    ...[9, 60].map((at) =>
      failed(5, "BAD SIGNATURE", `a digit at ${at} of its signature`, digit(hex.at + at)),
    ),
    ...[400, 1500, 2600].map((at) =>
      failed(5, "", `a digit at ${at} of its signature`, digit(hex.at + at)),
    ),
    failed(5, "BAD SIGNATURE", "a digit behind its signature", digit(hex.end - 3)),
    failed(3, "", "one bit of a page", flipped(pdf, 60_000)),
    failed(3, "BAD SIGNATURE", "one bit of its time", flipped(pdf, pdf.indexOf("/M (D:20") + 8)),
  ];
}

export function strippedReportCases({ first: { pdf } }: World): readonly Case[] {
  const { hex } = spansOf(pdf);
  const signature = numberOf(pdf, "/Type /Sig\n");
  const field = numberOf(pdf, "/FT /Sig\n");
  const form = numberOf(pdf, "/SigFlags");
  const none = "<<\n>>\n";
  return [
    failed(
      12,
      "UNSIGNED",
      "zeros for its signature",
      overwritten(pdf, hex.at + 1, Buffer.alloc(hex.end - hex.at - 2, "0")),
    ),
    failed(
      12,
      "UNSIGNED",
      "no signature dictionary",
      rebuilt(pdf, { [signature]: none, [field]: none, [form]: none }),
    ),
    failed(
      12,
      "UNSIGNED",
      "a field without signature",
      rebuilt(pdf, {
        [signature]: none,
        [field]: objectOf(pdf, field).replace(/\/V \d+ 0 R\n/, ""),
      }),
    ),
    failed(
      12,
      "UNSIGNED",
      "a page that was never signed",
      rebuilt(pdf, { [signature]: "<<\n/Type /Note\n>>\n" }),
    ),
    failed(
      12,
      "",
      "a signature without contents",
      rebuilt(pdf, {
        [signature]: objectOf(pdf, signature).replace(/\/Contents <[0-9a-f]*>\n/, ""),
      }),
    ),
  ];
}

function bad(number: number, name: string, bytes: Buffer): Case {
  return failed(number, "BAD SIGNATURE", name, bytes);
}

/** A second revision, alone and in a bundle that its own signer signed. */
export async function revisedCases({ first, signer }: World): Promise<readonly Case[]> {
  const { pdf, files } = first;
  const ends = ["\n", " ", "%%EOF\n", "% a comment\n"].map((end) =>
    failed(30, "ALTERED", `${JSON.stringify(end)} behind it`, inserted(pdf, pdf.length, end)),
  );
  const some = manipulations(pdf).slice(0, 4);
  const inBundle = await Promise.all(
    some.map(async ([name, bytes]) =>
      failed(
        30,
        "ALTERED",
        `${name}, in a bundle signed again`,
        await resealed(files, { [REPORT]: bytes }, signer),
      ),
    ),
  );
  return [
    ...ends,
    ...inBundle,
    ...manipulations(pdf).map(([name, bytes]) => failed(30, "ALTERED", name, bytes)),
  ];
}

/** Byte ranges that leave something out, most of them signed by the genuine key. */
export async function rangeCases({ first: { pdf }, signer }: World): Promise<readonly Case[]> {
  const [, a, b, c] = wholeRange(pdf);
  return [
    bad(31, "a range that ends early", await signedOver(pdf, signer, [0, a, b, c - 500])),
    bad(31, "a range that begins late", await signedOver(pdf, signer, [100, a - 100, b, c])),
    bad(31, "one part alone", await signedOver(pdf, signer, [0, a])),
    bad(31, "the second part alone", await signedOver(pdf, signer, [b, c])),
    bad(
      31,
      "three parts",
      await signedOver(pdf, signer, [0, 40, 40, a - 40, b, c], `[0 40 40 ${a - 40} ${b} ${c}]`),
    ),
    bad(31, "an odd number", withRange(pdf, `[0 ${a} ${b}]`)),
    bad(31, "no number", withRange(pdf, "[]")),
    bad(31, "a negative number", withRange(pdf, `[0 ${a} ${b} -${c}]`)),
    bad(31, "a name for a number", withRange(pdf, `[0 ${a} ${b} /x]`)),
    bad(31, "a range beyond the end", withRange(pdf, `[0 ${a} ${b} ${c + 10}]`)),
    bad(31, "the same numbers with leading zeros", withRange(pdf, `[0 ${a} ${b} 0${c}]`)),
    bad(
      31,
      "the same numbers with other blanks",
      await signedOver(pdf, signer, [0, a, b, c], `[0  ${a} ${b} ${c}]`),
    ),
  ];
}

/** A gap in the range larger than the hex string, or a hex string that holds something else. */
export async function gapCases({ first: { pdf }, signer }: World): Promise<readonly Case[]> {
  const [, a, b, c] = wholeRange(pdf);
  const { hex } = spansOf(pdf);
  const digits = pdf.toString("latin1", hex.at + 1, hex.end - 1);
  const put = (at: number, text: string): Buffer =>
    overwritten(pdf, at, Buffer.from(text, "latin1"));
  return [
    bad(32, "a gap from before the string", await signedOver(pdf, signer, [0, a - 11, b, c])),
    bad(
      32,
      "a gap to behind the claimed time",
      await signedOver(pdf, signer, [0, a, b + 26, c - 26]),
    ),
    bad(32, "a gap that begins within the string", await signedOver(pdf, signer, [0, a + 1, b, c])),
    bad(
      32,
      "a gap that ends within the string",
      await signedOver(pdf, signer, [0, a, b - 1, c + 1]),
    ),
    bad(32, "capital digits", put(hex.at + 1, digits.toUpperCase())),
    bad(32, "a letter that is no digit", put(hex.end - 10, "g")),
    bad(32, "a blank among the digits", put(hex.end - 10, " ")),
    failed(32, "", "a string that ends early", put(hex.end - 40, "> (hidden) <")),
    bad(32, "text behind the signature", put(hex.end - 9, "6869")),
  ];
}

/** More than one signature, or one that is not where readers look. */
export async function wrappedCases({ first: { pdf }, signer }: World): Promise<readonly Case[]> {
  const at = numberOf(pdf, "/Type /Sig\n");
  const field = numberOf(pdf, "/FT /Sig\n");
  const form = numberOf(pdf, "/SigFlags");
  const own = objectOf(pdf, at);
  const short = own.replace(/<[0-9a-f]*>/, "<00>");
  const next = Number(/\/Size (\d+)/.exec(pdf.toString("latin1").slice(-400))?.[1]);
  const anew = async (
    name: string,
    changes: Readonly<Record<number, string>>,
    word = "BAD SIGNATURE",
  ): Promise<Case> => failed(33, word, name, await signedAnew(pdf, changes, signer));
  return [
    await anew("a second signature dictionary", { [next]: short }),
    await anew("one within another object", { [next]: `<<\n/Kept ${short.trimEnd()}\n>>\n` }),
    await anew("a second signature field", {
      [next]: objectOf(pdf, field),
      [form]: objectOf(pdf, form).replace("]", ` ${next} 0 R]`),
    }),
    await anew("a field that points to another object", {
      [field]: objectOf(pdf, field).replace(/\/V \d+/, `/V ${next}`),
      [next]: "<<\n/Type /Note\n>>\n",
    }),
    await anew("a form without the field", {
      [form]: objectOf(pdf, form).replace(/\/Fields \[.*\]/, "/Fields []"),
    }),
    await anew("contents twice", { [at]: own.replace(/\/M /, "/Contents <00>\n/M ") }, ""),
    await anew(
      "a byte range twice",
      { [at]: own.replace(/\/M /, "/ByteRange [0 1 2 3]\n/M ") },
      "",
    ),
    await anew("another kind of signature", {
      [at]: own.replace("ETSI.CAdES.detached", "adbe.pkcs7.detached"),
    }),
    await anew(
      "a second one whose names are escaped",
      {
        [next]: short.replace("/Type /Sig", "/Typ#65 /S#69g").replace("/ByteRange", "/Byte#52ange"),
      },
      "",
    ),
    await anew(
      "contents twice, once escaped",
      { [at]: own.replace(/\/M /, "/Content#73 <00>\n/M ") },
      "",
    ),
    ...(await Promise.all(
      ["/Prev 15", "/XRefStm 15", `/Encrypt ${form} 0 R`, "/Root 1 0 R"].map(async (more) =>
        failed(
          33,
          "ALTERED",
          `a trailer with ${more}`,
          await signedAnew(pdf, {}, signer, `\n${more}`),
        ),
      ),
    )),
    failed(33, "ALTERED", "the same signature in a second revision", revised(pdf, { [at]: own })),
    failed(
      33,
      "ALTERED",
      "a second signature in a second revision",
      revised(pdf, { [next]: own, [form]: objectOf(pdf, form).replace("]", ` ${next} 0 R]`) }),
    ),
  ];
}
