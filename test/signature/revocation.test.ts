import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Failure } from "../../src/model/failure.ts";
import { applyWithNewKey } from "../../src/signature/keys/apply.ts";
import { readApplication } from "../../src/signature/keys/grant.ts";
import { type CreatedKey, initKeys } from "../../src/signature/keys/init.ts";
import { listKeys } from "../../src/signature/keys/list.ts";
import { noticeOn } from "../../src/signature/keys/notices.ts";
import { openSigner } from "../../src/signature/keys/open.ts";
import { readRenewal } from "../../src/signature/keys/renew.ts";
import { readRevocation, type RevocationRequest } from "../../src/signature/keys/revoke.ts";
import { standingsOf } from "../../src/signature/keys/standing.ts";
import { signDetached } from "../../src/signature/cms.ts";
import { readCertificate } from "../../src/signature/certificate.ts";
import {
  judgeRevocation,
  noticeContent,
  noticeText,
  readNotice,
  type RevocationNotice,
} from "../../src/signature/revocation.ts";
import { type Desk, failureOf, hasOpenssl, openDesk, openssl, PASSPHRASE } from "./desk.ts";
import { certify, fixedEnvironment, keyPair, makeRoot, makeSigner, NOW } from "./pki.ts";

const environment = fixedEnvironment();
const passphrase = async (): Promise<string> => PASSPHRASE;

async function office(): Promise<Desk & { readonly ines: CreatedKey }> {
  const desk = openDesk();
  const request = {
    holder: "Ines Okafor",
    agency: "Harbour Unit",
    passphrase: PASSPHRASE,
    rootOut: null,
  };
  return { ...desk, ines: await initKeys(desk.folder, request, environment) };
}

function revocationOf(target: string, wishes: Partial<RevocationRequest> = {}): RevocationRequest {
  return {
    target,
    reason: "key-compromise",
    since: null,
    note: null,
    by: null,
    rootKeyFile: null,
    ...wishes,
  };
}

/** What a notice says, or the code it is refused with. */
function outcomeOf(text: string): string {
  try {
    return JSON.stringify(readNotice(text, "n.txt"));
  } catch (error) {
    return error instanceof Failure ? error.code : String(error);
  }
}

/** The notice on Ines's certificate, as text. */
async function revoked(
  by: "root" | "signer",
): Promise<{ text: string; desk: Desk; ines: CreatedKey }> {
  const { ines, ...desk } = await office();
  const out = desk.path("notice.txt");
  await readRevocation(desk.folder, revocationOf(ines.id, { by }), environment).revoke(
    out,
    passphrase,
  );
  return { text: readFileSync(out, "utf8"), desk, ines };
}

describe("a revocation", () => {
  for (const by of ["root", "signer"] as const) {
    it(`signed by the ${by} is a notice that names the certificate, the moment and the reason`, async () => {
      const { text, desk } = await revoked(by);
      const [entry] = listKeys(desk.folder);
      expect(readNotice(text, "notice.txt")).toEqual({
        certificate: entry?.certificateFingerprint,
        holder: "Ines Okafor",
        by: by === "root" ? "Harbour Unit root" : "Ines Okafor",
        issued: "2026-03-02T09:30:00Z",
        revoked: "2026-03-02T09:30:00Z",
        reason: "key-compromise",
        note: null,
      });
    });

    it.skipIf(!hasOpenssl)(
      `signed by the ${by} verifies with openssl alone (skipped without openssl 3)`,
      async () => {
        const { text, desk, ines } = await revoked(by);
        const [line = ""] = text.split("\n", 1);
        const at = String(NOW.getTime() / 1000);
        const said = openssl(
          "cms",
          "-verify",
          "-cades",
          "-binary",
          "-purpose",
          "any",
          "-inform",
          "PEM",
          "-in",
          desk.path("notice.txt"),
          "-content",
          desk.put("line", line),
          "-CAfile",
          ines.root,
          "-attime",
          at,
          "-out",
          "/dev/null",
        );
        expect(said).toContain("CAdES Verification successful");
      },
    );
  }

  it("is kept in the folder, where the key signs no more and is not renewed", async () => {
    const { desk, ines, text } = await revoked("root");
    const [entry] = listKeys(desk.folder);
    if (entry === undefined) throw new Error("the key has gone");
    expect(noticeOn(desk.folder, entry.certificateFingerprint)).toEqual(readNotice(text, ""));
    expect(standingsOf(desk.folder, [entry], NOW).get(entry)).toBe("revoked");
    const signing = await failureOf(() => openSigner(desk.folder, null, passphrase, NOW));
    expect(signing.message).toBe(
      `key ${ines.id} was revoked as of 2026-03-02T09:30:00Z (key-compromise)`,
    );
    expect((await failureOf(() => readRenewal(desk.folder, null, environment))).message).toContain(
      "was revoked",
    );
  });

  it("reaches back to when the key was lost, and never forward", async () => {
    const { folder, ines } = await office();
    const since = new Date("2026-02-27T18:00:00Z");
    const found = readRevocation(folder, revocationOf(ines.id, { since }), environment);
    expect(found.revocation.revoked).toBe("2026-02-27T18:00:00Z");
    const future = revocationOf(ines.id, { since: new Date(NOW.getTime() + 1000) });
    expect((await failureOf(() => readRevocation(folder, future, environment))).code).toBe("usage");
  });

  it("is made once", async () => {
    const { desk, ines } = await revoked("root");
    const again = await failureOf(() =>
      readRevocation(desk.folder, revocationOf(ines.id), environment),
    );
    expect(again.code).toBe("target-exists");
  });

  it("writes nothing over a file, nor into the folder then", async () => {
    const { folder, ines, put } = await office();
    const out = put("notice.txt", "a letter");
    const found = readRevocation(folder, revocationOf(ines.id), environment);
    expect((await failureOf(() => found.revoke(out, passphrase))).code).toBe("target-exists");
    expect(existsSync(join(folder, "revoked"))).toBe(false);
  });

  it("of another analyst's certificate is the root's to make, from the copy it kept", async () => {
    const [here, ben] = [await office(), openDesk()];
    const applicant = { holder: "Ben Ode", agency: "Harbour Unit" };
    const { request } = await applyWithNewKey(ben.folder, applicant, null, environment);
    const issuable = readApplication(
      here.folder,
      { request, agency: null, expected: null },
      environment,
    );
    const out = ben.path("ben.pem");
    const issued = await issuable.issue(out, { keyFile: null, passphrase });
    const copy = join(here.folder, "issued", `${issued.certificateFingerprint}.pem`);
    const found = readRevocation(here.folder, revocationOf(copy), environment);
    expect([found.by, found.holder]).toEqual(["root", "Ben Ode"]);
    const elsewhere = await failureOf(() =>
      readRevocation(ben.folder, revocationOf(copy), environment),
    );
    expect(elsewhere.message).toContain("neither the root nor the key of Ben Ode is here");
  });

  it("takes the key itself where the root's key is elsewhere", async () => {
    const desk = openDesk();
    const rootOut = desk.path("root-key.pem");
    const request = {
      holder: "Ines Okafor",
      agency: "Harbour Unit",
      passphrase: PASSPHRASE,
      rootOut,
    };
    const { id } = await initKeys(desk.folder, request, environment);
    expect(readRevocation(desk.folder, revocationOf(id), environment).by).toBe("signer");
    const named = revocationOf(id, { rootKeyFile: rootOut });
    expect(readRevocation(desk.folder, named, environment).by).toBe("root");
  });
});

describe("a notice", () => {
  const root = makeRoot();
  const keys = keyPair("P-256");
  const leaf = certify(keys, root);
  const content = { reason: "unspecified", revoked: "2026-03-01T00:00:00Z", note: null } as const;

  function target(): NonNullable<ReturnType<typeof readCertificate>> {
    const certificate = readCertificate(leaf);
    if (certificate === null) throw new Error("the certificate cannot be read");
    return certificate;
  }

  it("of anybody else is not honoured: a colleague, another agency, an impostor of the same name", async () => {
    const other = makeRoot("River Police root");
    const impostor = makeRoot();
    const strangers = [
      makeSigner("P-256", root, { name: "Tomas Lindqvist" }),
      makeSigner("P-256", other),
      makeSigner("P-256", impostor),
    ];
    for (const stranger of strangers) {
      const line = noticeContent(target(), content);
      const signature = await signDetached(line, stranger, { signingTime: NOW });
      const failure = await failureOf(() =>
        readNotice(noticeText(target(), line, signature), "n.txt"),
      );
      expect(failure.message).toContain("neither holds nor issued the certificate of Ines Okafor");
    }
  });

  it("changed in any character is refused or says the same", async () => {
    const { text } = await revoked("signer");
    const genuine = readNotice(text, "n.txt");
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 32, max: 126 }), (at, code) => {
        const changed = text.slice(0, at) + String.fromCodePoint(code) + text.slice(at + 1);
        expect([JSON.stringify(genuine), "key-unusable"]).toContain(outcomeOf(changed));
      }),
      { numRuns: 300 },
    );
  });

  it("is none without its three parts, at a time that is none, or of enormous size", async () => {
    const { text } = await revoked("signer");
    const parts = [
      "",
      "{}",
      text.split("-----BEGIN CERTIFICATE")[0] ?? "",
      text + text,
      " ".repeat(2 ** 16) + text,
    ];
    for (const part of [...parts, text.replace(/"revoked":"[^"]+"/, '"revoked":"yesterday"')]) {
      expect((await failureOf(() => readNotice(part, "n.txt"))).message).toBe(
        "n.txt is no revocation notice of exhibita",
      );
    }
  });
});

describe("a signature under a revoked certificate", () => {
  const fingerprint = "ab".repeat(32);
  const notice: RevocationNotice = {
    certificate: fingerprint,
    holder: "Ines Okafor",
    by: "Harbour Unit root",
    issued: "2026-03-02T09:30:00Z",
    revoked: "2026-02-27T18:00:00Z",
    reason: "key-compromise",
    note: null,
  };
  const judge = (time: string | null): string | undefined =>
    judgeRevocation([notice], fingerprint, time === null ? null : new Date(time))?.outcome;

  it("stays good where a trusted time precedes the revocation, and is doubtful in every other case", () => {
    expect(judge("2026-02-27T17:59:59Z")).toBe("pass");
    expect(judge("2026-02-27T18:00:00Z")).toBe("indeterminate");
    expect(judge("2026-02-28T00:00:00Z")).toBe("indeterminate");
    expect(judge(null)).toBe("indeterminate");
  });

  it("is judged by the earliest of several notices", () => {
    const later = { ...notice, revoked: "2026-03-01T00:00:00Z" };
    const between = new Date("2026-02-28T00:00:00Z");
    expect(judgeRevocation([later], fingerprint, between)?.outcome).toBe("pass");
    expect(judgeRevocation([later, notice], fingerprint, between)?.outcome).toBe("indeterminate");
  });

  it("of another certificate is not touched", () => {
    expect(judgeRevocation([notice], "cd".repeat(32), null)).toBe(null);
    expect(judgeRevocation([], fingerprint, null)).toBe(null);
  });
});
