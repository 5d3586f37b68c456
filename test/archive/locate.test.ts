import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readEntry } from "../../src/archive/locate.ts";
import { collect, failureOf, scratchFolder } from "./scratch.ts";
import { zip } from "./zip.ts";

const folder = scratchFolder();
const path = join(folder, "export.zip");
const inner = zip([{ name: "chat.txt", data: "inner" }]);
writeFileSync(
  path,
  zip([
    { name: "chat.txt", data: "first" },
    { name: "chat.txt", data: "second" },
    { name: "inner.zip", data: inner, deflate: true },
    { name: "inner.zip!/chat.txt", data: "a name, no nesting" },
    { name: "middle.zip", data: zip([{ name: "d/inner.zip", data: inner }]) },
  ]),
);

async function textAt(entryPath: string): Promise<string> {
  return (await collect(readEntry(path, entryPath))).toString();
}

describe("an entry path", () => {
  it("finds an entry, and its twin by number", async () => {
    expect(await textAt("chat.txt")).toBe("first");
    expect(await textAt("chat.txt!#2")).toBe("second");
  });

  it("finds an entry of an archive in an archive", async () => {
    expect(await textAt("inner.zip!/chat.txt")).toBe("inner");
    expect(await textAt("middle.zip!/d/inner.zip!/chat.txt")).toBe("inner");
  });

  it("is not mistaken for a name that looks nested", async () => {
    expect(await textAt("inner.zip!/chat.txt!#1")).toBe("a name, no nesting");
  });

  it("that leads nowhere is refused", async () => {
    expect(await failureOf(() => textAt("chat.tx"))).toBe("not-found");
    expect(await failureOf(() => textAt("inner.zip!/none"))).toBe("not-found");
    expect(await failureOf(() => textAt("chat.txt!/x"))).toBe("not-readable");
  });
});
