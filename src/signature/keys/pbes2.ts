/** Encrypts a private key as PKCS#8 with PBES2 (RFC 5958, RFC 8018), scrypt (RFC 7914) and AES-256. */
import { createCipheriv, scrypt } from "node:crypto";
import { EncryptedData, EncryptedPrivateKeyInfo } from "@peculiar/asn1-pkcs8";
import { AsnProp, AsnPropTypes, OctetString } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier } from "@peculiar/asn1-x509";
import { ID_AES256_CBC, ID_PBES2, ID_SCRYPT } from "../oids.ts";
import { encode } from "../schema.ts";

/** scrypt-params of RFC 7914, section 7, without the optional key length. */
class ScryptParams {
  salt: OctetString = new OctetString();
  costParameter = 0;
  blockSize = 0;
  parallelizationParameter = 0;
}
AsnProp({ type: OctetString })(ScryptParams.prototype, "salt");
AsnProp({ type: AsnPropTypes.Integer })(ScryptParams.prototype, "costParameter");
AsnProp({ type: AsnPropTypes.Integer })(ScryptParams.prototype, "blockSize");
AsnProp({ type: AsnPropTypes.Integer })(ScryptParams.prototype, "parallelizationParameter");

/** PBES2-params of RFC 8018, appendix A.4. */
export class Pbes2Params {
  keyDerivationFunc: AlgorithmIdentifier = new AlgorithmIdentifier();
  encryptionScheme: AlgorithmIdentifier = new AlgorithmIdentifier();
}
AsnProp({ type: AlgorithmIdentifier })(Pbes2Params.prototype, "keyDerivationFunc");
AsnProp({ type: AlgorithmIdentifier })(Pbes2Params.prototype, "encryptionScheme");

/**
 * 16 MiB of memory, gone through five times: as dear to guess as 128 MiB once (OWASP's table), and
 * within the 32 MiB beyond which the openssl command refuses to open the key.
 */
const COST = { N: 16_384, r: 8, p: 5 } as const;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const IV_BYTES = 16;

/** EncryptedPrivateKeyInfo in DER of a PKCS#8 key in DER; `random` gives salt and initial vector. */
export async function encryptKey(
  pkcs8: Uint8Array,
  passphrase: string,
  random: (bytes: number) => Uint8Array,
): Promise<Uint8Array> {
  const salt = random(SALT_BYTES);
  const iv = random(IV_BYTES);
  const cipher = createCipheriv("aes-256-cbc", await derive(passphrase, salt), iv);
  const encrypted = Buffer.concat([cipher.update(pkcs8), cipher.final()]);
  return encode(
    new EncryptedPrivateKeyInfo({
      encryptionAlgorithm: identifier(ID_PBES2, parameters(salt, iv)),
      encryptedData: new EncryptedData(encrypted),
    }),
  );
}

function parameters(salt: Uint8Array, iv: Uint8Array): Pbes2Params {
  const derivation = new ScryptParams();
  derivation.salt = new OctetString(salt);
  derivation.costParameter = COST.N;
  derivation.blockSize = COST.r;
  derivation.parallelizationParameter = COST.p;
  const params = new Pbes2Params();
  params.keyDerivationFunc = identifier(ID_SCRYPT, derivation);
  params.encryptionScheme = identifier(ID_AES256_CBC, new OctetString(iv));
  return params;
}

function identifier(algorithm: string, params: unknown): AlgorithmIdentifier {
  return new AlgorithmIdentifier({ algorithm, parameters: encode(params).buffer });
}

function derive(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  scrypt(passphrase, salt, KEY_BYTES, COST, (error, key) => {
    if (error === null) resolve(key);
    else reject(error);
  });
  return promise;
}
