import { closeSync, openSync } from "node:fs";
import { crc32 } from "node:zlib";
import { digester } from "../hash/digest.ts";
import { Failure } from "../model/failure.ts";
import type { BundleFile } from "./file.ts";
import { centralDirectory, localHeader, type PlacedEntry } from "./layout.ts";
import { writeAll } from "./spool.ts";
import type { WrittenZip } from "./zip.ts";

/**
 * Writes the files as a ZIP of stored entries, in the order given, streaming each: byte for byte what
 * archiver writes from Buffers, without holding a file in memory, and past 4 GiB with ZIP64 records.
 * `path` must not exist; the caller removes it on failure.
 *
 * @throws Failure `integrity` where a file's bytes are no longer what its digest was made of.
 */
export function writeStored(files: readonly BundleFile[], path: string): WrittenZip {
  const handle = openSync(path, "wx", 0o600);
  try {
    const digest = digester();
    const placed: PlacedEntry[] = [];
    let offset = 0;
    const put = (bytes: Uint8Array): void => {
      writeAll(handle, bytes);
      digest.update(bytes);
      offset += bytes.length;
    };
    for (const file of files) {
      placed.push({ name: file.name, size: file.size, crc32: file.crc32, header: offset });
      put(localHeader(file));
      for (const chunk of checked(file)) put(chunk);
    }
    put(centralDirectory(placed, offset));
    return { sha256: digest.hex(), size: offset };
  } finally {
    closeSync(handle);
  }
}

/**
 * The file's bytes, refused at their end where they differ from the size and CRC-32 it was listed with.
 *
 * @throws Failure `integrity`
 */
export function* checked(file: BundleFile): Generator<Uint8Array> {
  let crc = 0;
  let size = 0;
  for (const chunk of file.read()) {
    crc = crc32(chunk, crc);
    size += chunk.length;
    yield chunk;
  }
  if (size !== file.size || crc !== file.crc32) {
    throw new Failure("integrity", `${file.name} changed while the bundle was written`);
  }
}
