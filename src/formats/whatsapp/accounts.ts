import type { AccountRecord } from "../../model/record.ts";
import { accountKey } from "./author.ts";

/** The authors met so far. */
export interface Accounts {
  /** The account of a name as written; a new one is declared first. */
  readonly of: (name: string) => Known;
  readonly isKnown: (name: string) => boolean;
}

export interface Known {
  readonly key: string;
  /** The name as written, a string of its own that keeps no row in memory. */
  readonly name: string;
}

/** @param declare Takes the record of each new account, before the first row that names it. */
export function newAccounts(declare: (record: AccountRecord) => void): Accounts {
  const byName = new Map<string, Known>();
  const keys = new Set<string>();
  return {
    isKnown: (name) => byName.has(name),
    of: (name) => {
      const known = byName.get(name);
      if (known !== undefined) return known;
      const own = Buffer.from(name, "utf16le").toString("utf16le");
      const key = accountKey(own);
      if (!keys.has(key)) {
        keys.add(key);
        declare({ type: "account", key, service: "whatsapp", nativeId: null, name: own });
      }
      const added = { key, name: own };
      byName.set(own, added);
      return added;
    },
  };
}
