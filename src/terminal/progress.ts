import { byteSize, duration, grouped } from "./measures.ts";
import type { Terminal } from "./terminal.ts";

/** How far a piece of work is. `label` says what is being done, and to what. */
export interface Step {
  readonly label: string;
  readonly bytes: number;
  /** Null where the end is not known. */
  readonly totalBytes: number | null;
  readonly messages: number;
}

export interface Progress {
  /** Cheap enough to be called at every batch. */
  readonly update: (step: Step) => void;
  /** Clears the status line. */
  readonly end: () => void;
}

const QUIET_MS = 500;
const REDRAW_MS = 100;
const RECORD_MS = 1000;

/**
 * Shows progress: on an interactive terminal a status line after half a second, under --json a
 * `{"type":"status"}` record on standard error at most once a second, elsewhere nothing.
 *
 * @param now milliseconds of any clock that runs forward
 */
export function startProgress(terminal: Terminal, now: () => number): Progress {
  const begin = now();
  let next = begin + (terminal.json ? RECORD_MS : QUIET_MS);
  const update = (step: Step): void => {
    const at = now();
    if (at < next) return;
    next = at + (terminal.json ? RECORD_MS : REDRAW_MS);
    const seconds = (at - begin) / 1000;
    if (terminal.json) terminal.note(statusRecord(step, seconds));
    else if (terminal.isInteractive) terminal.status([statusLine(step, seconds)]);
  };
  return { update, end: () => terminal.status([]) };
}

function statusRecord(step: Step, seconds: number): object {
  return { type: "status", ...step, seconds, secondsLeft: secondsLeft(step, seconds) };
}

function statusLine(step: Step, seconds: number): string {
  const { label, bytes, totalBytes, messages } = step;
  const left = secondsLeft(step, seconds);
  const parts = [
    totalBytes === null ? byteSize(bytes) : `${byteSize(bytes)} of ${byteSize(totalBytes)}`,
    messages === 0 ? "" : `${grouped(messages)} messages`,
    seconds > 0 && bytes > 0 ? `${byteSize(bytes / seconds)}/s` : "",
    left === null ? "" : `${duration(left)} left`,
  ].filter((part) => part !== "");
  return `${label}: ${parts.join(", ")}`;
}

function secondsLeft({ bytes, totalBytes }: Step, seconds: number): number | null {
  if (totalBytes === null || bytes === 0 || seconds === 0) return null;
  return Math.max(0, Math.round(((totalBytes - bytes) * seconds) / bytes));
}
