import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeTelegram } from "./generate/telegram.ts";
import { writeWhatsApp } from "./generate/whatsapp.ts";
import { type Line, measure } from "./measure.ts";

/** How much is measured, and from which seed it is made. */
export interface Size {
  readonly messages: number;
  readonly rounds: number;
  readonly seed: number;
}

/** Where a run of the bench works: one folder for all that it makes. */
export interface Ground extends Size {
  readonly folder: string;
  /** Exports are written when they are first asked for. */
  readonly whatsapp: () => string;
  readonly telegram: () => string;
  /** A path in the folder that nothing has. */
  readonly fresh: () => string;
}

/** The Node.js that runs the bench. */
export const NODE: string = process.execPath;

/** The command as it is installed; needs `npm run build`. */
export const EXHIBITA: string = join(import.meta.dirname, "..", "bin", "exhibita.js");

/** A line of the command. */
export function exhibita(...argv: string[]): Line {
  return [NODE, EXHIBITA, ...argv];
}

/** A program of `children`; its types are stripped once, in the round that is not counted. */
export function child({ folder }: Ground, name: string, ...argv: string[]): Line {
  const program = join(import.meta.dirname, "children", `${name}.ts`);
  return ["env", `NODE_COMPILE_CACHE=${join(folder, "compiled")}`, NODE, program, ...argv];
}

/** @throws Error where the package is not built */
export function makeGround(size: Size): Ground {
  if (!existsSync(join(import.meta.dirname, "..", "dist", "main.js"))) {
    throw new Error("the package is not built: npm run build");
  }
  const folder = mkdtempSync(join(tmpdir(), "exhibita-bench-"));
  process.env["EXHIBITA_KEYS"] = join(folder, "keys");
  const whatsapp = join(folder, "WhatsApp Chat with Les amis du quai.txt");
  const telegram = join(folder, "result.json");
  let made = 0;
  return {
    ...size,
    folder,
    whatsapp: () => {
      if (!existsSync(whatsapp)) writeWhatsApp(whatsapp, size.messages, size.seed);
      return whatsapp;
    },
    telegram: () => {
      if (!existsSync(telegram)) writeTelegram(telegram, size.messages, size.seed);
      return telegram;
    },
    fresh: () => join(folder, `place-${(made += 1)}`),
  };
}

export function removeGround({ folder }: Ground): void {
  rmSync(folder, { recursive: true, force: true });
}

/** An empty case in a new folder. */
export function newCase(ground: Ground): string {
  const folder = ground.fresh();
  measure(exhibita("init", folder, "--number", "BENCH-1"));
  return folder;
}

const ZONE = "Europe/Paris";

/** A case that holds the WhatsApp export, its zone declared; made once. */
export function filledCase(ground: Ground): string {
  const folder = join(ground.folder, "filled");
  if (existsSync(folder)) return folder;
  measure(exhibita("init", folder, "--number", "BENCH-1", "--zone", ZONE));
  measure(exhibita("ingest", ground.whatsapp(), "--case", folder, "--zone", ZONE));
  return folder;
}

/** A new folder, made. */
export function newFolder(ground: Ground): string {
  const folder = ground.fresh();
  mkdirSync(folder);
  return folder;
}
