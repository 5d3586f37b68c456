import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pemChain } from "../../src/bundle/pem.ts";
import { timestampAuthority } from "../../src/signature/timestamp/authority.ts";
import { stampBundle } from "../../src/workflow/flush.ts";
import { verifyFile } from "../../src/workflow/verify.ts";
import { verifyCommands } from "../../src/words/verify-text.ts";
import { makeClockHouse } from "../signature/clock-house.ts";
import { fixedEnvironment, trusted } from "../signature/pki.ts";
import { hasOpenssl, serveOpenssl, type Tsa } from "../signature/tsa.ts";
import { AGENCY, makeSample, type Sample, scratch, trusting } from "./sample.ts";

/** Bundles stamped by `openssl ts -reply`, checked by openssl as VERIFY.txt says and by exhibita. */

const TOOLS = ["bash", "unzip", "openssl", "sha256sum", "find", "diff"];
const missing = TOOLS.filter((tool) => spawnSync("which", [tool]).status !== 0);
const hasPdfsig = spawnSync("which", ["pdfsig"]).status === 0;
const STAMPS = { timestamp: "expected", assertions: 2 } as const;

const folder = scratch();
const houses = [makeClockHouse({ kind: "RSA-3072" }), makeClockHouse({ name: "Bell Tower" })];
const open: Tsa[] = [];
let sample: Sample;
let desk: string;

beforeAll(async () => {
  if (!hasOpenssl || missing.length > 0) return;
  open.push(...(await Promise.all(houses.map(serveOpenssl))));
  const { random } = fixedEnvironment();
  const signal = new AbortController().signal;
  const authorities = open.map(({ url }) =>
    timestampAuthority(url, { roots: [], random, now: Date.now, signal }),
  );
  sample = await makeSample(folder.path, { language: "fr", authorities });
  const later = await makeSample(folder.path, {
    production: 2,
    describe: () => ({ timestamp: "later" }),
  });
  const roots = houses.map(({ root }) => root.certificate);
  await stampBundle(later.path, {
    out: join(folder.path, "flushed"),
    authorities: authorities.slice(0, 1),
    roots: trusted(AGENCY.certificate),
    now: Date.now,
  });
  desk = join(folder.path, "desk");
  mkdirSync(desk);
  copyFileSync(sample.path, join(desk, `${sample.id}.zip`));
  writeFileSync(join(desk, "agency-root.pem"), pemChain([AGENCY.certificate]));
  writeFileSync(join(desk, "tsa-root.pem"), pemChain(roots));
}, 60_000);
afterAll(async () => {
  folder.remove();
  await Promise.all(open.map((tsa) => tsa.close()));
});

function run(lines: readonly string[], cwd: string): { status: number | null; output: string } {
  const options = { cwd, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", lines.join("\n")], options);
  return { status, output: `${stdout}${stderr}` };
}

const commands = (): ReturnType<typeof verifyCommands> => verifyCommands(sample.id, STAMPS);
const inside = (): string => join(desk, sample.id);

describe.skipIf(!hasOpenssl || missing.length > 0)(
  `a bundle stamped by two authorities of openssl (needs ${TOOLS.join(", ")})`,
  () => {
    it("is unpacked, and tells every command that checks it", () => {
      expect(run(commands().unpack, desk).status).toBe(0);
      const text = readFileSync(join(inside(), "VERIFY.txt"), "utf8");
      for (const line of Object.values(commands()).flat()) {
        expect(text.split(`\n    ${line}\n`).length).toBeGreaterThanOrEqual(3);
      }
      expect(text).toContain("8. The time-stamp");
      expect(text).toContain("8. L'horodatage");
    });

    it("has a signature that openssl accepts, token and all", () => {
      expect(run(commands().signature, inside()).output).toContain("CAdES Verification successful");
    });

    it("lists its files, and none beside them", () => {
      expect(run(commands().manifests, inside())).toEqual({ status: 0, output: "1\n1\n" });
      expect(run(commands().files, inside())).toEqual({ status: 0, output: "" });
      expect(run(commands().unlisted, inside())).toEqual({ status: 0, output: "" });
    });

    it("has time assertions that openssl ts accepts", () => {
      const { status, output } = run(commands().time, inside());
      expect(status).toBe(0);
      expect(output.match(/Verification: OK/gu)).toHaveLength(2);
      expect(output.match(/Time stamp: /gu)).toHaveLength(2);
      expect(output.match(/^1$/gmu)).toHaveLength(4);
    });

    it("has time assertions that openssl ts refuses over anything else", () => {
      const list = join(inside(), "META-INF", "ASiCManifest003.xml");
      const text = readFileSync(list, "utf8");
      writeFileSync(list, text.replace("events", "evenis"));
      expect(run(commands().time, inside()).output).toContain("message imprint mismatch");
      writeFileSync(list, text);
    });

    it.skipIf(!hasPdfsig)("has a report whose signature pdfsig accepts (needs pdfsig)", () => {
      const { output } = run(commands().report, inside());
      expect(output).toContain("Signature is Valid");
      expect(output).toContain("Total document signed");
    });

    it("says before and after a flush how a bundle to be stamped later is checked", () => {
      const late = verifyCommands("2024-00311-P002", { timestamp: "later", assertions: 0 });
      for (const [from, tokens] of [
        [folder.path, 0],
        [join(folder.path, "flushed"), 1],
      ] as const) {
        const place = join(folder.path, `desk-${tokens}`);
        mkdirSync(place);
        for (const root of ["agency-root.pem", "tsa-root.pem"]) {
          copyFileSync(join(desk, root), join(place, root));
        }
        copyFileSync(join(from, "2024-00311-P002.zip"), join(place, "2024-00311-P002.zip"));
        expect(run(late.unpack, place).status).toBe(0);
        const unpacked = join(place, "2024-00311-P002");
        expect(run(late.files, unpacked)).toEqual({ status: 0, output: "" });
        expect(run(late.unlisted, unpacked)).toEqual({ status: 0, output: "" });
        const { output } = run(late.time, unpacked);
        expect(output.match(/Verification: OK/gu) ?? []).toHaveLength(tokens);
        const text = readFileSync(join(unpacked, "VERIFY.txt"), "utf8");
        expect(text).toContain("8. The time-stamp, if META-INF/timestamp001.tst is there");
      }
    });

    it("passes with a trusted time", async () => {
      const roots = trusted(AGENCY.certificate, ...houses.map(({ root }) => root.certificate));
      const options = trusting({ roots, now: new Date(), requireTime: true });
      const report = await verifyFile(sample.path, options);
      expect(report.checks.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
      expect(report.timestamps.map(({ authority }) => authority)).toEqual([
        "Clock House",
        "Bell Tower",
        "Clock House",
      ]);
      writeFileSync(
        join(folder.path, "report.pdf"),
        readFileSync(join(inside(), "data/report.pdf")),
      );
      const alone = await verifyFile(join(folder.path, "report.pdf"), options);
      expect(alone.verdict).toBe("passed");
    });
  },
);
