import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { differingTables, dumpDigests } from "../../src/store/dump.ts";
import type { Db } from "../../src/store/open.ts";
import { openStore } from "../../src/store/open.ts";
import { WHOLE } from "../../src/workflow/production/resolve.ts";
import { withholdItems } from "../../src/workflow/withholding.ts";
import { replay } from "../../src/workflow/case/replay.ts";
import {
  emptyCase,
  put,
  request,
  take,
  talkZip,
  telegramFolder,
  withWriter,
} from "../workflow/case.ts";

let db: Db;
let twin: Db;

beforeAll(async () => {
  const place = emptyCase();
  const zip = put(place.folder, "export.zip", talkZip([{ name: "broken.txt", data: "b", crc: 1 }]));
  const odd = put(place.folder, "odd.txt", "milk\n");
  await take(place, request([zip, telegramFolder(place.folder)], { exhibit: "4" }));
  await take(place, request([odd], { format: "whatsapp" }));
  await withWriter(place, async (writer) => {
    withholdItems(writer, ["artifact:3"], "a child");
    const entry = writer.journal.append({
      action: "selected",
      actor: writer.actor,
      artifacts: [],
      options: { procedure: "1", production: 1, bundle: "1-P001", selection: { ...WHOLE } },
    });
    const { projectPlain } = await import("../../src/workflow/case/project.ts");
    projectPlain(writer, entry);
    const made = await replay(place.paths, writer.journal.entries, join(place.folder, "twin.db"));
    twin = made.db;
  });
  db = openStore(place.paths.index);
  return () => {
    db.close();
    twin.close();
  };
});

describe("the digests of an index", () => {
  it("are those of the index made anew from originals and journal", () => {
    expect(differingTables(db, twin)).toEqual([]);
  });

  it("change with every single cell, whichever its table and column", () => {
    const seen = new Map(dumpDigests(twin));
    const unseen: string[] = [];
    let mutations = 0;
    for (const { table, column, type } of columns()) {
      for (const sql of mutationsOf(table, column, type)) {
        db.pragma("foreign_keys = OFF");
        db.pragma("ignore_check_constraints = ON");
        db.exec("BEGIN");
        const { changes } = db.prepare(sql).run();
        if (changes !== 1) unseen.push(`${sql}: ${changes} rows changed`);
        if (dumpDigests(db).get(table) === seen.get(table)) unseen.push(sql);
        db.exec("ROLLBACK");
        mutations += 1;
      }
    }
    expect(unseen).toEqual([]);
    expect(mutations).toBeGreaterThan(150);
    expect(differingTables(db, twin)).toEqual([]);
  });

  it("change with a row that is taken out, in every table", () => {
    for (const table of new Set(columns().map((column) => column.table))) {
      db.exec("BEGIN");
      db.exec(`DELETE FROM ${table}`);
      expect(differingTables(db, twin)).toContain(table);
      db.exec("ROLLBACK");
    }
  });
});

/** Every column of every table that holds rows here; a table nothing fills yet has none. */
function columns(): { table: string; column: string; type: string }[] {
  const tables = db
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%' AND name <> 'meta'`,
    )
    .pluck()
    .all();
  return tables.flatMap((table) => {
    const rows = db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    if (rows === 0) return [];
    const info = db
      .prepare<[], { name: string; type: string }>(`PRAGMA table_info(${table})`)
      .all();
    return info.map(({ name, type }) => ({ table, column: name, type }));
  });
}

/** Another value, and none where there is one, or one where there is none, in one row. */
function mutationsOf(table: string, column: string, type: string): string[] {
  const value =
    type === "INTEGER" ? `coalesce(${column}, 0) + 100000` : `coalesce(${column}, '') || 'x'`;
  const nullable = db
    .prepare<[string, string], number>(
      'SELECT "notnull" = 0 AND pk = 0 FROM pragma_table_info(?) WHERE name = ?',
    )
    .pluck()
    .get(table, column);
  const one = `(SELECT rowid FROM ${table} LIMIT 1)`;
  const without = /WITHOUT ROWID/.test(
    String(db.prepare("SELECT sql FROM sqlite_schema WHERE name = ?").pluck().get(table)),
  );
  const key = without ? firstKey(table) : `rowid = ${one}`;
  const last = without ? key : `rowid = (SELECT max(rowid) FROM ${table})`;
  const set = `UPDATE ${table} SET ${column} = `;
  const more =
    nullable === 1
      ? [`${set}iif(${column} IS NULL, ${type === "INTEGER" ? 5 : "'x'"}, NULL) WHERE ${last}`]
      : [];
  return [`${set}${value} WHERE ${key}`, `${set}${value} WHERE ${last}`, ...more];
}

function firstKey(table: string): string {
  const keys = db
    .prepare<[string], string>("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk")
    .pluck()
    .all(table);
  const names = keys.join(", ");
  return `(${names}) = (SELECT ${names} FROM ${table} LIMIT 1)`;
}
