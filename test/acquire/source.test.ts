import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { acquireFile } from "../../src/acquire/file.ts";
import { isLitter } from "../../src/acquire/litter.ts";
import { isInside, listOffered } from "../../src/acquire/source.ts";
import { sha256 } from "../../src/hash/digest.ts";
import { caseMaker, scratchFolder } from "./scratch.ts";

const newCase = caseMaker();
const folder = scratchFolder();
const onUnix = process.platform !== "win32";

function offered(name: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

describe("a folder that is offered", () => {
  it("is listed by the bytes of names, each folder before its content", () => {
    const root = offered("sorted");
    mkdirSync(join(root, "media"));
    for (const name of ["b.txt", "B.txt", "media/2.jpg", "media/10.jpg", "é.txt"])
      writeFileSync(join(root, name), name);
    const items = listOffered(root);
    expect(items.map((item) => `${item.kind} ${item.relative}`)).toEqual([
      "folder ",
      "file B.txt",
      "file b.txt",
      "folder media",
      "file media/10.jpg",
      "file media/2.jpg",
      "file é.txt",
    ]);
    expect(items[1]).toMatchObject({ size: 5, name: { text: "B.txt" }, reason: null });
  });

  it("has its litter named and not entered", () => {
    const root = offered("littered");
    mkdirSync(join(root, "__MACOSX"));
    for (const name of ["__MACOSX/._a", "Thumbs.db", ".DS_Store", "._chat.txt", "chat.txt"])
      writeFileSync(join(root, name), "");
    expect(listOffered(root).map((item) => `${item.kind} ${item.relative}`)).toEqual([
      "folder ",
      "litter .DS_Store",
      "litter ._chat.txt",
      "litter Thumbs.db",
      "litter __MACOSX",
      "file chat.txt",
    ]);
    expect(isLitter("a/__MACOSX/b")).toBe(true);
    expect(isLitter("a/.hidden")).toBe(false);
  });

  it.skipIf(process.platform !== "linux")("keeps names that are not UTF-8 as bytes", () => {
    const root = offered("bytes");
    const raw = Buffer.from([0x63, 0xe9, 0x2e]);
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), raw]), "x");
    const [, item] = listOffered(root);
    expect(item?.name).toEqual({ text: "c\\xe9.", bytes: raw.toString("base64") });
    if (item === undefined) throw new Error("not listed");
    expect(acquireFile(newCase(), item.path)).toMatchObject({ kind: "stored", changed: [] });
  });

  it.skipIf(!onUnix)("lists what is no file as refused, and waits for nothing", async () => {
    const root = offered("special");
    symlinkSync(root, join(root, "loop"));
    symlinkSync("/etc/passwd", join(root, "link"));
    execFileSync("mkfifo", [join(root, "pipe")]);
    const server = createServer().listen(join(root, "socket"));
    await new Promise((resolve) => void server.once("listening", resolve));
    const items = listOffered(root);
    expect(items.map((item) => `${item.relative}: ${item.reason}`)).toEqual([
      ": null",
      "link: a symbolic link: name what it points to",
      "loop: a symbolic link: name what it points to",
      "pipe: a named pipe",
      "socket: a socket",
    ]);
    const home = newCase();
    const kinds = [...items.map((item) => item.path), "/dev/zero"].map(
      (path) => acquireFile(home, path).kind,
    );
    expect(new Set(kinds)).toEqual(new Set(["refused"]));
    server.close();
  });

  it("may be a single file, and must be there", () => {
    const path = join(offered("single"), "chat.txt");
    writeFileSync(path, "hello");
    expect(listOffered(path)).toMatchObject([
      { kind: "file", relative: "chat.txt", path, size: 5 },
    ]);
    expect(() => listOffered(join(folder, "absent"))).toThrow(/absent is not there/);
  });
});

describe("a file that changes while it is read", () => {
  it("has nothing to tell where it stood still", () => {
    const path = join(offered("still"), "chat.txt");
    writeFileSync(path, "first");
    expect(acquireFile(newCase(), path)).toMatchObject({ kind: "stored", changed: [] });
  });

  it.skipIf(!onUnix)("by growing, is caught", async () => {
    const path = join(offered("growing"), "chat.txt");
    writeFileSync(path, Buffer.alloc(LARGE));
    const grower = inShell('while [ -e "$0.go" ]; do printf x >> "$0"; done', path);
    await until(() => statSync(path).size > LARGE);
    const result = acquireFile(newCase(), path);
    rmSync(`${path}.go`);
    await grower;
    if (result.kind !== "stored") throw new Error(result.reason);
    expect(result.changed).toEqual(expect.arrayContaining(["size", "mtime", "ctime"]));
    expect(sha256(readFileSync(result.stored.path))).toBe(result.stored.sha256);
  });

  it.skipIf(!onUnix)("by being replaced, is caught", async () => {
    const path = join(offered("replaced"), "chat.txt");
    writeFileSync(path, Buffer.alloc(LARGE));
    const home = newCase();
    const script =
      'until ls -A "$1" 2>/dev/null | grep -q .; do :; done; echo new > "$0.n"; mv "$0.n" "$0"';
    const replacer = inShell(script, path, join(home, "originals"));
    const result = acquireFile(home, path);
    await replacer;
    if (result.kind !== "stored") throw new Error(result.reason);
    expect(result.stored.size).toBe(LARGE);
    expect(result.changed).toContain("file");
  });
});

const LARGE = 64 * 1024 * 1024;

/** Runs a script with `$0.go` there; ends when the script does. */
async function inShell(script: string, ...args: readonly string[]): Promise<void> {
  writeFileSync(`${args[0]}.go`, "");
  const child = spawn("/bin/sh", ["-c", script, ...args]);
  await new Promise((resolve) => void child.once("close", resolve));
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(1);
}

describe("a folder inside another", () => {
  it("is found through links, and for paths that are not there yet", () => {
    const root = offered("outer");
    mkdirSync(join(root, "inner"));
    symlinkSync(root, join(folder, "alias"));
    expect(isInside(root, join(folder, "alias", "inner"))).toBe(true);
    expect(isInside(root, join(root, "not", "yet"))).toBe(true);
    expect(isInside(root, root)).toBe(true);
    expect(isInside(join(root, "inner"), root)).toBe(false);
    expect(isInside(root, `${root}-other`)).toBe(false);
    expect(isInside(root, join(root, "..named"))).toBe(true);
  });
});
