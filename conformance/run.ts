/** Foreign programs, and the environments of those that come from a registry. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where packages of registries are kept from one run to the next; no part of the repository. */
export const CACHE: string = join(import.meta.dirname, ".cache");

export interface Ran {
  readonly status: number;
  readonly output: string;
}

const TEN_MINUTES = 600_000;

/** Runs a program to its end; 127 where there is none of this name. */
export function run(program: string, flags: readonly string[], cwd?: string): Ran {
  const { status, stdout, stderr, error } = spawnSync(program, flags, {
    cwd,
    encoding: "utf8",
    timeout: TEN_MINUTES,
    maxBuffer: 64 << 20,
    env: { ...process.env, LC_ALL: "C" },
  });
  if (error !== undefined) return { status: 127, output: error.message };
  return { status: status ?? 1, output: `${stdout}${stderr}` };
}

/** The first of these programs that is not installed; null where all are. */
export function missingProgram(...programs: readonly string[]): string | null {
  const missing = programs.find((program) => run("which", [program]).status !== 0);
  return missing === undefined ? null : `${missing} is not installed`;
}

/**
 * The folder of programs of a Python environment with the packages of `requirements`, made where there
 * is none for exactly this list yet.
 *
 * @throws where pip cannot install them
 */
export function pythonTools(requirements: string): string {
  const folder = join(CACHE, "python");
  const wanted = readFileSync(requirements, "utf8");
  const mark = join(folder, "installed.txt");
  const tools = join(folder, "bin");
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return tools;
  mkdirSync(CACHE, { recursive: true });
  must(run("python3", ["-m", "venv", "--clear", folder]));
  must(run(join(tools, "pip"), ["install", "--quiet", "--requirement", requirements]));
  writeFileSync(mark, wanted);
  return tools;
}

/** The folder of the jars a Maven project depends on, fetched where they are not there yet. */
export function mavenJars(project: string): string {
  const folder = join(CACHE, "jars");
  const wanted = readFileSync(join(project, "pom.xml"), "utf8");
  const mark = join(folder, "installed.xml");
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return folder;
  mkdirSync(folder, { recursive: true });
  const goal = ["dependency:copy-dependencies", `-DoutputDirectory=${folder}`];
  must(run("mvn", ["--quiet", "--batch-mode", ...goal, "-DincludeScope=runtime"], project));
  writeFileSync(mark, wanted);
  return folder;
}

function must({ status, output }: Ran): void {
  if (status !== 0) throw new Error(output.trim().split("\n").slice(-5).join("\n"));
}
