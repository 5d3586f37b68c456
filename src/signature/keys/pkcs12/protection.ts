/** How the parts of a PKCS#12 file are encrypted, and opening them. */
import { createDecipheriv } from "node:crypto";
import { AsnConvert, AsnProp, AsnPropTypes, OctetString } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier } from "@peculiar/asn1-x509";
import { ID_PBES2 } from "../../oids.ts";
import { Pbes2Params } from "../pbes2.ts";
import {
  bmpPassphrase,
  type Derivation,
  derivePbkdf2,
  derivePkcs12,
  MAX_ROUNDS,
  PURPOSE,
} from "./derive.ts";

export interface Protection {
  /** For a person: `3DES with SHA-1`. */
  readonly name: string;
  readonly rounds: number;
  /** Whether today's machines get through it too easily to hand such a file about. */
  readonly isWeak: boolean;
  /** The content; null where the passphrase is wrong or the bytes are damaged. */
  readonly open: (data: Uint8Array, passphrase: string) => Promise<Buffer | null>;
}

/** Why the content cannot be opened: a cipher that openssl alone still reads, or one unknown here. */
export interface Refusal {
  readonly refused: string;
  readonly isLegacy: boolean;
}

/** PBKDF2-params of RFC 8018, appendix A.2, with a salt given outright. */
class Pbkdf2Params {
  salt: OctetString = new OctetString();
  iterationCount = 0;
  keyLength?: number;
  prf: AlgorithmIdentifier = new AlgorithmIdentifier({
    algorithm: "1.2.840.113549.2.7",
    parameters: null,
  });
}
AsnProp({ type: OctetString })(Pbkdf2Params.prototype, "salt");
AsnProp({ type: AsnPropTypes.Integer })(Pbkdf2Params.prototype, "iterationCount");
AsnProp({ type: AsnPropTypes.Integer, optional: true })(Pbkdf2Params.prototype, "keyLength");
AsnProp({ type: AlgorithmIdentifier, optional: true })(Pbkdf2Params.prototype, "prf");

/** pkcs-12PbeParams of RFC 7292, appendix C. */
class PbeParams {
  salt: OctetString = new OctetString();
  iterations = 0;
}
AsnProp({ type: OctetString })(PbeParams.prototype, "salt");
AsnProp({ type: AsnPropTypes.Integer })(PbeParams.prototype, "iterations");

interface Cipher {
  readonly name: string;
  /** As node names it. */
  readonly id: string;
  readonly keyBytes: number;
  readonly vectorBytes: number;
}

const TRIPLE_DES: Cipher = { name: "3DES", id: "des-ede3-cbc", keyBytes: 24, vectorBytes: 8 };

/** NIST's AES identifiers, and the one for 3DES of RFC 8018, appendix B.2.2. */
const CIPHERS: { readonly [id: string]: Cipher } = {
  "2.16.840.1.101.3.4.1.2": { name: "AES-128", id: "aes-128-cbc", keyBytes: 16, vectorBytes: 16 },
  "2.16.840.1.101.3.4.1.22": { name: "AES-192", id: "aes-192-cbc", keyBytes: 24, vectorBytes: 16 },
  "2.16.840.1.101.3.4.1.42": { name: "AES-256", id: "aes-256-cbc", keyBytes: 32, vectorBytes: 16 },
  "1.2.840.113549.3.7": TRIPLE_DES,
};

/** The keyed hashes of RFC 8018, appendix B.1. */
const PRFS: { readonly [id: string]: string } = {
  "1.2.840.113549.2.7": "sha1",
  "1.2.840.113549.2.9": "sha256",
  "1.2.840.113549.2.10": "sha384",
  "1.2.840.113549.2.11": "sha512",
};

const ID_PBKDF2 = "1.2.840.113549.1.5.12";
const ID_SHA1_3DES = "1.2.840.113549.1.12.1.3";

/** What node no longer opens, and openssl only with its legacy provider (RFC 7292, appendix C). */
const LEGACY: { readonly [id: string]: string } = {
  "1.2.840.113549.1.12.1.1": "RC4",
  "1.2.840.113549.1.12.1.2": "RC4 of 40 bits",
  "1.2.840.113549.1.12.1.4": "3DES with two keys",
  "1.2.840.113549.1.12.1.5": "RC2",
  "1.2.840.113549.1.12.1.6": "RC2 of 40 bits",
  "1.2.840.113549.1.5.3": "DES with MD5",
  "1.2.840.113549.1.5.10": "DES with SHA-1",
  "1.2.840.113549.1.5.11": "RC2 with SHA-1",
};

/** The protection an identifier names. Throws where its parameters are malformed. */
export function protectionOf({ algorithm, parameters }: AlgorithmIdentifier): Protection | Refusal {
  const legacy = LEGACY[algorithm];
  if (legacy !== undefined) return { refused: legacy, isLegacy: true };
  const encoded = parameters ?? new ArrayBuffer(0);
  if (algorithm === ID_SHA1_3DES) return tripleDes(AsnConvert.parse(encoded, PbeParams));
  if (algorithm === ID_PBES2) return pbes2(AsnConvert.parse(encoded, Pbes2Params));
  return { refused: `the encryption ${algorithm}`, isLegacy: false };
}

/** Derivation by PBKDF2; a text says why it is not one that is done here. */
export function pbkdf2Of({ algorithm, parameters }: AlgorithmIdentifier): Derivation | string {
  if (algorithm !== ID_PBKDF2) return `the key derivation ${algorithm}`;
  const params = AsnConvert.parse(parameters ?? new ArrayBuffer(0), Pbkdf2Params);
  const digest = PRFS[params.prf.algorithm];
  if (digest === undefined) return `PBKDF2 with ${params.prf.algorithm}`;
  const excess = roundsExcess(params.iterationCount);
  return excess ?? { digest, salt: bytesOf(params.salt), rounds: params.iterationCount };
}

/** Why so many rounds are not gone through; null where they are. */
export function roundsExcess(rounds: number): string | null {
  const isWithin = Number.isInteger(rounds) && rounds >= 1 && rounds <= MAX_ROUNDS;
  return isWithin ? null : `a key derivation of ${rounds} rounds`;
}

export function bytesOf(octets: OctetString): Uint8Array {
  return new Uint8Array(octets.buffer);
}

function pbes2({ keyDerivationFunc, encryptionScheme }: Pbes2Params): Protection | Refusal {
  const cipher = CIPHERS[encryptionScheme.algorithm];
  if (cipher === undefined) {
    return { refused: `the encryption ${encryptionScheme.algorithm}`, isLegacy: false };
  }
  const derivation = pbkdf2Of(keyDerivationFunc);
  if (typeof derivation === "string") return { refused: derivation, isLegacy: false };
  const parameters = encryptionScheme.parameters ?? new ArrayBuffer(0);
  const vector = bytesOf(AsnConvert.parse(parameters, OctetString));
  return {
    name: `${cipher.name} with PBKDF2`,
    rounds: derivation.rounds,
    isWeak: cipher === TRIPLE_DES,
    open: async (data, passphrase) => {
      const key = await derivePbkdf2(passphrase, derivation, cipher.keyBytes);
      return decrypt(cipher, key, vector, data);
    },
  };
}

function tripleDes({ salt, iterations }: PbeParams): Protection | Refusal {
  const excess = roundsExcess(iterations);
  if (excess !== null) return { refused: excess, isLegacy: false };
  const derivation = { digest: "sha1", salt: bytesOf(salt), rounds: iterations };
  const { keyBytes, vectorBytes } = TRIPLE_DES;
  return {
    name: "3DES with SHA-1",
    rounds: iterations,
    isWeak: true,
    open: async (data, passphrase) => {
      const text = bmpPassphrase(passphrase);
      const key = derivePkcs12(text, derivation, PURPOSE.key, keyBytes);
      const vector = derivePkcs12(text, derivation, PURPOSE.vector, vectorBytes);
      return decrypt(TRIPLE_DES, key, vector, data);
    },
  };
}

function decrypt(
  cipher: Cipher,
  key: Uint8Array,
  vector: Uint8Array,
  data: Uint8Array,
): Buffer | null {
  if (vector.length !== cipher.vectorBytes) return null;
  const decipher = createDecipheriv(cipher.id, key, vector);
  try {
    return Buffer.concat([decipher.update(data), decipher.final()]);
  } catch {
    // The padding is wrong: so is the key, or a byte of the data.
    return null;
  }
}
