import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { acquireMembers, type Member, type MemberFinding } from "../../src/acquire/members.ts";
import { readEntry } from "../../src/archive/locate.ts";
import { DEFAULT_LIMITS } from "../../src/archive/limits.ts";
import { sha256 } from "../../src/hash/digest.ts";
import { collect } from "../archive/scratch.ts";
import { zip } from "../archive/zip.ts";
import { caseMaker, filesUnder, scratchFolder } from "./scratch.ts";

const newCase = caseMaker();
const folder = scratchFolder();
let written = 0;

interface Taken {
  readonly home: string;
  readonly path: string;
  readonly members: readonly Member[];
  readonly litter: readonly string[];
  readonly findings: readonly MemberFinding[];
}

async function take(bytes: Buffer, limits = DEFAULT_LIMITS): Promise<Taken> {
  const home = newCase();
  const path = join(folder, `export-${written++}.zip`);
  writeFileSync(path, bytes);
  const members: Member[] = [];
  const litter: string[] = [];
  const findings: MemberFinding[] = [];
  for await (const each of acquireMembers(home, path, limits)) {
    if (each.type === "member") members.push(each);
    else if (each.type === "litter") litter.push(each.entryPath);
    else findings.push(each);
  }
  return { home, path, members, litter, findings };
}

const INNER = zip([{ name: "chat.txt", data: "nested chat" }]);

describe("the members of an archive", () => {
  it("become originals under their digests, whatever their names", async () => {
    const { home, members } = await take(
      zip([
        { name: "../../evil.sh", data: "escaped?" },
        { name: "/etc/cron.d/x", data: "absolute?" },
        { name: "chat.txt", data: "hello", deflate: true },
        { name: "folder/" },
      ]),
    );
    expect(members.map((member) => [member.entryPath, member.stored.sha256])).toEqual([
      ["../../evil.sh", sha256("escaped?")],
      ["/etc/cron.d/x", sha256("absolute?")],
      ["chat.txt", sha256("hello")],
    ]);
    const names = filesUnder(home);
    expect(names).toEqual(
      members
        .map(({ stored }) => join("originals", stored.sha256.slice(0, 2), stored.sha256))
        .toSorted(),
    );
  });

  it("are taken out of archives in archives, each under a path that leads back to it", async () => {
    const taken = await take(
      zip([
        { name: "outer.bin", data: zip([{ name: "inner.zip", data: INNER }]), deflate: true },
        { name: "twin", data: "one" },
        { name: "twin", data: "two" },
      ]),
    );
    expect(taken.members.map((member) => [member.entryPath, member.depth])).toEqual([
      ["outer.bin", 1],
      ["outer.bin!/inner.zip", 2],
      ["outer.bin!/inner.zip!/chat.txt", 3],
      ["twin", 1],
      ["twin!#2", 1],
    ]);
    for (const { entryPath, stored } of taken.members)
      expect(sha256(await collect(readEntry(taken.path, entryPath)))).toBe(stored.sha256);
  });

  it("stop at the third archive within another, which is kept whole", async () => {
    const four = [1, 2, 3].reduce((bytes) => zip([{ name: "next.zip", data: bytes }]), INNER);
    const { members, findings } = await take(four);
    expect(members.at(-1)?.entryPath).toBe("next.zip!/next.zip!/next.zip");
    expect(findings.map((each) => each.finding.code)).toEqual(["nested-depth"]);
  });

  it("leave documents whole that are archives inside", async () => {
    const document = zip([{ name: "[Content_Types].xml", data: "<Types/>" }]);
    const { members } = await take(zip([{ name: "letter.docx", data: document }]));
    expect(members.map((member) => member.entryPath)).toEqual(["letter.docx"]);
  });

  it("are passed over where an operating system left them", async () => {
    const { members, litter } = await take(
      zip([
        { name: "chat.txt", data: "x" },
        { name: "__MACOSX/._chat.txt", data: "y" },
      ]),
    );
    expect(members).toHaveLength(1);
    expect(litter).toEqual(["__MACOSX/._chat.txt"]);
  });

  it("keep the bytes of a name that is not UTF-8", async () => {
    const raw = Buffer.from([0x63, 0x82]);
    const { members } = await take(zip([{ name: raw, data: "x" }]));
    expect(members[0]).toMatchObject({ entryPath: "cé", nameBytes: raw.toString("base64") });
  });

  it("that cannot be read are findings, and the rest is taken", async () => {
    const { members, findings } = await take(
      zip([
        { name: "bad.txt", data: "x", crc: crc32("y") },
        { name: "locked.txt", data: "x", flags: 1 },
        { name: "good.txt", data: "x" },
        { name: "broken.zip", data: Buffer.from("PK\u0003\u0004 cut short", "latin1") },
      ]),
    );
    expect(members.map((member) => member.entryPath)).toEqual(["good.txt", "broken.zip"]);
    expect(findings.map((each) => [each.finding.code, each.entryPath])).toEqual([
      ["encrypted", "locked.txt"],
      ["unreadable", "bad.txt"],
      ["nested-unreadable", "broken.zip"],
    ]);
  });

  it("of a nested bomb fill no more than the limit of the outer archive", async () => {
    const MIB = 1024 * 1024;
    const bomb = zip([{ name: "z", data: Buffer.alloc(MIB), deflate: true }]);
    const names = Array.from({ length: 50 }, (_, index) => `bomb-${index}.zip`);
    const outer = zip(names.map((name) => ({ name, data: Buffer.concat([bomb]), deflate: true })));
    const limits = { ...DEFAULT_LIMITS, ratioFloor: 4 * MIB, ratio: 10 };
    const { members, findings } = await take(outer, limits);
    const produced = members.reduce((sum, member) => sum + member.stored.size, 0);
    expect(produced).toBeLessThanOrEqual(4 * MIB);
    expect(findings.length).toBeGreaterThan(40);
  });
});
