/** The object identifiers of the signature profile, under the names of their standards. */

/** RFC 5652. */
export const ID_DATA = "1.2.840.113549.1.7.1";
export const ID_SIGNED_DATA = "1.2.840.113549.1.7.2";
export const ID_CONTENT_TYPE = "1.2.840.113549.1.9.3";
export const ID_MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
export const ID_SIGNING_TIME = "1.2.840.113549.1.9.5";
/** RFC 2634, section 5.4, and RFC 5035. */
export const ID_SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
export const ID_SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
/** RFC 3161, section 2.4.2 and appendix A. */
export const ID_TST_INFO = "1.2.840.113549.1.9.16.1.4";
export const ID_SIGNATURE_TIME_STAMP = "1.2.840.113549.1.9.16.2.14";

/** RFC 5754 and RFC 5758. */
export const ID_SHA256 = "2.16.840.1.101.3.4.2.1";
export const ID_SHA384 = "2.16.840.1.101.3.4.2.2";
export const ID_SHA512 = "2.16.840.1.101.3.4.2.3";
export const ID_ECDSA_SHA256 = "1.2.840.10045.4.3.2";
export const ID_ECDSA_SHA384 = "1.2.840.10045.4.3.3";
export const ID_ECDSA_SHA512 = "1.2.840.10045.4.3.4";
export const ID_RSA = "1.2.840.113549.1.1.1";
export const ID_RSA_SHA256 = "1.2.840.113549.1.1.11";
export const ID_RSA_SHA384 = "1.2.840.113549.1.1.12";
export const ID_RSA_SHA512 = "1.2.840.113549.1.1.13";

/** RFC 5480. */
export const ID_EC_PUBLIC_KEY = "1.2.840.10045.2.1";
export const ID_P256 = "1.2.840.10045.3.1.7";
export const ID_P384 = "1.3.132.0.34";
export const ID_P521 = "1.3.132.0.35";

/** RFC 9336. */
export const ID_KP_DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36";

/** RFC 4519, section 2. */
export const ID_COMMON_NAME = "2.5.4.3";
export const ID_ORGANIZATION = "2.5.4.10";

/** RFC 8018 and RFC 7914. */
export const ID_PBES2 = "1.2.840.113549.1.5.13";
export const ID_SCRYPT = "1.3.6.1.4.1.11591.4.11";
export const ID_AES256_CBC = "2.16.840.1.101.3.4.1.42";
