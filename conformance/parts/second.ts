import { join } from "node:path";
import type { Finding, Part } from "../part.ts";
import { missingProgram, run } from "../run.ts";

const SCRIPT = join(import.meta.dirname, "../verify.py");

/** The second verifier, written from docs/bundle-spec.md, on bundles, reports and their sources. */
export const second: Part = {
  id: "second",
  title: "the second verifier",
  missing: () => missingProgram("python3", "openssl"),
  run: ({ all, root, tsaRoot, sources }) => {
    const against = sources.flatMap((path) => ["--against", path]);
    const both = ["--root", root, "--root", tsaRoot];
    return all.flatMap(({ name, isStamped, zip, pdf }): readonly Finding[] => [
      asked(`${name}: bundle`, ["--root", root, zip], 0),
      asked(`${name}: bundle and its sources`, ["--root", root, ...against, zip], 0),
      asked(`${name}: report`, ["--root", root, pdf], 0),
      asked(`${name}: signer unknown`, [zip], 5),
      asked(`${name}: proven time`, [...both, "--require-time", zip], isStamped ? 0 : 5),
    ]);
  },
};

function asked(name: string, flags: readonly string[], exit: number): Finding {
  const { status, output } = run("python3", [SCRIPT, ...flags]);
  return { name, passed: status === exit, detail: output };
}
