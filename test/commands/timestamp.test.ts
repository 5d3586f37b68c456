import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pemOf } from "../../src/signature/pem.ts";
import { initKeys } from "../../src/signature/keys/init.ts";
import { fixedEnvironment } from "../environment.ts";
import { scratch } from "../bundle/sample.ts";
import { makeClockHouse } from "../signature/clock-house.ts";
import { serve, serveClockHouse, type Tsa } from "../signature/tsa.ts";
import { type Ran, run } from "./host.ts";

const CHAT = `12/03/2024, 09:15 - Mara Lindqvist: The boat leaves at six
12/03/2024, 09:16 - Tomas Vey: I will be there
`;

const folder = scratch();
const house = makeClockHouse();
const variables = { EXHIBITA_KEYS: join(folder.path, "keys") };
let tsa: Tsa;
let broken: Tsa;

async function exhibita(...line: readonly string[]): Promise<Ran> {
  return run(line, { cwd: folder.path, variables });
}

/** The one document a command wrote. */
async function json(...line: readonly string[]): Promise<Record<string, unknown>> {
  const { exit, stdout, stderr } = await exhibita(...line, "--json");
  expect({ exit, stderr }).toMatchObject({ exit: 0 });
  return JSON.parse(stdout);
}

beforeAll(async () => {
  tsa = await serveClockHouse(house, () => ({ time: "20260301100500Z" }));
  broken = await serve((_, response) => response.writeHead(404).end());
  writeFileSync(join(folder.path, "passphrase"), "a lighthouse at noon\n");
  writeFileSync(join(folder.path, "tsa-root.pem"), pemOf([house.root.certificate]));
  mkdirSync(join(folder.path, "in"));
  writeFileSync(join(folder.path, "in", "chat.txt"), CHAT);
  // A day before the commands run: their clock starts anew with each.
  const { root } = await initKeys(
    variables.EXHIBITA_KEYS,
    {
      holder: "Ines Okafor",
      agency: "Harbour Unit",
      passphrase: "a lighthouse at noon",
      rootOut: null,
    },
    fixedEnvironment("2026-02-28T10:00:00Z"),
  );
  copyFileSync(root, join(folder.path, "agency.pem"));
  const steps = [
    ["init", "case", "--number", "2024/00311", "--zone", "Europe/Paris"],
    ["ingest", "in/chat.txt", "--case", "case", "--zone", "Europe/Paris", "--date-order", "dmy"],
  ];
  for (const step of steps) {
    const { exit, stderr } = await exhibita(...step);
    if (exit !== 0) throw new Error(`${step.join(" ")} ended with ${exit}: ${stderr}`);
  }
}, 30_000);
afterAll(async () => {
  folder.remove();
  await Promise.all([tsa, broken].map((each) => each.close()));
});

function bundle(out: string, ...flags: readonly string[]): readonly string[] {
  const made = ["bundle", "--whole-case", "--case", "case", "-o", out];
  return [...made, "--passphrase-file", "passphrase", ...flags];
}

describe("bundle --timestamp-url", () => {
  it("makes a stamped bundle, which a person with the authority's root finds proven", async () => {
    const { exit, stdout, stderr } = await exhibita(
      ...bundle("stamped", "--timestamp-url", tsa.url),
    );
    expect(exit).toBe(0);
    expect(stdout).toContain(
      `time     2026-03-01T10:05:00Z, confirmed by Clock House (${tsa.url})`,
    );
    expect(stdout).not.toContain("no trusted time");
    expect(stderr).toContain("no root trusted here vouches for Clock House");
    const [zip = ""] = readdirSync(join(folder.path, "stamped")).filter((name) =>
      name.endsWith("zip"),
    );
    const file = join("stamped", zip);
    const roots = ["--root", "agency.pem", "--root", "tsa-root.pem"];
    const verified = await exhibita("verify", file, ...roots, "--require-time");
    expect(verified.exit).toBe(0);
    expect(verified.stdout).toContain("signed before 2026-03-01T10:05:00Z");
    const alone = file.replace(/zip$/u, "pdf");
    expect((await exhibita("verify", alone, ...roots, "--require-time")).exit).toBe(0);
    const unknown = await exhibita("verify", file, "--root", "agency.pem");
    expect(unknown.exit).toBe(0);
    expect(unknown.stdout).toContain("an authority NOT trusted here");
    expect((await exhibita("verify", file, "--root", "agency.pem", "--require-time")).exit).toBe(5);
  });

  it("writes what the authority said into JSON and journal", async () => {
    const made = await json(...bundle("json", "--timestamp-url", tsa.url));
    const stamp = {
      url: tsa.url,
      authority: "Clock House",
      time: "2026-03-01T10:05:00Z",
      trusted: false,
    };
    expect(made).toMatchObject({ timestamp: "expected", stamps: [stamp, stamp, stamp] });
    const { stdout } = await exhibita("custody", "log", "--case", "case", "--json");
    const lines: unknown[] = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const [bundled] = lines.filter((line) => JSON.stringify(line).includes('"bundled"')).slice(-1);
    expect(JSON.stringify(bundled)).toContain(tsa.url);
  });

  it("ends with 13 and makes nothing where the authority fails", async () => {
    const { exit, stderr } = await exhibita(...bundle("failed", "--timestamp-url", broken.url));
    expect(exit).toBe(13);
    expect(stderr).toContain(`no time-stamp from ${broken.url}: it answered HTTP 404`);
    expect(stderr).toContain("--timestamp-later");
    expect(readdirSync(join(folder.path, "failed"))).toEqual([]);
  });

  it("ends with 13 where the second of two authorities fails", async () => {
    const urls = ["--timestamp-url", tsa.url, "--timestamp-url", broken.url];
    expect((await exhibita(...bundle("second", ...urls))).exit).toBe(13);
    expect(readdirSync(join(folder.path, "second"))).toEqual([]);
  });

  it("asks nobody where it only says what it would do, and refuses what is no address", async () => {
    const asked = tsa.asked();
    const dry = await exhibita(...bundle("dry", "--timestamp-url", tsa.url, "--dry-run"));
    expect(dry.exit).toBe(0);
    expect(tsa.asked()).toBe(asked);
    expect((await exhibita(...bundle("dry", "--timestamp-url", "tsa.example"))).exit).toBe(2);
    const twice = ["--timestamp-url", tsa.url, "--timestamp-url", tsa.url];
    expect((await exhibita(...bundle("dry", ...twice))).exit).toBe(2);
    expect(existsSync(join(folder.path, "dry"))).toBe(false);
  });
});

describe("bundle --timestamp-later and timestamp flush", () => {
  it("make a bundle without trusted time, and a stamped copy of it, which the journal names", async () => {
    const made = await json(...bundle("later", "--timestamp-later"));
    expect(made).toMatchObject({ timestamp: "later", stamps: [] });
    const zip = String(made["zip"]);
    const roots = ["--root", "agency.pem", "--root", "tsa-root.pem"];
    expect((await exhibita("verify", zip, ...roots)).stdout).toContain(
      "claimed by the signer only",
    );
    const flush = ["timestamp", "flush", zip, "-o", "flushed", "--timestamp-url", tsa.url];
    const dry = await exhibita(...flush, "--dry-run");
    expect(dry).toMatchObject({ exit: 0, stdout: `would stamp ${String(made["id"])}\n` });
    expect(existsSync(join(folder.path, "flushed"))).toBe(false);
    const flushed = await json(...flush, "--case", "case");
    expect(flushed).toMatchObject({ type: "stamped", id: made["id"] });
    const copy = String(flushed["zip"]);
    expect((await exhibita("verify", copy, ...roots, "--require-time")).exit).toBe(0);
    const log = await exhibita("custody", "log", "--case", "case", "--json");
    expect(log.stdout).toContain(String(flushed["sha256"]));
    expect((await exhibita("check", "--case", "case")).exit).toBe(0);
  });

  it("make the bundle without where the authority named fails, and say so", async () => {
    const url = ["--timestamp-url", broken.url, "--timestamp-later"];
    const { exit, stdout, stderr } = await exhibita(...bundle("postponed", ...url));
    expect(exit).toBe(0);
    expect(stdout).toContain("no trusted time");
    expect(stderr).toContain("it answered HTTP 404");
    expect(stderr).toContain("exhibita timestamp flush");
  });

  it("stamp where the authority answers, with --timestamp-later as without", async () => {
    const url = ["--timestamp-url", tsa.url, "--timestamp-later"];
    expect(await json(...bundle("answered", ...url))).toMatchObject({ timestamp: "expected" });
  });

  it("end with 13 where no authority answers, and with 2 where none is named", async () => {
    const made = await json(...bundle("waiting", "--timestamp-later"));
    const zip = String(made["zip"]);
    const flush = ["timestamp", "flush", zip, "-o", "nowhere"];
    expect((await exhibita(...flush, "--timestamp-url", broken.url)).exit).toBe(13);
    expect((await exhibita(...flush)).exit).toBe(2);
    expect(
      (
        await exhibita(
          "timestamp",
          "flush",
          "in/chat.txt",
          ...flush.slice(3),
          "--timestamp-url",
          tsa.url,
        )
      ).exit,
    ).toBe(4);
  });
});
