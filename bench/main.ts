import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeTelegram } from "./generate/telegram.ts";
import { writeWhatsApp } from "./generate/whatsapp.ts";
import { inTurn, measure, median, type Pair, type Run } from "./measure.ts";

/**
 * `npm run bench -- [PART...] [--messages N] [--rounds N] [--keep]`: each part beside a named peer on the same
 * data in the same run, as whole processes. It prints figures and judges nothing.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    messages: { type: "string", default: "100000" },
    rounds: { type: "string", default: "3" },
    keep: { type: "boolean", default: false },
  },
});
const messages = Number(values.messages);
const rounds = Number(values.rounds);
const folder = mkdtempSync(join(tmpdir(), "exhibita-bench-"));
const whatsapp = join(folder, "chat.txt");
const telegram = join(folder, "result.json");
const child = (name: string): string => join(import.meta.dirname, "children", name);
const cli = join(import.meta.dirname, "..", "bin", "exhibita.js");
let cases = 0;

const PARTS: Readonly<Record<string, () => void>> = {
  parse: () => {
    compare(
      "parse WhatsApp",
      "whatsapp-chat-parser",
      () => measure(["node", child("parse.ts"), "whatsapp", whatsapp]),
      () => measure(["node", child("whatsapp-chat-parser.ts"), whatsapp]),
    );
    compare(
      "parse Telegram",
      "python json.load",
      () => measure(["node", child("parse.ts"), "telegram", telegram]),
      () => measure(["python3", child("json-load.py"), telegram]),
    );
  },
  ingest: () => {
    compare(
      "ingest WhatsApp end to end",
      "whatsapp-chat-parser, parsing alone",
      () => ingest(whatsapp),
      () => measure(["node", child("whatsapp-chat-parser.ts"), whatsapp]),
    );
    compare(
      "ingest Telegram end to end",
      "python json.load",
      () => ingest(telegram),
      () => measure(["python3", child("json-load.py"), telegram]),
    );
  },
  store: () => {
    compare(
      "hash and store",
      "openssl dgst, then cp",
      () => measure(["node", child("hash-store.ts"), newFolder(), telegram]),
      () =>
        measure([
          "sh",
          "-c",
          `openssl dgst -sha256 ${telegram} && cp ${telegram} ${join(newFolder(), "copy")}`,
        ]),
    );
  },
  search: () => {
    const place = newFolder();
    measure(["node", child("ingest.ts"), place, whatsapp]);
    const { output } = measure(["node", child("search.ts"), join(place, "index.db"), "omitted"]);
    line("search, first 20 rows in a warm process", `${Number(output).toFixed(2)} ms`);
    compare(
      "search, cold",
      "node -e 0",
      () => measure(["node", cli, "search", "omitted", "--limit", "20", "--case", place]),
      () => measure(["node", "-e", "0"]),
    );
  },
  bundle: () => {
    const place = newFolder();
    const keys = newFolder();
    measure(["node", child("ingest.ts"), place, whatsapp]);
    process.env["EXHIBITA_KEYS"] = keys;
    measure(["node", cli, "key", "init", "--holder", "Bench", "--no-passphrase"]);
    const out = newFolder();
    const made = measure(["node", cli, "bundle", "--query", "omitted", "-o", out, "--case", place]);
    show("bundle of one query", made);
    const whole = measure(["node", cli, "bundle", "--whole-case", "-o", out, "--case", place]);
    show(`bundle of ${messages} messages`, whole);
    const zip = join(out, readdirSync(out).findLast((name) => name.endsWith(".zip")) ?? "");
    const root = join(keys, "roots", readdirSync(join(keys, "roots"))[0] ?? "", "certificate.pem");
    compare(
      `verify ${Math.round(statSync(zip).size / 1e6)} MB`,
      "sha256sum",
      () => measure(["node", cli, "verify", zip, "--root", root]),
      () => measure(["sha256sum", zip]),
    );
  },
  start: () => {
    compare(
      "exhibita --version",
      "node -e 0",
      () => measure(["node", cli, "--version"]),
      () => measure(["node", "-e", "0"]),
    );
  },
};

function ingest(file: string): Run {
  const place = newFolder();
  const run = measure(["node", child("ingest.ts"), place, file]);
  rmSync(place, { recursive: true });
  return run;
}

function newFolder(): string {
  cases += 1;
  const made = join(folder, `place-${cases}`);
  mkdirSync(made);
  return made;
}

function compare(what: string, peer: string, ours: () => Run, theirs: () => Run): void {
  const pair: Pair = inTurn(rounds, ours, theirs);
  const [a, b] = [pair.ours, pair.peer];
  const ratio = median(a.map((run, at) => run.wall / (b[at]?.wall ?? Number.NaN)));
  show(what, { wall: middle(a, "wall"), cpu: middle(a, "cpu"), peak: middle(a, "peak") });
  show(`  ${peer}`, { wall: middle(b, "wall"), cpu: middle(b, "cpu"), peak: middle(b, "peak") });
  line("  ratio of wall times", ratio.toFixed(2));
}

function middle(runs: readonly Run[], figure: "wall" | "cpu" | "peak"): number {
  return median(runs.map((run) => run[figure]));
}

function show(what: string, { wall, cpu, peak }: Omit<Run, "output">): void {
  line(what, `${wall.toFixed(2)} s wall, ${cpu.toFixed(2)} s cpu, ${Math.round(peak)} MiB`);
}

function line(what: string, figures: string): void {
  process.stdout.write(`${what.padEnd(46)}  ${figures}\n`);
}

try {
  process.stdout.write(
    `${cpus()[0]?.model ?? "?"}, ${cpus().length} cores, Node ${process.versions.node}; ${messages} messages, ${rounds} rounds\n`,
  );
  if (!existsSync(join(import.meta.dirname, "..", "dist")))
    throw new Error("run `npm run build` first");
  writeWhatsApp(whatsapp, messages, 1);
  writeTelegram(telegram, messages, 1);
  for (const part of positionals.length > 0 ? positionals : Object.keys(PARTS)) PARTS[part]?.();
} finally {
  if (!values.keep) rmSync(folder, { recursive: true, force: true });
}
