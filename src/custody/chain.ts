import { canonical } from "../hash/canonical.ts";
import { sha256 } from "../hash/digest.ts";
import { inclusionProof, leafHash, merkleRoot } from "../hash/merkle.ts";
import type { Sha256 } from "../model/artifact.ts";
import type { CustodyEntry, CustodyHead } from "../model/custody.ts";
import type { CustodyLine } from "../model/production.ts";

/** What `prev` of the first line holds. */
export const FIRST_PREV: Sha256 = "0".repeat(64);

/** The entry as a bundle shows it: the private member is left to its digest. */
export function publicEntry(entry: CustodyEntry): CustodyEntry {
  const { private: _, ...shown } = entry;
  return shown;
}

/**
 * Digest of a journal line: RFC 9162 leaf hash over the RFC 8785 form of the entry without `private`.
 * It is the next line's `prev` and the line's leaf in the tree.
 */
export function lineDigest(entry: CustodyEntry): Sha256 {
  return leafHash(canonical(publicEntry(entry)));
}

/** True where the private member, if shown, is the one the line was written with. */
export function checkPrivate(entry: CustodyEntry): boolean {
  return entry.private === undefined || sha256(canonical(entry.private)) === entry.privateDigest;
}

/** Tree head over line digests, as a bundle carries it. */
export function headOf(digests: readonly Sha256[]): CustodyHead {
  return {
    size: digests.length,
    root: merkleRoot(digests),
    last: digests.at(-1) ?? FIRST_PREV,
  };
}

/** The lines at these positions with their proofs against the head over the first `size` lines. */
export function extract(
  entries: readonly CustodyEntry[],
  digests: readonly Sha256[],
  positions: readonly number[],
  size: number,
): Omit<CustodyLine, "type">[] {
  const covered = digests.slice(0, size);
  return positions.flatMap((position) => {
    const entry = entries[position];
    return entry === undefined ? [] : [{ entry, proof: inclusionProof(covered, position) }];
  });
}

/** One thing wrong with a journal; `line` counts from 1. */
export interface ChainFault {
  readonly line: number;
  readonly detail: string;
}

/** Recomputes the chain: sequence, links and private digests. Every fault is listed. */
export function checkChain(
  entries: readonly CustodyEntry[],
  digests: readonly Sha256[],
): ChainFault[] {
  const faults: ChainFault[] = [];
  entries.forEach((entry, at) => {
    const line = at + 1;
    if (entry.seq !== line) faults.push({ line, detail: `carries number ${entry.seq}` });
    if (entry.prev !== (digests[at - 1] ?? FIRST_PREV)) {
      faults.push({ line, detail: "does not follow from the line before" });
    }
    if (!checkPrivate(entry)) faults.push({ line, detail: "private part was changed" });
  });
  return faults;
}
