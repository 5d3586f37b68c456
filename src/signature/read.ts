/** Takes a signature apart. Nothing is believed here; `check.ts` judges what was read. */
import { Attribute } from "@peculiar/asn1-cms";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { Time } from "@peculiar/asn1-x509";
import { type Certificate, hasUnreadableKey, readCertificate } from "./certificate.ts";
import { isDer } from "./der.ts";
import {
  ID_CONTENT_TYPE,
  ID_DATA,
  ID_MESSAGE_DIGEST,
  ID_SIGNATURE_TIME_STAMP,
  ID_SIGNED_DATA,
  ID_SIGNING_CERTIFICATE_V2,
  ID_SIGNING_TIME,
} from "./oids.ts";
import { SealedContent, type SealedData, type SealedSigner } from "./schema.ts";

/** Why a signature fails: a word of the table of attacks, and what exactly is wrong. */
export interface Problem {
  readonly word: "BAD SIGNATURE" | "UNSUPPORTED" | "BAD KEY" | "ALTERED" | "UNSIGNED";
  readonly detail: string;
}

export interface SignatureFields {
  readonly signed: SealedData;
  readonly signer: SealedSigner;
  readonly certificates: readonly Certificate[];
  /** The signed attributes as encoded, in the order they stand in. */
  readonly attributes: readonly Uint8Array<ArrayBuffer>[];
  readonly messageDigest: Uint8Array;
  readonly signingTime: Date | null;
  readonly signature: Uint8Array;
  readonly timestampToken: Uint8Array<ArrayBuffer> | null;
}

/** A signature with its certificates and one time-stamp token stays far below this. */
const MAX_BYTES = 256 * 1024;
const MAX_CERTIFICATES = 16;

/** The parts of a signature, or the first reason why it has none that could be judged. */
export function readSignature(der: Uint8Array): SignatureFields | Problem {
  if (der.length === 0) return { word: "UNSIGNED", detail: "the signature is empty" };
  if (der.length > MAX_BYTES) return bad(`the signature is longer than ${MAX_BYTES} bytes`);
  if (!isDer(der)) return bad("the signature is not one structure in DER");
  try {
    return fieldsOf(AsnConvert.parse(der, SealedContent));
  } catch {
    return bad("the signature is not a SignedData of this profile");
  }
}

/** Tells the two results of `readSignature` apart. */
export function isProblem(result: SignatureFields | Problem): result is Problem {
  return "word" in result;
}

function fieldsOf(sealed: SealedContent): SignatureFields | Problem {
  if (sealed.contentType !== ID_SIGNED_DATA) return bad("the content type is not signed-data");
  const signed = sealed.content;
  const [signer, another] = signed.signerInfos;
  if (signer === undefined) return { word: "UNSIGNED", detail: "the signature holds no signer" };
  if (another !== undefined) return bad("the signature holds more than one signer");
  const { eContent, eContentType } = signed.encapContentInfo;
  if (eContent !== undefined) return bad("the signature carries content of its own");
  if (eContentType !== ID_DATA) return bad("the signed content is not declared as data");
  const certificates = certificatesOf(signed.certificates ?? []);
  return isList(certificates) ? attributesOf(signed, signer, certificates) : certificates;
}

function isList(result: readonly Certificate[] | Problem): result is readonly Certificate[] {
  return Array.isArray(result);
}

function certificatesOf(encoded: readonly ArrayBuffer[]): readonly Certificate[] | Problem {
  if (encoded.length === 0) return bad("the signature holds no certificate");
  if (encoded.length > MAX_CERTIFICATES) {
    return bad(`the signature holds more than ${MAX_CERTIFICATES} certificates`);
  }
  const certificates: Certificate[] = [];
  for (const each of encoded) {
    const der = new Uint8Array(each);
    const certificate = readCertificate(der);
    if (certificate === null) {
      return hasUnreadableKey(der)
        ? {
            word: "BAD KEY",
            detail: "the key of a certificate in the signature is no point or number",
          }
        : bad("a certificate in the signature cannot be read");
    }
    certificates.push(certificate);
  }
  return certificates;
}

function attributesOf(
  signed: SealedData,
  signer: SealedSigner,
  certificates: readonly Certificate[],
): SignatureFields | Problem {
  if (signer.signedAttrs === undefined) return bad("the signature has no signed attributes");
  const values = valuesOf(signer.signedAttrs);
  if (values === null) return bad("a signed attribute does not hold exactly one value");
  for (const type of values.keys()) {
    if (!SIGNED_TYPES.has(type)) return altered(`signed attribute ${type} is not of this profile`);
  }
  for (const [type, name] of REQUIRED) {
    if (!values.has(type)) return bad(`the signed attribute ${name} is missing`);
  }
  const token = timestampOf(signer.unsignedAttrs);
  if (token !== null && "word" in token) return token;
  const time = values.get(ID_SIGNING_TIME);
  return {
    signed,
    signer,
    certificates,
    attributes: signer.signedAttrs.map((each) => new Uint8Array(each)),
    messageDigest: digestOf(values.get(ID_MESSAGE_DIGEST)),
    signingTime: time === undefined ? null : AsnConvert.parse(time, Time).getTime(),
    signature: new Uint8Array(signer.signature.buffer),
    timestampToken: token,
  };
}

const REQUIRED: readonly (readonly [string, string])[] = [
  [ID_CONTENT_TYPE, "content-type"],
  [ID_MESSAGE_DIGEST, "message-digest"],
  [ID_SIGNING_CERTIFICATE_V2, "signing-certificate-v2"],
];
const SIGNED_TYPES: ReadonlySet<string> = new Set([
  ...REQUIRED.map(([type]) => type),
  ID_SIGNING_TIME,
]);

function digestOf(value: Uint8Array | undefined): Uint8Array {
  if (value === undefined) return new Uint8Array();
  return new Uint8Array(AsnConvert.parse(value, OctetString).buffer);
}

/** Attribute values by type; null where a type comes twice or an attribute has not one value. */
function valuesOf(encoded: readonly ArrayBuffer[]): ReadonlyMap<string, Uint8Array> | null {
  const values = new Map<string, Uint8Array>();
  for (const each of encoded) {
    const { attrType, attrValues } = AsnConvert.parse(each, Attribute);
    const [value] = attrValues;
    if (value === undefined || attrValues.length !== 1 || values.has(attrType)) return null;
    values.set(attrType, new Uint8Array(value));
  }
  return values;
}

function timestampOf(
  unsigned: readonly ArrayBuffer[] | undefined,
): Uint8Array<ArrayBuffer> | Problem | null {
  if (unsigned === undefined) return null;
  const values = valuesOf(unsigned);
  const token = values?.get(ID_SIGNATURE_TIME_STAMP);
  if (values === null || token === undefined || values.size !== 1) {
    return altered("the unsigned attributes are not one signature time-stamp");
  }
  return new Uint8Array(token);
}

function bad(detail: string): Problem {
  return { word: "BAD SIGNATURE", detail };
}

function altered(detail: string): Problem {
  return { word: "ALTERED", detail };
}
