import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  inclusionProof,
  leafHash,
  merkleRoot,
  nodeHash,
  provesInclusion,
} from "../../src/hash/merkle.ts";

describe("the RFC 9162 tree", () => {
  it("hashes the empty tree, one leaf and three leaves as section 2.1.1 says", () => {
    const [a, b, c] = ["a", "b", "c"].map(leafHash);
    if (a === undefined || b === undefined || c === undefined) throw new Error("three leaves");
    expect(merkleRoot([])).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(merkleRoot([a])).toBe(a);
    expect(merkleRoot([a, b, c])).toBe(nodeHash(nodeHash(a, b), c));
  });

  it("proves each leaf of each size, and no other leaf with the same proof", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (size, pick) => {
        const leaves = Array.from({ length: size }, (_, i) => leafHash(`leaf ${i}`));
        const root = merkleRoot(leaves);
        const index = pick % size;
        const proof = inclusionProof(leaves, index);
        expect(provesInclusion(leaves[index] ?? "", proof, size, root)).toBe(true);
        expect(provesInclusion(leafHash("other"), proof, size, root)).toBe(false);
        const short = { index, path: proof.path.slice(1) };
        const shortened = provesInclusion(leaves[index] ?? "", short, size, root);
        expect(shortened).toBe(proof.path.length === 0);
      }),
    );
  });
});
