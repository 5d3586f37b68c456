/** Verifies one file in a process of its own; prints the verdict, the processor time and the memory it took. */
import { existsSync, readFileSync } from "node:fs";
import { verifyFile } from "../../src/workflow/verify.ts";

const [path = "", ...against] = process.argv.slice(2);
const { verdict } = await verifyFile(path, {
  roots: [],
  at: null,
  now: new Date(),
  requireTime: false,
  against,
  anchor: null,
});
// Of this process's own: what other processes take meanwhile says nothing of the verifier.
const { user, system } = process.cpuUsage();
const seconds = (user + system) / 1e6;
process.stdout.write(JSON.stringify({ verdict, seconds, megabytes: peakMegabytes() }));

/** The largest resident size. maxRSS would count what the parent held when it started this process. */
function peakMegabytes(): number {
  const status = "/proc/self/status";
  const peak = existsSync(status)
    ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, "utf8"))?.[1]
    : undefined;
  return (peak === undefined ? process.resourceUsage().maxRSS : Number(peak)) / 1024;
}
