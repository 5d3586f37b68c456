import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lockCase } from "../../src/store/lock.ts";
import { openStore, openStoreReadOnly, removeStore } from "../../src/store/open.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "exhibita-store-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("an index", () => {
  it("keeps every commit, distrusts its schema, and is its owner's alone", () => {
    const path = join(folder, "index.db");
    const db = openStore(path);
    expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(db.pragma("synchronous", { simple: true })).toBe(2);
    expect(db.pragma("foreign_keys", { simple: true })).toBe(1);
    expect(db.pragma("trusted_schema", { simple: true })).toBe(0);
    for (const suffix of ["", "-wal", "-shm"]) {
      expect(statSync(path + suffix).mode & 0o777).toBe(0o600);
    }
    db.close();
  });

  it("made by a newer or another version is refused, with the way out", () => {
    for (const sql of [
      "INSERT INTO migration (id, name, digest) VALUES (99, 'later', 'x')",
      "UPDATE migration SET digest = 'other' WHERE id = 1",
    ]) {
      const path = join(folder, `${sql.slice(0, 6)}.db`);
      const db = openStore(path);
      db.exec(sql);
      db.close();
      expect(() => openStore(path)).toThrow("another version of exhibita");
    }
  });

  it("is opened for reading without being made or written", () => {
    expect(() => openStoreReadOnly(join(folder, "none.db"))).toThrow("the case has no index");
    const path = join(folder, "read.db");
    openStore(path).close();
    const db = openStoreReadOnly(path);
    expect(() => db.exec("DELETE FROM meta")).toThrow("readonly");
    db.close();
    removeStore(path);
    expect(() => statSync(path)).toThrow("ENOENT");
  });
});

describe("the lock of a case", () => {
  it("names its owner to the second who asks, and is free once it is released", async () => {
    const path = join(folder, "case.lock");
    const first = await lockCase(path, "process 1 of ada@desk", 0);
    await expect(lockCase(path, "second", 0)).rejects.toMatchObject({
      code: "locked",
      message: "the case is locked by process 1 of ada@desk",
    });
    first.release();
    (await lockCase(path, "second", 0)).release();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(`${path}.owner`).mode & 0o777).toBe(0o600);
  });

  it("is waited for", async () => {
    const path = join(folder, "waited.lock");
    const first = await lockCase(path, "first", 0);
    setTimeout(() => first.release(), 150);
    (await lockCase(path, "second", 5)).release();
    await expect(
      lockCase(path, "third", 0).then((lock) => lock.release()),
    ).resolves.toBeUndefined();
  });

  it("that cannot be had at all is no lock of another's", async () => {
    writeFileSync(join(folder, "file"), "");
    await expect(lockCase(join(folder, "file", "case.lock"), "x", 0)).rejects.toMatchObject({
      code: "read-only",
    });
    const noise = join(folder, "noise.lock");
    writeFileSync(noise, Buffer.alloc(5_000, 0x5a));
    await expect(lockCase(noise, "x", 0)).rejects.toMatchObject({ code: "failed" });
  });
});
