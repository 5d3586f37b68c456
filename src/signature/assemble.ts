/**
 * The one encoding of a signature, given its parts. Signing writes it; checking writes it again from
 * what it read and compares, so that no byte of a signature is outside a check.
 */
import {
  DigestAlgorithmIdentifiers,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignerIdentifier,
} from "@peculiar/asn1-cms";
import { OctetString } from "@peculiar/asn1-schema";
import { type AlgorithmProfile, digestIdentifier, signatureIdentifier } from "./algorithms.ts";
import {
  attribute,
  type EncodedAttribute,
  type FixedAttributes,
  fixedAttributes,
} from "./attributes.ts";
import type { Certificate } from "./certificate.ts";
import { compareBytes } from "./der.ts";
import { ID_DATA, ID_SIGNATURE_TIME_STAMP } from "./oids.ts";
import { bufferOf, encode, SealedContent, SealedData, SealedSigner } from "./schema.ts";

/** What stays the same for every signature of one signer. */
export interface SignerIdentity {
  readonly profile: AlgorithmProfile;
  readonly certificate: Certificate;
  /** All certificates of the signature, in the order of a DER SET. */
  readonly certificates: readonly ArrayBuffer[];
  readonly sid: ArrayBuffer;
  readonly fixed: FixedAttributes;
}

/** What one signature adds. */
export interface SignatureParts {
  readonly attributes: readonly EncodedAttribute[];
  readonly signature: Uint8Array;
  /** The RFC 3161 token over the signature value; null for a baseline B signature. */
  readonly timestampToken: Uint8Array | null;
}

/** `certificates` are all that a signature is to hold, the signer's own among them. */
export function identityOf(
  certificate: Certificate,
  profile: AlgorithmProfile,
  certificates: readonly Uint8Array[],
): SignerIdentity {
  return {
    profile,
    certificate,
    certificates: certificates.toSorted(compareBytes).map(bufferOf),
    ...fixedParts(certificate),
  };
}

interface FixedParts {
  readonly sid: ArrayBuffer;
  readonly fixed: FixedAttributes;
}

const FIXED_PARTS = new WeakMap<Certificate, FixedParts>();

function fixedParts(certificate: Certificate): FixedParts {
  const known = FIXED_PARTS.get(certificate);
  if (known !== undefined) return known;
  const parts: FixedParts = {
    sid: encodeIdentifier(certificate),
    fixed: fixedAttributes(certificate),
  };
  FIXED_PARTS.set(certificate, parts);
  return parts;
}

/** The SignerIdentifier of a certificate in DER: issuer and serial number. */
export function signerIdentifier(certificate: Certificate): Uint8Array {
  return new Uint8Array(fixedParts(certificate).sid);
}

function encodeIdentifier(certificate: Certificate): ArrayBuffer {
  const { issuer, serialNumber } = certificate.fields.tbsCertificate;
  const issuerAndSerialNumber = new IssuerAndSerialNumber({ issuer, serialNumber });
  return encode(new SignerIdentifier({ issuerAndSerialNumber })).buffer;
}

/** The ContentInfo in DER: SignedData of version 1, detached, with one SignerInfo. */
export function assemble(identity: SignerIdentity, parts: SignatureParts): Uint8Array {
  const signed = new SealedData();
  signed.digestAlgorithms = new DigestAlgorithmIdentifiers([digestIdentifier(identity.profile)]);
  signed.encapContentInfo = new EncapsulatedContentInfo({ eContentType: ID_DATA });
  signed.certificates = [...identity.certificates];
  signed.signerInfos = [signerInfo(identity, parts)];
  const sealed = new SealedContent();
  sealed.content = signed;
  return encode(sealed);
}

function signerInfo(identity: SignerIdentity, parts: SignatureParts): SealedSigner {
  const { attributes, signature, timestampToken } = parts;
  const info = new SealedSigner();
  info.sid = identity.sid;
  info.digestAlgorithm = digestIdentifier(identity.profile);
  info.signedAttrs = attributes.map(({ buffer }) => buffer);
  info.signatureAlgorithm = signatureIdentifier(identity.profile);
  info.signature = new OctetString(signature);
  if (timestampToken !== null) info.unsignedAttrs = [timestampAttribute(timestampToken)];
  return info;
}

/** The unsigned attribute signature-time-stamp with this token (RFC 3161, appendix A), in DER. */
export function timestampAttribute(token: Uint8Array): ArrayBuffer {
  return attribute(ID_SIGNATURE_TIME_STAMP, new Uint8Array(token)).buffer;
}
