import { verify, X509Certificate } from "node:crypto";
import { type Attribute, ContentInfo, SignedData } from "@peculiar/asn1-cms";
import { AsnConvert } from "@peculiar/asn1-schema";
import { describe, expect, it } from "vitest";
import { Failure } from "../../src/model/failure.ts";
import type { Signer } from "../../src/model/signature.ts";
import { profileOf } from "../../src/signature/algorithms.ts";
import { signDetached } from "../../src/signature/cms.ts";
import { compareBytes, isDer } from "../../src/signature/der.ts";
import { canonicalEcdsa, isCanonicalEcdsa } from "../../src/signature/ecdsa.ts";
import { EcdsaSigValue, encode } from "../../src/signature/schema.ts";
import { keyPair, makeRoot, makeSigner, NOW, signerOf } from "./pki.ts";

const CONTENT = Buffer.from("manifest");
const root = makeRoot();
const signer = makeSigner("P-256", root);

async function signedData(from: Signer, signingTime: Date | null = NOW): Promise<SignedData> {
  const der = await signDetached(CONTENT, from, { signingTime });
  return AsnConvert.parse(AsnConvert.parse(der, ContentInfo).content, SignedData);
}

/** The signed attributes as a reader with the whole CMS schema, and not ours, finds them. */
function attributesOf(data: SignedData): readonly Attribute[] {
  return data.signerInfos[0]?.signedAttrs ?? [];
}

function pair(r: bigint, s: bigint): Uint8Array {
  const value = new EcdsaSigValue();
  value.r = r;
  value.s = s;
  return encode(value);
}

describe("a signature", () => {
  it("is DER, and its attributes and certificates stand in the order of a SET", async () => {
    for (const signingTime of [NOW, null]) {
      const der = await signDetached(CONTENT, signer, { signingTime });
      expect(isDer(der)).toBe(true);
      const data = await signedData(signer, signingTime);
      const attributes = attributesOf(data).map(encode);
      expect(attributes).toEqual(attributes.toSorted(compareBytes));
      const certificates = [...(data.certificates ?? [])].map(encode);
      expect(certificates).toEqual(certificates.toSorted(compareBytes));
      expect(certificates.map((each) => Buffer.from(each))).toEqual(
        signer.chain.toSorted(compareBytes).map((each) => Buffer.from(each)),
      );
    }
  });

  it("has the attributes of CAdES B, and no signing-time where it is for a PDF", async () => {
    const base = ["1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.16.2.47"];
    const withTime = attributesOf(await signedData(signer));
    const types = withTime.map(({ attrType }) => attrType);
    expect(new Set(types)).toEqual(new Set([...base, "1.2.840.113549.1.9.5"]));
    const without = attributesOf(await signedData(signer, null));
    expect(new Set(without.map(({ attrType }) => attrType))).toEqual(new Set(base));
  });

  it("holds no content, one signer, and digest algorithms without parameters", async () => {
    const data = await signedData(signer);
    expect(data.version).toBe(1);
    expect(data.encapContentInfo.eContent).toBeUndefined();
    expect(data.signerInfos).toHaveLength(1);
    expect(data.digestAlgorithms[0]?.parameters).toBeUndefined();
    expect(data.crls).toBeUndefined();
  });

  it("states a time from 2050 on as GeneralizedTime", async () => {
    const late = new Date("2055-06-01T12:00:00.999Z");
    const validTo = new Date("2060-01-01T00:00:00Z");
    const future = makeSigner("P-256", makeRoot("Late root", { validTo }), { validTo });
    const time = attributesOf(await signedData(future, late)).find(
      ({ attrType }) => attrType === "1.2.840.113549.1.9.5",
    );
    const value = Buffer.from(time?.attrValues[0] ?? new ArrayBuffer(0));
    expect(value.subarray(2).toString("latin1")).toBe("20550601120000Z");
  });

  it("is refused where the signer's algorithm is not that of its certificate", async () => {
    const wrong = signerOf(keyPair("P-384"), "ecdsa-p384-sha384", signer.chain);
    await expect(signDetached(CONTENT, wrong, { signingTime: NOW })).rejects.toThrow(Failure);
  });

  it("is refused where the signer gives no signature value", async () => {
    const broken: Signer = { ...signer, sign: async () => Buffer.from("no signature") };
    await expect(signDetached(CONTENT, broken, { signingTime: NOW })).rejects.toThrow(
      "key ines-okafor gave no signature value",
    );
  });
});

describe("an ECDSA value", () => {
  const { order } = profileOf("ecdsa-p256-sha256");
  const curve = order ?? 0n;

  it("has two valid forms for the key, of which one is accepted here", async () => {
    const message = Buffer.from("message");
    const value = canonicalEcdsa(await signer.sign(message), curve) ?? Buffer.of();
    const { r, s } = AsnConvert.parse(value, EcdsaSigValue);
    const twin = pair(r, curve - s);
    const { publicKey } = new X509Certificate(signer.chain[0] ?? Buffer.of());
    expect(verify("sha256", message, publicKey, twin)).toBe(true);
    expect(isCanonicalEcdsa(value, curve)).toBe(true);
    expect(isCanonicalEcdsa(twin, curve)).toBe(false);
    expect(canonicalEcdsa(twin, curve)).toEqual(value);
  });

  it("outside 1 to n - 1 is none", () => {
    for (const [r, s] of [
      [0n, 1n],
      [1n, 0n],
      [curve, 1n],
      [1n, curve],
      [-1n, 1n],
    ] as const) {
      expect(canonicalEcdsa(pair(r, s), curve)).toBeNull();
    }
  });
});
