import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asicManifest } from "../../src/bundle/asic.ts";
import type { BundleFile } from "../../src/bundle/file.ts";
import { pemChain } from "../../src/bundle/pem.ts";
import { openBundle } from "../../src/bundle/read.ts";
import { writeZip } from "../../src/bundle/zip.ts";
import { sha256 } from "../../src/hash/digest.ts";
import type { Check, ValidationReport } from "../../src/model/validation.ts";
import { orderOf } from "../../src/signature/algorithms.ts";
import { encode, SealedContent } from "../../src/signature/schema.ts";
import {
  type CheckedAuthority,
  timestampAuthority,
} from "../../src/signature/timestamp/authority.ts";
import { signatureValueOf, withToken } from "../../src/signature/timestamp/attach.ts";
import { readContents } from "../../src/workflow/verify/contents.ts";
import { checkSignature } from "../../src/workflow/verify/signature.ts";
import { verifyFile, type VerifyOptions } from "../../src/workflow/verify.ts";
import { changed, type Changes, contentOf } from "../bundle/reseal.ts";
import {
  AGENCY,
  sampleFiles,
  type SampleWishes,
  scratch,
  SIGNED_AT,
  trusting,
} from "../bundle/sample.ts";
import {
  type ClockHouse,
  makeClockHouse,
  makeToken,
  replyTo,
  type TokenWishes,
  upperOf,
} from "../signature/clock-house.ts";
import { fixedEnvironment, makeSigner, trusted } from "../signature/pki.ts";
import { send, serve, serveClockHouse, type Tsa } from "../signature/tsa.ts";

const SIGNATURE = "META-INF/signature001.p7s";
const LIST = "META-INF/ASiCManifest002.xml";
const TOKEN = "META-INF/timestamp001.tst";
const CHAIN = "certs/tsa-chain.pem";

const folder = scratch();
const house = makeClockHouse();
const tower = makeClockHouse({ name: "Bell Tower", kind: "RSA-3072" });
const open: Tsa[] = [];
let files: readonly BundleFile[];
beforeAll(async () => {
  files = await stamped([await authority(house)]);
});
afterAll(async () => {
  folder.remove();
  await Promise.all(open.map((tsa) => tsa.close()));
});

async function authority(of: ClockHouse, wishes?: () => TokenWishes): Promise<CheckedAuthority> {
  return authorityOf(await serveClockHouse(of, wishes));
}

function authorityOf(tsa: Tsa): CheckedAuthority {
  open.push(tsa);
  const { random } = fixedEnvironment();
  const signal = new AbortController().signal;
  return timestampAuthority(tsa.url, { roots: [], random, now: () => SIGNED_AT.getTime(), signal });
}

function stamped(
  authorities: readonly CheckedAuthority[],
  wishes: SampleWishes = {},
): Promise<readonly BundleFile[]> {
  return sampleFiles(folder.path, { ...wishes, authorities });
}

/** Options of someone who trusts the agency and this authority. */
function knowing(of: ClockHouse = house, wishes: Partial<VerifyOptions> = {}): VerifyOptions {
  return trusting({ roots: trusted(AGENCY.certificate, of.root.certificate), ...wishes });
}

let attempts = 0;
async function verify(
  all: readonly BundleFile[],
  options: VerifyOptions = knowing(),
): Promise<ValidationReport> {
  attempts += 1;
  const path = join(folder.path, `attempt-${attempts}.zip`);
  await writeZip(all, path);
  return verifyFile(path, options);
}

/** `pass: detail` of the check of time. */
function timeOf(report: ValidationReport): string {
  const check = report.checks.find(({ id }) => id === "time");
  return `${check?.outcome}: ${check?.detail}`;
}

function notPassed(report: ValidationReport): readonly string[] {
  return report.checks.filter(({ outcome }) => outcome !== "pass").map(({ id }) => id);
}

function cmsWithoutToken(all: readonly BundleFile[]): Uint8Array {
  const sealed = AsnConvert.parse(contentOf(all, SIGNATURE), SealedContent);
  for (const signer of sealed.content.signerInfos) delete signer.unsignedAttrs;
  return encode(sealed);
}

function imprintOf(bytes: Uint8Array): Buffer {
  return Buffer.from(sha256(bytes), "hex");
}

describe("a stamped bundle", () => {
  it("was signed before the time that a trusted authority states", async () => {
    const report = await verify(files);
    expect(report.verdict).toBe("passed");
    expect(timeOf(report)).toMatch(
      /^pass: signed before 2026-03-02T09:30:00Z, says Clock House, /u,
    );
    const stamp = { authority: "Clock House", time: "2026-03-02T09:30:00Z", trusted: true };
    expect(report.timestamps).toEqual([stamp, stamp]);
    const { detail } = report.checks.find(({ id }) => id === "report") ?? { detail: "" };
    expect(detail).toContain("before 2026-03-02T09:30:00Z, says Clock House");
  });

  it("holds two entries and the authority's certificates beside the others", () => {
    const names = files.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([LIST, TOKEN, CHAIN]));
    expect(contentOf(files, CHAIN).toString()).toBe(pemChain(house.certificates));
    const listed = contentOf(files, LIST).toString();
    for (const name of names.filter((each) => ![LIST, TOKEN, "mimetype"].includes(each))) {
      expect(listed).toContain(`URI="${name}"`);
    }
  });

  it("has a claimed time only where nobody vouches for the authority", async () => {
    const report = await verify(files, trusting());
    expect(report.verdict).toBe("passed");
    expect(timeOf(report)).toMatch(
      /^pass: claimed time only: .*; Clock House says 2026-03-02T09:30:00Z, but no trusted root/u,
    );
    expect(report.timestamps.map(({ trusted: isTrusted }) => isTrusted)).toEqual([false, false]);
    const required = await verify(files, trusting({ requireTime: true }));
    expect(required.verdict).toBe("indeterminate");
    expect((await verify(files, knowing(house, { requireTime: true }))).verdict).toBe("passed");
  });

  it("outlives its signer's certificate, which an unstamped one does not", async () => {
    const brief = {
      validFrom: new Date("2026-01-01T00:00:00Z"),
      validTo: new Date("2026-04-01T00:00:00Z"),
    };
    const signer = makeSigner("P-256", AGENCY, brief);
    const now = new Date("2031-01-01T00:00:00Z");
    const lasting = await stamped([await authority(house)], { signer });
    expect((await verify(lasting, knowing(house, { now }))).verdict).toBe("passed");
    expect((await verify(lasting, trusting({ now }))).verdict).toBe("indeterminate");
    const plain = await sampleFiles(folder.path, { signer });
    expect((await verify(plain, knowing(house, { now }))).verdict).toBe("indeterminate");
  });

  it("does not outlive its authority's certificate", async () => {
    const now = new Date("2046-01-01T00:00:00Z");
    const report = await verify(files, knowing(house, { now }));
    expect(report.verdict).toBe("indeterminate");
    expect(timeOf(report)).toContain("it ends at 2045-01-01");
  });

  it("may be stamped by several, the first of which stamps last", async () => {
    const twice = await stamped([await authority(house), await authority(tower)]);
    const report = await verify(twice, knowing(tower));
    expect(report.verdict).toBe("passed");
    expect(report.timestamps.map((each) => `${each.authority} ${each.trusted}`)).toEqual([
      "Clock House false",
      "Bell Tower true",
      "Clock House false",
    ]);
    expect(contentOf(twice, CHAIN).toString()).toBe(
      pemChain([...house.certificates, ...tower.certificates]),
    );
    expect(contentOf(twice, "META-INF/ASiCManifest003.xml").toString()).toContain(`URI="${TOKEN}"`);
  });

  it("takes the certificates of the machine that stamped first, of an authority with several", async () => {
    const other = makeClockHouse({ root: house.root, name: "Clock House B" });
    let asked = 0;
    const tsa = await serve((query, response) => {
      asked += 1;
      send(response, replyTo(query, asked % 3 === 0 ? other : house));
    });
    expect((await verify(await stamped([authorityOf(tsa)]))).verdict).toBe("passed");
    expect(asked).toBe(4);
  });
});

describe("the time of a bundle fails", () => {
  const attacks: readonly (readonly [string, () => Changes | Promise<Changes>, RegExp])[] = [
    [
      "where every trace of the time-stamp was taken out",
      () => ({ [SIGNATURE]: cmsWithoutToken(files), [LIST]: null, [TOKEN]: null, [CHAIN]: null }),
      /^fail: INCOMPLETE: the time-stamp that bundle.json expects is missing/u,
    ],
    [
      "where the token was taken out of the signature",
      () => ({ [SIGNATURE]: cmsWithoutToken(files) }),
      /^fail: INCOMPLETE: there is no time-stamp in the signature/u,
    ],
    [
      "where the assertion was taken out",
      () => ({ [LIST]: null, [TOKEN]: null, [CHAIN]: null }),
      /^fail: INCOMPLETE: there is no time assertion/u,
    ],
    ["where the assertion's token was taken out", () => ({ [TOKEN]: null }), /^fail: INCOMPLETE/u],
    ["where its list was taken out", () => ({ [LIST]: null }), /^fail: INCOMPLETE/u],
    [
      "where the authority's certificates were taken out",
      () => ({ [CHAIN]: null }),
      /^fail: ALTERED: META-INF\/ASiCManifest002.xml does not list/u,
    ],
    [
      "where the authority's certificates are others",
      () => ({ [CHAIN]: pemChain([house.certificate]) }),
      /^fail: ALTERED/u,
    ],
    [
      "where the token of another bundle was put into the signature",
      async () => {
        const other = await stamped([await authority(house)], { production: 2 });
        const [info] = AsnConvert.parse(contentOf(other, SIGNATURE), SealedContent).content
          .signerInfos;
        const sealed = AsnConvert.parse(contentOf(files, SIGNATURE), SealedContent);
        for (const signer of sealed.content.signerInfos) {
          signer.unsignedAttrs = info?.unsignedAttrs ?? [];
        }
        return { [SIGNATURE]: encode(sealed) };
      },
      /^fail: ALTERED: the time-stamp is over something else/u,
    ],
    [
      "where the token of another bundle's assertion was put beside it",
      async () => {
        const other = await stamped([await authority(house)], { production: 2 });
        return { [TOKEN]: contentOf(other, TOKEN) };
      },
      /^fail: ALTERED: the time-stamp is over something else/u,
    ],
    [
      "where the list was cut, and stamped again by the same authority",
      () => {
        const list = asicManifest({ signature: TOKEN, files: [] });
        return { [LIST]: list, [TOKEN]: makeToken(house, imprintOf(Buffer.from(list))) };
      },
      /^fail: ALTERED: META-INF\/ASiCManifest002.xml does not list the files/u,
    ],
    [
      "where another authority stamped the list",
      () => ({ [TOKEN]: makeToken(tower, imprintOf(contentOf(files, LIST))) }),
      /^fail: ALTERED: the last time-stamp is of another authority/u,
    ],
    [
      "where the last token has the upper ECDSA value",
      () => {
        const sealed = AsnConvert.parse(contentOf(files, TOKEN), SealedContent);
        for (const signer of sealed.content.signerInfos) {
          const value = new Uint8Array(signer.signature.buffer);
          signer.signature = new OctetString(upperOf(value, orderOf(house.keys.publicKey) ?? 0n));
        }
        return { [TOKEN]: encode(sealed) };
      },
      /^fail: ALTERED: the ECDSA value of the time-stamp/u,
    ],
    [
      "where the last token spells an algorithm otherwise",
      () => {
        const sealed = AsnConvert.parse(contentOf(files, TOKEN), SealedContent);
        delete sealed.content.signerInfos[0]?.digestAlgorithm.parameters;
        delete sealed.content.digestAlgorithms[0]?.parameters;
        return { [TOKEN]: encode(sealed) };
      },
      /^fail: ALTERED: the last time-stamp is of another authority/u,
    ],
    [
      "where the last token lacks its root, or has its certificates in another order",
      () => {
        const sealed = AsnConvert.parse(contentOf(files, TOKEN), SealedContent);
        sealed.content.certificates = sealed.content.certificates?.toReversed() ?? [];
        return { [TOKEN]: encode(sealed) };
      },
      /^fail: ALTERED: the last time-stamp is of another authority/u,
    ],
  ];
  it.each(attacks)("%s", async (_, attack, detail) => {
    const report = await verify(changed(files, await attack()));
    expect(report.verdict).toBe("failed");
    expect(timeOf(report)).toMatch(detail);
  });

  it("where a time-stamp was added to a bundle that expects none", async () => {
    const plain = await sampleFiles(folder.path);
    const cms = contentOf(plain, SIGNATURE);
    const token = makeToken(house, imprintOf(signatureValueOf(cms)));
    const added = await verify(changed(plain, { [SIGNATURE]: withToken(cms, token) }));
    expect(timeOf(added)).toMatch(/^fail: ALTERED: a time-stamp was added/u);
    const beside = changed(plain, {
      [LIST]: contentOf(files, LIST),
      [TOKEN]: contentOf(files, TOKEN),
      [CHAIN]: contentOf(files, CHAIN),
    });
    expect(notPassed(await verify(beside))).toEqual(["unlisted", "time"]);
  });

  it("or the signature does, where a bit is flipped in what the signature does not cover", async () => {
    const draw = random(3161);
    const unseen: string[] = [];
    const path = join(folder.path, "flipped.zip");
    await writeZip(files, path);
    const zip = readFileSync(path);
    const uncovered = [SIGNATURE, LIST, TOKEN, CHAIN].map((name) => contentOf(files, name));
    for (let round = 0; round < 500; round += 1) {
      const entry = uncovered[round % uncovered.length] ?? Buffer.alloc(0);
      const at = zip.indexOf(entry) + draw(entry.length);
      const copy = Buffer.from(zip);
      copy.writeUInt8(copy.readUInt8(at) ^ (1 << draw(8)), at);
      writeFileSync(path, copy);
      const checks = signatureChecks(path, round % 8 < 4 ? knowing() : trusting());
      if (!checks.some(({ outcome }) => outcome === "fail")) unseen.push(`byte ${at}`);
    }
    expect(unseen).toEqual([]);
  }, 120_000);
});

/** Only the checks of the signature, by whom and when it was made: not the CRC, which sees everything. */
function signatureChecks(path: string, options: VerifyOptions): readonly Check[] {
  const bundle = openBundle(path);
  try {
    return checkSignature(bundle, readContents(bundle), options).checks;
  } finally {
    bundle.close();
  }
}

async function verifyPdf(
  all: readonly BundleFile[],
  options: VerifyOptions = knowing(),
): Promise<ValidationReport> {
  const path = join(folder.path, "report.pdf");
  writeFileSync(path, contentOf(all, "data/report.pdf"));
  return verifyFile(path, options);
}

describe("a stamped report by itself", () => {
  it("was signed before the time that a trusted authority states", async () => {
    const report = await verifyPdf(files);
    expect(report.verdict).toBe("passed");
    expect(timeOf(report)).toMatch(/^pass: signed before 2026-03-02T09:30:00Z, says Clock House/u);
    expect(report.timestamps).toHaveLength(1);
  });

  it("has a claimed time only where nobody vouches for the authority", async () => {
    const report = await verifyPdf(files, trusting());
    expect(report.verdict).toBe("passed");
    expect(timeOf(report)).toMatch(/^pass: claimed time only/u);
    expect((await verifyPdf(files, trusting({ requireTime: true }))).verdict).toBe("indeterminate");
  });

  it("fails where a bit of its token is flipped", async () => {
    const pdf = contentOf(files, "data/report.pdf");
    const begin = pdf.indexOf("/Contents <") + "/Contents <".length;
    const hex = pdf.toString("latin1", begin, pdf.indexOf(">", begin)).replace(/(?:00)+$/u, "");
    const cms = Buffer.from(hex, "hex");
    const draw = random(311);
    const unseen: number[] = [];
    for (let round = 0; round < 100; round += 1) {
      const copy = Buffer.from(cms);
      const at = draw(copy.length);
      copy.writeUInt8(copy.readUInt8(at) ^ (1 << draw(8)), at);
      const forged = Buffer.from(pdf);
      forged.write(copy.toString("hex"), begin, "latin1");
      const path = join(folder.path, "forged.pdf");
      writeFileSync(path, forged);
      const options = knowing();
      if ((await verifyFile(path, options)).verdict === "passed") unseen.push(at);
    }
    expect(unseen).toEqual([]);
  });
});

/** A generator of repeatable numbers (mulberry32), so that a failure can be looked at again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
