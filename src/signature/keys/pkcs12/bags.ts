/** The parts of a PKCS#12 file, its safes, and what lies in them, its bags (RFC 7292, section 4). */
import { type ContentInfo, EncryptedContentInfo } from "@peculiar/asn1-cms";
import {
  CertBag,
  id_certBag,
  id_keyBag,
  id_pkcs8ShroudedKeyBag,
  id_SafeContents,
  id_x509Certificate,
  type SafeBag,
  SafeContents,
} from "@peculiar/asn1-pfx";
import { EncryptedPrivateKeyInfo } from "@peculiar/asn1-pkcs8";
import { AsnConvert, AsnProp, AsnPropTypes, OctetString } from "@peculiar/asn1-schema";
import type { AlgorithmIdentifier } from "@peculiar/asn1-x509";
import { ID_DATA } from "../../oids.ts";
import { keyOfPkcs8, type NamedKey } from "../material.ts";
import { bytesOf, type Protection, protectionOf } from "./protection.ts";
import { damaged, unreadable, wrongPassphrase } from "./refusals.ts";

/** EncryptedData of RFC 5652, section 8, which the schema package lacks. */
class EncryptedData {
  version = 0;
  encryptedContentInfo: EncryptedContentInfo = new EncryptedContentInfo();
}
AsnProp({ type: AsnPropTypes.Integer })(EncryptedData.prototype, "version");
AsnProp({ type: EncryptedContentInfo })(EncryptedData.prototype, "encryptedContentInfo");

const ID_ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
const ID_FRIENDLY_NAME = "1.2.840.113549.1.9.20";

/** A file being opened: its passphrase, and what came to light so far. */
export interface Opening {
  readonly origin: string;
  readonly passphrase: string;
  readonly keys: NamedKey[];
  readonly certificates: Uint8Array[];
  /** Weak protections that were met, by name. */
  readonly weak: Map<string, Protection>;
  /** How many more bags are looked into: each may cost seconds of key derivation. */
  readonly bags: { left: number };
}

/**
 * Refuses a safe whose encryption is not opened here, as far as it can be seen from outside.
 *
 * @throws Failure `key-unusable`
 */
export function inspectSafe(safe: ContentInfo, origin: string): void {
  if (safe.contentType === ID_ENCRYPTED_DATA) {
    protectionIn(contentOf(safe).contentEncryptionAlgorithm, origin);
    return;
  }
  if (safe.contentType !== ID_DATA) {
    throw unreadable(origin, { refused: `the envelope ${safe.contentType}`, isLegacy: false });
  }
  for (const { bagId, bagValue } of bagsOf(dataOf(safe))) {
    if (bagId !== id_pkcs8ShroudedKeyBag) continue;
    const shrouded = AsnConvert.parse(bagValue, EncryptedPrivateKeyInfo);
    protectionIn(shrouded.encryptionAlgorithm, origin);
  }
}

/** Takes keys and certificates out of a safe. @throws Failure `key-unusable` */
export async function takeSafe(safe: ContentInfo, opening: Opening): Promise<void> {
  if (safe.contentType === ID_DATA) return takeBags(dataOf(safe), opening);
  const { encryptedContent, contentEncryptionAlgorithm } = contentOf(safe);
  const { value, constructedValue } = encryptedContent ?? {};
  const pieces = value === undefined ? (constructedValue ?? []) : [value];
  const sealed = Buffer.concat(pieces.map(bytesOf));
  return takeBags(await open(contentEncryptionAlgorithm, sealed, opening), opening);
}

async function takeBags(encoded: Uint8Array, opening: Opening): Promise<void> {
  for (const bag of bagsOf(encoded)) {
    opening.bags.left -= 1;
    if (opening.bags.left < 0) throw damaged(opening.origin);
    await takeBag(bag, opening);
  }
}

async function takeBag(bag: SafeBag, opening: Opening): Promise<void> {
  switch (bag.bagId) {
    case id_SafeContents:
      return takeBags(new Uint8Array(bag.bagValue), opening);
    case id_certBag: {
      const { certId, certValue } = AsnConvert.parse(bag.bagValue, CertBag);
      if (certId !== id_x509Certificate) return;
      opening.certificates.push(bytesOf(AsnConvert.parse(certValue, OctetString)));
      return;
    }
    case id_keyBag:
      return takeKey(bag, new Uint8Array(bag.bagValue), opening);
    case id_pkcs8ShroudedKeyBag: {
      const shrouded = AsnConvert.parse(bag.bagValue, EncryptedPrivateKeyInfo);
      const sealed = bytesOf(shrouded.encryptedData);
      return takeKey(bag, await open(shrouded.encryptionAlgorithm, sealed, opening), opening);
    }
    default:
      // Revocation lists and secrets: nothing that signs.
      return;
  }
}

function takeKey(bag: SafeBag, pkcs8: Uint8Array, opening: Opening): void {
  const key = keyOfPkcs8(pkcs8);
  if (key === null) throw damaged(opening.origin);
  opening.keys.push({ name: friendlyName(bag), key });
}

async function open(
  algorithm: AlgorithmIdentifier,
  data: Uint8Array,
  { origin, passphrase, weak }: Opening,
): Promise<Buffer> {
  const protection = protectionIn(algorithm, origin);
  if (protection.isWeak) weak.set(protection.name, protection);
  const opened = await protection.open(data, passphrase);
  if (opened === null) throw wrongPassphrase(origin);
  return opened;
}

function protectionIn(algorithm: AlgorithmIdentifier, origin: string): Protection {
  const protection = protectionOf(algorithm);
  if ("refused" in protection) throw unreadable(origin, protection);
  return protection;
}

function dataOf(safe: ContentInfo): Uint8Array {
  return bytesOf(AsnConvert.parse(safe.content, OctetString));
}

function contentOf(safe: ContentInfo): EncryptedContentInfo {
  return AsnConvert.parse(safe.content, EncryptedData).encryptedContentInfo;
}

function bagsOf(encoded: Uint8Array): readonly SafeBag[] {
  return [...AsnConvert.parse(encoded, SafeContents)];
}

/** The value is a BMPString: tag, short length, UTF-16 in big-endian order. */
function friendlyName({ bagAttributes }: SafeBag): string | null {
  const found = bagAttributes?.find(({ attrId }) => attrId === ID_FRIENDLY_NAME);
  const [value] = found?.attrValues ?? [];
  if (value === undefined) return null;
  const text = Buffer.from(value).subarray(2);
  return text.length % 2 === 0 ? Buffer.from(text).swap16().toString("utf16le") : null;
}
