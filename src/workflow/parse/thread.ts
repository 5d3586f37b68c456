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

/** Starts the thread with the first file, so that a run which parses nothing starts none. */
export function parseThread(): ParseThread {
  let worker: Worker | null = null;
  const pending = new Int32Array(new SharedArrayBuffer(4));
  const started = (): Worker => {
    worker ??= new Worker(workerEntry("worker", import.meta.url), { workerData: pending.buffer });
    return worker;
  };
  const close = async (): Promise<void> => {
    await worker?.terminate();
    worker = null;
    Atomics.store(pending, 0, 0);
  };
  const parse: ParseThread["parse"] = async (job, take) => {
    try {
      return await converse(started(), pending, job, take);
    } catch (error) {
      await close();
      throw error;
    }
  };
  return { parse, close };
}

type End = Extract<ParseReply, { type: "end" }>;

async function converse(
  worker: Worker,
  pending: Int32Array,
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
        const batch: FlatBatch = JSON.parse(reply.text);
        take(batch);
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
