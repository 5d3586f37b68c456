/**
 * A process of its own that works on a case, to be killed: `child.ts ingest CASE PATH...` names each source
 * on stdout once it is acknowledged; `bundle CASE OUT` makes productions without end; `hold CASE` keeps the
 * case open. Each says `ready` when the case is open.
 */
import { writeSync } from "node:fs";
import { resolve } from "node:path";
import { casePaths } from "../../src/workflow/case/locate.ts";
import type { CaseWriter } from "../../src/workflow/case/open.ts";
import { openCase } from "../../src/workflow/case/open.ts";
import { ingest } from "../../src/workflow/ingest/ingest.ts";
import { fixedEnvironment } from "../environment.ts";

const [act = "", folder = "", ...rest] = process.argv.slice(2);
const writer = await openCase(casePaths(folder), fixedEnvironment("2026-03-02T09:00:00Z"));
say("ready");
if (act === "ingest") await ingestAll(writer, rest);
else if (act === "bundle") await bundleOn(writer, resolve(rest[0] ?? ""));
else setInterval(() => undefined, 1000);

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

async function ingestAll(to: CaseWriter, paths: readonly string[]): Promise<void> {
  const options = { zone: null, dateOrder: null, owner: null, mapping: null };
  const request = { paths, stream: null, exhibit: null, note: null, format: null, options };
  const observer = {
    source: ({ path }: { readonly path: string }) => say(path),
    passedOver: () => undefined,
    progress: () => undefined,
  };
  await ingest(to, request, observer, new AbortController().signal);
  await to.close();
}

async function bundleOn(from: CaseWriter, out: string): Promise<void> {
  const { makeBundle } = await import("../../src/workflow/bundling/bundle.ts");
  const { WHOLE } = await import("../../src/workflow/production/resolve.ts");
  const { makeRoot, makeSigner } = await import("../signature/pki.ts");
  const signer = makeSigner("P-256", makeRoot());
  const options = { media: true, originals: true, raw: true, private: false };
  const request = { procedure: null, selection: WHOLE, options, recipient: null, language: null };
  for (;;) {
    const made = await makeBundle(from, { ...request, signer, out });
    say(made.id);
  }
}
