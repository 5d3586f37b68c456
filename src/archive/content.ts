import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createInflateRaw, inflateRawSync } from "node:zlib";
import { Failure } from "../model/failure.ts";
import { isObject } from "../model/json.ts";
import type { ByteSource } from "./bytes.ts";

export const STORED = 0;
export const DEFLATED = 8;

/** Where an entry's compressed bytes stand, and what they must become. */
export interface ContentPlace {
  readonly dataStart: number;
  readonly dataEnd: number;
  readonly method: number;
  readonly size: number;
  readonly crc: number;
}

/** Counts produced bytes against the limits; throws `not-readable` where one is reached. */
export type Budget = (produced: number) => void;

const BLOCK = 256 * 1024;

/**
 * The bytes of one entry, in constant memory. Each chunk is the caller's.
 *
 * @throws Failure `not-readable` where size, CRC-32 or compressed length are not as declared, or a
 *   limit is reached; what came before must then not be used
 */
export async function* readContent(
  source: ByteSource,
  place: ContentPlace,
  name: string,
  budget: Budget,
): AsyncGenerator<Uint8Array> {
  const fail = (what: string): Failure => new Failure("not-readable", `${name} ${what}`);
  let produced = 0;
  let crc = 0;
  for await (const chunk of chunksOf(source, place, fail)) {
    produced += chunk.length;
    if (produced > place.size) throw fail(`holds more than the ${place.size} bytes it declares`);
    budget(chunk.length);
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (produced !== place.size) throw fail(`holds ${produced} bytes and declares ${place.size}`);
  if (crc !== place.crc) throw fail("does not match its CRC-32");
}

type Fail = (what: string) => Failure;

function chunksOf(
  source: ByteSource,
  place: ContentPlace,
  fail: Fail,
): Iterable<Buffer> | AsyncIterable<Buffer> {
  if (place.method === STORED) return rawChunks(source, place);
  const isSmall = place.dataEnd - place.dataStart <= BLOCK && place.size <= BLOCK;
  return isSmall ? inflateAtOnce(source, place, fail) : inflate(source, place, fail);
}

function* rawChunks(source: ByteSource, place: ContentPlace): Generator<Buffer> {
  for (let at = place.dataStart; at < place.dataEnd;) {
    const block = Buffer.allocUnsafe(Math.min(BLOCK, place.dataEnd - at));
    at += source.fill(block, at);
    yield block;
  }
}

/** Most entries are small, and a stream for each would cost more than its bytes. */
function* inflateAtOnce(source: ByteSource, place: ContentPlace, fail: Fail): Generator<Buffer> {
  const packed = Buffer.concat([...rawChunks(source, place)]);
  let result: unknown;
  try {
    const maxOutputLength = place.size + 1;
    result = inflateRawSync(packed, { maxOutputLength, info: true });
  } catch (cause) {
    throw fail(inflateFault(cause, place));
  }
  // With `info`, zlib gives the buffer and its engine, which has counted the bytes it took.
  const engine = isObject(result) ? result["engine"] : undefined;
  const buffer = isObject(result) ? result["buffer"] : undefined;
  if (!Buffer.isBuffer(buffer) || !isObject(engine)) throw fail("could not be inflated");
  checkConsumed(engine["bytesWritten"], packed.length, fail);
  if (buffer.length > 0) yield buffer;
}

async function* inflate(
  source: ByteSource,
  place: ContentPlace,
  fail: Fail,
): AsyncGenerator<Buffer> {
  const engine = createInflateRaw({ chunkSize: BLOCK });
  // The engine reports the same fault to whoever reads it, below.
  const feed = pipeline(Readable.from(rawChunks(source, place)), engine).catch(() => undefined);
  try {
    for await (const chunk of engine) {
      if (Buffer.isBuffer(chunk)) yield chunk;
    }
    checkConsumed(engine.bytesWritten, place.dataEnd - place.dataStart, fail);
  } catch (cause) {
    throw cause instanceof Failure ? cause : fail(inflateFault(cause, place));
  } finally {
    engine.destroy();
    await feed;
  }
}

function checkConsumed(consumed: unknown, length: number, fail: Fail): void {
  if (consumed !== length)
    throw fail(`has ${length - Number(consumed)} bytes after the end of its deflate stream`);
}

function inflateFault(cause: unknown, place: ContentPlace): string {
  const code = isObject(cause) ? cause["code"] : undefined;
  if (code === "ERR_BUFFER_TOO_LARGE") return `holds more than the ${place.size} bytes it declares`;
  return "is not a valid deflate stream";
}
