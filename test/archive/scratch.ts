import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { Failure, type FailureCode } from "../../src/model/failure.ts";
import { type OpenArchive, openArchive } from "../../src/archive/archive.ts";

/** A folder that is removed when the tests of the file have ended. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "exhibita-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let written = 0;

/** Opens an archive of these bytes. */
export async function openBytes(folder: string, bytes: Uint8Array): Promise<OpenArchive> {
  const path = join(folder, `archive-${written++}.zip`);
  writeFileSync(path, bytes);
  return openArchive(path);
}

/** All bytes of a stream. */
export async function collect(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What reading an archive to its end said: codes of findings, and `unreadable` for entries that fail. */
export interface Reading {
  readonly codes: readonly string[];
  readonly bytes: number;
}

export async function readAll(archive: OpenArchive): Promise<Reading> {
  const codes = archive.findings
    .filter((each) => each.level === "finding")
    .map((each) => each.code);
  const failed: string[] = [];
  let bytes = 0;
  for (const entry of archive.entries.filter((each) => each.readable)) {
    try {
      for await (const chunk of archive.read(entry)) bytes += chunk.length;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failed.push("unreadable");
    }
  }
  return { codes: [...codes, ...failed], bytes };
}

/** The code of the Failure that an act throws; null where it throws none. */
export async function failureOf(act: () => unknown): Promise<FailureCode | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}
