import type { Language } from "../../model/production.ts";
import { drawFingerprintSheet } from "../../report/fingerprint-sheet.ts";
import { putFile } from "../../signature/keys/folder.ts";
import { readKey } from "../../signature/keys/list.ts";
import { chooseKey } from "../../signature/keys/standing.ts";
import { rootIn } from "../../signature/keys/store.ts";

/**
 * Draws the page by which others compare the fingerprints of a key, into a new file. The key stays closed.
 *
 * @param id null: the only key that stands good
 * @throws Failure `key-unusable`, `usage` where several keys are there and none is named, `target-exists`
 */
export function writeFingerprintSheet(
  folder: string,
  id: string | null,
  out: string,
  language: Language,
  now: Date,
): void {
  const { entry, chain } = readKey(folder, chooseKey(folder, id, now));
  const facts = {
    ...entry,
    signer: entry.certificateFingerprint,
    root: rootIn(chain),
    drawn: now.toISOString(),
  };
  putFile(out, drawFingerprintSheet(facts, language));
}
