/** The structures of a time-stamp query, its reply and what it states (RFC 3161, section 2.4). */
import {
  AsnIntegerArrayBufferConverter,
  AsnProp,
  AsnPropTypes,
  OctetString,
} from "@peculiar/asn1-schema";
import { AlgorithmIdentifier } from "@peculiar/asn1-x509";
import { ID_SHA256 } from "../oids.ts";
import { ELEMENT, IssuerSerial } from "../schema.ts";

const LARGE_INTEGER = {
  type: AsnPropTypes.Integer,
  converter: AsnIntegerArrayBufferConverter,
} as const;
const ANY = { type: AsnPropTypes.Any, converter: ELEMENT } as const;

/** What is stamped: the digest of something, and which digest that is. */
export class MessageImprint {
  hashAlgorithm: AlgorithmIdentifier = new AlgorithmIdentifier({
    algorithm: ID_SHA256,
    parameters: null,
  });
  hashedMessage: OctetString = new OctetString();
}
AsnProp({ type: AlgorithmIdentifier })(MessageImprint.prototype, "hashAlgorithm");
AsnProp({ type: OctetString })(MessageImprint.prototype, "hashedMessage");

/** A query that leaves the policy to the authority and asks for its certificates. */
export class TimeStampReq {
  version = 1;
  messageImprint: MessageImprint = new MessageImprint();
  nonce: ArrayBuffer = new ArrayBuffer(0);
  certReq = true;
}
AsnProp({ type: AsnPropTypes.Integer })(TimeStampReq.prototype, "version");
AsnProp({ type: MessageImprint })(TimeStampReq.prototype, "messageImprint");
AsnProp(LARGE_INTEGER)(TimeStampReq.prototype, "nonce");
AsnProp({ type: AsnPropTypes.Boolean })(TimeStampReq.prototype, "certReq");

/** How an authority took a query, with its own words (RFC 3161, section 2.4.2). */
export class PkiStatusInfo {
  status = 0;
  statusString?: string[];
  failInfo?: ArrayBuffer;
}
AsnProp({ type: AsnPropTypes.Integer })(PkiStatusInfo.prototype, "status");
AsnProp({ type: AsnPropTypes.Utf8String, repeated: "sequence", optional: true })(
  PkiStatusInfo.prototype,
  "statusString",
);
AsnProp({ type: AsnPropTypes.BitString, optional: true })(PkiStatusInfo.prototype, "failInfo");

/** A reply; the token stays the bytes it is. */
export class TimeStampResp {
  status: PkiStatusInfo = new PkiStatusInfo();
  timeStampToken?: ArrayBuffer;
}
AsnProp({ type: PkiStatusInfo })(TimeStampResp.prototype, "status");
AsnProp({ ...ANY, optional: true })(TimeStampResp.prototype, "timeStampToken");

/** How far the stated time may be off, in seconds, thousandths and millionths of one. */
export class Accuracy {
  seconds?: number;
  millis?: number;
  micros?: number;
}
const INTEGER = { type: AsnPropTypes.Integer, optional: true } as const;
AsnProp(INTEGER)(Accuracy.prototype, "seconds");
AsnProp({ ...INTEGER, context: 0, implicit: true })(Accuracy.prototype, "millis");
AsnProp({ ...INTEGER, context: 1, implicit: true })(Accuracy.prototype, "micros");

/** TSTInfo: what the authority signs. Its time stays the text it is, which may be finer than a Date. */
export class TstInfo {
  version = 1;
  policy = "";
  messageImprint: MessageImprint = new MessageImprint();
  serialNumber: ArrayBuffer = new ArrayBuffer(0);
  genTime: ArrayBuffer = new ArrayBuffer(0);
  accuracy?: Accuracy;
  ordering = false;
  nonce?: ArrayBuffer;
  tsa?: ArrayBuffer;
  extensions?: ArrayBuffer[];
}
AsnProp({ type: AsnPropTypes.Integer })(TstInfo.prototype, "version");
AsnProp({ type: AsnPropTypes.ObjectIdentifier })(TstInfo.prototype, "policy");
AsnProp({ type: MessageImprint })(TstInfo.prototype, "messageImprint");
AsnProp(LARGE_INTEGER)(TstInfo.prototype, "serialNumber");
AsnProp(ANY)(TstInfo.prototype, "genTime");
AsnProp({ type: Accuracy, optional: true })(TstInfo.prototype, "accuracy");
AsnProp({ type: AsnPropTypes.Boolean, defaultValue: false })(TstInfo.prototype, "ordering");
AsnProp({ ...LARGE_INTEGER, optional: true })(TstInfo.prototype, "nonce");
AsnProp({ ...ANY, context: 0, optional: true })(TstInfo.prototype, "tsa");
AsnProp({ ...ANY, context: 1, implicit: true, repeated: "sequence", optional: true })(
  TstInfo.prototype,
  "extensions",
);

/** ESSCertID of RFC 2634, section 5.4.1, whose digest is SHA-1. */
export class EssCertId {
  certHash: OctetString = new OctetString();
  issuerSerial?: IssuerSerial;
}
AsnProp({ type: OctetString })(EssCertId.prototype, "certHash");
AsnProp({ type: IssuerSerial, optional: true })(EssCertId.prototype, "issuerSerial");

/** ESSCertIDv2 of RFC 5035, section 4, with any digest. */
export class AnyEssCertIdV2 {
  hashAlgorithm?: AlgorithmIdentifier;
  certHash: OctetString = new OctetString();
  issuerSerial?: IssuerSerial;
}
AsnProp({ type: AlgorithmIdentifier, optional: true })(AnyEssCertIdV2.prototype, "hashAlgorithm");
AsnProp({ type: OctetString })(AnyEssCertIdV2.prototype, "certHash");
AsnProp({ type: IssuerSerial, optional: true })(AnyEssCertIdV2.prototype, "issuerSerial");

/** SigningCertificate of RFC 2634, section 5.4. Policies are passed over: none is asked for. */
export class AnySigningCertificate {
  certs: EssCertId[] = [];
  policies?: ArrayBuffer[];
}
AsnProp({ type: EssCertId, repeated: "sequence" })(AnySigningCertificate.prototype, "certs");
AsnProp({ ...ANY, repeated: "sequence", optional: true })(
  AnySigningCertificate.prototype,
  "policies",
);

/** SigningCertificateV2 of RFC 5035, section 3. */
export class AnySigningCertificateV2 {
  certs: AnyEssCertIdV2[] = [];
  policies?: ArrayBuffer[];
}
AsnProp({ type: AnyEssCertIdV2, repeated: "sequence" })(AnySigningCertificateV2.prototype, "certs");
AsnProp({ ...ANY, repeated: "sequence", optional: true })(
  AnySigningCertificateV2.prototype,
  "policies",
);
