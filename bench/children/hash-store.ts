import { storeFile } from "../../src/acquire/originals.ts";

/** `hash-store.ts FOLDER FILE`: hashes a file while storing it, as an acquisition does. */
const [folder = "", file = ""] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(storeFile(folder, file))}\n`);
