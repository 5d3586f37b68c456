import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Ran, run } from "../commands/host.ts";
import { patternOf, readTranscript, type Step, type Transcript } from "./transcript.ts";

const names = (await readdir(import.meta.dirname)).filter((name) => name.endsWith(".txt"));

describe("transcripts", () => {
  it.each(names)("%s happens as it is told", async (name) => {
    const transcript = readTranscript(await readFile(join(import.meta.dirname, name), "utf8"));
    const folder = await mkdtemp(join(tmpdir(), "exhibita-transcript-"));
    try {
      await layFiles(transcript, folder);
      for (const step of transcript.steps) {
        const told = step.argv.join(" ");
        const ran = await play(step, folder);
        expect.soft(ran.stderr, `stderr of ${told}`).toMatch(patternOf(step.stderr));
        expect.soft(ran.stdout, `stdout of ${told}`).toMatch(patternOf(step.stdout));
        expect(ran.exit, `exit of ${told}`).toBe(step.exit);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

async function layFiles(transcript: Transcript, folder: string): Promise<void> {
  for (const { path, text } of transcript.files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** The folder's own name differs from run to run; a transcript writes FOLDER for it. */
async function play({ argv, stdin }: Step, folder: string): Promise<Ran> {
  const ran = await run(argv, { cwd: folder, configFolder: join(folder, "config"), stdin });
  const named = (text: string): string => text.replaceAll(folder, "FOLDER");
  return { exit: ran.exit, stdout: named(ran.stdout), stderr: named(ran.stderr) };
}
