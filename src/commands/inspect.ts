import { resolve } from "node:path";
import type { BundleRecord } from "../model/production.ts";
import { byteSize, grouped } from "../terminal/measures.ts";
import { tableLines } from "../terminal/table.ts";
import { styled, type Terminal } from "../terminal/terminal.ts";
import { type Command, command } from "./command.ts";
import { argument } from "./frame/arguments.ts";

/** `inspect FILE`: a bundle in its own words. */
export const inspect: Command = command({
  description: [
    "Shows what a bundle says of itself: case, selection, counts, files. Nothing of it is checked; " +
      "verify does that. Ends with 4 where the file describes no bundle.",
  ],
  parameters: { file: argument("FILE", "a bundle (ZIP)") },
  exits: [0, 4],
  examples: [{ line: "exhibita inspect 2024-00311-P001.zip", about: "before it is verified" }],
  effect: "reads",
  run: async ({ terminal, cwd }, { file }) => {
    const { inspectFile } = await import("../workflow/inspect.ts");
    const inspection = { ...inspectFile(resolve(cwd, file)), path: file };
    const { bundle, files, problems } = inspection;
    if (terminal.json) {
      terminal.record({ type: "inspection", schema: 1, ...inspection });
      return bundle === null ? 4 : 0;
    }
    if (bundle === null) terminal.fail(`${file} holds no description of a bundle`);
    else showBundle(bundle, terminal);
    const rows = files.map(({ name, size, sha256 }) => [name, byteSize(size), sha256]);
    if (rows.length > 0) terminal.data("");
    for (const line of tableLines(FILE_COLUMNS, rows, terminal.width)) terminal.data(line);
    for (const problem of problems) terminal.warn(problem);
    terminal.hint(`nothing of this was checked: exhibita verify ${file}`);
    return bundle === null ? 4 : 0;
  },
});

const FILE_COLUMNS = [
  { title: "file", shrinks: true },
  { title: "size", align: "right" },
  { title: "sha256", shrinks: true },
] as const;

function showBundle(bundle: BundleRecord, terminal: Terminal): void {
  for (const [label, value] of facts(bundle)) {
    terminal.data([styled("strong", label.padEnd(LABEL_WIDTH)), value]);
  }
}

const LABEL_WIDTH = 14;

function facts(bundle: BundleRecord): readonly (readonly [string, string])[] {
  const { counts } = bundle;
  const ofAll = `${grouped(counts.messages)} of ${grouped(counts.messagesInConversations)}`;
  return [
    ["bundle", bundle.id],
    ["case", `${bundle.case.number} ${bundle.case.title ?? ""}`.trimEnd()],
    ["agency", bundle.case.agency ?? "not stated"],
    ["procedure", bundle.procedure ?? "none"],
    ["created", bundle.created],
    ["made by", `exhibita ${bundle.tool.exhibita}`],
    ["selection", bundle.selectionText],
    ["messages", `${ofAll} of these conversations`],
    ["events", grouped(counts.events)],
    ["exceptions", grouped(counts.exceptions)],
    [
      "attachments",
      `${grouped(counts.attachmentsIncluded)} of ${grouped(counts.attachments)} given`,
    ],
    ["withheld", grouped(counts.withheld)],
    ["time-stamp", bundle.timestamp],
    ["custody", `${grouped(bundle.custody.size)} lines, root ${bundle.custody.root}`],
  ];
}
