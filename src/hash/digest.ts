import { createHash } from "node:crypto";
import type { Sha256 } from "../model/artifact.ts";

/** SHA-256 of bytes, or of the UTF-8 of a string; 64 lower-case hex digits. */
export function sha256(data: Uint8Array | string): Sha256 {
  return createHash("sha256").update(data).digest("hex");
}

/** A digest fed in pieces. */
export interface Digester {
  readonly update: (data: Uint8Array | string) => void;
  /** Ends the digest; may be called once. */
  readonly hex: () => Sha256;
}

export function digester(): Digester {
  const hash = createHash("sha256");
  return {
    update: (data) => void hash.update(data),
    hex: () => hash.digest("hex"),
  };
}

/** SHA-256 of the salt's bytes followed by the slice; both the salt and the result in hex. */
export function saltedDigest(salt: string, slice: Uint8Array): Sha256 {
  return createHash("sha256").update(Buffer.from(salt, "hex")).update(slice).digest("hex");
}
