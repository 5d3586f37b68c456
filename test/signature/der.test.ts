import { describe, expect, it } from "vitest";
import { isDer } from "../../src/signature/der.ts";
import { check, made } from "./forge.ts";

describe("DER", () => {
  it("has a NULL without content alone", () => {
    expect(isDer(Uint8Array.of(0x05, 0x00))).toBe(true);
    expect(isDer(Uint8Array.of(0x05, 0x01, 0x00))).toBe(false);
    expect(isDer(Uint8Array.of(0x30, 0x03, 0x05, 0x01, 0x00))).toBe(false);
  });

  it("of a signature with any one bit turned is judged, and never intact and identified", () => {
    const signature = Uint8Array.from(made);
    // Every third byte: a stride that meets each kind of field, in seconds.
    for (let bit = 0; bit < signature.length * 8; bit += 25) {
      const at = bit >> 3;
      const original = signature[at] ?? 0;
      signature[at] = original ^ (1 << (bit & 7));
      const { problems, path } = check(signature);
      expect(problems.length === 0 && path.outcome === "pass", `bit ${bit}`).toBe(false);
      signature[at] = original;
    }
  });
});
