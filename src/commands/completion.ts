import { type Command, command } from "./command.ts";
import { chosenArgument } from "./frame/arguments.ts";
import { bashCompletion } from "./frame/completion/bash.ts";
import { fishCompletion } from "./frame/completion/fish.ts";
import { zshCompletion } from "./frame/completion/zsh.ts";
import { loadTable } from "./frame/table.ts";

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** `completion SHELL`: a script for the shell's start-up file, on standard output. */
export const completion: Command = command({
  description: [
    "Prints a script that completes commands, flags and their values. It holds the whole table of " +
      "commands: print it anew after an update.",
  ],
  parameters: { shell: chosenArgument("SHELL", ["bash", "zsh", "fish"], "which shell") },
  exits: [0],
  examples: [
    {
      line: "exhibita completion bash > ~/.local/share/bash-completion/completions/exhibita",
      about: "bash",
    },
    { line: "exhibita completion fish > ~/.config/fish/completions/exhibita.fish", about: "fish" },
  ],
  effect: "reads",
  run: async ({ terminal }, { shell }) => {
    const { COMMANDS } = await import("./index.ts");
    const script = SCRIPTS[shell](await loadTable(COMMANDS));
    if (terminal.json) terminal.record({ type: "completion", schema: 1, shell, script });
    else for (const line of script.trimEnd().split("\n")) terminal.data(line);
    return 0;
  },
});
