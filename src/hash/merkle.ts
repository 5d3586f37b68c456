import { createHash } from "node:crypto";
import type { Sha256 } from "../model/artifact.ts";
import type { InclusionProof } from "../model/custody.ts";

/** RFC 9162 section 2.1.1: SHA-256(0x00 || leaf). */
export function leafHash(leaf: Uint8Array | string): Sha256 {
  return createHash("sha256").update(LEAF).update(leaf).digest("hex");
}

/** RFC 9162 section 2.1.1: SHA-256(0x01 || left || right). */
export function nodeHash(left: Sha256, right: Sha256): Sha256 {
  return createHash("sha256").update(NODE).update(left, "hex").update(right, "hex").digest("hex");
}

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** Root of the tree over these leaf hashes; of no leaves, SHA-256 of nothing. */
export function merkleRoot(leaves: readonly Sha256[]): Sha256 {
  if (leaves.length === 0) return createHash("sha256").digest("hex");
  let level = leaves;
  while (level.length > 1) level = parents(level);
  return level[0] ?? "";
}

/** Path from the leaf at `index` to the root, siblings from below (RFC 9162 section 2.1.3.1). */
export function inclusionProof(leaves: readonly Sha256[], index: number): InclusionProof {
  const path: Sha256[] = [];
  let level = leaves;
  for (let at = index; level.length > 1; at >>>= 1) {
    const sibling = level[at ^ 1];
    if (sibling !== undefined) path.push(sibling);
    level = parents(level);
  }
  return { index, path };
}

/** True where `leaf` stands at `proof.index` in the tree of `size` leaves with `root` (section 2.1.3.2). */
export function provesInclusion(
  leaf: Sha256,
  proof: InclusionProof,
  size: number,
  root: Sha256,
): boolean {
  if (!Number.isSafeInteger(proof.index) || proof.index < 0 || proof.index >= size) return false;
  let at = proof.index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof.path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash);
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && hash === root;
}

/** An odd node at the end moves up as it is, which gives the split of section 2.1.1. */
function parents(level: readonly Sha256[]): Sha256[] {
  const up: Sha256[] = [];
  for (let i = 0; i < level.length; i += 2) {
    const left = level[i] ?? "";
    const right = level[i + 1];
    up.push(right === undefined ? left : nodeHash(left, right));
  }
  return up;
}
