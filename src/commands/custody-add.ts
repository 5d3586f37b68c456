import { Failure } from "../model/failure.ts";
import { type Command, command } from "./command.ts";
import { chosenArgument } from "./frame/arguments.ts";
import { caseFlag, dryRunFlag, waitFlag } from "./frame/common.ts";
import { text, texts } from "./frame/flags.ts";
import { caseOf } from "./shared/case.ts";

const ACTIONS = ["received", "transferred", "returned", "copied", "exported"] as const;

/** `custody add ACTION`: a hand-over or receipt that the tool cannot see. */
export const custodyAdd: Command = command({
  description: [
    "Writes an act into the chain of custody that happened outside the tool: a receipt, a hand-over, " +
      "a return, a copy. The entry carries the machine's time of writing; say in the note when the act " +
      "itself took place. What is written stays.",
  ],
  parameters: {
    action: chosenArgument("ACTION", ACTIONS, "what happened"),
    artifact: texts("N", "number of an artifact it was about (else the whole case)"),
    exhibit: text("NO", "the exhibit it was about"),
    party: text("NAME", "from whom it came, or to whom it went"),
    authority: text("REF", "the order or warrant it rests on"),
    note: text("TEXT", "in your words: when, where, why"),
    case: caseFlag,
    wait: waitFlag,
    dryRun: dryRunFlag,
  },
  exits: [0, 4, 10, 11],
  examples: [
    {
      line: 'exhibita custody add transferred --exhibit 7/3 --party "Lab 2" --note "by courier, 4 March"',
      about: "a hand-over",
    },
  ],
  effect: "writes",
  run: async (context, values) => {
    const { terminal, environment } = context;
    const { action, exhibit, party, authority, note } = values;
    if (party === null && note === null) {
      throw new Failure("usage", `${action} by itself says too little`, [
        "name the other side with --party NAME, or say it with --note TEXT",
      ]);
    }
    const told = {
      action,
      artifacts: values.artifact.map(numberOf),
      exhibit,
      party,
      authority,
      note,
    };
    const { addCustody, rehearseCustody } = await import("../workflow/custody.ts");
    const paths = caseOf(context, values.case);
    if (values.dryRun) {
      const { artifacts } = rehearseCustody(paths, told, environment.user);
      terminal.say(`would write: ${action}, ${artifacts.length} artifacts`);
      return 0;
    }
    const entry = await addCustody(paths, told, environment, values.wait ?? 0);
    if (terminal.json) terminal.record({ type: "custody", schema: 1, ...entry });
    else terminal.data(`${entry.seq}  ${entry.at}  ${entry.action} by ${entry.actor}`);
    return 0;
  },
});

function numberOf(typed: string): number {
  const number = /^\d{1,9}$/.test(typed) ? Number(typed) : 0;
  if (number > 0) return number;
  throw new Failure("usage", `--artifact cannot be ${typed}`, ["it is the number of an artifact"]);
}
