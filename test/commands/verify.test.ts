import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pemOf } from "../../src/signature/pem.ts";
import { verifyAnswerEn } from "../../src/words/verify-answer.en.ts";
import { verifyAnswerFr } from "../../src/words/verify-answer.fr.ts";
import { AGENCY, makeSample, type Sample, scratch } from "../bundle/sample.ts";
import { trusted } from "../signature/pki.ts";
import { type Ran, run } from "./host.ts";

const folder = scratch();
let sample: Sample;
beforeAll(async () => {
  sample = await makeSample(folder.path);
  const [root] = trusted(AGENCY.certificate);
  writeFileSync(join(folder.path, "root.pem"), pemOf(root === undefined ? [] : [root.certificate]));
  const altered = readFileSync(sample.path);
  altered[altered.indexOf("Mara")] = "S".charCodeAt(0);
  writeFileSync(join(folder.path, "altered.zip"), altered);
});
afterAll(folder.remove);

async function verify(...line: readonly string[]): Promise<Ran> {
  return run(["verify", ...line], { cwd: folder.path, configFolder: join(folder.path, "config") });
}

describe("verify", () => {
  it("gives four answers and every check, and ends with 0 where the root is named", async () => {
    const { exit, stdout, stderr } = await verify(`${sample.id}.zip`, "--root", "root.pem");
    expect({ exit, stderr }).toStrictEqual({ exit: 0, stderr: "" });
    for (const label of ["intact", "signer", "time", "as listed"]) {
      expect(stdout).toMatch(new RegExp(`^  ${label} `, "m"));
    }
    expect(stdout).toContain("5 of the 5 items its maker listed");
    expect(stdout.match(/^ {2}pass /gm)).toHaveLength(12);
  });

  it("ends with 5 and says how to go on where nobody vouches for the signer", async () => {
    const { exit, stdout, stderr } = await verify(sample.path);
    expect(exit).toBe(5);
    expect(stdout).toContain("NOT identified");
    expect(stderr).toContain("--root ROOT.pem");
  });

  it("ends with 4 where one byte was changed", async () => {
    const { exit, stdout } = await verify("altered.zip", "--root", "root.pem");
    expect(exit).toBe(4);
    expect(stdout).toMatch(/intact +NO, these checks failed: /);
  });

  it("writes one document a file, and ends as the worst of them", async () => {
    const { exit, stdout } = await verify(
      `${sample.id}.zip`,
      "altered.zip",
      "root.pem",
      "--root",
      "root.pem",
      "--json",
    );
    const reports = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(exit).toBe(4);
    expect(reports.map(({ file, verdict }) => [file, verdict])).toStrictEqual([
      [`${sample.id}.zip`, "passed"],
      ["altered.zip", "failed"],
      ["root.pem", "failed"],
    ]);
  });

  it("answers in French", async () => {
    const { stdout } = await verify(sample.path, "--lang", "fr");
    expect(stdout).toContain("5 des 5 éléments que son auteur a listés");
  });

  it("refuses a missing file before it checks any", async () => {
    const { exit, stdout, stderr } = await verify(sample.path, "nosuch.zip");
    expect({ exit, stdout }).toStrictEqual({ exit: 2, stdout: "" });
    expect(stderr).toContain("no such file: nosuch.zip");
  });

  it("refuses a wall clock as an instant", async () => {
    expect((await verify(sample.path, "--at", "2026-03-01T10:00:00")).exit).toBe(2);
    expect((await verify(sample.path, "--at", "2026-02-30T10:00:00Z")).exit).toBe(2);
  });
});

describe("the words of the answer", () => {
  it("never say of anything that it is valid or complete", () => {
    const words = [verifyAnswerEn, verifyAnswerFr].map((each) => JSON.stringify(each));
    const said = [verifyAnswerEn, verifyAnswerFr].map((each) =>
      [each.listed(1), each.selected(1, 2), each.signer("a", "b", "c"), each.changed(["x"])].join(
        " ",
      ),
    );
    expect([...words, ...said].join(" ")).not.toMatch(/\b(valid|complete|valide|complet)\b/i);
  });
});

describe("inspect", () => {
  it("shows what the bundle says, and that nothing was checked", async () => {
    const { exit, stdout, stderr } = await run(["inspect", sample.path]);
    expect(exit).toBe(0);
    expect(stdout).toContain(sample.id);
    expect(stderr).toContain("nothing of this was checked");
  });

  it("ends with 4 for a file that is no bundle", async () => {
    const { exit, stdout } = await run(["inspect", join(folder.path, "root.pem"), "--json"]);
    expect(exit).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ type: "inspection", bundle: null });
  });
});
