/**
 * Asks other programs what they say of exhibita's bundles. `npm run conformance`, or with the ids of some
 * parts. A part whose program is not installed is skipped, with the reason; exit 1 where one disagrees.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding, Part, Samples } from "./part.ts";
import { bagit } from "./parts/bagit.ts";
import { dss } from "./parts/dss.ts";
import { instructions } from "./parts/instructions.ts";
import { pdfsig } from "./parts/pdfsig.ts";
import { pyhanko } from "./parts/pyhanko.ts";
import { qpdf } from "./parts/qpdf.ts";
import { second } from "./parts/second.ts";
import { vectors } from "./parts/vectors.ts";
import { makeSamples } from "./samples.ts";

const PARTS: readonly Part[] = [instructions, second, vectors, qpdf, pdfsig, bagit, pyhanko, dss];

const total = { passed: 0, failed: 0, skipped: 0 };

const asked = process.argv.slice(2);
const unknown = asked.find((id) => !PARTS.some((part) => part.id === id));
if (unknown !== undefined) {
  say(`no part ${unknown}: ${PARTS.map((part) => part.id).join(", ")}`);
  process.exitCode = 2;
} else {
  const folder = mkdtempSync(join(tmpdir(), "exhibita-conformance-"));
  try {
    const samples = await makeSamples(folder);
    for (const part of PARTS) {
      if (asked.length === 0 || asked.includes(part.id)) await ask(part, samples);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

async function ask(part: Part, samples: Samples): Promise<void> {
  const missing = part.missing();
  if (missing !== null) {
    total.skipped += 1;
    say(`${part.id}: 0 passed, 0 failed, 1 skipped: ${missing}`);
    return;
  }
  const findings = await findingsOf(part, samples);
  const failed = findings.filter(({ passed }) => !passed);
  total.passed += findings.length - failed.length;
  total.failed += failed.length;
  say(
    `${part.id}: ${findings.length - failed.length} passed, ${failed.length} failed, 0 skipped: ${part.title}`,
  );
  for (const { name, detail } of failed) say(`  ${name}\n${indented(detail)}`);
}

/** A part that breaks has failed: what it would have said is not known. */
async function findingsOf(part: Part, samples: Samples): Promise<readonly Finding[]> {
  try {
    return await part.run(samples);
  } catch (error) {
    return [{ name: "cannot be asked", passed: false, detail: String(error) }];
  }
}

function indented(text: string): string {
  return text
    .trim()
    .split("\n")
    .slice(0, 20)
    .map((line) => `    ${line}`)
    .join("\n");
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
