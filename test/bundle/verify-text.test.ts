import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pemChain } from "../../src/bundle/pem.ts";
import { verifyCommands } from "../../src/words/verify-text.ts";
import { AGENCY, makeSample, type Sample, scratch } from "./sample.ts";

/** What VERIFY.txt tells a stranger to type, typed as it stands. */

const TOOLS = ["bash", "unzip", "openssl", "sha256sum", "find", "diff"];
const missing = TOOLS.filter((tool) => spawnSync("which", [tool]).status !== 0);
const hasPdfsig = spawnSync("which", ["pdfsig"]).status === 0;

const folder = scratch();
let sample: Sample;
let desk: string;
beforeAll(async () => {
  sample = await makeSample(folder.path, { language: "fr" });
  desk = join(folder.path, "desk");
  mkdirSync(desk);
  copyFileSync(sample.path, join(desk, `${sample.id}.zip`));
  writeFileSync(join(desk, "agency-root.pem"), pemChain([AGENCY.certificate]));
});
afterAll(folder.remove);

function run(lines: readonly string[], cwd: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", lines.join("\n")], {
    cwd,
    encoding: "utf8",
  });
  return { status, output: `${stdout}${stderr}` };
}

function inside(): string {
  return join(desk, sample.id);
}

describe.skipIf(missing.length > 0)(`VERIFY.txt, typed (needs ${TOOLS.join(", ")})`, () => {
  it("holds every command it was made of, in both languages", () => {
    const { unpack } = verifyCommands(sample.id);
    expect(run(unpack, desk).status).toBe(0);
    const text = readFileSync(join(inside(), "VERIFY.txt"), "utf8");
    const typed = Object.values(verifyCommands(sample.id)).flat();
    for (const line of typed) expect(text.split(`\n    ${line}\n`)).toHaveLength(3);
    expect(text.startsWith("COMMENT VÉRIFIER")).toBe(true);
    expect(text).toContain("HOW TO CHECK");
  });

  it("finds the signature good, against a root from outside", () => {
    const { signature } = verifyCommands(sample.id);
    expect(run(signature, inside())).toMatchObject({
      status: 0,
      output: expect.stringContaining("CAdES Verification successful"),
    });
  });

  it("finds the lists signed, every file unchanged, and none added", () => {
    const { manifests, files, unlisted } = verifyCommands(sample.id);
    expect(run(manifests, inside())).toEqual({ status: 0, output: "1\n1\n" });
    expect(run(files, inside())).toEqual({ status: 0, output: "" });
    expect(run(unlisted, inside())).toEqual({ status: 0, output: "" });
  });

  it("says so where a file was changed or added", () => {
    const { files, unlisted } = verifyCommands(sample.id);
    const changed = join(folder.path, "changed");
    execFileSync("cp", ["-r", inside(), changed]);
    writeFileSync(join(changed, "data", "events.jsonl"), "{}\n");
    writeFileSync(join(changed, "data", "added.txt"), "added");
    expect(run(files, changed).output).toContain("data/events.jsonl: FAILED");
    expect(run(unlisted, changed).output).toContain("> data/added.txt");
  });

  it.skipIf(!hasPdfsig)("finds the report's own signature good (needs pdfsig)", () => {
    const { output } = run(verifyCommands(sample.id).report, inside());
    expect(output).toContain("Signature is Valid");
    expect(output).toContain("Total document signed");
  });

  it("prints the root's fingerprint as the text has it", () => {
    const { output } = run(verifyCommands(sample.id).fingerprint, inside());
    const fingerprint = output.split("=")[1]?.trim() ?? "none";
    expect(readFileSync(join(inside(), "VERIFY.txt"), "utf8")).toContain(fingerprint);
  });
});
