/** The signed attributes of the profile: exactly these, each with one value, in DER order. */
import { Attribute } from "@peculiar/asn1-cms";
import { AsnObjectIdentifierConverter, OctetString } from "@peculiar/asn1-schema";
import { GeneralName, GeneralNames, Time } from "@peculiar/asn1-x509";
import { createHash } from "node:crypto";
import type { Certificate } from "./certificate.ts";
import { compareBytes } from "./der.ts";
import {
  ID_CONTENT_TYPE,
  ID_DATA,
  ID_MESSAGE_DIGEST,
  ID_SIGNING_CERTIFICATE_V2,
  ID_SIGNING_TIME,
} from "./oids.ts";
import { ElementSet, encode, EssCertIdV2, IssuerSerial, SigningCertificateV2 } from "./schema.ts";

/** An Attribute of RFC 5652, section 5.3, in DER. */
export type EncodedAttribute = Uint8Array<ArrayBuffer>;

/** The two attributes that are the same in every signature of one signer. */
export type FixedAttributes = readonly EncodedAttribute[];

/** content-type and signing-certificate-v2 of a signer, to be made once and used often. */
export function fixedAttributes(certificate: Certificate): FixedAttributes {
  const contentType = encode(AsnObjectIdentifierConverter.toASN(ID_DATA));
  return [
    attribute(ID_CONTENT_TYPE, contentType),
    attribute(ID_SIGNING_CERTIFICATE_V2, encode(signingCertificate(certificate))),
  ];
}

/**
 * The fixed ones with message-digest and, unless the time is null, signing-time. PAdES leaves the
 * time out: there it stands in the PDF (EN 319 142-1, section 6.3).
 */
export function signedAttributes(
  fixed: FixedAttributes,
  messageDigest: Uint8Array,
  signingTime: Date | null,
): readonly EncodedAttribute[] {
  const attributes = [
    ...fixed,
    attribute(ID_MESSAGE_DIGEST, encode(new OctetString(messageDigest))),
    ...(signingTime === null ? [] : [attribute(ID_SIGNING_TIME, encode(new Time(signingTime)))]),
  ];
  return attributes.toSorted(compareBytes);
}

function signingCertificate(certificate: Certificate): SigningCertificateV2 {
  const { issuer, serialNumber } = certificate.fields.tbsCertificate;
  const issuerSerial = new IssuerSerial();
  issuerSerial.issuer = new GeneralNames([new GeneralName({ directoryName: issuer })]);
  issuerSerial.serialNumber = serialNumber;
  const id = new EssCertIdV2();
  id.certHash = new OctetString(createHash("sha256").update(certificate.der).digest());
  id.issuerSerial = issuerSerial;
  const value = new SigningCertificateV2();
  value.certs = [id];
  return value;
}

/** The bytes a signer signs: the attributes as a SET OF (RFC 5652, section 5.4). */
export function toBeSigned(attributes: readonly EncodedAttribute[]): Uint8Array {
  const set = new ElementSet();
  set.elements = attributes.map(({ buffer }) => buffer);
  return encode(set);
}

/** One attribute with one value. */
export function attribute(type: string, value: Uint8Array<ArrayBuffer>): EncodedAttribute {
  return encode(new Attribute({ attrType: type, attrValues: [value.buffer] }));
}
