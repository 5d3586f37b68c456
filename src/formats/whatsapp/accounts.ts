import type { AccountRecord } from "../../model/record.ts";
import { accountKey } from "./author.ts";

/** The authors met so far. */
export interface Accounts {
  /** The account of a name as written; a new one is declared first. */
  readonly of: (name: string) => Known;
  readonly isKnown: (name: string) => boolean;
  /** The known author with whose name and `: ` the text begins, if it is found at once; null says nothing. */
  readonly atStart: (rest: string) => Known | null;
}

export interface Known {
  readonly key: string;
  /** The name as written, a string of its own that keeps no row in memory. */
  readonly name: string;
  /** The name and what ends it. */
  readonly opening: string;
}

/** Names with one first letter that are tried before any name is cut out of the text. */
const INDEXED = 8;

/** @param declare Takes the record of each new account, before the first row that names it. */
export function newAccounts(declare: (record: AccountRecord) => void): Accounts {
  const byName = new Map<string, Known>();
  const keys = new Set<string>();
  const byUnit = new Map<number, Known[]>();
  const index = (known: Known): void => {
    // a name with a colon inside may begin as another name does: it is looked up whole
    if (known.name.includes(": ")) return;
    const unit = known.name.charCodeAt(0);
    const list = byUnit.get(unit);
    if (list === undefined) byUnit.set(unit, [known]);
    else if (list.length < INDEXED) list.push(known);
  };
  return {
    atStart: (rest) => {
      const list = byUnit.get(rest.charCodeAt(0));
      if (list === undefined) return null;
      for (const known of list) {
        if (rest.startsWith(known.opening)) return known;
      }
      return null;
    },
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
      const added = { key, name: own, opening: `${own}: ` };
      byName.set(own, added);
      index(added);
      return added;
    },
  };
}
