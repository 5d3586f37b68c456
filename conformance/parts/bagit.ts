import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Finding, Part } from "../part.ts";
import { missingProgram, pythonTools, run } from "../run.ts";
import { REQUIREMENTS } from "./pyhanko.ts";

/** The Library of Congress's validator: an unpacked bundle is a bag, and a changed one is not. */
export const bagit: Part = {
  id: "bagit",
  title: "bagit.py (Library of Congress)",
  missing: () => missingProgram("python3", "unzip"),
  run: ({ all, folder }) => {
    const validate = join(pythonTools(REQUIREMENTS), "bagit.py");
    return all.flatMap(({ name, zip }): readonly Finding[] => {
      const bag = join(folder, "bags", name);
      mkdirSync(bag, { recursive: true });
      run("unzip", ["-q", zip, "-d", bag]);
      const whole = run(validate, ["--validate", bag]);
      run("bash", ["-c", "printf x >> data/messages.jsonl"], bag);
      const changed = run(validate, ["--validate", bag]);
      return [
        { name: `${name}: valid bag`, passed: whole.status === 0, detail: whole.output },
        { name: `${name}: sees a change`, passed: changed.status !== 0, detail: changed.output },
      ];
    });
  },
};
