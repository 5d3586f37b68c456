import { closeSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { FORMATS } from "../../src/formats/index.ts";

/** `parse.ts FORMAT FILE`: reads every record of an export and keeps none. */
const [id = "", file = ""] = process.argv.slice(2);
const CHUNK = 1 << 20;

function* chunks(): Generator<Uint8Array> {
  const fd = openSync(file, "r");
  try {
    const chunk = Buffer.allocUnsafeSlow(CHUNK);
    for (;;) {
      const length = readSync(fd, chunk);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(fd);
  }
}

const format = await FORMATS.find((listed) => listed.id === id)?.load();
const input = {
  name: basename(file),
  size: statSync(file).size,
  chunks: { [Symbol.iterator]: chunks },
  siblings: [],
};
const options = { zone: null, dateOrder: null, owner: null, mapping: null };
let messages = 0;
for (const records of format?.parse(input, options) ?? []) {
  for (const { type } of records) if (type === "message" || type === "event") messages += 1;
}
process.stdout.write(`${JSON.stringify({ messages })}\n`);
