import { crc32 } from "node:zlib";
import type { BundleFile } from "./file.ts";
import type { StrictBundle } from "./read.ts";

/**
 * The files of an open bundle, to be written into another one; their bytes are read from the first while
 * they are written, so that it must stay open until then. Each is read once here for its CRC.
 *
 * @throws Failure `integrity` where a file is no longer what was opened
 */
export function filesIn(bundle: StrictBundle): readonly BundleFile[] {
  return bundle.entries.map(({ name, size, sha256 }) => {
    let crc = 0;
    for (const chunk of bundle.chunks(name)) crc = crc32(chunk, crc);
    return { name, size, sha256, crc32: crc, read: () => bundle.chunks(name) };
  });
}
