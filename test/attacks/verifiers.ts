/** The two verifiers, asked about many files. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Check, Verdict } from "../../src/model/validation.ts";
import { readRoots } from "../../src/signature/trust.ts";
import { verifyFile } from "../../src/workflow/verify.ts";
import type { Given } from "./case.ts";

export interface Answer {
  readonly verdict: Verdict;
  readonly checks: readonly Pick<Check, "id" | "outcome" | "detail">[];
}

/** exhibita's own answer. */
export async function askExhibita(path: string, given: Given): Promise<Answer> {
  return verifyFile(path, {
    roots: given.roots.flatMap((root) => readRoots(readFileSync(root, "utf8"), root)),
    at: given.at === undefined ? null : new Date(given.at),
    now: new Date(),
    requireTime: given.requireTime ?? false,
    against: given.against ?? [],
    anchor: given.anchor ?? null,
  });
}

const SCRIPT = join(import.meta.dirname, "../../conformance/verify.py");

/** Why the second verifier cannot run here; null where it can. */
export const SECOND_IS_MISSING: string | null =
  ["python3 --version", "openssl version"].find(isMissing) ?? null;

function isMissing(command: string): boolean {
  const [program = "", ...flags] = command.split(" ");
  return spawnSync(program, flags).status !== 0;
}

/** The second verifier's answers, one process for all files that are judged by the same means. */
export function askSecond(paths: readonly string[], given: Given): readonly Answer[] {
  const flags = [
    ...given.roots.flatMap((root) => ["--root", root]),
    ...(given.against ?? []).flatMap((path) => ["--against", path]),
    ...(given.at === undefined ? [] : ["--at", given.at]),
    ...(given.anchor === undefined ? [] : ["--anchor", given.anchor]),
    ...(given.requireTime === true ? ["--require-time"] : []),
  ];
  const ran = spawnSync("python3", [SCRIPT, "--json", ...flags, "--", ...paths], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const answers = ran.stdout.split("\n").flatMap((line) => (line === "" ? [] : [toAnswer(line)]));
  if (answers.length !== paths.length) throw new Error(`the second verifier broke: ${ran.stderr}`);
  return answers;
}

function toAnswer(line: string): Answer {
  const answer: Answer = JSON.parse(line);
  return answer;
}
