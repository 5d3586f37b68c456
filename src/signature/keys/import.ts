/** `key import`: a key that somebody else handed out, or the certificate of one that waits for it. */
import type { Environment } from "../../model/environment.ts";
import { Failure } from "../../model/failure.ts";
import { fingerprintOf, holderOf } from "../certificate.ts";
import { type Admitted, admitSigner } from "./admit.ts";
import { KEY_FILE, removeFolder } from "./folder.ts";
import type { KeyMaterial, NamedKey, PassphraseSource } from "./material.ts";
import { writePrivateKey } from "./private-key.ts";
import { readKeyFiles } from "./read-files.ts";
import { describeSigner, type PutSigner, putSigner, type Secret, secretIn } from "./store.ts";
import { waitingKey } from "./waiting.ts";

export interface ImportRequest {
  readonly files: readonly string[];
  /** The name or the certificate's fingerprint of the one meant, among several; null: there is one. */
  readonly name: string | null;
  /** Opens the files. */
  readonly passphrase: PassphraseSource;
  /**
   * Protects the key in the key folder, given what opened the files (null: they were in plain); null
   * writes it in plain. Not asked where only a certificate is imported.
   */
  readonly keep: (given: string | null) => Promise<string | null>;
}

/** A key that may be taken over, and how; nothing is written yet. */
export interface Importable {
  readonly signer: PutSigner;
  readonly warnings: readonly string[];
  /** Writes it. */
  readonly store: () => Promise<PutSigner>;
}

/**
 * Reads the files and judges what they hold. With a private key, that and its certificates are taken;
 * without one, the certificate must be for a key of this folder: one requested, or one renewed.
 *
 * @throws Failure `key-unusable` with the reason why the key cannot be opened or may not sign; `usage`
 *   where the files hold several keys and none is named
 */
export async function readImport(
  folder: string,
  request: ImportRequest,
  environment: Environment,
): Promise<Importable> {
  const opened: { passphrase: string | null } = { passphrase: null };
  const material = await readKeyFiles(request.files, async (what) => {
    opened.passphrase ??= await request.passphrase(what);
    return opened.passphrase;
  });
  const at = new Date(environment.now());
  const origin = request.files.join(", ");
  if (material.keys.length === 0) return importCertificate(folder, material, at, origin);
  const { key, admitted } = chooseKey(material, request.name, at, origin);
  return {
    signer: describeSigner(folder, admitted.chain),
    warnings: [...material.warnings, ...strayWarnings(admitted)],
    store: async () => {
      const passphrase = await request.keep(opened.passphrase);
      const text = await writePrivateKey(key.key, passphrase, environment.random);
      return putSigner(folder, admitted.chain, { file: KEY_FILE, text });
    },
  };
}

function importCertificate(
  folder: string,
  { certificates, warnings }: KeyMaterial,
  at: Date,
  origin: string,
): Importable {
  const waiting = waitingKey(folder, certificates);
  if (waiting === null) {
    throw new Failure("key-unusable", `${origin} holds a certificate for no key of ${folder}`, [
      "name the file with the private key too",
      "exhibita key request makes a key that waits for its certificate",
    ]);
  }
  const admitted = admitSigner(waiting.publicKey, certificates, at, origin);
  const secret: Secret = secretIn(waiting.location);
  return {
    signer: describeSigner(folder, admitted.chain),
    warnings: [...warnings, ...strayWarnings(admitted)],
    store: async () => {
      const signer = putSigner(folder, admitted.chain, secret);
      if (waiting.shelf === "requests") removeFolder(waiting.location);
      return signer;
    },
  };
}

interface Candidate {
  readonly key: NamedKey;
  readonly admitted: Admitted;
}

/** One key needs no name, and its own fault is told; of several those unfit to sign are passed over. */
function chooseKey(
  { keys, certificates }: KeyMaterial,
  name: string | null,
  at: Date,
  origin: string,
): Candidate {
  const [only, another] = keys;
  if (only !== undefined && another === undefined && name === null) {
    return { key: only, admitted: admitSigner(only.key, certificates, at, origin) };
  }
  const candidates = keys.flatMap((key) => candidateOf(key, certificates, at, origin));
  const matching = candidates.filter((each) => name === null || isNamed(each, name));
  const [first, second] = matching;
  if (first !== undefined && second === undefined) return first;
  const known = candidates.map(({ admitted: { certificate } }) => {
    const fingerprint = fingerprintOf(certificate.der);
    return `--name ${fingerprint.slice(0, 8)} is that of ${holderOf(certificate)}`;
  });
  const count = first === undefined ? "no key" : `${matching.length} keys`;
  const wanted = name === null ? "that may sign" : `called ${name}`;
  throw new Failure("usage", `${origin} holds ${count} ${wanted}`, known);
}

function candidateOf(
  key: NamedKey,
  certificates: readonly Uint8Array[],
  at: Date,
  origin: string,
): readonly Candidate[] {
  try {
    return [{ key, admitted: admitSigner(key.key, certificates, at, origin) }];
  } catch (error) {
    if (error instanceof Failure && error.code === "key-unusable") return [];
    throw error;
  }
}

function isNamed({ key, admitted }: Candidate, name: string): boolean {
  return (
    key.name === name || fingerprintOf(admitted.certificate.der).startsWith(name.toLowerCase())
  );
}

function strayWarnings({ strays }: Admitted): readonly string[] {
  return strays.map(
    (each) => `the certificate of ${holderOf(each)} vouches for nobody here and is left out`,
  );
}
