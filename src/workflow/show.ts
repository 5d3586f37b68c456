import { Failure } from "../model/failure.ts";
import type { EventLine, MessageLine } from "../model/production.ts";
import type { StoredRow } from "../store/rows.ts";
import { neighbours, rowsById, rowsByPublicId } from "../store/rows.ts";
import type { CaseReader } from "./case/open.ts";
import { eventLine, messageLine } from "./production/lines.ts";
import { sliceReader } from "./production/slices.ts";
import { plainSource } from "./search.ts";

/** One row among its neighbours; `wanted` is its position in `rows`. */
export interface Shown {
  readonly rows: readonly (MessageLine | EventLine)[];
  readonly wanted: number;
}

/**
 * A row by its id or the beginning of it, with `context` rows of its conversation on each side.
 *
 * @throws Failure `not-found` where no row, or more than one, has that id
 */
export function show(reader: CaseReader, id: string, context: number): Shown {
  const row = rowOf(reader, id);
  const ids = neighbours(reader.db, row, context, context);
  const source = plainSource(reader);
  const rows = [...rowsById(reader.db, ids)].map((one, at) =>
    one.event
      ? eventLine(one, at + 1, one.id !== row.id, source)
      : messageLine(one, at + 1, one.id !== row.id, source),
  );
  return { rows, wanted: ids.indexOf(row.row) };
}

/**
 * The bytes of the original that a row was read from.
 *
 * @throws Failure as show; `integrity` where the original is shorter than that
 */
export function sourceBytes(reader: CaseReader, id: string): Buffer {
  const row = rowOf(reader, id);
  const slices = sliceReader(reader.paths, reader.secret);
  try {
    return Buffer.from(slices.bytes(row.file, row.offset, row.length));
  } finally {
    slices.close();
  }
}

function rowOf(reader: Pick<CaseReader, "db">, id: string): StoredRow {
  const [row, second] = rowsByPublicId(reader.db, id);
  if (row === undefined) {
    throw new Failure("not-found", `no message has the id ${JSON.stringify(id)}`, [
      "exhibita search shows the ids of messages",
    ]);
  }
  if (second !== undefined) {
    throw new Failure("not-found", `more than one message has an id that begins with ${id}`, [
      `write more of it: ${row.id} or ${second.id}`,
    ]);
  }
  return row;
}
