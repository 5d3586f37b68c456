import { type Style, styled } from "../terminal/terminal.ts";
import { type Command, command } from "./command.ts";

/** `doctor`: what exhibita needs of this machine, and how to get what is missing. */
export const doctor: Command = command({
  description: [
    "Looks at the versions, the database, the fonts of the report, the free disk, the clock and the " +
      "key folder. Ends with 1 where something that is needed is missing; a doubt alone is not.",
  ],
  parameters: {},
  exits: [0],
  examples: [{ line: "exhibita doctor", about: "before the first case" }],
  effect: "reads",
  run: async ({ terminal, cwd, variables, environment }) => {
    const { examine } = await import("../workflow/doctor.ts");
    const { keyFolder } = await import("../workflow/keys.ts");
    const findings = examine({
      now: environment.now(),
      folder: cwd,
      keyFolder: keyFolder(variables, cwd),
    });
    for (const finding of findings) {
      const { id, state, detail, remedy } = finding;
      if (terminal.json) terminal.record({ type: "finding", schema: 1, ...finding });
      else terminal.data([styled(STYLES[state], state.padEnd(8)), `  ${id.padEnd(10)}  ${detail}`]);
      if (!terminal.json && remedy !== null) terminal.hint(`${id}: ${remedy}`);
    }
    return findings.some(({ state }) => state === "missing") ? 1 : 0;
  },
});

const STYLES: Readonly<Record<"good" | "doubtful" | "missing", Style>> = {
  good: "good",
  doubtful: "doubtful",
  missing: "bad",
};
