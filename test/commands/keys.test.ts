import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { run, type Setting } from "./host.ts";

const root = mkdtempSync(join(tmpdir(), "exhibita-keys-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folder: string;
let setting: Setting;
beforeEach(() => {
  folder = mkdtempSync(join(root, "case-"));
  writeFileSync(join(folder, "passphrase"), "correct horse\r\nignored\n");
  setting = { cwd: folder, variables: { EXHIBITA_KEYS: "keys" } };
});

const INIT = ["key", "init", "--holder", "Ana Vega", "--agency", "Harbour Unit"];

describe("key init", () => {
  it("takes the passphrase from the first line of a file, and says where the root lies", async () => {
    const made = await run([...INIT, "--passphrase-file", "passphrase", "--json"], setting);
    expect({ exit: made.exit, stderr: made.stderr }).toStrictEqual({ exit: 0, stderr: "" });
    const key = JSON.parse(made.stdout);
    expect(key).toMatchObject({ type: "key", holder: "Ana Vega", algorithm: "ecdsa-p256-sha256" });
    expect(key.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(readFileSync(key.root, "utf8")).toContain("BEGIN CERTIFICATE");
    expect(statSync(key.certificate).mode & 0o077).toBe(0);
  });

  it("asks twice at a terminal, and refuses two that differ", async () => {
    const same = await run(INIT, { ...setting, columns: 80, secrets: ["one", "one"] });
    const other = await run(INIT, { ...setting, columns: 80, secrets: ["one", "two"] });
    expect(same.exit).toBe(0);
    expect(other.exit).toBe(2);
    expect(other.stderr).toContain("the two passphrases differ");
    expect(same.stdout + same.stderr).not.toContain("one\n");
  });

  it("never asks off a terminal, nor under --no-input", async () => {
    const piped = await run(INIT, setting);
    const silent = await run([...INIT, "--no-input"], { ...setting, columns: 80, secrets: ["x"] });
    for (const { exit, stderr } of [piped, silent]) {
      expect(exit).toBe(2);
      expect(stderr).toContain("--passphrase-file FILE");
    }
  });

  it("warns of keys without a passphrase", async () => {
    const { exit, stderr } = await run([...INIT, "--no-passphrase"], setting);
    expect(exit).toBe(0);
    expect(stderr).toContain("exhibita: warning: the keys are written unencrypted");
  });

  it("writes nothing in a rehearsal", async () => {
    const rehearsed = await run([...INIT, "--dry-run"], setting);
    const listed = await run(["key", "list", "--json"], setting);
    expect(rehearsed.exit).toBe(0);
    expect(listed.stdout).toBe("");
  });
});

describe("key list", () => {
  it("shows every key without opening one", async () => {
    await run([...INIT, "--passphrase-file", "passphrase"], setting);
    const { stdout } = await run(["key", "list", "--json"], setting);
    expect(JSON.parse(stdout)).toMatchObject({
      type: "key",
      agency: "Harbour Unit",
      encrypted: true,
    });
  });

  it("says how to make the first", async () => {
    const { exit, stderr } = await run(["key", "list"], setting);
    expect(exit).toBe(0);
    expect(stderr).toContain("exhibita key init --holder NAME");
  });
});

describe("key trust", () => {
  it("trusts the root that was made, and no other file", async () => {
    const made = await run([...INIT, "--no-passphrase", "--json"], setting);
    const { root: path, fingerprint } = JSON.parse(made.stdout);
    const trusted = await run(["key", "trust", path, "--json"], setting);
    expect(JSON.parse(trusted.stdout)).toMatchObject({ type: "root", fingerprint });
    expect((await run(["key", "trust", "nosuch.pem"], setting)).exit).toBe(2);
    expect((await run(["key", "trust", "passphrase"], setting)).exit).toBe(12);
  });
});
