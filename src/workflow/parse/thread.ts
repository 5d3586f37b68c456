import { Worker } from "node:worker_threads";
import { Failure } from "../../model/failure.ts";
import { workerEntry } from "../worker-entry.ts";
import type { FlatBatch, ParseJob, ParseReply } from "./protocol.ts";

/** A thread that parses one file at a time, and is kept for the next. */
export interface ParseThread {
  /** Calls `take` for each batch in order and gives the end; rejects where the parser itself is broken. */
  readonly parse: (
    job: ParseJob,
    take: (batch: FlatBatch) => void,
  ) => Promise<{ readonly units: number; readonly digest: string; readonly version: number }>;
  readonly close: () => Promise<void>;
}

/** A worker and the count of its batches that are under way. */
interface Running {
  readonly worker: Worker;
  readonly pending: Int32Array;
}

/** Starts the thread with the first file, so that a run which parses nothing starts none. */
export function parseThread(): ParseThread {
  let running: Running | null = null;
  const close = async (): Promise<void> => {
    const ending = running;
    running = null;
    await ending?.worker.terminate();
  };
  const parse: ParseThread["parse"] = async (job, take) => {
    running ??= start();
    try {
      return await converse(running, job, take);
    } catch (error) {
      await close();
      throw error;
    }
  };
  return { parse, close };
}

/** A batch lives no longer than its journey: a third of what V8 would take is as fast. */
const YOUNG_MEBIBYTES = 16;

function start(): Running {
  const pending = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(workerEntry("worker", import.meta.url), {
    workerData: pending.buffer,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEBIBYTES },
  });
  return { worker, pending };
}

type End = Extract<ParseReply, { type: "end" }>;

async function converse(
  { worker, pending }: Running,
  job: ParseJob,
  take: (batch: FlatBatch) => void,
): Promise<End> {
  const { promise, resolve, reject } = Promise.withResolvers<End>();
  const onMessage = (reply: ParseReply): void => {
    if (reply.type === "end") resolve(reply);
    else if (reply.type === "broken") {
      reject(
        new Failure("bug", `the ${job.format} parser broke: ${reply.message}`, [], reply.stack),
      );
    } else {
      try {
        take(reply.batch);
      } catch (error) {
        reject(error);
      } finally {
        Atomics.sub(pending, 0, 1);
        Atomics.notify(pending, 0);
      }
    }
  };
  const onEnd = (cause: unknown): void =>
    reject(new Failure("bug", `the parsing thread ended while it read ${job.name}`, [], cause));
  worker.on("message", onMessage);
  worker.on("error", onEnd);
  worker.on("exit", onEnd);
  try {
    worker.postMessage(job);
    return await promise;
  } finally {
    worker.off("message", onMessage);
    worker.off("error", onEnd);
    worker.off("exit", onEnd);
  }
}
