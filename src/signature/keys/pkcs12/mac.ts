/** The seal of a PKCS#12 file: a keyed hash over its content, from the passphrase. */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { MacData } from "@peculiar/asn1-pfx";
import { AsnConvert, AsnProp } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier } from "@peculiar/asn1-x509";
import { bmpPassphrase, derivePbkdf2, derivePkcs12, PURPOSE } from "./derive.ts";
import { bytesOf, pbkdf2Of, roundsExcess } from "./protection.ts";

/** PBMAC1-params of RFC 8018, appendix A.5; RFC 9579 uses them in PKCS#12. */
class Pbmac1Params {
  keyDerivationFunc: AlgorithmIdentifier = new AlgorithmIdentifier();
  messageAuthScheme: AlgorithmIdentifier = new AlgorithmIdentifier();
}
AsnProp({ type: AlgorithmIdentifier })(Pbmac1Params.prototype, "keyDerivationFunc");
AsnProp({ type: AlgorithmIdentifier })(Pbmac1Params.prototype, "messageAuthScheme");

const ID_PBMAC1 = "1.2.840.113549.1.5.14";

interface MacDigest {
  readonly name: string;
  readonly bytes: number;
}

const DIGESTS: { readonly [id: string]: MacDigest } = {
  "1.3.14.3.2.26": { name: "sha1", bytes: 20 },
  "2.16.840.1.101.3.4.2.1": { name: "sha256", bytes: 32 },
  "2.16.840.1.101.3.4.2.2": { name: "sha384", bytes: 48 },
  "2.16.840.1.101.3.4.2.3": { name: "sha512", bytes: 64 },
};

const HMACS: { readonly [id: string]: MacDigest } = {
  "1.2.840.113549.2.9": { name: "sha256", bytes: 32 },
  "1.2.840.113549.2.10": { name: "sha384", bytes: 48 },
  "1.2.840.113549.2.11": { name: "sha512", bytes: 64 },
};

/** Whether the file carries a seal at all; it may go without. */
export function isSealed(mac: MacData): boolean {
  return mac.mac.digestAlgorithm.algorithm !== "";
}

/** Whether passphrase and content fit the seal; a text names what cannot be checked here. */
export async function checkMac(
  mac: MacData,
  content: Uint8Array,
  passphrase: string,
): Promise<boolean | string> {
  const { algorithm, parameters } = mac.mac.digestAlgorithm;
  const expected = bytesOf(mac.mac.digest);
  if (algorithm === ID_PBMAC1) {
    const params = AsnConvert.parse(parameters ?? new ArrayBuffer(0), Pbmac1Params);
    const derivation = pbkdf2Of(params.keyDerivationFunc);
    const hmac = HMACS[params.messageAuthScheme.algorithm];
    if (typeof derivation === "string") return derivation;
    if (hmac === undefined) return `the seal ${params.messageAuthScheme.algorithm}`;
    const key = await derivePbkdf2(passphrase, derivation, hmac.bytes);
    return isSeal(expected, hmac, key, content);
  }
  const digest = DIGESTS[algorithm];
  if (digest === undefined) return `the seal ${algorithm}`;
  const excess = roundsExcess(mac.iterations);
  if (excess !== null) return excess;
  const derivation = { digest: digest.name, salt: bytesOf(mac.macSalt), rounds: mac.iterations };
  const key = derivePkcs12(bmpPassphrase(passphrase), derivation, PURPOSE.mac, digest.bytes);
  return isSeal(expected, digest, key, content);
}

function isSeal(
  expected: Uint8Array,
  digest: MacDigest,
  key: Uint8Array,
  content: Uint8Array,
): boolean {
  const found = createHmac(digest.name, key).update(content).digest();
  return found.length === expected.length && timingSafeEqual(found, expected);
}
