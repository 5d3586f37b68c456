import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { bundleMany, verifyOne } from "./bundles.ts";
import { child, exhibita, filledCase, type Ground, newCase, newFolder, NODE } from "./ground.ts";
import { inTurn, type Line, measure, type Run } from "./measure.ts";
import { comparison } from "./table.ts";

/** A part of the work, by itself callable. */
export interface Part {
  readonly name: string;
  /** Measures and gives the lines to print. */
  readonly run: (ground: Ground) => Iterable<string>;
}

const PEER = "whatsapp-chat-parser";
const JSON_LOAD = "python3 json.load";

/** THE list of parts, in the order of the work. */
export const PARTS: readonly Part[] = [
  { name: "start", run: start },
  { name: "store", run: store },
  { name: "parse", run: parse },
  { name: "ingest", run: ingest },
  { name: "search", run: search },
  { name: "bundle", run: bundleMany },
  { name: "verify", run: verifyOne },
];

function* start(ground: Ground): Generator<string> {
  yield* beside(ground, "exhibita --version", exhibita("--version"), "node -e 0", NOTHING);
}

const NOTHING: Line = [NODE, "-e", "0"];

function* store(ground: Ground): Generator<string> {
  const file = ground.telegram();
  const size = megabytes(file);
  const ours = (): Run => measure(child(ground, "store", newFolder(ground), file));
  const peer = (): Run => {
    const copy = ground.fresh();
    const job = `openssl dgst -sha256 "$1" && cp "$1" "$2" && sync "$2" && cmp "$1" "$2"`;
    return discarding(copy, ["sh", "-c", job, "sh", file, copy]);
  };
  const pair = inTurn(ground.rounds, ours, peer);
  yield* comparison(`hash, store, read back (${size})`, "openssl dgst, cp, sync, cmp", pair);
}

function* parse(ground: Ground): Generator<string> {
  const chat = ground.whatsapp();
  const title = `parse WhatsApp (${megabytes(chat)})`;
  yield* beside(
    ground,
    title,
    child(ground, "parse", "whatsapp", chat),
    PEER,
    child(ground, PEER, chat),
  );
  const json = ground.telegram();
  const name = `parse Telegram (${megabytes(json)})`;
  yield* beside(ground, name, child(ground, "parse", "telegram", json), JSON_LOAD, jsonLoad(json));
}

function* ingest(ground: Ground): Generator<string> {
  const chat = ground.whatsapp();
  const peer = `${PEER}, parsing alone`;
  yield* ingestBeside(
    ground,
    `ingest WhatsApp (${megabytes(chat)})`,
    chat,
    peer,
    child(ground, PEER, chat),
  );
  const json = ground.telegram();
  const title = `ingest Telegram (${megabytes(json)})`;
  yield* ingestBeside(ground, title, json, `${JSON_LOAD}, parsing alone`, jsonLoad(json));
}

/** The whole of `exhibita ingest`: hash, store, journal, parse, index, full text. */
function ingestBeside(
  ground: Ground,
  title: string,
  file: string,
  peer: string,
  line: Line,
): readonly string[] {
  const ours = (): Run => {
    const place = newCase(ground);
    return discarding(place, exhibita("ingest", file, "--case", place));
  };
  return comparison(
    title,
    peer,
    inTurn(ground.rounds, ours, () => measure(line)),
  );
}

function* search(ground: Ground): Generator<string> {
  const place = filledCase(ground);
  const word = "omitted";
  const warm = measure(child(ground, "search", join(place, "index.db"), word));
  yield `search, first 20 rows, in a warm process: ${Number(warm.output).toFixed(1)} ms\n`;
  const ours = exhibita("search", word, "--limit", "20", "--case", place);
  yield* beside(ground, "search, first 20 rows, whole process", ours, "node -e 0", NOTHING);
}

function beside(
  ground: Ground,
  title: string,
  ours: Line,
  peer: string,
  theirs: Line,
): readonly string[] {
  return comparison(
    title,
    peer,
    inTurn(
      ground.rounds,
      () => measure(ours),
      () => measure(theirs),
    ),
  );
}

function discarding(place: string, line: Line): Run {
  const run = measure(line);
  rmSync(place, { recursive: true });
  return run;
}

function jsonLoad(file: string): Line {
  return ["python3", join(import.meta.dirname, "children", "json-load.py"), file];
}

function megabytes(file: string): string {
  return `${(statSync(file).size / 1e6).toFixed(1)} MB`;
}
