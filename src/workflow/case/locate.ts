import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Failure } from "../../model/failure.ts";
import type { CaseSettings } from "./settings.ts";
import { toSettings } from "./settings.ts";

/** Where the parts of a case lie. */
export interface CasePaths {
  readonly folder: string;
  readonly settings: string;
  readonly journal: string;
  readonly index: string;
  readonly lock: string;
  readonly secret: string;
}

export function casePaths(folder: string): CasePaths {
  return {
    folder,
    settings: join(folder, "case.json"),
    journal: join(folder, "custody.jsonl"),
    index: join(folder, "index.db"),
    lock: join(folder, "case.lock"),
    secret: join(folder, "case.secret"),
  };
}

/**
 * Finds a case: the folder named by flag or variable, else the working folder or the nearest above it
 * that holds case.json, as git finds a repository.
 *
 * @throws Failure `no-case` naming the place.
 */
export function findCase(named: string | undefined, workingFolder: string): CasePaths {
  if (named !== undefined) {
    const folder = resolve(workingFolder, named);
    if (existsSync(join(folder, "case.json"))) return casePaths(folder);
    throw new Failure("no-case", `no case at ${folder}`, [
      `make one: exhibita init ${named} --number N`,
    ]);
  }
  for (let folder = resolve(workingFolder); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "case.json"))) return casePaths(folder);
    if (dirname(folder) === folder) break;
  }
  throw new Failure("no-case", `no case in ${workingFolder} or above it`, [
    "name one with --case DIR or EXHIBITA_CASE",
    "make one: exhibita init DIR --number N",
  ]);
}

/**
 * Reads case.json.
 *
 * @throws Failure `integrity` where it is not the description of a case.
 */
export function readSettings(paths: CasePaths): CaseSettings {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(paths.settings, "utf8"));
  } catch (cause) {
    throw new Failure("integrity", `case.json cannot be read: ${paths.settings}`, [], cause);
  }
  const settings = toSettings(value);
  if (settings === null) {
    throw new Failure("integrity", `case.json does not describe a case: ${paths.settings}`);
  }
  return settings;
}

/**
 * The case's secret, from which salts are derived: kept beside the index, never in it or in a bundle.
 *
 * @throws Failure `integrity` where it is missing, since another one would change every salt.
 */
export function readSecret(paths: CasePaths): Buffer {
  if (!existsSync(paths.secret) || statSync(paths.secret).size !== 65) {
    throw new Failure("integrity", `the case's secret is missing or cut: ${paths.secret}`);
  }
  return Buffer.from(readFileSync(paths.secret, "utf8").trim(), "hex");
}
