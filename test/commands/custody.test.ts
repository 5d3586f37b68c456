import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createCase } from "../../src/workflow/case/create.ts";
import { scratch } from "../bundle/sample.ts";
import { fixedEnvironment } from "../environment.ts";
import { run, type Setting } from "./host.ts";

const root = scratch();
afterAll(root.remove);

let made = 0;
let journal: string;
let setting: Setting;
beforeEach(() => {
  const folder = join(root.path, `case-${made++}`);
  const settings = {
    title: null,
    agency: null,
    officer: "Sgt Vega",
    zone: null,
    language: "en",
  } as const;
  createCase({ folder, number: "2026-17", ...settings }, fixedEnvironment("2026-03-01T09:00:00Z"));
  journal = join(folder, "custody.jsonl");
  setting = { cwd: folder };
});

describe("custody add", () => {
  it("writes what somebody tells into the chain", async () => {
    const line = [
      "custody",
      "add",
      "transferred",
      "--exhibit",
      "7/3",
      "--party",
      "Lab 2",
      "--json",
    ];
    const { exit, stdout } = await run(line, setting);
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      seq: 2,
      action: "transferred",
      actor: "Sgt Vega",
      exhibit: "7/3",
      options: { told: true, party: "Lab 2" },
    });
    expect(readFileSync(journal, "utf8").trimEnd().split("\n")).toHaveLength(2);
  });

  it.each([
    [["lost"], 2, "ACTION cannot be lost"],
    [["copied"], 2, "copied by itself says too little"],
    [["copied", "--note", "twice", "--artifact", "9"], 2, "the case has no artifact 9"],
    [["copied", "--note", "twice", "--artifact", "x"], 2, "--artifact cannot be x"],
    [["copied", "--note", "twice", "--case", "/nowhere"], 10, "no case at"],
  ])("refuses %o with %i", async (line, exit, message) => {
    const before = readFileSync(journal, "utf8");
    const ran = await run(["custody", "add", ...line], setting);
    expect(ran.exit).toBe(exit);
    expect(ran.stderr).toContain(message);
    expect(readFileSync(journal, "utf8")).toBe(before);
  });

  it("writes nothing in a rehearsal", async () => {
    const before = readFileSync(journal, "utf8");
    const { exit } = await run(
      ["custody", "add", "copied", "--note", "once", "--dry-run"],
      setting,
    );
    expect(exit).toBe(0);
    expect(readFileSync(journal, "utf8")).toBe(before);
  });
});

describe("custody log", () => {
  it("shows every entry, and the head of the chain", async () => {
    await run(["custody", "add", "received", "--note", "by \u202Ecourier"], setting);
    const { exit, stdout, stderr } = await run(["custody", "log"], setting);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/created +Sgt Vega/);
    expect(stdout).toContain("by \\u{202E}courier");
    expect(stderr).toContain("head: 2 lines");
  });

  it("ends with 4 where a line was edited", async () => {
    await run(["custody", "add", "received", "--note", "on Monday"], setting);
    await run(["custody", "add", "returned", "--note", "on Friday"], setting);
    writeFileSync(journal, readFileSync(journal, "utf8").replace("Monday", "Sunday"));
    const { exit, stderr } = await run(["custody", "log"], setting);
    expect(exit).toBe(4);
    expect(stderr).toMatch(/warning: line 3 /);
  });

  it("ends with 3 where the last line was cut off", async () => {
    appendFileSync(journal, '{"seq":2,');
    const { exit, stdout } = await run(["custody", "log", "--json"], setting);
    const last = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
    expect(exit).toBe(3);
    expect(last).toMatchObject({ type: "custody-head", size: 1, torn: 9, faults: [] });
  });

  it("finds the case by EXHIBITA_CASE as well", async () => {
    const variables = { EXHIBITA_CASE: setting.cwd };
    expect((await run(["custody", "log"], { cwd: root.path, variables })).exit).toBe(0);
  });
});
