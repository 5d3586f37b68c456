import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Part } from "../part.ts";
import { missingProgram, run } from "../run.ts";

const FOLDER = join(import.meta.dirname, "../../fixtures/bundles");
const SCRIPT = join(import.meta.dirname, "../verify.py");
const EXITS: Readonly<Record<string, number>> = { passed: 0, failed: 4, indeterminate: 5 };

/** The published bundles, whose names say the verdict, by the second verifier. */
export const vectors: Part = {
  id: "vectors",
  title: "the published bundles",
  missing: () => missingProgram("python3", "openssl"),
  run: () =>
    readdirSync(FOLDER)
      .filter((name) => name.includes("__"))
      .map((name) => {
        const exit = EXITS[name.split("__")[0] ?? ""];
        const { status, output } = run("python3", [
          SCRIPT,
          "--root",
          join(FOLDER, "root.pem"),
          "--root",
          join(FOLDER, "tsa-root.pem"),
          join(FOLDER, name),
        ]);
        return { name, passed: status === exit, detail: output };
      }),
};
