import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Failure } from "../model/failure.ts";
import type { ValidationReport, Verdict } from "../model/validation.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { VerifyAnswerWords } from "../words/verify-answer.ts";
import { type Command, command } from "./command.ts";
import { argumentList } from "./frame/arguments.ts";
import { choice, text, texts, toggle } from "./frame/flags.ts";
import { instantOf } from "./shared/instant.ts";
import { answerLines } from "./shared/verify-answer.ts";

/** `verify FILE...`: bundles and signed reports, without case, database or network. */
export const verify: Command = command({
  description: [
    "Checks bundles (ZIP) and signed reports (PDF). It needs no case, no database and no network. " +
      "Every check is made, whatever another one found; the exit is that of the worst file.",
    "Who signed is decided by the roots you name with --root or have put in the key folder with " +
      "key trust. What lies in the bundle itself is never trusted for that.",
  ],
  parameters: {
    files: argumentList("FILE", "bundle or signed report"),
    root: texts("PEM", "certificate of an authority you trust, for signers and time-stamps"),
    against: texts("PATH", "a source, or a folder of sources, to compare the messages with"),
    anchor: text("BUNDLE", "an earlier bundle of the same case, whose journal must be continued"),
    revoked: texts("FILE", "a notice by which a signer's certificate was withdrawn (key revoke)"),
    at: text("TIME", "judge certificates at this instant, as 2026-03-01T10:00:00Z"),
    requireTime: toggle("do not accept a time that only the signer claims"),
    lang: choice("LANG", ["en", "fr"], "language of the answer"),
  },
  exits: [0, 4, 5, 12],
  examples: [
    {
      line: "exhibita verify 2024-00311-P001.zip --root agency.pem",
      about: "a bundle, signer known",
    },
    { line: "exhibita verify bundle.zip --against export.zip", about: "compare with the source" },
  ],
  effect: "reads",
  run: async ({ terminal, cwd, variables, environment, signal }, values) => {
    const { keyFolder, noticesOf, rootsOf } = await import("../workflow/keys.ts");
    const { verifyFile } = await import("../workflow/verify.ts");
    const words = await wordsOf(values.lang ?? "en");
    refuseMissing(values.files, cwd);
    const folder = keyFolder(variables, cwd);
    const absolute = (path: string): string => resolve(cwd, path);
    const options = {
      roots: rootsOf(values.root.map(absolute), folder),
      revoked: noticesOf(values.revoked.map(absolute), folder),
      now: new Date(environment.now()),
      at: values.at === null ? null : instantOf(values.at, "--at"),
      requireTime: values.requireTime,
      against: values.against.map(absolute),
      anchor: values.anchor === null ? null : resolve(cwd, values.anchor),
    };
    let exit = 0;
    for (const file of values.files) {
      signal.throwIfAborted();
      const report = await verifyFile(resolve(cwd, file), options);
      show({ ...report, file }, words, terminal);
      exit = worse(exit, EXITS[report.verdict]);
    }
    return exit;
  },
});

function show(report: ValidationReport, words: VerifyAnswerWords, terminal: Terminal): void {
  if (terminal.json) {
    terminal.record(report);
    return;
  }
  for (const line of answerLines(report, words)) terminal.data(line);
  terminal.data("");
  if (report.signers.some(({ root }) => root === null)) terminal.hint(words.nextRoot);
}

/** Before anything is checked: an hour of verifying should not end in a typing mistake. */
function refuseMissing(files: readonly string[], cwd: string): void {
  const missing = files.find((file) => !existsSync(resolve(cwd, file)));
  if (missing !== undefined) throw new Failure("not-found", `no such file: ${missing}`);
}

const EXITS: Readonly<Record<Verdict, number>> = { passed: 0, failed: 4, indeterminate: 5 };

/** 4 before 5 before 0. */
function worse(a: number, b: number): number {
  return a === 4 || b === 4 ? 4 : Math.max(a, b);
}

async function wordsOf(lang: "en" | "fr"): Promise<VerifyAnswerWords> {
  return lang === "fr"
    ? (await import("../words/verify-answer.fr.ts")).verifyAnswerFr
    : (await import("../words/verify-answer.en.ts")).verifyAnswerEn;
}
