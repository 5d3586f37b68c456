/**
 * A transcript tells what somebody types and what exhibita answers, as a text that people can read:
 *
 *     A sentence about it.
 *
 *     -- file chat.txt --
 *     ...
 *     -- run --
 *     exhibita formats whatsap
 *     -- exit --
 *     2
 *     -- stderr --
 *     exhibita: error: unknown format whatsap
 *     [...]
 *
 * Files are laid into a new folder first. Each run is followed by what it must give; a stream that is not
 * named must stay empty, an exit that is not named must be 0. In what is expected, `[...]` alone on a line
 * stands for any lines, `[*]` for any text within one; a line that begins `\--` stands for `--`.
 */
export interface Transcript {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly steps: readonly Step[];
}

export interface Step {
  readonly argv: readonly string[];
  readonly stdin: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** @throws Error for a section that the format does not know */
export function readTranscript(text: string): Transcript {
  const files: { path: string; text: string }[] = [];
  const steps: Record<string, string>[] = [];
  for (const { name, body } of sections(text)) {
    const step = steps.at(-1);
    if (name.startsWith("file ")) files.push({ path: name.slice(5), text: body });
    else if (name === "run") steps.push({ run: body });
    else if (step !== undefined && ["stdin", "stdout", "stderr", "exit"].includes(name)) {
      step[name] = body;
    } else throw new Error(`a transcript has no section ${name} here`);
  }
  return { files, steps: steps.map(stepOf) };
}

/** The expectation as a pattern over the whole of a stream. */
export function patternOf(expected: string): RegExp {
  const lines = expected.split("\n").slice(0, -1);
  const patterns = lines.map((line) =>
    line === "[...]" ? String.raw`(?:.*\n)*?` : `${line.split("[*]").map(literal).join(".*")}\n`,
  );
  return new RegExp(`^${patterns.join("")}$`);
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

function stepOf(raw: Readonly<Record<string, string>>): Step {
  const { run = "", stdin = "", stdout = "", stderr = "", exit = "0" } = raw;
  const [program, ...argv] = words(run.trim());
  if (program !== "exhibita") throw new Error(`a transcript runs exhibita, not ${run}`);
  return { argv, stdin, stdout, stderr, exit: Number(exit) };
}

function sections(text: string): readonly { readonly name: string; readonly body: string }[] {
  const found: { name: string; body: string }[] = [];
  for (const line of text.trimEnd().split("\n")) {
    const name = /^-- (.+) --$/.exec(line)?.[1];
    const last = found.at(-1);
    if (name !== undefined) found.push({ name, body: "" });
    else if (last !== undefined) last.body += `${line.replace(/^\\--/, "--")}\n`;
  }
  return found;
}

/** Splits at blanks; double quotes keep them. */
function words(line: string): readonly string[] {
  const found = line.match(/"[^"]*"|\S+/g) ?? [];
  return found.map((word) => word.replaceAll('"', ""));
}
