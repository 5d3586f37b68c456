import { join } from "node:path";
import type { Finding, Part } from "../part.ts";
import { missingProgram, pythonTools, run } from "../run.ts";

export const REQUIREMENTS: string = join(import.meta.dirname, "../pyhanko/requirements.txt");
const SCRIPT = join(import.meta.dirname, "../pyhanko/validate.py");

/** pyHanko judges the signatures of bundles and reports as AdES (ETSI EN 319 102-1). */
export const pyhanko: Part = {
  id: "pyhanko",
  title: "pyHanko (AdES validation)",
  missing: () => missingProgram("python3"),
  run: ({ all, root, tsaRoot }) => {
    const python = join(pythonTools(REQUIREMENTS), "python");
    const files = all.flatMap(({ name, zip, pdf }) => [
      { name: `${name}: bundle`, path: zip },
      { name: `${name}: report`, path: pdf },
    ]);
    const { status, output } = run(python, [
      SCRIPT,
      `${root},${tsaRoot}`,
      ...files.map(({ path }) => path),
    ]);
    return files.map(({ name, path }): Finding => {
      const line = output.split("\n").find((each) => each.startsWith(`${path}\t`)) ?? "";
      return {
        name,
        passed: status === 0 && /\tPASSED\ttrue\t(?:ENTIRE_FILE|DETACHED)$/.test(line),
        detail: line === "" ? output : line,
      };
    });
  },
};
