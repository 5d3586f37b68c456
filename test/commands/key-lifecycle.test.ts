/** The keys of an office, as its people type them: asked for, issued, taken in, listed, renewed, withdrawn. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type Ran, run } from "./host.ts";

const root = mkdtempSync(join(tmpdir(), "exhibita-office-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(root, "desk-"));
  writeFileSync(join(place, "passphrase"), "correct horse\n");
  writeFileSync(join(place, "other"), "battery staple\n");
});

let minutes = 0;

/** Types a line at the desk of the office or of Ben, each with a key folder of its own, a minute later. */
function at(desk: "office" | "ben", ...line: readonly string[]): Promise<Ran> {
  minutes += 1;
  const now = new Date(Date.parse("2026-03-01T10:00:00Z") + minutes * 60_000).toISOString();
  return run(line, { now, cwd: place, variables: { EXHIBITA_KEYS: desk } });
}

/** The one JSON document of a command that must succeed. */
async function data(ran: Promise<Ran>): Promise<Record<string, unknown>> {
  const { exit, stdout, stderr } = await ran;
  expect({ exit, stderr }).toMatchObject({ exit: 0 });
  const value: unknown = JSON.parse(stdout);
  if (typeof value !== "object" || value === null) throw new Error("no JSON object");
  return Object.fromEntries(Object.entries(value));
}

const PASS = ["--passphrase-file", "passphrase"];

function makeOffice(): Promise<Record<string, unknown>> {
  return data(
    at(
      "office",
      "key",
      "init",
      "--holder",
      "Ana Vega",
      "--agency",
      "Harbour Unit",
      ...PASS,
      "--json",
    ),
  );
}

async function benAsks(): Promise<Record<string, unknown>> {
  return data(
    at(
      "ben",
      "key",
      "request",
      "--holder",
      "Ben Ode",
      "--agency",
      "Harbour Unit",
      ...PASS,
      "--json",
    ),
  );
}

describe("the second analyst", () => {
  it("asks, is issued a certificate, takes it in, and is listed", async () => {
    const made = await makeOffice();
    const asked = await benAsks();
    const request = String(asked["request"]);
    const looked = await data(
      at("office", "key", "issue", request, "-o", "ben.pem", "--dry-run", "--json"),
    );
    expect(looked).toMatchObject({ holder: "Ben Ode", fingerprint: asked["fingerprint"] });
    expect(existsSync(join(place, "ben.pem"))).toBe(false);
    const told = String(asked["fingerprint"]).slice(0, 16);
    const issued = await data(
      at("office", "key", "issue", request, "--expect", told, "-o", "ben.pem", ...PASS, "--json"),
    );
    const taken = await data(at("ben", "key", "import", "ben.pem", "--json"));
    expect(taken["certificateFingerprint"]).toBe(issued["certificateFingerprint"]);
    expect(taken["fingerprint"]).toBe(made["fingerprint"]);
    const listed = await data(at("ben", "key", "list", "--json"));
    expect(listed).toMatchObject({
      id: taken["id"],
      standing: "valid",
      token: null,
      encrypted: true,
    });
  });

  it("is refused with the fingerprint of another key, and told that nothing was compared", async () => {
    await makeOffice();
    const request = String((await benAsks())["request"]);
    const wrong = await at(
      "office",
      "key",
      "issue",
      request,
      "--expect",
      "0".repeat(64),
      "-o",
      "ben.pem",
      ...PASS,
    );
    expect([wrong.exit, existsSync(join(place, "ben.pem"))]).toEqual([12, false]);
    const blind = await at("office", "key", "issue", request, "-o", "ben.pem", ...PASS);
    expect(blind.stderr).toContain("warning: not compared with its holder");
    const again = await at("office", "key", "issue", request, "-o", "ben.pem", ...PASS);
    expect(again.exit).toBe(1);
  });

  it("has to say whose key it is, once", async () => {
    for (const line of [
      [],
      ["--holder", "Ben Ode", "--key", "ben"],
      ["--key", "ben"],
      ["--holder", "Ben Ode", "--token", "desk"],
      ["--holder", "Ben Ode", "--no-passphrase", ...PASS],
    ]) {
      expect((await at("ben", "key", "request", ...line)).exit).toBe(2);
    }
    const rehearsed = await at("ben", "key", "request", "--holder", "Ben Ode", "--dry-run");
    expect([rehearsed.exit, existsSync(join(place, "ben"))]).toEqual([0, false]);
  });
});

/** The office's own key, as another program would hand it out. */
async function exported(): Promise<string> {
  const { certificate } = await makeOffice();
  const chain = readFileSync(String(certificate), "utf8");
  const key = readFileSync(String(certificate).replace("certificate.pem", "key.pem"), "utf8");
  writeFileSync(join(place, "ana.pem"), key + chain);
  return "ana.pem";
}

describe("key import", () => {
  it("takes a key over, under its passphrase or a new one", async () => {
    const file = await exported();
    const rehearsed = await at("ben", "key", "import", file, ...PASS, "--dry-run");
    expect([rehearsed.exit, existsSync(join(place, "ben"))]).toEqual([0, false]);
    expect(rehearsed.stderr).toContain("would import ana-vega-");
    const taken = await data(
      at("ben", "key", "import", file, ...PASS, "--new-passphrase-file", "other", "--json"),
    );
    const request = ["key", "request", "--key", String(taken["id"]), "-o", "again.csr"];
    expect((await at("ben", ...request, ...PASS)).exit).toBe(12);
    expect((await at("ben", ...request, "--passphrase-file", "other")).exit).toBe(0);
  });

  it("warns of a key without passphrase, and takes no two answers", async () => {
    const file = await exported();
    const both = ["--no-passphrase", "--new-passphrase-file", "other"];
    expect((await at("ben", "key", "import", file, ...PASS, ...both)).exit).toBe(2);
    const plain = await at("ben", "key", "import", file, ...PASS, "--no-passphrase");
    expect(plain.exit).toBe(0);
    expect(plain.stderr).toContain("warning: the key is written unencrypted");
    expect((await at("ben", "key", "list")).stdout).toContain("file, unencrypted");
  });

  it("ends with 12 over a wrong passphrase, nobody to ask, or a file that is no key", async () => {
    const file = await exported();
    expect((await at("ben", "key", "import", file, "--passphrase-file", "other")).exit).toBe(12);
    expect((await at("ben", "key", "import", file)).exit).toBe(12);
    expect((await at("ben", "key", "import", "passphrase")).exit).toBe(12);
  });
});

describe("key add", () => {
  it("ends with 12 where there is no such module, with a hint where pkcs11js is missing", async () => {
    const added = await at(
      "ben",
      "key",
      "add",
      "--pkcs11",
      "nosuch.so",
      "--token",
      "desk",
      ...PASS,
    );
    expect(added.exit).toBe(12);
    expect(added.stderr).toMatch(/there is no PKCS#11 module|npm install pkcs11js/u);
    expect((await at("ben", "key", "add", "--token", "desk")).exit).toBe(2);
  });
});

describe("key renew", () => {
  it("gives the same key new dates, and the earlier certificate steps back", async () => {
    const { id } = await makeOffice();
    const rehearsed = await at("office", "key", "renew", "--dry-run");
    expect(rehearsed.stderr).toContain(`would renew ${String(id)}`);
    const renewed = await data(at("office", "key", "renew", ...PASS, "--json"));
    expect(renewed["id"]).not.toBe(id);
    const { stdout } = await at("office", "key", "list", "--json");
    const lines = stdout.trim().split("\n");
    expect(new Set(lines.map((line) => JSON.parse(line).standing))).toEqual(
      new Set(["superseded", "valid"]),
    );
  });
});

function revoke(...line: readonly string[]): Promise<Ran> {
  return at("office", "key", "revoke", ...line, "-o", "notice.txt", ...PASS);
}

describe("key revoke", () => {
  it("writes a notice, keeps a copy, and the key signs no more", async () => {
    const { id } = await makeOffice();
    const line = [
      "key",
      "revoke",
      String(id),
      "-o",
      "notice.txt",
      "--reason",
      "key-compromise",
      ...PASS,
    ];
    const rehearsed = await at("office", ...line, "--dry-run");
    expect([rehearsed.exit, existsSync(join(place, "notice.txt"))]).toEqual([0, false]);
    const notice = await data(
      at("office", ...line, "--since", "2026-02-27T19:00:00+01:00", "--json"),
    );
    expect(notice).toMatchObject({
      type: "revocation",
      by: "root",
      revoked: "2026-02-27T18:00:00Z",
    });
    expect(readdirSync(join(place, "office", "revoked"))).toHaveLength(1);
    const { stdout } = await at("office", "key", "list", "--all");
    expect(stdout).toContain("revoked as of 2026-02-27T18:00:00Z");
    expect((await at("office", "key", "renew", ...PASS)).exit).toBe(12);
    expect((await at("office", ...line)).exit).toBe(1);
  });

  it("takes no time to come, no time without an offset, and no key that is not there", async () => {
    const { id } = await makeOffice();
    expect((await revoke(String(id), "--since", "2030-01-01T00:00:00Z")).exit).toBe(2);
    expect((await revoke(String(id), "--since", "2026-02-27T18:00:00")).exit).toBe(2);
    expect((await revoke("nobody")).exit).toBe(12);
  });
});

describe("key sheet", () => {
  it("draws one page, once", async () => {
    const made = await makeOffice();
    expect(readFileSync(String(made["sheet"])).subarray(0, 8).toString()).toBe("%PDF-1.7");
    const sheet = await data(
      at("office", "key", "sheet", "-o", "sheet.pdf", "--lang", "fr", "--json"),
    );
    expect(sheet).toMatchObject({ type: "sheet", path: join(place, "sheet.pdf") });
    expect((await at("office", "key", "sheet", "-o", "sheet.pdf")).exit).toBe(1);
    const rehearsed = await at("office", "key", "sheet", "-o", "other.pdf", "--dry-run");
    expect([rehearsed.exit, existsSync(join(place, "other.pdf"))]).toEqual([0, false]);
  });
});

describe("the root's key kept elsewhere, under a passphrase of its own", () => {
  it("is asked for where it is needed, and named then", async () => {
    const away = ["--root-out", "safe.pem", "--root-passphrase-file", "other"];
    const made = await data(
      at(
        "office",
        "key",
        "init",
        "--holder",
        "Ana Vega",
        "--agency",
        "Harbour Unit",
        ...PASS,
        ...away,
        "--json",
      ),
    );
    const request = String((await benAsks())["request"]);
    const issue = ["key", "issue", request, "-o", "ben.pem"];
    const missing = await at("office", ...issue, ...PASS);
    expect([missing.exit, missing.stderr]).toEqual([
      12,
      expect.stringContaining("--root-key FILE"),
    ]);
    expect((await at("office", ...issue, "--root-key", "safe.pem", ...PASS)).exit).toBe(12);
    const right = ["--root-key", "safe.pem", "--passphrase-file", "other"];
    expect((await at("office", ...issue, ...right)).exit).toBe(0);
    expect((await at("office", "key", "renew", ...right)).exit).toBe(0);
    const notice = await data(
      at("office", "key", "revoke", String(made["id"]), "-o", "n.txt", ...PASS, "--json"),
    );
    expect(notice["by"]).toBe("signer");
  });
});
