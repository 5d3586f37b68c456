/** Signatures whose maker holds the key, but does not keep to the profile. */
import { sign } from "node:crypto";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import type { Signer } from "../../src/model/signature.ts";
import { profileOf } from "../../src/signature/algorithms.ts";
import { toBeSigned } from "../../src/signature/attributes.ts";
import { checkDetached, type SignatureCheck } from "../../src/signature/check.ts";
import { signDetached } from "../../src/signature/cms.ts";
import { compareBytes } from "../../src/signature/der.ts";
import { canonicalEcdsa } from "../../src/signature/ecdsa.ts";
import { encode, SealedContent, type SealedSigner } from "../../src/signature/schema.ts";
import {
  type Authority,
  certify,
  keyPair,
  makeRoot,
  NOW,
  type Pair,
  signerOf,
  trusted,
} from "./pki.ts";

export const CONTENT: Buffer = Buffer.from("manifest");
export const root: Authority = makeRoot("Harbour Unit root", { keys: keyPair("P-256") });
export const keys: Pair = keyPair("P-256");
const leaf = certify(keys, root);
const signer: Signer = signerOf(keys, "ecdsa-p256-sha256", [leaf, root.certificate]);
export const made: Uint8Array = await signDetached(CONTENT, signer, { signingTime: NOW });
export const ORDER: bigint = profileOf("ecdsa-p256-sha256").order ?? 0n;

export function check(der: Uint8Array): SignatureCheck {
  return checkDetached(der, CONTENT, {
    roots: trusted(root.certificate),
    at: NOW,
    certificates: null,
    signingTime: "required",
  });
}

/** The genuine signature with some part changed and, if asked, signed again by its own key. */
export function forge(
  change: (sealed: SealedContent, info: SealedSigner) => void,
  again = true,
): Uint8Array {
  const sealed = AsnConvert.parse(made, SealedContent);
  const [info] = sealed.content.signerInfos;
  if (info === undefined) throw new Error("the signature holds no signer");
  change(sealed, info);
  if (again) info.signature = new OctetString(value(info));
  return encode(sealed);
}

function value({ signedAttrs }: SealedSigner): Uint8Array {
  const attributes = (signedAttrs ?? []).map((each) => new Uint8Array(each));
  const signature = sign("sha256", toBeSigned(attributes), keys.privateKey);
  return canonicalEcdsa(signature, ORDER) ?? signature;
}

/** Elements in the order of a DER SET. */
export function sorted(elements: readonly ArrayBuffer[]): ArrayBuffer[] {
  return elements.toSorted((left, right) =>
    compareBytes(new Uint8Array(left), new Uint8Array(right)),
  );
}

export function buffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
