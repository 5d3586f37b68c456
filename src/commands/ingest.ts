import { resolve } from "node:path";
import { Failure } from "../model/failure.ts";
import type { IngestRequest } from "../workflow/ingest/request.ts";
import { type Command, type Context, command } from "./command.ts";
import { anyArguments } from "./frame/arguments.ts";
import { acceptExceptionsFlag, caseFlag, dryRunFlag, waitFlag } from "./frame/common.ts";
import { text } from "./frame/flags.ts";
import { caseOf } from "./shared/case.ts";
import { exitOfIngest, ingestObserver, showSummary } from "./shared/ingest-report.ts";
import { PARSE_OPTIONS, parseOptionsOf } from "./shared/parse-options.ts";

/** `ingest PATH...`: files, folders and ZIPs as evidence. */
export const ingest: Command = command({
  description: [
    "Takes files, folders and archives as evidence: each is hashed, stored byte for byte and written " +
      "into the chain of custody before anything is parsed; then it is recognised, parsed and indexed.",
    "What cannot be read is counted and listed, and ends with 3; nothing of it is lost. The same bytes " +
      "under the same options change nothing. A zone-less time stays a wall clock unless --zone says " +
      "where it was written.",
  ],
  parameters: {
    paths: anyArguments("PATH", "file, folder or archive; - for standard input, with --name"),
    exhibit: text("NO", "number of the sealed exhibit the sources come from"),
    ...PARSE_OPTIONS,
    note: text("TEXT", "a remark for the chain of custody"),
    name: text("NAME", "name of what comes from standard input"),
    list: text("FILE", "CSV with a path, exhibit, zone, format and note on each line"),
    case: caseFlag,
    wait: waitFlag,
    dryRun: dryRunFlag,
    acceptExceptions: acceptExceptionsFlag,
  },
  exits: [0, 3, 4, 10, 11],
  examples: [
    {
      line: "exhibita ingest WhatsApp.zip --exhibit 4 --zone Europe/Paris",
      about: "an export, with the zone of the phone that made it",
    },
  ],
  effect: "writes",
  run: async (context, values) => {
    const { cwd, environment, signal, terminal } = context;
    const requests = await requestsOf(context, values);
    const paths = caseOf(context, values.case);
    if (values.dryRun) {
      const { planIngest } = await import("../workflow/ingest/plan.ts");
      for (const line of await planIngest(requests.flatMap((request) => request.paths))) {
        if (terminal.json) terminal.record(line);
        else terminal.data(`would take in ${line.path} as ${line.format ?? "unrecognised"}`);
      }
      return 0;
    }
    const { openCase } = await import("../workflow/case/open.ts");
    const { ingest: run } = await import("../workflow/ingest/ingest.ts");
    const writer = await openCase(paths, environment, values.wait ?? 0);
    const observer = ingestObserver(terminal, environment.now, cwd);
    try {
      let exit = 0;
      for (const request of requests) {
        const summary = await run(writer, request, observer, signal);
        showSummary(terminal, summary);
        exit = Math.max(exit, exitOfIngest(summary, values.acceptExceptions));
      }
      return exit;
    } finally {
      observer.end();
      await writer.close();
    }
  },
});

type Values = {
  readonly paths: readonly string[];
  readonly exhibit: string | null;
  readonly format: string | null;
  readonly zone: string | null;
  readonly dateOrder: "dmy" | "mdy" | "ymd" | null;
  readonly mapping: string | null;
  readonly owner: string | null;
  readonly note: string | null;
  readonly name: string | null;
  readonly list: string | null;
};

async function requestsOf({ cwd, stdin }: Context, values: Values): Promise<IngestRequest[]> {
  const { exhibit, format, note } = values;
  const options = parseOptionsOf(values, cwd);
  const base = { exhibit, note, format, options };
  if (values.list !== null) {
    if (values.paths.length > 0) throw new Failure("usage", "--list and PATH exclude each other");
    const { readIngestList } = await import("../workflow/ingest/list.ts");
    return readIngestList(resolve(cwd, values.list), { ...base, paths: [], stream: null });
  }
  if (values.paths.length === 0) {
    throw new Failure("usage", "nothing to take in: name a file or folder", [
      "exhibita ingest --help",
    ]);
  }
  const named = values.paths.filter((path) => path !== "-").map((path) => resolve(cwd, path));
  const piped = named.length < values.paths.length;
  if (piped && values.name === null) {
    throw new Failure("usage", "standard input needs a name", ["give --name export.txt"]);
  }
  const stream = piped ? { name: values.name ?? "stdin", bytes: stdin } : null;
  return [{ ...base, paths: named, stream }];
}
