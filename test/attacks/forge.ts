/** Signatures and certificates whose maker holds the keys, but does not keep to the profile. */
import { type KeyObject, sign } from "node:crypto";
import type { Signer } from "../../src/model/signature.ts";
import { pemOf } from "../../src/signature/pem.ts";
import type { Authority } from "../signature/pki.ts";
import { at, encode, leaf, type Node, parse, sortSet } from "./der.ts";
import { contentOf, edited, type Files, LIST, relisted, SIGNATURE, signatureOf } from "./reseal.ts";

/** The parts of a signature, which may be changed in place. */
export interface Cms {
  readonly content: Node;
  readonly certificates: Node;
  readonly info: Node;
  readonly attributes: Node;
}

function partsOf(root: Node): Cms {
  const content = at(root, 1, 0);
  const info = at(content, 4, 0);
  return { content, certificates: at(content, 3), info, attributes: at(info, 3) };
}

/** The signature with its parts changed, its value as it was. */
export function recut(cms: Buffer, change: (parts: Cms) => void): Buffer {
  const root = parse(cms);
  change(partsOf(root));
  return encode(root);
}

/** The signature with its parts changed and signed again by its own key. */
export async function reforged(
  cms: Buffer,
  signer: Signer,
  change: (parts: Cms) => void,
): Promise<Buffer> {
  const root = parse(cms);
  const parts = partsOf(root);
  change(parts);
  const told = encode({ ...parts.attributes, tag: 0x31 });
  const position = parts.info.parts.findLastIndex(({ tag }) => tag === 0x04);
  parts.info.parts[position] = leaf(0x04, Buffer.from(await lowered(signer, told)));
  return encode(root);
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Signs; of the two values of P-256 that with the lower s. */
async function lowered(signer: Signer, told: Buffer): Promise<Buffer> {
  const value = Buffer.from(await signer.sign(told));
  if (signer.algorithm !== "ecdsa-p256-sha256") return value;
  const s = BigInt(`0x${at(parse(value), 1).bytes.toString("hex")}`);
  return s > ORDER / 2n ? otherS(value) : value;
}

/** The other value that the same key could have made: (r, n - s). */
export function otherS(value: Buffer): Buffer {
  const pair = parse(value);
  const number = at(pair, 1);
  const s = ORDER - BigInt(`0x${number.bytes.toString("hex")}`);
  const digits = s.toString(16);
  const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
  number.bytes = (bytes[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
  return encode(pair);
}

/** The certificate with another public key, signed by its P-384 issuer: what a careless agency could issue. */
export function withKey(certificate: Uint8Array, spki: Buffer, issuer: KeyObject): Buffer {
  const root = parse(Buffer.from(certificate));
  const tbs = at(root, 0);
  const position = tbs.parts.findIndex(
    ({ tag, parts }) => tag === 0x30 && parts.length === 2 && parts[1]?.tag === 0x03,
  );
  tbs.parts[position] = parse(spki);
  const value = sign("sha384", encode(tbs), issuer);
  at(root, 2).bytes = Buffer.concat([Buffer.of(0), value]);
  return encode(root);
}

/**
 * A bundle's files with a signature that names `certificate` as its signer's. Its value is the old one:
 * nobody can sign with such a key, and whether it is fit must be asked before its value is.
 */
export async function signedAs(
  files: Files,
  signer: Signer,
  certificate: Buffer,
  authority: Authority,
): Promise<Files> {
  const chain = [certificate, Buffer.from(authority.certificate)];
  const listed = relisted(files, { "certs/signer-chain.pem": pemOf(chain) });
  const genuine = await signatureOf(contentOf(listed, LIST), signer);
  const tbs = at(parse(certificate), 0);
  const cms = recut(genuine, ({ certificates, info }) => {
    certificates.parts = chain.map(parse);
    sortSet(certificates);
    at(info, 1).parts = [at(tbs, 3), at(tbs, 1)];
  });
  return edited(listed, { [SIGNATURE]: cms });
}
