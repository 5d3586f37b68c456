/** PKCS#10 (RFC 2986), which the schema packages at hand lack. */
import { Attribute } from "@peculiar/asn1-cms";
import { AsnProp, AsnPropTypes } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier, Name, SubjectPublicKeyInfo } from "@peculiar/asn1-x509";

/** CertificationRequestInfo of RFC 2986, section 4.1. */
export class CertificationRequestInfo {
  version = 0;
  subject: Name = new Name();
  subjectPublicKeyInfo: SubjectPublicKeyInfo = new SubjectPublicKeyInfo();
  attributes: Attribute[] = [];
}
AsnProp({ type: AsnPropTypes.Integer })(CertificationRequestInfo.prototype, "version");
AsnProp({ type: Name })(CertificationRequestInfo.prototype, "subject");
AsnProp({ type: SubjectPublicKeyInfo })(CertificationRequestInfo.prototype, "subjectPublicKeyInfo");
AsnProp({ type: Attribute, repeated: "set", context: 0, implicit: true })(
  CertificationRequestInfo.prototype,
  "attributes",
);

/** CertificationRequest of RFC 2986, section 4.2. */
export class CertificationRequest {
  certificationRequestInfo: CertificationRequestInfo = new CertificationRequestInfo();
  signatureAlgorithm: AlgorithmIdentifier = new AlgorithmIdentifier();
  signature: ArrayBuffer = new ArrayBuffer(0);
}
AsnProp({ type: CertificationRequestInfo })(
  CertificationRequest.prototype,
  "certificationRequestInfo",
);
AsnProp({ type: AlgorithmIdentifier })(CertificationRequest.prototype, "signatureAlgorithm");
AsnProp({ type: AsnPropTypes.BitString })(CertificationRequest.prototype, "signature");
