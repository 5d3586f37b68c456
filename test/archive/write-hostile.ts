import { mkdirSync, writeFileSync } from "node:fs";
import { HOSTILE } from "./hostile.ts";

/** Writes fixtures/hostile anew: `node test/archive/write-hostile.ts`. */
const folder = new URL("../../fixtures/hostile/", import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, bytes] of Object.entries(HOSTILE)) writeFileSync(new URL(name, folder), bytes);
