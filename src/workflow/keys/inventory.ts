import { type Inventory, inventoryOf } from "../../signature/keys/inventory.ts";
import { type KeyEntry, listKeys } from "../../signature/keys/list.ts";
import { type Standing, standingsOf } from "../../signature/keys/standing.ts";

export type { Inventory } from "../../signature/keys/inventory.ts";

/** A signer of the key folder, and whether it may sign at a moment. */
export interface StandingKey extends KeyEntry {
  readonly standing: Standing;
}

/** The signers of a key folder, none opened. Fails with `key-unusable`, naming the file at fault. */
export function standingKeys(folder: string, at: Date): readonly StandingKey[] {
  const entries = listKeys(folder);
  return [...standingsOf(folder, entries, at)].map(([entry, standing]) => ({ ...entry, standing }));
}

/** Roots, requests, trusted roots and revocation notices of a key folder. See `inventoryOf`. */
export function restOf(folder: string): Inventory {
  return inventoryOf(folder);
}
