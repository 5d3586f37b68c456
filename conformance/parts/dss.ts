import { join } from "node:path";
import type { Finding, Part } from "../part.ts";
import { mavenJars, missingProgram, run } from "../run.ts";

const PROJECT = join(import.meta.dirname, "../dss");

/** The European Commission's validator, by its own policy, with the roots of agency and time-stamp authority as the trusted ones. */
export const dss: Part = {
  id: "dss",
  title: "EU DSS",
  missing: () => missingProgram("java", "mvn"),
  run: ({ all, root, tsaRoot }) => {
    const jars = join(mavenJars(PROJECT), "*");
    const files = all.flatMap(({ name, isStamped, zip, pdf }) => [
      { name: `${name}: bundle`, path: zip, level: `CAdES-BASELINE-${isStamped ? "T" : "B"}` },
      { name: `${name}: report`, path: pdf, level: `PAdES-BASELINE-${isStamped ? "T" : "B"}` },
    ]);
    const script = join(PROJECT, "Validate.java");
    const { output } = run("java", [
      "-cp",
      jars,
      script,
      `${root},${tsaRoot}`,
      ...files.map(({ path }) => path),
    ]);
    return files.map(({ name, path, level }): Finding => {
      const lines = output.split("\n").filter((line) => line.startsWith(`${path}\t`));
      const passed = lines.length === 1 && lines[0] === `${path}\tTOTAL_PASSED\t${level}\t`;
      return { name: `${name} is ${level}`, passed, detail: lines.join("\n") || output };
    });
  },
};
