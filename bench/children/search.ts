import { openStoreReadOnly } from "../../src/store/open.ts";
import { EVERYTHING } from "../../src/store/filter.ts";
import { readQuery } from "../../src/store/query.ts";
import { rowsOf } from "../../src/store/rows.ts";

/** `search.ts INDEX WORD`: milliseconds to the first twenty rows in a warm process. */
const [index = "", word = ""] = process.argv.slice(2);
const db = openStoreReadOnly(index);
const times: number[] = [];
for (let round = 0; round < 20; round += 1) {
  const begun = process.hrtime.bigint();
  const rows = [...rowsOf(db, { ...EVERYTHING, text: readQuery(word) }, 20)];
  times.push(Number(process.hrtime.bigint() - begun) / 1e6);
  if (rows.length === 0) throw new Error(`no row holds ${word}`);
}
db.close();
process.stdout.write(`${times.toSorted((a, b) => a - b)[10]}\n`);
