import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { makeGround, removeGround } from "./ground.ts";
import { PARTS } from "./parts.ts";

/**
 * `npm run bench -- [PART...] [--messages N] [--rounds N] [--seed N] [--keep]`: each part of the work beside
 * a named peer, on the same made-up export, in the same run. It prints figures and judges nothing.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    messages: { type: "string", default: "50000" },
    rounds: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
    keep: { type: "boolean", default: false },
  },
});
const size = {
  messages: count("messages", values.messages),
  rounds: count("rounds", values.rounds),
  seed: count("seed", values.seed),
};
const unknown = positionals.find((name) => !PARTS.some((part) => part.name === name));
if (unknown !== undefined) {
  fail(`no such part: ${unknown}; parts: ${PARTS.map((part) => part.name).join(", ")}`);
}

const { node, v8 } = process.versions;
say(`${cpus().length} x ${cpus()[0]?.model ?? "unknown processor"}, ${mebibytes()} MiB`);
say(`${process.platform} ${process.arch}, Node ${node}, V8 ${v8}`);
say(`${size.messages} messages, median of ${size.rounds} rounds, seed ${size.seed}\n`);
const ground = makeGround(size);
try {
  for (const part of PARTS) {
    if (positionals.length > 0 && !positionals.includes(part.name)) continue;
    for (const line of part.run(ground)) say(line);
  }
} finally {
  if (values.keep) say(`\nkept: ${ground.folder}`);
  else removeGround(ground);
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    fail(`--${name} takes a whole number, not ${text}`);
  return value;
}

function mebibytes(): number {
  return Math.round(totalmem() / 2 ** 20);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(reason: string): never {
  process.stderr.write(`bench: ${reason}\n`);
  process.exit(2);
}
