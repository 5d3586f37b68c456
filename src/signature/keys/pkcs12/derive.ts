/** Keys out of passphrases, as PKCS#12 derives them (RFC 7292, appendix B). */
import { hash, pbkdf2 } from "node:crypto";

/** What a derived key is for: the "ID byte" of appendix B.3. */
export const PURPOSE = { key: 1, vector: 2, mac: 3 } as const;

export interface Derivation {
  /** As node names it: `sha1`, `sha256`, `sha384` or `sha512`. */
  readonly digest: string;
  readonly salt: Uint8Array;
  readonly rounds: number;
}

/** Far more than any program writes, and seconds of work: a file cannot keep us busy for longer. */
export const MAX_ROUNDS = 5_000_000;

/** A BMPString with its two closing zeros (appendix B.1), which holds UTF-16 in big-endian order. */
export function bmpPassphrase(passphrase: string): Buffer {
  return Buffer.from(`${passphrase}\0`, "utf16le").swap16();
}

/** `size` bytes of key, initial vector or MAC key (appendix B.2). */
export function derivePkcs12(
  passphrase: Uint8Array,
  { digest, salt, rounds }: Derivation,
  purpose: number,
  size: number,
): Buffer {
  const block = digest === "sha384" || digest === "sha512" ? 128 : 64;
  const diversifier = Buffer.alloc(block, purpose);
  let input = Buffer.concat([repeated(salt, block), repeated(passphrase, block)]);
  const blocks: Buffer[] = [];
  for (let made = 0; made < size;) {
    let key = hash(digest, Buffer.concat([diversifier, input]), "buffer");
    for (let round = 1; round < rounds; round += 1) key = hash(digest, key, "buffer");
    blocks.push(key);
    made += key.length;
    input = stirred(input, repeated(key, block).subarray(0, block));
  }
  return Buffer.concat(blocks).subarray(0, size);
}

/** PBKDF2 of RFC 8018, section 5.2. */
export function derivePbkdf2(
  passphrase: string,
  { digest, salt, rounds }: Derivation,
  size: number,
): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  pbkdf2(passphrase, salt, rounds, size, digest, (error, key) => {
    if (error === null) resolve(key);
    else reject(error);
  });
  return promise;
}

/** The bytes over and over, up to a whole number of blocks; none stay none. */
function repeated(bytes: Uint8Array, block: number): Buffer {
  return Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes);
}

/** Each block of the input plus the addend plus one, modulo the size of a block. */
function stirred(input: Buffer, addend: Buffer): Buffer<ArrayBuffer> {
  const result = Buffer.from(input);
  for (let start = 0; start < result.length; start += addend.length) {
    let carry = 1;
    for (let at = addend.length - 1; at >= 0; at -= 1) {
      const sum = (result[start + at] ?? 0) + (addend[at] ?? 0) + carry;
      result[start + at] = sum & 0xff;
      carry = sum >> 8;
    }
  }
  return result;
}
