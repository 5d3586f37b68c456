import { FORMATS, type ListedFormat } from "../formats/index.ts";
import { Failure } from "../model/failure.ts";
import type { Format } from "../model/format.ts";
import { tableLines } from "../terminal/table.ts";
import { styled, type Terminal } from "../terminal/terminal.ts";
import { type Command, command } from "./command.ts";
import { optionalArgument } from "./frame/arguments.ts";
import { nearest } from "./frame/lookup.ts";

/** `formats [ID]`: what exhibita reads, and how far each was tried. */
export const formats: Command = command({
  description: [
    "Lists every format with its id, as --format takes it. With an ID, says what the format was " +
      "tried on and what such an export cannot contain.",
  ],
  parameters: { id: optionalArgument("ID", "one format") },
  exits: [0],
  examples: [
    { line: "exhibita formats", about: "the list" },
    { line: "exhibita formats whatsapp", about: "one format in full" },
  ],
  effect: "reads",
  run: async ({ terminal }, { id }) => {
    const listed = id === null ? FORMATS : [listedFormat(id)];
    const loaded = await Promise.all(listed.map((one) => one.load()));
    if (terminal.json) for (const format of loaded) terminal.record(recordOf(format));
    else if (id === null) showTable(loaded, terminal);
    else for (const format of loaded) showFormat(format, terminal);
    return 0;
  },
});

function listedFormat(id: string): ListedFormat {
  const found = FORMATS.find((one) => one.id === id);
  if (found !== undefined) return found;
  const near = nearest(
    FORMATS.map((one) => one.id),
    id,
  );
  const hints = near.length === 0 ? [] : [`did you mean ${near.join(" or ")}?`];
  throw new Failure("usage", `unknown format ${id}`, [...hints, "exhibita formats lists them"]);
}

function recordOf({ id, title, version, tried, lacks }: Format): object {
  return { type: "format", schema: 1, id, title, version, tried, lacks };
}

function showTable(loaded: readonly Format[], terminal: Terminal): void {
  const columns = [
    { title: "id" },
    { title: "reads", shrinks: true },
    { title: "tried on", shrinks: true },
  ];
  const rows = loaded.map(({ id, title, tried }) => [
    id,
    title,
    tried.map(({ app, versions }) => `${app} ${versions}`).join("; "),
  ]);
  for (const line of tableLines(columns, rows, terminal.width)) terminal.data(line);
  terminal.hint("exhibita formats ID says what a format was tried on and what it lacks");
}

function showFormat(format: Format, terminal: Terminal): void {
  terminal.data([
    styled("strong", format.id),
    `: ${format.title} (parser version ${format.version})`,
  ]);
  terminal.data("Tried on:");
  for (const { app, versions, locales } of format.tried) {
    terminal.data(`  ${app} ${versions}, ${locales}`);
  }
  terminal.data("Such an export cannot contain:");
  for (const lack of format.lacks) terminal.data(`  ${lack}`);
}
