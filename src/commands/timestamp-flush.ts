import { resolve } from "node:path";
import { Failure } from "../model/failure.ts";
import { byteSize } from "../terminal/measures.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { CaseWriter } from "../workflow/case/open.ts";
import type { Flushed, FlushRequest } from "../workflow/flush.ts";
import { type Command, type Context, command } from "./command.ts";
import { argumentList } from "./frame/arguments.ts";
import { dryRunFlag, waitFlag } from "./frame/common.ts";
import { requiredText, text } from "./frame/flags.ts";
import { caseOf } from "./shared/case.ts";
import { hintUnknown, stampLines, timestampUrlFlag } from "./shared/stamps.ts";

/** `timestamp flush FILE... -o DIR --timestamp-url URL`: late time-stamps, in copies. */
export const timestampFlush: Command = command({
  description: [
    "Adds time-stamps to bundles that were made with --timestamp-later. Each is verified, copied into " +
      "another folder with the time-stamp in its signature and beside it, and verified again; the bundle " +
      "itself is not touched. The report keeps the signature it has, without a time-stamp.",
    "What such a time-stamp proves is that the signature was there when the authority was asked, not " +
      "when the bundle was made. With --case the copy is noted in the chain of custody.",
  ],
  parameters: {
    files: argumentList("FILE", "bundle (ZIP) made with --timestamp-later"),
    output: requiredText("DIR", "folder that receives the copies, made if absent (-o)"),
    timestampUrl: timestampUrlFlag,
    case: text("DIR", "case whose chain of custody is to name the copies"),
    wait: waitFlag,
    dryRun: dryRunFlag,
  },
  exits: [0, 4, 6, 10, 11, 13],
  examples: [
    {
      line: "exhibita timestamp flush out/2024-00311-P001.zip -o stamped --timestamp-url http://tsa.example/",
      about: "back on the network",
    },
  ],
  effect: "writes",
  run: async (context, values) => {
    const { cwd, environment, terminal } = context;
    const request = await requestOf(context, values.output, values.timestampUrl);
    const { unstamped } = await import("../workflow/flush.ts");
    const { openCase } = await import("../workflow/case/open.ts");
    const paths = values.case === null ? null : caseOf(context, values.case);
    const writer =
      paths === null || values.dryRun ? null : await openCase(paths, environment, values.wait ?? 0);
    try {
      for (const file of values.files) {
        context.signal.throwIfAborted();
        const path = resolve(cwd, file);
        if (!values.dryRun) {
          await stampOne(path, request, writer, terminal);
          continue;
        }
        const found = await unstamped(path, request);
        if (terminal.json) terminal.record(found);
        else terminal.data(`would stamp ${found.id}`);
      }
      return 0;
    } finally {
      await writer?.close();
    }
  },
});

async function requestOf(
  { cwd, environment, variables, signal }: Context,
  output: string,
  urls: readonly string[],
): Promise<FlushRequest> {
  if (urls.length === 0) {
    throw new Failure("usage", "--timestamp-url is missing", [
      "name the time-stamp authority that is to be asked",
    ]);
  }
  const { keyFolder, rootsOf } = await import("../workflow/keys.ts");
  const { authoritiesOf } = await import("../workflow/authorities.ts");
  const roots = rootsOf([], keyFolder(variables, cwd));
  const authorities = authoritiesOf(urls, roots, environment, signal);
  return { out: resolve(cwd, output), authorities, roots, now: environment.now };
}

async function stampOne(
  path: string,
  request: FlushRequest,
  writer: CaseWriter | null,
  terminal: Terminal,
): Promise<void> {
  const { noteStamped, refuseForeign, stampBundle, unstamped } =
    await import("../workflow/flush.ts");
  if (writer !== null) refuseForeign(writer, await unstamped(path, request));
  const flushed = await stampBundle(path, request);
  if (writer !== null) noteStamped(writer, flushed);
  show(flushed, terminal);
}

function show(flushed: Flushed, terminal: Terminal): void {
  if (terminal.json) {
    terminal.record(flushed);
    return;
  }
  const { id, zip, size, sha256, stamps } = flushed;
  terminal.data(`stamped  ${id}`);
  terminal.data(`zip      ${zip} (${byteSize(size)})`);
  terminal.data(`sha256   ${sha256}`);
  for (const line of stampLines(stamps)) terminal.data(`time     ${line}`);
  hintUnknown(stamps, terminal);
}
