import type { AccountRecord } from "../../model/record.ts";
import { accountKey } from "./author.ts";

/** The authors met so far. */
export interface Accounts {
  /** The account of a name as written; a new one is declared first. */
  readonly of: (name: string) => Known;
  readonly isKnown: (name: string) => boolean;
  /** The author of one of the rows just before, if `rest` begins with that name and `: `. */
  readonly recent: (rest: string) => Known | null;
}

export interface Known {
  readonly key: string;
  /** The name as written, a string of its own that keeps no row in memory. */
  readonly name: string;
  /** The name and what ends it. */
  readonly opening: string;
}

/** @param declare Takes the record of each new account, before the first row that names it. */
export function newAccounts(declare: (record: AccountRecord) => void): Accounts {
  const byName = new Map<string, Known>();
  const keys = new Set<string>();
  let last: Known | null = null;
  let other: Known | null = null;
  const note = (known: Known): Known => {
    // a name with a colon inside may begin as another name does: it is looked up each time
    if (known === last || known.name.includes(": ")) return known;
    other = last;
    last = known;
    return known;
  };
  return {
    recent: (rest) => {
      if (last !== null && rest.startsWith(last.opening)) return last;
      if (other === null || !rest.startsWith(other.opening)) return null;
      return note(other);
    },
    isKnown: (name) => byName.has(name),
    of: (name) => {
      const known = byName.get(name);
      if (known !== undefined) return note(known);
      const own = Buffer.from(name, "utf16le").toString("utf16le");
      const key = accountKey(own);
      if (!keys.has(key)) {
        keys.add(key);
        declare({ type: "account", key, service: "whatsapp", nativeId: null, name: own });
      }
      const added = { key, name: own, opening: `${own}: ` };
      byName.set(own, added);
      return note(added);
    },
  };
}
