import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir, hostname, userInfo } from "node:os";
import { join } from "node:path";
import { type Host, runCommandLine } from "./commands/frame/run.ts";
import { stringAt } from "./model/json.ts";
import { processTerminal } from "./terminal/process.ts";

/**
 * The process: its arguments, variables, streams and signals go in, an exit code comes out. No other
 * file touches `process`.
 */
async function main(): Promise<number> {
  const interrupted = onInterrupt();
  const unread = new AbortController();
  let lost: Error | null = null;
  const { env, platform, stdin, stdout, stderr } = process;
  const host: Host = {
    openTerminal: ({ json, noColor }) =>
      processTerminal({
        stdout,
        stderr,
        secretInput: stdin.isTTY ? stdin : null,
        variables: env,
        json,
        noColor,
        onBroken: (error) => {
          if (stringAt(error, "code") !== "EPIPE") lost = error;
          unread.abort();
        },
      }),
    environment: {
      now: Date.now,
      monotonic: () => process.hrtime.bigint(),
      random: randomBytes,
      user: userName(),
      host: hostname(),
    },
    version: ownVersion(),
    cwd: process.cwd(),
    variables: env,
    configFolder: configFolder(platform, env),
    stdin,
    stdinIsTerminal: stdin.isTTY,
    interrupted,
    unread: unread.signal,
  };
  const exit = await runCommandLine(process.argv.slice(2), host);
  if (lost === null) return exit;
  stderr.write(`exhibita: error: the output could not be written whole: ${String(lost)}\n`);
  return 1;
}

const INTERRUPTED = 130;

/** The first signal asks the command to come to an end, the second ends the process at once. */
function onInterrupt(): AbortSignal {
  const controller = new AbortController();
  const handle = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
  };
  process.on("SIGINT", handle);
  process.on("SIGTERM", handle);
  return controller.signal;
}

/** Stands one folder above this file, both as source and as built. */
function ownVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return stringAt(JSON.parse(text), "version") ?? "unknown";
}

/** A container may run under a number that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}

/** XDG Base Directory Specification; on Windows the roaming application data. */
function configFolder(platform: string, env: NodeJS.ProcessEnv): string | null {
  const named = platform === "win32" ? env["APPDATA"] : env["XDG_CONFIG_HOME"];
  const base = named !== undefined && named !== "" ? named : join(homedir(), ".config");
  return join(base, "exhibita");
}

process.exit(await main());
