/**
 * The ASN.1 structures that the schema packages lack, or hold in a form that forgets the bytes a
 * certificate was read from. Declared by function, since decorators are not erasable syntax.
 */
import {
  CMSVersion,
  DigestAlgorithmIdentifier,
  DigestAlgorithmIdentifiers,
  EncapsulatedContentInfo,
  SignatureAlgorithmIdentifier,
} from "@peculiar/asn1-cms";
import {
  AsnIntegerArrayBufferConverter,
  AsnIntegerBigIntConverter,
  AsnOctetStringConverter,
  AsnProp,
  AsnPropTypes,
  AsnSerializer,
  AsnType,
  AsnTypeTypes,
  type IAsnConverter,
  OctetString,
} from "@peculiar/asn1-schema";
import { GeneralNames } from "@peculiar/asn1-x509";
import { elementOf } from "./der.ts";
import { ID_SIGNED_DATA } from "./oids.ts";

/** IssuerSerial of RFC 5035, section 5. */
export class IssuerSerial {
  issuer: GeneralNames = new GeneralNames();
  serialNumber: ArrayBuffer = new ArrayBuffer(0);
}
AsnProp({ type: GeneralNames })(IssuerSerial.prototype, "issuer");
AsnProp({ type: AsnPropTypes.Integer, converter: AsnIntegerArrayBufferConverter })(
  IssuerSerial.prototype,
  "serialNumber",
);

/**
 * ESSCertIDv2 of RFC 5035, section 4, as this profile writes it: the digest is SHA-256, which is the
 * DEFAULT of hashAlgorithm, and DER leaves a default out.
 */
export class EssCertIdV2 {
  certHash: OctetString = new OctetString();
  issuerSerial: IssuerSerial = new IssuerSerial();
}
AsnProp({ type: OctetString })(EssCertIdV2.prototype, "certHash");
AsnProp({ type: IssuerSerial })(EssCertIdV2.prototype, "issuerSerial");

/** SigningCertificateV2 of RFC 5035, section 3, without policies. */
export class SigningCertificateV2 {
  certs: EssCertIdV2[] = [];
}
AsnProp({ type: EssCertIdV2, repeated: "sequence" })(SigningCertificateV2.prototype, "certs");

/**
 * One element held as the bytes it is. The packages' own open type decodes the bytes of every
 * certificate and attribute to encode them again, which takes most of the time of a signature; here
 * an OCTET STRING takes over their content and then their tag.
 */
export const ELEMENT: IAsnConverter<ArrayBuffer> = {
  fromASN: (block) => new Uint8Array(block.valueBeforeDecodeView).buffer,
  toASN: (bytes) => {
    const { tag, content } = elementOf(new Uint8Array(bytes));
    const block = AsnOctetStringConverter.toASN(bytes.slice(content));
    block.idBlock.tagNumber = tag & 0x1f;
    block.idBlock.isConstructed = (tag & 0x20) !== 0;
    return block;
  },
};
const ELEMENTS = { type: AsnPropTypes.Any, converter: ELEMENT, repeated: "set" } as const;

/** SET OF anything; the SignedAttributes of RFC 5652, section 5.3, under the tag they are signed with. */
export class ElementSet {
  elements: ArrayBuffer[] = [];
}
AsnType({ type: AsnTypeTypes.Choice })(ElementSet);
AsnProp(ELEMENTS)(ElementSet.prototype, "elements");

/** SignerInfo of RFC 5652, section 5.3, whose signer and attributes stay the bytes they are. */
export class SealedSigner {
  version: CMSVersion = CMSVersion.v1;
  sid: ArrayBuffer = new ArrayBuffer(0);
  digestAlgorithm: DigestAlgorithmIdentifier = new DigestAlgorithmIdentifier();
  signedAttrs?: ArrayBuffer[];
  signatureAlgorithm: SignatureAlgorithmIdentifier = new SignatureAlgorithmIdentifier();
  signature: OctetString = new OctetString();
  unsignedAttrs?: ArrayBuffer[];
}
AsnProp({ type: AsnPropTypes.Integer })(SealedSigner.prototype, "version");
AsnProp({ type: AsnPropTypes.Any, converter: ELEMENT })(SealedSigner.prototype, "sid");
AsnProp({ type: DigestAlgorithmIdentifier })(SealedSigner.prototype, "digestAlgorithm");
AsnProp({ ...ELEMENTS, context: 0, implicit: true, optional: true })(
  SealedSigner.prototype,
  "signedAttrs",
);
AsnProp({ type: SignatureAlgorithmIdentifier })(SealedSigner.prototype, "signatureAlgorithm");
AsnProp({ type: OctetString })(SealedSigner.prototype, "signature");
AsnProp({ ...ELEMENTS, context: 1, implicit: true, optional: true })(
  SealedSigner.prototype,
  "unsignedAttrs",
);

/** SignedData of RFC 5652, section 5.1, whose certificates stay the bytes they are. */
export class SealedData {
  version: CMSVersion = CMSVersion.v1;
  digestAlgorithms: DigestAlgorithmIdentifiers = new DigestAlgorithmIdentifiers();
  encapContentInfo: EncapsulatedContentInfo = new EncapsulatedContentInfo();
  certificates?: ArrayBuffer[];
  signerInfos: SealedSigner[] = [];
}
AsnProp({ type: AsnPropTypes.Integer })(SealedData.prototype, "version");
AsnProp({ type: DigestAlgorithmIdentifiers })(SealedData.prototype, "digestAlgorithms");
AsnProp({ type: EncapsulatedContentInfo })(SealedData.prototype, "encapContentInfo");
AsnProp({ ...ELEMENTS, context: 0, implicit: true, optional: true })(
  SealedData.prototype,
  "certificates",
);
AsnProp({ type: SealedSigner, repeated: "set" })(SealedData.prototype, "signerInfos");

/** ContentInfo of RFC 5652, section 3, for SignedData alone. */
export class SealedContent {
  contentType: string = ID_SIGNED_DATA;
  content: SealedData = new SealedData();
}
AsnProp({ type: AsnPropTypes.ObjectIdentifier })(SealedContent.prototype, "contentType");
AsnProp({ type: SealedData, context: 0 })(SealedContent.prototype, "content");

/** ECDSA-Sig-Value of RFC 3279, section 2.2.3. */
export class EcdsaSigValue {
  r: bigint = 0n;
  s: bigint = 0n;
}
AsnProp({ type: AsnPropTypes.Integer, converter: AsnIntegerBigIntConverter })(
  EcdsaSigValue.prototype,
  "r",
);
AsnProp({ type: AsnPropTypes.Integer, converter: AsnIntegerBigIntConverter })(
  EcdsaSigValue.prototype,
  "s",
);

/** The encoding of a structure as bytes. */
export function encode(structure: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(AsnSerializer.serialize(structure));
}

/** A copy of bytes as the ArrayBuffer that the schema packages hold open types in. */
export function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
