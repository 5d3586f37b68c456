/**
 * PKCS#12 files (RFC 7292), in which agencies and issuers of electronic identities hand out a key
 * with its certificates. Read here and never written; the seal is checked before anything is opened.
 */
import type { ContentInfo } from "@peculiar/asn1-cms";
import { AuthenticatedSafe, PFX } from "@peculiar/asn1-pfx";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { Failure } from "../../../model/failure.ts";
import { ID_DATA } from "../../oids.ts";
import { type KeyMaterial, type PassphraseSource, passphraseFrom } from "../material.ts";
import { inspectSafe, type Opening, takeSafe } from "./bags.ts";
import { checkMac, isSealed } from "./mac.ts";
import { bytesOf } from "./protection.ts";
import { damaged, unreadable, wrongPassphrase } from "./refusals.ts";

/** Whether the bytes are a PKCS#12 file by their frame. */
export function isPkcs12(der: Uint8Array): boolean {
  return frameOf(der) !== null;
}

/**
 * Keys and certificates of a file that is named as `origin`.
 *
 * @throws Failure `key-unusable` for a wrong passphrase, damage, or a cipher that is not opened here;
 *   what only openssl still opens comes with the command that converts it
 */
export async function readPkcs12(
  der: Uint8Array,
  origin: string,
  passphrase: PassphraseSource,
): Promise<KeyMaterial> {
  const pfx = frameOf(der);
  if (pfx === null) throw damaged(origin);
  try {
    return await openPkcs12(pfx, origin, passphrase);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw damaged(origin, error);
  }
}

function frameOf(der: Uint8Array): PFX | null {
  try {
    const pfx = AsnConvert.parse(der, PFX);
    return pfx.version === 3 && pfx.authSafe.contentType === ID_DATA ? pfx : null;
  } catch {
    return null;
  }
}

async function openPkcs12(
  pfx: PFX,
  origin: string,
  passphrase: PassphraseSource,
): Promise<KeyMaterial> {
  const content = bytesOf(AsnConvert.parse(pfx.authSafe.content, OctetString));
  const safes: readonly ContentInfo[] = [...AsnConvert.parse(content, AuthenticatedSafe)];
  // What cannot be opened is refused before anybody types a passphrase.
  for (const safe of safes) inspectSafe(safe, origin);
  const given = await passphraseFrom(passphrase, origin);
  if (isSealed(pfx.macData)) await checkSeal(pfx, content, given, origin);
  const opening: Opening = {
    origin,
    passphrase: given,
    keys: [],
    certificates: [],
    weak: new Map(),
    bags: { left: 64 },
  };
  for (const safe of safes) await takeSafe(safe, opening);
  const { keys, certificates } = opening;
  return { keys, certificates, warnings: warningsOf(opening, isSealed(pfx.macData)) };
}

async function checkSeal(
  pfx: PFX,
  content: Uint8Array,
  passphrase: string,
  origin: string,
): Promise<void> {
  const verdict = await checkMac(pfx.macData, content, passphrase);
  if (typeof verdict === "string") {
    throw unreadable(origin, { refused: verdict, isLegacy: false });
  }
  if (!verdict) throw wrongPassphrase(origin);
}

function warningsOf({ weak, origin }: Opening, isSealedFile: boolean): readonly string[] {
  const warnings = [...weak.values()].map(
    ({ name, rounds }) =>
      `${origin} is weakly protected, by ${name} (${rounds} rounds): whoever gets a copy can guess ` +
      "its passphrase, so destroy it once the key is in the key folder",
  );
  if (!isSealedFile) warnings.push(`${origin} carries no seal (MAC) that would show a change`);
  return warnings;
}
