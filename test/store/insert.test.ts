import Database from "better-sqlite3";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Bound } from "../../src/store/insert.ts";
import { groupInsert } from "../../src/store/insert.ts";

const COLUMNS = ["a", "b", "c"];

describe("rows inserted in groups", () => {
  let db: Database.Database;
  beforeEach(() => {
    db = new Database(":memory:");
    db.exec(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, run INTEGER, a TEXT, b TEXT, c INTEGER) STRICT",
    );
  });
  afterEach(() => db.close());
  const stored = (): unknown[] => db.prepare("SELECT * FROM t ORDER BY id").raw().all();

  it("come back as they were, whatever of them is null or shared", () => {
    const text = fc.constantFrom(null, "", "same", "other", "é\u{1f642}");
    const row = fc.tuple(text, text, fc.constantFrom(null, 0, -1, 2 ** 40));
    fc.assert(
      fc.property(fc.array(fc.array(row, { minLength: 1, maxLength: 5 })), (groups) => {
        db.exec("DELETE FROM t");
        const insert = groupInsert(db, "t", { run: 7 }, COLUMNS, 4);
        let next = 1;
        for (const group of groups) {
          insert(next, group);
          next += group.length;
        }
        const rows = groups.flat().map((values, at) => [at + 1, 7, ...values]);
        expect(stored()).toEqual(rows);
      }),
    );
  });

  it("need no more statements than it keeps, however many ways there are to fill them", () => {
    const names = Array.from({ length: 8 }, (_, at) => `c${at}`);
    db.exec(
      `CREATE TABLE wide (id INTEGER PRIMARY KEY, run INTEGER, ${names.join(" TEXT, ")} TEXT)`,
    );
    const insert = groupInsert(db, "wide", { run: 1 }, names, 2);
    const rows: Bound[][] = Array.from({ length: 512 }, (_, at) =>
      names.map((_name, bit) => ((at >> 1) & (1 << bit) ? `${at}` : null)),
    );
    for (let at = 0; at < rows.length; at += 2) insert(at + 1, rows.slice(at, at + 2));
    const wanted = rows.map((values, at) => [at + 1, 1, ...values]);
    expect(db.prepare("SELECT * FROM wide ORDER BY id").raw().all()).toEqual(wanted);
  });
});
