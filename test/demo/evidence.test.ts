import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoFiles } from "../../fixtures/demo/make/files.ts";
import { GROUP } from "../../fixtures/demo/make/group.ts";
import { PHONE_A } from "../../fixtures/demo/make/phone-a.ts";
import { PHONE_B_FIRST, PHONE_B_THEN } from "../../fixtures/demo/make/phone-b.ts";
import { type Row, clockOf, epochOf } from "../../fixtures/demo/make/row.ts";
import { arrayAt, objectAt, stringAt } from "../../src/model/json.ts";
import { run } from "../commands/host.ts";

const EVENING = join(import.meta.dirname, "..", "..", "fixtures", "evening");
const folder = mkdtempSync(join(realpathSync(tmpdir()), "exhibita-demo-test-"));
const variables = { EXHIBITA_CASE: join(folder, "case") };

beforeAll(async () => {
  await exhibita("init", join(folder, "case"), "--number", "1");
  const paths = ["phone-a.zip", "phone-b.zip", "computer"].map((name) => join(EVENING, name));
  await exhibita("ingest", ...paths, "--zone", "Europe/Paris");
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("the evidence of the demo", () => {
  it("is what its story makes of it, byte for byte", async () => {
    const made = await demoFiles();
    const differing = [...made].filter(
      ([path, bytes]) => !readFileSync(join(EVENING, path)).equals(bytes),
    );
    expect(differing.map(([path]) => path)).toStrictEqual([]);
  });
});

describe("what exhibita reads in it", () => {
  it("is every row of phone A at its minute", async () => {
    const rows = await messagesOf("c2.1");
    expect(rows.map(instant)).toStrictEqual(
      spoken(PHONE_A).map(({ at }) => iso(Math.floor(epochOf(at) / 60) * 60)),
    );
  });

  it("is every row of phone B, and both readings of the days that may be months", async () => {
    const rows = await messagesOf("c8.1");
    const first = spoken(PHONE_B_FIRST);
    const then = spoken(PHONE_B_THEN);
    expect(rows).toHaveLength(first.length + then.length);
    const doubted = rows.slice(0, first.length).map((row) => objectAt(row, "time"));
    expect(doubted.map((time) => time?.["instant"])).toStrictEqual(first.map(() => null));
    expect(doubted.map((time) => arrayAt(time, "candidates"))).toStrictEqual(
      first.map(({ at }) => bothReadings(at)),
    );
    const rest = rows.slice(first.length).map(instant);
    expect(rest).toStrictEqual(then.map(({ at }) => iso(epochOf(at))));
  });

  it("is every post of the group at its second", async () => {
    const rows = await messagesOf("c10.1");
    const posts = GROUP.filter(
      ({ action }) => action?.name === "group_call" || action === undefined,
    );
    expect(rows.map(instant)).toStrictEqual(posts.map(({ at }) => iso(epochOf(at))));
  });

  it("is the kind that each row of the story has", async () => {
    const kinds = [...spoken(PHONE_A), ...spoken(PHONE_B_FIRST), ...spoken(PHONE_B_THEN)].map(
      ({ kind }) => KINDS[kind],
    );
    const rows = [...(await messagesOf("c2.1")), ...(await messagesOf("c8.1"))];
    expect(rows.map((row) => stringAt(row, "kind"))).toStrictEqual(kinds);
  });
});

const KINDS: Readonly<Record<Row["kind"], string>> = {
  text: "text",
  edited: "text",
  deleted: "deletion",
  file: "media",
  omitted: "media",
  place: "location",
  call: "call",
  poll: "poll",
  notice: "system",
};

function spoken(rows: readonly Row[]): readonly Row[] {
  return rows.filter(({ kind }) => kind !== "notice");
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

/** As day/month, then as month/day: 9/4/24 is 9 April or 4 September. */
function bothReadings(at: string): readonly string[] {
  const { day, hour, minute, second } = clockOf(at);
  const clock = `${hour}:${minute}:${second}`;
  return [`2024-${day}-09T${clock}`, `2024-09-${day}T${clock}`];
}

function instant(row: unknown): unknown {
  return objectAt(row, "time")?.["instant"];
}

async function messagesOf(conversation: string): Promise<readonly unknown[]> {
  const stdout = await exhibita("search", "", "--conversation", conversation, "--json");
  const lines = stdout.trimEnd().split("\n");
  return lines
    .map((line): unknown => JSON.parse(line))
    .filter((row) => stringAt(row, "type") === "message");
}

async function exhibita(...argv: string[]): Promise<string> {
  const { exit, stdout, stderr } = await run(argv, { variables });
  expect({ exit, stderr }).toMatchObject({ exit: 0 });
  return stdout;
}
