/** Reads the files that `key import` is given: PEM, PKCS#12, or a certificate in DER. */
import { EncryptedPrivateKeyInfo } from "@peculiar/asn1-pkcs8";
import { AsnConvert } from "@peculiar/asn1-schema";
import { Failure } from "../../model/failure.ts";
import { readCertificate } from "../certificate.ts";
import { type PemBlock, readPem } from "../pem.ts";
import { readBytes } from "./folder.ts";
import { type KeyMaterial, type NamedKey, type PassphraseSource } from "./material.ts";
import { protectionOf } from "./pkcs12/protection.ts";
import { isPkcs12, readPkcs12 } from "./pkcs12/read.ts";
import { isEncryptedKey, openPrivateKey } from "./private-key.ts";

/**
 * All keys and certificates of the files. The passphrase is asked for only where a file needs one.
 *
 * @throws Failure `key-unusable`, naming the file that cannot be read and why
 */
export async function readKeyFiles(
  paths: readonly string[],
  passphrase: PassphraseSource,
): Promise<KeyMaterial> {
  const found: KeyMaterial[] = [];
  for (const path of paths) found.push(await readKeyFile(path, passphrase));
  return {
    keys: found.flatMap(({ keys }) => keys),
    certificates: found.flatMap(({ certificates }) => certificates),
    warnings: found.flatMap(({ warnings }) => warnings),
  };
}

async function readKeyFile(path: string, passphrase: PassphraseSource): Promise<KeyMaterial> {
  const bytes = readBytes(path);
  const blocks = readPem(bytes.toString("latin1"));
  if (blocks.length > 0) return readBlocks(blocks, path, passphrase);
  if (readCertificate(bytes) !== null) return { keys: [], certificates: [bytes], warnings: [] };
  if (isPkcs12(bytes)) return readPkcs12(bytes, path, passphrase);
  throw new Failure("key-unusable", `${path} is neither PEM nor PKCS#12 nor a certificate`);
}

const KEYS: ReadonlySet<string> = new Set([
  "PRIVATE KEY",
  "ENCRYPTED PRIVATE KEY",
  "EC PRIVATE KEY",
  "RSA PRIVATE KEY",
]);

async function readBlocks(
  blocks: readonly PemBlock[],
  path: string,
  passphrase: PassphraseSource,
): Promise<KeyMaterial> {
  const keys: NamedKey[] = [];
  const warnings: string[] = [];
  for (const block of blocks) {
    if (!KEYS.has(block.label)) continue;
    const weakness = weaknessOf(block, path);
    if (weakness !== null) warnings.push(weakness);
    keys.push({ name: null, key: await openPrivateKey(block.text, path, passphrase) });
  }
  const certificates = blocks.filter(({ label }) => label === "CERTIFICATE").map(({ der }) => der);
  if (keys.length > 0 || certificates.length > 0) return { keys, certificates, warnings };
  const labels = blocks.map(({ label }) => label).join(", ");
  throw new Failure("key-unusable", `${path} holds neither a key nor a certificate, but ${labels}`);
}

/** @throws Failure `key-unusable` where only openssl still opens the key */
function weaknessOf({ label, text, der }: PemBlock, path: string): string | null {
  if (!isEncryptedKey(text)) return null;
  if (label !== "ENCRYPTED PRIVATE KEY") {
    return `${path} is weakly protected, by one round of MD5: destroy it once the key is in the key folder`;
  }
  const protection = judged(der);
  if (protection === null) return null;
  if ("refused" in protection) {
    if (!protection.isLegacy) return null;
    throw new Failure("key-unusable", `${path} is protected by ${protection.refused}`, [
      `convert it with: openssl pkey -provider legacy -provider default -in ${path} -aes256 -out converted.pem`,
    ]);
  }
  const { isWeak, name, rounds } = protection;
  if (!isWeak) return null;
  return `${path} is weakly protected, by ${name} (${rounds} rounds): destroy it once the key is in the key folder`;
}

/** Null where the encryption is unknown here; node may open it all the same. */
function judged(der: Uint8Array): ReturnType<typeof protectionOf> | null {
  try {
    return protectionOf(AsnConvert.parse(der, EncryptedPrivateKeyInfo).encryptionAlgorithm);
  } catch {
    return null;
  }
}
