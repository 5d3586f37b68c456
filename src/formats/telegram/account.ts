import type { Json } from "../../model/json.ts";
import type { AccountRecord } from "../../model/record.ts";

/** Exports of 2020-10 to 2021-05 add 2^32 to the numeric ids of users. */
const USER_SHIFT = 4_294_967_296;

/** Accounts seen so far in one file: their keys, and for each raw id its key. */
export interface Accounts {
  readonly byId: Map<string | number, string>;
  readonly declared: Set<string>;
}

export function noAccounts(): Accounts {
  return { byId: new Map(), declared: new Set() };
}

/**
 * The key of who wrote a row: `user123`, `channel123`, `chat123`, however the export wrote the id.
 * An export without ids leaves the name alone to go by (`name:Ada`); null where there is neither.
 */
export function accountKey(
  accounts: Accounts,
  id: Json | undefined,
  name: string | null,
): string | null {
  if (typeof id !== "string" && typeof id !== "number")
    return name === null ? null : `name:${name}`;
  const known = accounts.byId.get(id);
  if (known !== undefined) return known;
  const key = keyOf(id);
  accounts.byId.set(id, key);
  return key;
}

/** The record to be yielded before the first row of an account; null where that has been done. */
export function declareAccount(
  accounts: Accounts,
  key: string,
  id: Json | undefined,
  name: string | null,
): AccountRecord | null {
  if (accounts.declared.has(key)) return null;
  accounts.declared.add(key);
  const nativeId = typeof id === "string" || typeof id === "number" ? String(id) : null;
  return { type: "account", key, service: "telegram", nativeId, name };
}

/** Before 2021-05 every sender's id is a bare number. */
function keyOf(id: string | number): string {
  const text = String(id);
  if (/^(?:user|channel|chat)\d{1,20}$/.test(text)) return text;
  if (!/^\d{1,20}$/.test(text)) return `id:${text}`;
  const number = BigInt(text);
  return `user${number >= USER_SHIFT ? number - BigInt(USER_SHIFT) : number}`;
}
