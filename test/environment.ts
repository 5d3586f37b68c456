import { createHash } from "node:crypto";
import type { Environment } from "../src/model/environment.ts";

/** An environment that tells the same story each time: one second between two looks at the clock. */
export function fixedEnvironment(start = "2024-06-25T08:00:00Z"): Environment {
  let clock = Date.parse(start);
  let drawn = 0;
  return {
    now: () => (clock += 1000),
    monotonic: () => BigInt(clock) * 1_000_000n,
    random: (bytes) => {
      const blocks: Buffer[] = [];
      while (blocks.length * 32 < bytes) {
        drawn += 1;
        blocks.push(createHash("sha256").update(`draw ${drawn}`).digest());
      }
      return Buffer.concat(blocks).subarray(0, bytes);
    },
    user: "a.martin",
    host: "poste-7",
    sourceDateEpoch: null,
  };
}

export const TOOL = {
  exhibita: "0.1.0",
  node: "24.21.0",
  sqlite: null,
  tz: "2026a",
  unicode: "17.0",
} as const;
