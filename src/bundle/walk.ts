import type { Sha256 } from "../model/artifact.ts";
import { type Bytes, digestsAt } from "./bytes.ts";
import {
  CENTRAL_SIGNATURE,
  centralDirectory,
  LOCAL_LENGTH,
  LOCAL_SIGNATURE,
  localHeader,
  type PlacedEntry,
} from "./layout.ts";
import { byName, MAX_ENTRIES, MIMETYPE, MIMETYPE_TEXT } from "./names.ts";
import type { Problem } from "./problem.ts";
import { recognise } from "./recognise.ts";

/** An entry as its local header states it, and the digest of the bytes that are there. */
export interface StoredEntry {
  readonly name: string;
  readonly size: number;
  /** Where its content starts, in bytes from the start of the file. */
  readonly offset: number;
  readonly sha256: Sha256;
}

export interface Walked {
  readonly entries: readonly StoredEntry[];
  readonly problems: readonly Problem[];
}

/** What a walk over the local headers has gathered, up to where it could go no further. */
interface State {
  readonly placed: PlacedEntry[];
  readonly entries: StoredEntry[];
  readonly problems: Problem[];
  /** Entries whose local header is not what the layout has. */
  deviating: number;
  position: number;
}

/**
 * Reads a file from byte 0 as the one canonical ZIP: each local header is compared with the header the
 * writer would write for that name, size and CRC; the content is hashed; the next header must follow at
 * once; and what remains must be exactly the central directory of these entries. So every byte is
 * either an entry's content or fixed by the layout, and no offset of the file is ever followed.
 */
export function walk(bytes: Bytes): Walked {
  const state: State = { placed: [], entries: [], problems: [], deviating: 0, position: 0 };
  while (signatureAt(bytes, state.position) === LOCAL_SIGNATURE) {
    if (state.entries.length >= MAX_ENTRIES) {
      return over(state, { word: "LIMIT", detail: `more than ${MAX_ENTRIES} entries` });
    }
    if (!takeEntry(bytes, state)) return over(state, recognise(bytes, state.position));
  }
  if (signatureAt(bytes, state.position) !== CENTRAL_SIGNATURE) {
    return over(state, recognise(bytes, state.position));
  }
  checkCentral(bytes, state);
  checkOrder(bytes, state);
  return state.deviating > 1 && state.deviating === state.entries.length
    ? over(state, recognise(bytes, 0))
    : state;
}

function over(state: State, problem: Problem): Walked {
  return { entries: state.entries, problems: [problem, ...state.problems] };
}

/** Takes the entry at the position; false where its end cannot be told. */
function takeEntry(bytes: Bytes, state: State): boolean {
  const header = state.position;
  const fixed = bytes.at(header, LOCAL_LENGTH);
  if (fixed.length < LOCAL_LENGTH) return false;
  const extraLength = fixed.readUInt16LE(28);
  const headerLength = LOCAL_LENGTH + fixed.readUInt16LE(26) + extraLength;
  const record = bytes.at(header, headerLength);
  const name = record.toString("latin1", LOCAL_LENGTH, headerLength - extraLength);
  const size = sizeIn(record, extraLength);
  const offset = header + headerLength;
  const isStored = fixed.readUInt16LE(8) === 0 && (fixed.readUInt16LE(6) & 8) === 0;
  if (!isStored || size === null || offset + size > bytes.size) return false;
  const digests = digestsAt(bytes, offset, size);
  const entry = { name, size, crc32: fixed.readUInt32LE(14), header };
  if (!localHeader(entry).equals(record)) {
    state.deviating += 1;
    state.problems.push({
      word: "ALTERED",
      detail: `the header of ${shown(name)} is not as written`,
    });
  }
  if (digests.crc32 !== entry.crc32) {
    state.problems.push({
      word: "ALTERED",
      detail: `the bytes of ${shown(name)} do not match their CRC`,
    });
  }
  state.placed.push(entry);
  state.entries.push({ name, size, offset, sha256: digests.sha256 });
  state.position = offset + size;
  return true;
}

/** The size a local header states; from 4 GiB on in its ZIP64 field. Null where it states none. */
function sizeIn(record: Buffer, extraLength: number): number | null {
  const size = record.readUInt32LE(18);
  if (size !== 0xffffffff) return size;
  if (extraLength !== 20) return null;
  const large = record.readBigUInt64LE(record.length - 8);
  return large <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(large) : null;
}

/** The rest of the file must be the directory of these entries, and not a byte more. */
function checkCentral(bytes: Bytes, state: State): void {
  const expected = centralDirectory(state.placed, state.position);
  const rest = bytes.size - state.position;
  const found = bytes.at(state.position, expected.length);
  if (!found.equals(expected)) {
    const detail = "the central directory is not that of the entries before it";
    state.problems.push({ word: "ALTERED", detail });
  } else if (rest > expected.length) {
    const detail = `${rest - expected.length} bytes follow the end of the archive`;
    state.problems.push({ word: "ALTERED", detail });
  }
}

function checkOrder(bytes: Bytes, state: State): void {
  const [first, ...others] = state.entries;
  const text = first === undefined ? "" : bytes.at(first.offset, MIMETYPE_TEXT.length + 1);
  if (first?.name !== MIMETYPE || text.toString("latin1", 0, first.size) !== MIMETYPE_TEXT) {
    state.problems.push({
      word: "ALTERED",
      detail: `the first entry is not ${MIMETYPE} with the text ${MIMETYPE_TEXT}`,
    });
  }
  const sorted = others.toSorted(byName);
  if (others.some((entry, index) => entry !== sorted[index])) {
    state.problems.push({
      word: "ALTERED",
      detail: "the entries are not in the order of their names",
    });
  }
}

function signatureAt(bytes: Bytes, position: number): number | null {
  const found = bytes.at(position, 4);
  return found.length === 4 ? found.readUInt32LE(0) : null;
}

/** A name from a file nobody vouches for, safe to print. */
export function shown(name: string): string {
  return name.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 120);
}
