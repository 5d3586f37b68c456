/** Puts tokens into signatures, and brings them to the form in which they are kept. */
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { Failure } from "../../model/failure.ts";
import { orderOf } from "../algorithms.ts";
import { timestampAttribute } from "../assemble.ts";
import { canonicalEcdsa } from "../ecdsa.ts";
import { isProblem, readSignature } from "../read.ts";
import { encode, SealedContent } from "../schema.ts";
import { signerIdentifier } from "../assemble.ts";
import { equalBytes } from "../der.ts";
import { isUnreadable, readToken } from "./token.ts";

/**
 * The signature value of a CMS signature: what its time-stamp is over (RFC 3161, appendix A).
 *
 * @throws Failure `bug` for bytes that are no signature of this profile
 */
export function signatureValueOf(cms: Uint8Array): Uint8Array {
  const fields = readSignature(cms);
  if (isProblem(fields)) throw new Failure("bug", fields.detail);
  return fields.signature;
}

/**
 * The signature with a token as its one unsigned attribute: CAdES and PAdES baseline T.
 *
 * @throws Failure `bug` for bytes that are no signature of this profile, or one that has a token
 */
export function withToken(cms: Uint8Array, token: Uint8Array): Uint8Array {
  const fields = readSignature(cms);
  if (isProblem(fields)) throw new Failure("bug", fields.detail);
  if (fields.timestampToken !== null) {
    throw new Failure("bug", "the signature has a time-stamp already");
  }
  const sealed = AsnConvert.parse(cms, SealedContent);
  for (const signer of sealed.content.signerInfos) {
    signer.unsignedAttrs = [timestampAttribute(token)];
  }
  return encode(sealed);
}

/**
 * A token as an authority sent it, its ECDSA value brought to the lower of the two that are equally
 * good. Every other byte stays, and so does the whole of a token that cannot be read or is of RSA.
 */
export function kept(token: Uint8Array): Uint8Array {
  const fields = readToken(token);
  if (isUnreadable(fields)) return token;
  const sid = new Uint8Array(fields.signer.sid);
  const leaf = fields.certificates.find((each) => equalBytes(signerIdentifier(each), sid));
  const order = leaf === undefined ? null : orderOf(leaf.x509.publicKey);
  const lower = order === null ? null : canonicalEcdsa(fields.signature, order);
  if (lower === null || equalBytes(lower, fields.signature)) return token;
  const sealed = AsnConvert.parse(token, SealedContent);
  for (const signer of sealed.content.signerInfos) signer.signature = new OctetString(lower);
  return encode(sealed);
}
