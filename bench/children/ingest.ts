import { hostname, userInfo } from "node:os";
import { randomBytes } from "node:crypto";
import { createCase } from "../../src/workflow/case/create.ts";
import { openCase } from "../../src/workflow/case/open.ts";
import { ingest } from "../../src/workflow/ingest/ingest.ts";

/** `ingest.ts FOLDER FILE`: makes a case and takes one export in, as `init` and `ingest` do. */
const [folder = "", file = ""] = process.argv.slice(2);
const environment = {
  now: () => Date.now(),
  monotonic: () => process.hrtime.bigint(),
  random: (bytes: number) => randomBytes(bytes),
  user: userInfo().username,
  host: hostname(),
  sourceDateEpoch: null,
};
const paths = createCase(
  {
    folder,
    number: "BENCH-1",
    title: null,
    agency: null,
    officer: null,
    zone: "Europe/Paris",
    language: "en",
  },
  environment,
);
const writer = await openCase(paths, environment);
const summary = await ingest(
  writer,
  {
    paths: [file],
    stream: null,
    exhibit: null,
    note: null,
    format: null,
    options: { zone: null, dateOrder: null, owner: null, mapping: null },
  },
  { source: () => {}, passedOver: () => {}, progress: () => {} },
  new AbortController().signal,
);
await writer.close();
process.stdout.write(`${JSON.stringify(summary)}\n`);
