import { storeFile } from "../../src/acquire/originals.ts";

/** `store.ts FOLDER FILE`: stores a file as an acquisition does: hashed, durable, read back. */
const [folder = "", file = ""] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(storeFile(folder, file))}\n`);
