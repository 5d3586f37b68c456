/** Takes a time-stamp token apart (RFC 3161, section 2.4.2). Nothing is believed here. */
import { Attribute, CMSVersion } from "@peculiar/asn1-cms";
import { AsnConvert, AsnObjectIdentifierConverter, OctetString } from "@peculiar/asn1-schema";
import { sha256 } from "../../hash/digest.ts";
import type { Sha256 } from "../../model/artifact.ts";
import { type Certificate, readCertificate } from "../certificate.ts";
import { compareBytes, equalBytes, isDer } from "../der.ts";
import { ID_CONTENT_TYPE, ID_MESSAGE_DIGEST, ID_SIGNED_DATA, ID_TST_INFO } from "../oids.ts";
import type { Problem } from "../read.ts";
import { encode, SealedContent, type SealedSigner } from "../schema.ts";
import { TstInfo } from "./schema.ts";
import { timeOf } from "./time.ts";

/** The parts of a token, as they stand in it. */
export interface TokenFields {
  readonly sealed: SealedContent;
  readonly signer: SealedSigner;
  /** As they stand in the token. */
  readonly certificates: readonly Certificate[];
  /** The signed attributes as encoded, in their order, and their values by type. */
  readonly attributes: readonly Uint8Array<ArrayBuffer>[];
  readonly values: ReadonlyMap<string, Uint8Array>;
  /** The DER of the TSTInfo that the authority signed, and what it states. */
  readonly content: Uint8Array;
  readonly info: TstInfo;
  /** genTime. */
  readonly time: Date;
  readonly signature: Uint8Array;
}

/** Bytes of a token or of a whole reply; those in use have 2 to 10 KiB. */
export const MAX_TOKEN: number = 256 * 1024;
const MAX_CERTIFICATES = 16;

/** The parts of a token, or the first reason why it has none that could be judged. */
export function readToken(der: Uint8Array): TokenFields | Problem {
  if (der.length > MAX_TOKEN) return bad(`is longer than ${MAX_TOKEN} bytes`);
  if (!isDer(der)) return bad("is not one structure in DER");
  try {
    const sealed = AsnConvert.parse(der, SealedContent);
    // A CRL, an unsigned attribute, anything else that is no part of the structure is not written again.
    if (!equalBytes(encode(sealed), der))
      return bad("holds more than a token of this profile does");
    return fieldsOf(sealed);
  } catch {
    return bad("is no SignedData of this profile");
  }
}

/** Tells the two results of `readToken` apart. */
export function isUnreadable(result: TokenFields | Problem): result is Problem {
  return "word" in result;
}

function fieldsOf(sealed: SealedContent): TokenFields | Problem {
  const { version, encapContentInfo, signerInfos } = sealed.content;
  const [signer, another] = signerInfos;
  const content = encapContentInfo.eContent?.single;
  // RFC 5652, section 5.1: 3 where the content is not plain data; section 5.3: 1 by issuer and serial.
  if (sealed.contentType !== ID_SIGNED_DATA || version !== CMSVersion.v3) {
    return bad("is not signed data of version 3");
  }
  if (encapContentInfo.eContentType !== ID_TST_INFO || content === undefined) {
    return bad("does not hold a TSTInfo");
  }
  if (signer === undefined || another !== undefined) return bad("does not have exactly one signer");
  if (signer.version !== CMSVersion.v1) return bad("does not name its signer by issuer and serial");
  if (signer.unsignedAttrs !== undefined) return bad("has unsigned attributes");
  const certificates = certificatesOf(sealed.content.certificates ?? []);
  if (certificates === null) return bad("holds no certificate, too many, or an unreadable one");
  const attributes = (signer.signedAttrs ?? []).map((each) => new Uint8Array(each));
  const values = valuesOf(attributes);
  if (values === null) return bad("has signed attributes that are not in their one form");
  const info = AsnConvert.parse(content.buffer, TstInfo);
  const time = timeOf(new Uint8Array(info.genTime));
  if (info.version !== 1 || time === null) return bad("states its time in no form of RFC 3161");
  return {
    sealed,
    signer,
    certificates,
    attributes,
    values,
    content: new Uint8Array(content.buffer),
    info,
    time,
    signature: new Uint8Array(signer.signature.buffer),
  };
}

function certificatesOf(encoded: readonly ArrayBuffer[]): readonly Certificate[] | null {
  if (encoded.length === 0 || encoded.length > MAX_CERTIFICATES) return null;
  const certificates = encoded.map((each) => readCertificate(new Uint8Array(each)));
  return certificates.every((each) => each !== null) ? certificates : null;
}

/**
 * Attribute values by type. Null where the attributes are not in the order of a DER SET, which is what
 * is signed, where a type comes twice, or where one has not exactly one value.
 */
function valuesOf(encoded: readonly Uint8Array[]): ReadonlyMap<string, Uint8Array> | null {
  const values = new Map<string, Uint8Array>();
  for (const [index, each] of encoded.entries()) {
    const before = encoded[index - 1];
    if (before !== undefined && compareBytes(before, each) > 0) return null;
    const { attrType, attrValues } = AsnConvert.parse(each, Attribute);
    const [value] = attrValues;
    if (value === undefined || attrValues.length !== 1 || values.has(attrType)) return null;
    values.set(attrType, new Uint8Array(value));
  }
  return values;
}

/** Whether the signed attributes say that what was signed is a TSTInfo with this digest. */
export function namesContent({ values }: TokenFields, digest: Uint8Array): boolean {
  const type = values.get(ID_CONTENT_TYPE);
  const stated = values.get(ID_MESSAGE_DIGEST);
  return (
    type !== undefined &&
    stated !== undefined &&
    equalBytes(type, encode(AsnObjectIdentifierConverter.toASN(ID_TST_INFO))) &&
    equalBytes(stated, encode(new OctetString(digest)))
  );
}

/**
 * A digest of what a token's own signature does not cover: its algorithms, its certificates in their
 * order and the name of its signer. Two tokens that one machine of an authority made have the same.
 */
export function envelopeOf({ sealed, signer, certificates }: TokenFields): Sha256 {
  const { digestAlgorithms } = sealed.content;
  const algorithms = [...digestAlgorithms, signer.digestAlgorithm, signer.signatureAlgorithm];
  const parts = [
    ...algorithms.map(encode),
    ...certificates.map(({ der }) => der),
    new Uint8Array(signer.sid),
  ];
  // Each part is one element in DER, so that none can pass for the end of the one before.
  return sha256(Buffer.concat(parts));
}

function bad(detail: string): Problem {
  return { word: "BAD SIGNATURE", detail: `the time-stamp ${detail}` };
}
