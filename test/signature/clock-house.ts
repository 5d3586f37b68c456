/** A time-stamp authority of synthetic people, whose clock and honesty the tests decide. */
import { createHash, sign } from "node:crypto";
import {
  CMSVersion,
  DigestAlgorithmIdentifier,
  DigestAlgorithmIdentifiers,
  EncapsulatedContent,
  EncapsulatedContentInfo,
  SignatureAlgorithmIdentifier,
} from "@peculiar/asn1-cms";
import { AsnConvert, AsnObjectIdentifierConverter, OctetString } from "@peculiar/asn1-schema";
import {
  BasicConstraints,
  ExtendedKeyUsage,
  type Extension,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_kp_timeStamping,
  KeyUsage,
  KeyUsageFlags,
} from "@peculiar/asn1-x509";
import { orderOf } from "../../src/signature/algorithms.ts";
import { signerIdentifier } from "../../src/signature/assemble.ts";
import { attribute, toBeSigned } from "../../src/signature/attributes.ts";
import { readCertificate } from "../../src/signature/certificate.ts";
import { compareBytes } from "../../src/signature/der.ts";
import { canonicalEcdsa } from "../../src/signature/ecdsa.ts";
import { critical } from "../../src/signature/keys/extensions.ts";
import {
  ID_CONTENT_TYPE,
  ID_MESSAGE_DIGEST,
  ID_SIGNING_CERTIFICATE,
  ID_SIGNING_CERTIFICATE_V2,
  ID_TST_INFO,
} from "../../src/signature/oids.ts";
import {
  bufferOf,
  EcdsaSigValue,
  encode,
  SealedContent,
  SealedData,
  SealedSigner,
} from "../../src/signature/schema.ts";
import {
  type Accuracy,
  AnyEssCertIdV2,
  AnySigningCertificate,
  AnySigningCertificateV2,
  EssCertId,
  MessageImprint,
  TimeStampReq,
  TimeStampResp,
  TstInfo,
} from "../../src/signature/timestamp/schema.ts";
import { type Authority, certify, keyPair, makeRoot, NOW, type Pair } from "./pki.ts";

export interface ClockHouse {
  readonly root: Authority;
  readonly keys: Pair;
  readonly certificate: Uint8Array;
  /** What goes into its tokens. */
  readonly certificates: readonly Uint8Array[];
}

export interface ClockWishes {
  readonly kind?: "P-256" | "P-384" | "P-521" | "RSA-1024" | "RSA-3072";
  readonly name?: string;
  readonly root?: Authority;
  readonly purposes?: Extension;
  readonly validFrom?: Date;
  readonly validTo?: Date;
}

/** RFC 3161, section 2.3. */
export const TIME_STAMPING: Extension = critical(
  id_ce_extKeyUsage,
  new ExtendedKeyUsage([id_kp_timeStamping]),
);

export function makeClockHouse(wishes: ClockWishes = {}): ClockHouse {
  const validity = {
    validFrom: wishes.validFrom ?? new Date("2020-01-01T00:00:00Z"),
    validTo: wishes.validTo ?? new Date("2045-01-01T00:00:00Z"),
  };
  const name = wishes.name ?? "Clock House";
  const root =
    wishes.root ??
    makeRoot(`${name} root`, {
      validFrom: new Date("2010-01-01T00:00:00Z"),
      validTo: new Date("2049-01-01T00:00:00Z"),
    });
  const keys = keyPair(wishes.kind ?? "P-256");
  const extensions = [
    critical(id_ce_basicConstraints, new BasicConstraints({ cA: false })),
    critical(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature)),
    wishes.purposes ?? TIME_STAMPING,
  ];
  const certificate = certify(keys, root, { name, ...validity, extensions });
  return { root, keys, certificate, certificates: [certificate, root.certificate] };
}

export interface TokenWishes {
  readonly time?: string;
  readonly nonce?: Uint8Array;
  /** As openssl and others have it: rsaEncryption or ecdsa-with-SHA256; SHA-256 with NULL. */
  readonly digest?: "sha256" | "sha384" | "sha512";
  readonly ess?: "v1" | "v2" | "v2-sha512" | "both" | "none" | "other";
  readonly accuracy?: Accuracy;
  readonly contentType?: string;
  readonly isLowS?: boolean;
  /** Changes the token before it is signed. */
  readonly change?: (sealed: SealedContent, signer: SealedSigner) => void;
  /** Changes it afterwards. */
  readonly spoil?: (sealed: SealedContent, signer: SealedSigner) => void;
}

const DIGEST_IDS = {
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
} as const;
const ECDSA_IDS = {
  sha256: "1.2.840.10045.4.3.2",
  sha384: "1.2.840.10045.4.3.3",
  sha512: "1.2.840.10045.4.3.4",
} as const;
const RSA = "1.2.840.113549.1.1.1";

/** `20260302093000Z`, the text of a GeneralizedTime. */
export function generalized(time: Date): string {
  return `${time.toISOString().slice(0, 19).replaceAll(/[-:T]/g, "")}Z`;
}

let issued = 0;

/** A token over a SHA-256 digest, signed by the authority. */
export function makeToken(
  house: ClockHouse,
  imprint: Uint8Array,
  wishes: TokenWishes = {},
): Uint8Array {
  const digest = wishes.digest ?? "sha256";
  const info = infoOf(imprint, wishes);
  const isRsa = house.keys.publicKey.asymmetricKeyType === "rsa";
  const signer = new SealedSigner();
  const leaf = readCertificate(house.certificate);
  if (leaf === null) throw new Error("the authority's certificate cannot be read");
  signer.sid = bufferOf(signerIdentifier(leaf));
  signer.digestAlgorithm = digestId(digest);
  signer.signatureAlgorithm = new SignatureAlgorithmIdentifier(
    isRsa ? { algorithm: RSA, parameters: null } : { algorithm: ECDSA_IDS[digest] },
  );
  signer.signedAttrs = attributesOf(house, info, digest, wishes);
  const data = new SealedData();
  data.version = CMSVersion.v3;
  data.digestAlgorithms = new DigestAlgorithmIdentifiers([digestId(digest)]);
  data.encapContentInfo = new EncapsulatedContentInfo({
    eContentType: wishes.contentType ?? ID_TST_INFO,
    eContent: new EncapsulatedContent({ single: new OctetString(info) }),
  });
  data.certificates = house.certificates.map(bufferOf);
  data.signerInfos = [signer];
  const sealed = new SealedContent();
  sealed.content = data;
  wishes.change?.(sealed, signer);
  signer.signature = new OctetString(valueOf(house, signer, digest, wishes.isLowS ?? true));
  wishes.spoil?.(sealed, signer);
  return encode(sealed);
}

function infoOf(imprint: Uint8Array, wishes: TokenWishes): Uint8Array {
  issued += 1;
  const info = new TstInfo();
  info.policy = "1.2.3.4.1";
  info.messageImprint = new MessageImprint();
  info.messageImprint.hashedMessage = new OctetString(imprint);
  info.serialNumber = Uint8Array.of(1 + (issued % 100)).buffer;
  const time = Buffer.from(wishes.time ?? generalized(NOW), "latin1");
  info.genTime = bufferOf(Buffer.concat([Buffer.of(0x18, time.length), time]));
  if (wishes.accuracy !== undefined) info.accuracy = wishes.accuracy;
  if (wishes.nonce !== undefined) info.nonce = bufferOf(wishes.nonce);
  return encode(info);
}

function digestId(digest: keyof typeof DIGEST_IDS): DigestAlgorithmIdentifier {
  return new DigestAlgorithmIdentifier({ algorithm: DIGEST_IDS[digest], parameters: null });
}

function attributesOf(
  house: ClockHouse,
  info: Uint8Array,
  digest: keyof typeof DIGEST_IDS,
  wishes: TokenWishes,
): ArrayBuffer[] {
  const type = encode(AsnObjectIdentifierConverter.toASN(wishes.contentType ?? ID_TST_INFO));
  const hash = createHash(digest).update(info).digest();
  const attributes = [
    attribute(ID_CONTENT_TYPE, type),
    attribute(ID_MESSAGE_DIGEST, encode(new OctetString(hash))),
    ...essOf(house, wishes.ess ?? "v2"),
  ];
  return attributes.toSorted(compareBytes).map(({ buffer }) => buffer);
}

function essOf(
  { certificate, root }: ClockHouse,
  ess: NonNullable<TokenWishes["ess"]>,
): Uint8Array<ArrayBuffer>[] {
  const named = ess === "other" ? root.certificate : certificate;
  const first = new AnySigningCertificate();
  const id = new EssCertId();
  id.certHash = new OctetString(createHash("sha1").update(named).digest());
  first.certs = [id];
  const second = new AnySigningCertificateV2();
  const id2 = new AnyEssCertIdV2();
  const digest = ess === "v2-sha512" ? "sha512" : "sha256";
  if (digest === "sha512") id2.hashAlgorithm = digestId("sha512");
  id2.certHash = new OctetString(createHash(digest).update(named).digest());
  second.certs = [id2];
  return [
    ...(ess === "v1" || ess === "both" ? [attribute(ID_SIGNING_CERTIFICATE, encode(first))] : []),
    ...(ess === "none" || ess === "v1"
      ? []
      : [attribute(ID_SIGNING_CERTIFICATE_V2, encode(second))]),
  ];
}

function valueOf(
  { keys }: ClockHouse,
  { signedAttrs }: SealedSigner,
  digest: string,
  isLowS: boolean,
): Uint8Array {
  const attributes = (signedAttrs ?? []).map((each) => new Uint8Array(each));
  const value = sign(digest, toBeSigned(attributes), keys.privateKey);
  const order = orderOf(keys.publicKey);
  if (order === null) return value;
  const lower = canonicalEcdsa(value, order) ?? value;
  return isLowS ? lower : upperOf(lower, order);
}

/** The other of the two ECDSA values that are equally good. */
export function upperOf(lower: Uint8Array, order: bigint): Uint8Array {
  const pair = AsnConvert.parse(lower, EcdsaSigValue);
  const upper = new EcdsaSigValue();
  upper.r = pair.r;
  upper.s = order - pair.s;
  return encode(upper);
}

/** The reply to a query, granted. */
export function replyTo(
  query: Uint8Array,
  house: ClockHouse,
  wishes: TokenWishes = {},
): Uint8Array {
  const asked = AsnConvert.parse(query, TimeStampReq);
  const imprint = new Uint8Array(asked.messageImprint.hashedMessage.buffer);
  const nonce = new Uint8Array(asked.nonce);
  return granted(makeToken(house, imprint, { nonce, ...wishes }));
}

export function granted(token: Uint8Array, status = 0): Uint8Array {
  const reply = new TimeStampResp();
  reply.status.status = status;
  reply.timeStampToken = bufferOf(token);
  return encode(reply);
}
