import { generateKeyPairSync } from "node:crypto";
import {
  BasicConstraints,
  ExtendedKeyUsage,
  type Extension,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_kp_serverAuth,
  KeyUsage,
  KeyUsageFlags,
  SubjectKeyIdentifier,
} from "@peculiar/asn1-x509";
import { describe, expect, it } from "vitest";
import type { Signer, TrustedRoot } from "../../src/model/signature.ts";
import { fingerprintOf } from "../../src/signature/certificate.ts";
import { checkDetached, type SignatureCheck } from "../../src/signature/check.ts";
import { signDetached } from "../../src/signature/cms.ts";
import { critical, extension } from "../../src/signature/keys/extensions.ts";
import {
  type Authority,
  certify,
  keyPair,
  makeRoot,
  makeSigner,
  NOW,
  signerOf,
  trusted,
  type Wishes,
} from "./pki.ts";

const CONTENT = Buffer.from("manifest");
const DAY = 86_400_000;
const root = makeRoot();

async function check(
  signer: Signer,
  roots: readonly TrustedRoot[],
  at: Date = NOW,
): Promise<SignatureCheck> {
  const der = await signDetached(CONTENT, signer, { signingTime: null });
  return checkDetached(der, CONTENT, { roots, at, certificates: null, signingTime: "either" });
}

function authority(name: string, issuer: Authority | null, wishes: Wishes = {}): Authority {
  const keys = keyPair("P-256");
  const extensions = wishes.extensions ?? authorityExtensions(undefined);
  return { keys, certificate: certify(keys, issuer, { ...wishes, name, extensions }) };
}

function authorityExtensions(pathLenConstraint: number | undefined): readonly Extension[] {
  const constraints = new BasicConstraints({ cA: true });
  if (pathLenConstraint !== undefined) constraints.pathLenConstraint = pathLenConstraint;
  return [
    critical(id_ce_basicConstraints, constraints),
    critical(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign)),
  ];
}

function signerUnder(issuers: readonly Authority[], wishes: Wishes = {}): Signer {
  const keys = wishes.keys ?? keyPair("P-256");
  const [issuer] = issuers;
  const leaf = certify(keys, issuer ?? null, { ...wishes, keys });
  const chain = [leaf, ...issuers.map(({ certificate }) => certificate)];
  return signerOf(keys, "ecdsa-p256-sha256", chain);
}

describe("a signer", () => {
  it("is identified by the root that was named, and the report says which", async () => {
    const other = makeRoot("River Police root");
    const found = await check(
      makeSigner("P-256", root),
      trusted(other.certificate, root.certificate),
    );
    expect(found.path.outcome).toBe("pass");
    expect(found.path.detail).toContain("identified by the root Harbour Unit root of root.pem");
    expect(found.signer?.root).toBe(fingerprintOf(root.certificate));
  });

  it("is not identified without a root, by another, or by one of the same name", async () => {
    const signer = makeSigner("P-256", root);
    const impostor = makeRoot("Harbour Unit root");
    for (const roots of [[], trusted(impostor.certificate)]) {
      const found = await check(signer, roots);
      expect(found.path.outcome).toBe("indeterminate");
      expect(found.path.detail).toMatch(/^signer not identified: /u);
      expect(found.signer?.root).toBeNull();
      expect(found.problems).toEqual([]);
    }
  });

  it("with a certificate that signs itself is its own root, where that is named", async () => {
    const signer = signerUnder([]);
    const [self] = signer.chain;
    expect((await check(signer, [])).path.outcome).toBe("indeterminate");
    expect((await check(signer, trusted(self ?? Buffer.of()))).path.outcome).toBe("pass");
  });

  it("is identified through an authority between, by either root", async () => {
    const top = authority("National root", null);
    const between = authority("Harbour authority", top);
    const signer = signerUnder([between, top]);
    for (const { certificate } of [top, between]) {
      expect((await check(signer, trusted(certificate))).path.outcome).toBe("pass");
    }
    const rootless = signerUnder([between]);
    expect((await check(rootless, trusted(top.certificate))).path.outcome).toBe("pass");
  });

  it("is in doubt where its chain goes on above the trusted root to nobody known", async () => {
    const top = authority("National root", null);
    const upper = authority("Coast authority", top);
    const lower = authority("Harbour authority", upper);
    const found = await check(signerUnder([lower, upper]), trusted(lower.certificate));
    expect(found.path.outcome).toBe("indeterminate");
    expect(found.path.detail).toContain("Coast authority");
  });
});

describe("a certificate path", () => {
  const cases: readonly (readonly [string, () => Signer, string])[] = [
    [
      "where a signer's certificate issued another",
      () => {
        const extensions = [critical(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature))];
        return signerUnder([authority("Tomas Lindqvist", root, { extensions }), root]);
      },
      "is not that of an authority",
    ],
    [
      "where an authority may not issue certificates",
      () => {
        const extensions = [
          critical(id_ce_basicConstraints, new BasicConstraints({ cA: true })),
          critical(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature)),
        ];
        return signerUnder([authority("Harbour authority", null, { extensions })]);
      },
      "is not for issuing certificates",
    ],
    [
      "where more authorities stand below one than it allows",
      () => {
        const top = authority("National root", null, { extensions: authorityExtensions(0) });
        return signerUnder([authority("Harbour authority", top), top]);
      },
      "allows 0 authorities below it",
    ],
    [
      "where the signer's key is only for encryption",
      () =>
        signerUnder([root], {
          extensions: [critical(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyEncipherment))],
        }),
      "is not for signatures",
    ],
    [
      "where the signer's certificate is a web server's",
      () =>
        signerUnder([root], {
          extensions: [extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth]))],
        }),
      "is not for documents",
    ],
    [
      "where an authority spells out the parameters of its curve",
      () => {
        const keys = generateKeyPairSync("ec", { namedCurve: "P-256", paramEncoding: "explicit" });
        const extensions = authorityExtensions(undefined);
        const certificate = certify(keys, null, { name: "Harbour authority", extensions });
        return signerUnder([{ keys, certificate }]);
      },
      "does not hold its key in the canonical encoding",
    ],
    [
      "where a critical extension is not understood",
      () =>
        signerUnder([root], {
          extensions: [critical("1.3.6.1.4.1.99999.1", new SubjectKeyIdentifier(Buffer.of(1)))],
        }),
      "holds the critical extension 1.3.6.1.4.1.99999.1",
    ],
    [
      "where an extension comes twice",
      () => {
        const usage = critical(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature));
        return signerUnder([root], { extensions: [usage, usage] });
      },
      "twice",
    ],
  ];
  for (const [name, make, reason] of cases) {
    it(`is refused ${name}`, async () => {
      const signer = make();
      const top = signer.chain.at(-1) ?? Buffer.of();
      for (const roots of [[], trusted(top, root.certificate)]) {
        const { path } = await check(signer, roots);
        expect(path.outcome).toBe("fail");
        expect(path.detail).toMatch(/^BAD KEY: the certificate of /u);
        expect(path.detail).toContain(reason);
      }
    });
  }
});

describe("certificates in a signature", () => {
  it("that are no link of the chain make it altered", async () => {
    const stray = makeRoot("Somebody else").certificate;
    const signer = makeSigner("P-256", root);
    const found = await check(
      { ...signer, chain: [...signer.chain, stray] },
      trusted(root.certificate),
    );
    expect(found.problems).toEqual([
      {
        word: "ALTERED",
        detail: "the certificate of Somebody else is no link of the signer's chain",
      },
    ]);
  });
});

describe("the time of a signature", () => {
  const year = {
    validFrom: new Date("2026-01-01T00:00:00Z"),
    validTo: new Date("2026-12-31T00:00:00Z"),
  };

  async function timeAt(at: Date, signingTime: Date | null): Promise<SignatureCheck["time"]> {
    const { chain, ...signer } = makeSigner("P-256", root, year);
    // A signer that keeps to its validity would not sign outside it: this one does.
    const lax = { ...signer, chain };
    const der = await signDetached(CONTENT, lax, { signingTime });
    const options = { certificates: null, signingTime: "either" } as const;
    return checkDetached(der, CONTENT, { ...options, roots: trusted(root.certificate), at }).time;
  }

  it("is a claim, which passes while the certificate is good", async () => {
    expect(await timeAt(NOW, NOW)).toEqual({
      outcome: "pass",
      detail: "claimed time only: 2026-03-02T09:30:00Z as the signer says",
    });
    expect((await timeAt(NOW, null)).detail).toContain("claimed time only");
  });

  it("is not proven once the certificate has ended", async () => {
    const time = await timeAt(new Date("2027-01-01T00:00:00Z"), NOW);
    expect(time.outcome).toBe("indeterminate");
    expect(time.detail).toContain("ended at");
  });

  it("is not proven before the certificate begins", async () => {
    const time = await timeAt(new Date("2025-12-31T23:59:59Z"), null);
    expect(time.outcome).toBe("indeterminate");
    expect(time.detail).toContain("begins at");
  });

  it("holds to the last second of the certificate and no longer", async () => {
    const last = makeSigner("P-256", makeRoot("Long root", { validTo: new Date("2040-01-01") }), {
      validTo: new Date(NOW.getTime() + DAY),
    });
    const roots = trusted(last.chain[1] ?? Buffer.of());
    const end = NOW.getTime() + DAY;
    expect((await check(last, roots, new Date(end + 999))).time.outcome).toBe("pass");
    expect((await check(last, roots, new Date(end + 1000))).time.outcome).toBe("indeterminate");
  });

  it("is in doubt where the claim lies in the future", async () => {
    const time = await timeAt(NOW, new Date(NOW.getTime() + 2 * DAY));
    expect(time.outcome).toBe("indeterminate");
    expect(time.detail).toContain("after the time of checking");
    expect((await timeAt(NOW, new Date(NOW.getTime() + DAY / 2))).outcome).toBe("pass");
  });
});
