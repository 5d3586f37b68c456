import type { Part } from "../part.ts";
import { missingProgram, run } from "../run.ts";

/** qpdf reads every object of the reports and finds nothing to mend. */
export const qpdf: Part = {
  id: "qpdf",
  title: "qpdf --check",
  missing: () => missingProgram("qpdf"),
  run: ({ all }) =>
    all.map(({ name, pdf }) => {
      const { status, output } = run("qpdf", ["--check", pdf]);
      const passed = status === 0 && !/WARNING/.test(output);
      return { name: `${name}: report`, passed, detail: output };
    }),
};
