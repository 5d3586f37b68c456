import { closeSync, openSync, readSync } from "node:fs";
import type { MessagePort } from "node:worker_threads";
import { parentPort, workerData } from "node:worker_threads";
import { FORMATS } from "../../formats/index.ts";
import { Failure } from "../../model/failure.ts";
import { flattener } from "./flatten.ts";
import type { ParseJob, ParseReply } from "./protocol.ts";
import { MOST_BATCHES } from "./protocol.ts";

/**
 * Entry of the parsing thread. It opens originals, never the index: a hostile export meets no database.
 * `workerData` is the shared counter of batches that the inserting thread has not taken yet.
 */
const CHUNK = 1 << 20;

const port = parentPort;
if (port !== null && workerData instanceof SharedArrayBuffer) {
  const pending = new Int32Array(workerData);
  port.on("message", (job: ParseJob) => void answer(job, port, pending));
}

async function answer(job: ParseJob, port: MessagePort, pending: Int32Array): Promise<void> {
  const send = (reply: ParseReply): void => port.postMessage(reply);
  try {
    await parse(job, send, pending);
  } catch (error) {
    const shown = error instanceof Error ? error : new Error(String(error));
    send({ type: "broken", message: shown.message, stack: shown.stack ?? "" });
  }
}

async function parse(
  job: ParseJob,
  send: (reply: ParseReply) => void,
  pending: Int32Array,
): Promise<void> {
  const listed = FORMATS.find((format) => format.id === job.format);
  if (listed === undefined) throw new Failure("bug", `no such format: ${job.format}`);
  const format = await listed.load();
  const flat = flattener();
  const { name, size, siblings, options } = job;
  const chunks = { [Symbol.iterator]: () => chunksOf(job.blob) };
  for (const records of format.parse({ name, size, siblings, chunks }, options)) {
    const batch = flat.batch(records);
    waitForRoom(pending);
    send({ type: "batch", batch });
  }
  send({ type: "end", units: flat.units(), digest: flat.digest(), version: format.version });
}

function waitForRoom(pending: Int32Array): void {
  for (;;) {
    const under = Atomics.load(pending, 0);
    if (under < MOST_BATCHES) break;
    Atomics.wait(pending, 0, under);
  }
  Atomics.add(pending, 0, 1);
}

function* chunksOf(path: string): Generator<Uint8Array> {
  const fd = openSync(path, "r");
  try {
    const chunk = Buffer.allocUnsafeSlow(CHUNK);
    for (;;) {
      const got = readSync(fd, chunk, 0, CHUNK, null);
      if (got === 0) return;
      yield chunk.subarray(0, got);
    }
  } finally {
    closeSync(fd);
  }
}
