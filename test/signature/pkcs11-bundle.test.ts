/** Whole bundles signed on a card, checked by exhibita, by openssl as VERIFY.txt says, and by pdfsig. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pemChain } from "../../src/bundle/pem.ts";
import type { Signer } from "../../src/model/signature.ts";
import { openSigner } from "../../src/signature/keys/open.ts";
import { readCardKey } from "../../src/signature/keys/pkcs11/add.ts";
import { pemOf } from "../../src/signature/pem.ts";
import { verifyFile } from "../../src/workflow/verify.ts";
import { verifyCommands } from "../../src/words/verify-text.ts";
import { contentOf } from "../bundle/reseal.ts";
import { AGENCY, makeSample, type Sample, scratch, trusting } from "../bundle/sample.ts";
import { openDesk } from "./desk.ts";
import { certify, fixedEnvironment, keyPair, type Pair } from "./pki.ts";
import { cardOf, insertCard, missing, putKey, rightPin } from "./softhsm.ts";

const TOOLS = ["bash", "unzip", "openssl"];
const absent = TOOLS.filter((tool) => spawnSync("which", [tool]).status !== 0);
const hasPdfsig = spawnSync("which", ["pdfsig"]).status === 0;

const folder = scratch();
afterAll(() => folder.remove());

const KEYS: readonly (readonly [string, Pair, string])[] = [
  ["P-256", keyPair("P-256"), "01"],
  ["RSA-3072", keyPair("RSA-3072"), "02"],
];
insertCard();
for (const [kind, keys, id] of KEYS) putKey(keys, kind, id);

const validity = {
  validFrom: new Date("2020-01-01T00:00:00Z"),
  validTo: new Date("2045-01-01T00:00:00Z"),
};

async function cardSigner(keys: Pair, name: string): Promise<Signer> {
  const desk = openDesk();
  const certificate = certify(keys, AGENCY, { ...validity, name: "Ana Vega" });
  const chain = desk.put("chain.pem", pemOf([certificate, AGENCY.certificate]));
  const request = cardOf({ name, certificates: [chain] });
  const added = await (await readCardKey(desk.folder, request, fixedEnvironment())).store();
  return openSigner(desk.folder, added.id, rightPin);
}

function run(lines: readonly string[], cwd: string): string {
  const { stdout, stderr } = spawnSync("bash", ["-c", lines.join("\n")], { cwd, encoding: "utf8" });
  return stdout + stderr;
}

describe.skipIf(missing !== null)(`a bundle signed on a card (${missing ?? "SoftHSM2"})`, () => {
  describe.each(KEYS)("with a key of %s", (kind, keys) => {
    let sample: Sample;
    let desk: string;
    beforeAll(async () => {
      desk = join(folder.path, kind);
      mkdirSync(desk);
      sample = await makeSample(desk, { signer: await cardSigner(keys, kind) });
      writeFileSync(join(desk, "agency-root.pem"), pemChain([AGENCY.certificate]));
    });

    it("verifies, and so does its report by itself", async () => {
      expect((await verifyFile(sample.path, trusting())).verdict).toBe("passed");
      const report = join(desk, "report.pdf");
      writeFileSync(report, contentOf(sample.files, "data/report.pdf"));
      expect((await verifyFile(report, trusting())).verdict).toBe("passed");
    });

    it.skipIf(absent.length > 0)(
      `is CAdES to openssl, as VERIFY.txt says (needs ${TOOLS.join(", ")})`,
      () => {
        const { unpack, signature } = verifyCommands(sample.id, {
          timestamp: "none",
          assertions: 0,
        });
        run(unpack, desk);
        expect(run(signature, join(desk, sample.id))).toContain("CAdES Verification successful");
      },
    );

    it.skipIf(!hasPdfsig)("has a report that pdfsig finds valid (skipped without poppler)", () => {
      const report = join(desk, "report-pdfsig.pdf");
      writeFileSync(report, contentOf(sample.files, "data/report.pdf"));
      const { stdout } = spawnSync("pdfsig", ["-nocert", report], { encoding: "utf8" });
      expect(stdout).toContain("Signature is Valid");
      expect(stdout).toContain("Total document signed");
    });
  });
});
