import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stringAt } from "../../src/model/json.ts";
import { openStore } from "../../src/store/open.ts";
import { createKey } from "../../src/workflow/keys.ts";
import { fixedEnvironment } from "../environment.ts";
import { run } from "../commands/host.ts";

/** A case with one chat, and a key; commands as typed. */
async function made(): Promise<{
  folder: string;
  ex: (...argv: string[]) => ReturnType<typeof run>;
}> {
  const folder = mkdtempSync(join(tmpdir(), "exhibita-damage-"));
  const ex = (...argv: string[]): ReturnType<typeof run> =>
    run(argv, { cwd: folder, variables: { EXHIBITA_CASE: "case", EXHIBITA_KEYS: "keys" } });
  writeFileSync(
    join(folder, "chat.txt"),
    "13/06/2018, 21:25 - Ada: at the quay\n14/06/2018, 21:26 - Bo: yes\n",
  );
  const key = { holder: "Ana", agency: null, passphrase: null, rootOut: null };
  await createKey(join(folder, "keys"), key, fixedEnvironment("2025-06-01T08:00:00Z"));
  for (const line of ["init case --number 1", "ingest chat.txt"]) {
    expect((await ex(...line.split(" "))).exit).toBe(0);
  }
  return { folder, ex };
}

function originalOf(folder: string): string {
  const root = join(folder, "case", "originals");
  const [shelf = ""] = readdirSync(root);
  const [name = ""] = readdirSync(join(root, shelf));
  return join(root, shelf, name);
}

describe("a case whose files were changed", () => {
  it("signs no bundle of a changed original, and reads none anew", async () => {
    const { folder, ex } = await made();
    const path = originalOf(folder);
    const bytes = readFileSync(path);
    bytes[25] = 0x58;
    chmodSync(path, 0o600);
    writeFileSync(path, bytes);
    for (const argv of [["bundle", "--whole-case", "-o", "out"], ["rebuild"], ["reparse", "1"]]) {
      const { exit, stderr } = await ex(...argv);
      expect([exit, stderr.includes("was changed")]).toEqual([4, true]);
    }
    expect(readdirSync(folder)).toContain("out");
    expect(readdirSync(join(folder, "out"))).toEqual([]);
  });

  it("says what to do where the index is no database", async () => {
    const { folder, ex } = await made();
    for (const suffix of ["-wal", "-shm"])
      rmSync(join(folder, `case/index.db${suffix}`), { force: true });
    writeFileSync(join(folder, "case/index.db"), Buffer.alloc(5000, 7));
    const { exit, stderr } = await ex("search", "");
    expect(exit).toBe(4);
    expect(stderr).toContain("exhibita rebuild");
    expect((await ex("rebuild")).exit).toBe(0);
    expect((await ex("search", "", "--count")).stdout).toBe("2\n");
  });

  it("takes no other description of itself than the one it was made with", async () => {
    const { folder, ex } = await made();
    const path = join(folder, "case/case.json");
    writeFileSync(path, readFileSync(path, "utf8").replace('"number": "1"', '"number": "2"'));
    for (const argv of [
      ["bundle", "--whole-case", "-o", "out"],
      ["check"],
      ["ingest", "chat.txt"],
    ]) {
      expect((await ex(...argv)).exit).toBe(4);
    }
  });

  it("withholds what the journal says, whatever became of the index", async () => {
    const { folder, ex } = await made();
    const [line = ""] = (await ex("search", "quay", "--json")).stdout.split("\n");
    const id = stringAt(JSON.parse(line), "id") ?? "";
    expect((await ex("withhold", id, "--ground", "secret")).exit).toBe(0);
    const db = openStore(join(folder, "case/index.db"));
    db.exec("DELETE FROM withheld");
    db.close();
    const made1 = await ex("bundle", "--whole-case", "-o", "out", "--json");
    expect(JSON.parse(made1.stdout)).toMatchObject({ withheld: 1 });
  });

  it("misses its secret", async () => {
    const { folder, ex } = await made();
    rmSync(join(folder, "case/case.secret"));
    const { exit, stdout } = await ex("check");
    expect([exit, stdout.includes("case.secret")]).toEqual([4, true]);
  });
});
