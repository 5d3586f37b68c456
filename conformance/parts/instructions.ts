import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding, Part, Sample, Samples } from "../part.ts";
import { missingProgram, run } from "../run.ts";

/** What VERIFY.txt of a bundle tells a stranger to type, read out of the bundle and typed. */
export const instructions: Part = {
  id: "instructions",
  title: "VERIFY.txt, typed with unzip, openssl and sha256sum",
  missing: () => missingProgram("bash", "unzip", "openssl", "sha256sum", "diff"),
  run: (samples) => samples.all.flatMap((sample) => typed(sample, samples)),
};

function typed(sample: Sample, { folder, root, tsaRoot }: Samples): readonly Finding[] {
  const desk = join(folder, "desk", sample.name);
  mkdirSync(desk, { recursive: true });
  cpSync(sample.zip, join(desk, `${sample.id}.zip`));
  cpSync(root, join(desk, "agency-root.pem"));
  cpSync(tsaRoot, join(desk, "tsa-root.pem"));
  const text = run("unzip", ["-p", sample.zip, "VERIFY.txt"]).output;
  const [unpack = "", ...blocks] = commandsIn(text);
  const inside = join(desk, sample.id);
  const unpacked = run("bash", ["-c", unpack], desk);
  const finding = (name: string, passed: boolean, detail: string): Finding => ({
    name: `${sample.name}: ${name}`,
    passed,
    detail,
  });
  return [
    finding("unpacks", unpacked.status === 0, unpacked.output),
    ...blocks.flatMap((block) => {
      const expected = EXPECTED.find(([word]) => block.includes(word));
      if (expected === undefined) return [];
      const [, name, pattern] = expected;
      const { output } = run("bash", ["-c", block], inside);
      return [finding(name, pattern.test(output), output)];
    }),
    finding("names the bundle", text.includes(sample.id), text.slice(0, 200)),
    finding(
      "is the text of the bundle",
      readFileSync(join(inside, "VERIFY.txt"), "utf8") === text,
      "",
    ),
  ];
}

/** A word of the command, what it shows, and what its output must be. */
const EXPECTED: readonly (readonly [string, string, RegExp])[] = [
  ["openssl ts", "time-stamp", /Verification: OK\nTime stamp: .*\n1\n1\n/],
  ["openssl cms", "signature", /CAdES Verification successful/],
  ["openssl dgst", "lists are the signed ones", /^1\n1\n$/],
  ["sha256sum -c", "files are the listed ones", /^$/],
  ["diff ", "no other files", /^$/],
  [
    "-fingerprint",
    "fingerprint of the root",
    /^sha256 Fingerprint=(?:[0-9A-F]{2}:){31}[0-9A-F]{2}\n$/,
  ],
];

/** The indented blocks before the part for Windows, in their order. */
function commandsIn(text: string): readonly string[] {
  const [typed = ""] = text.split("\nWINDOWS");
  const blocks = typed.split(/\n\n+(?! {4})/).join("\n\n");
  return [...blocks.matchAll(/(?:^ {4}.*\n?)+/gm)].map(([block]) =>
    block.replaceAll(/^ {4}/gm, ""),
  );
}
