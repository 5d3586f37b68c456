import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { argumentList, optionalArgument } from "../../src/commands/frame/arguments.ts";
import {
  choice,
  requiredText,
  text,
  texts,
  toggle,
  whole,
} from "../../src/commands/frame/flags.ts";
import { nearest } from "../../src/commands/frame/lookup.ts";
import { flagOf, readValues } from "../../src/commands/frame/parameter.ts";
import { parseLine } from "../../src/commands/frame/parse.ts";
import { run } from "./host.ts";

const PARAMETERS = {
  file: optionalArgument("FILE", "a file"),
  dateOrder: choice("ORDER", ["dmy", "mdy"], "the order"),
  zone: text("ZONE", "a zone"),
  root: texts("PEM", "roots"),
  limit: whole("N", "how many", 1),
  noPassphrase: toggle("none"),
  output: text("DIR", "where to"),
};

function read(...line: readonly string[]): object {
  return readValues(PARAMETERS, parseLine("try", PARAMETERS, line));
}

describe("a command line", () => {
  it("gives each parameter its typed value, and null to what was not given", () => {
    expect(read()).toStrictEqual({
      file: null,
      dateOrder: null,
      zone: null,
      root: [],
      limit: null,
      noPassphrase: false,
      output: null,
    });
    expect(
      read(
        "a.txt",
        "--date-order",
        "mdy",
        "--root=x.pem",
        "--root",
        "y.pem",
        "--limit",
        "10",
        "--no-passphrase",
        "-o",
        "out",
      ),
    ).toStrictEqual({
      file: "a.txt",
      dateOrder: "mdy",
      zone: null,
      root: ["x.pem", "y.pem"],
      limit: 10,
      noPassphrase: true,
      output: "out",
    });
  });

  it("takes what follows -- as arguments, whatever it looks like", () => {
    expect(read("--", "--zone")).toMatchObject({ file: "--zone", zone: null });
  });

  it.each([
    [["--date-order", "ymd"], "--date-order cannot be ymd"],
    [["--zone", ""], "the value of --zone is empty"],
    [["--zone", "UTC", "--zone", "UTC"], "--zone is given 2 times"],
    [["--limit", "0"], "--limit cannot be 0"],
    [["--limit", "1e3"], "--limit cannot be 1e3"],
    [["--zoen", "UTC"], "unknown option --zoen"],
    [["--zone"], "option --zone <ZONE> argument missing"],
    [["a", "b"], "too many arguments, expected 1 argument but got 2: a, b"],
  ])("%o is refused: %s", (line, message) => {
    expect(() => read(...line)).toThrow(expect.objectContaining({ code: "usage", message }));
  });

  it("demands what is required", () => {
    const files = { files: argumentList("FILE", "files") };
    const number = { number: requiredText("N", "number") };
    expect(() => parseLine("try", files, [])).toThrow("missing required argument FILE");
    expect(() => parseLine("try", number, [])).toThrow(
      "required option --number <N> not specified",
    );
  });

  it("names flags by their keys", () => {
    expect(flagOf("noRaw")).toBe("--no-raw");
  });
});

describe("suggestions", () => {
  it("name what is near and nothing else", () => {
    expect(nearest(["search", "show", "stats"], "serach")).toStrictEqual(["search"]);
    expect(nearest(["search", "show"], "bundle")).toStrictEqual([]);
  });
});

describe("any command", () => {
  it("takes the switches of all commands before its name as well", async () => {
    const { exit, stdout } = await run(["--json", "completion", "bash"]);
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ type: "completion", shell: "bash" });
  });

  it("ends quietly where the reader of its output has gone", async () => {
    const { exit, stderr } = await run(["formats", "nosuch"], { unread: AbortSignal.abort() });
    expect({ exit, stderr }).toStrictEqual({ exit: 0, stderr: "" });
  });

  it("refuses a SOURCE_DATE_EPOCH that is no number of seconds", async () => {
    for (const value of ["soon", "-1", "99999999999"]) {
      const { exit, stderr } = await run(["formats"], { variables: { SOURCE_DATE_EPOCH: value } });
      expect(exit).toBe(2);
      expect(stderr).toContain(`SOURCE_DATE_EPOCH cannot be ${value}`);
    }
  });

  it("never sends a typed escape sequence back to the terminal", async () => {
    const hostile = Buffer.from("1b5d303b6f776e656407e280ae", "hex").toString();
    for (const line of [
      [hostile],
      ["formats", hostile],
      ["formats", `--${hostile}`],
      ["help", hostile],
    ]) {
      const { exit, stderr, stdout } = await run(line, { columns: 80 });
      expect(exit).toBe(2);
      expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
      expect(stderr).toContain("\\u{1B}]0;owned\\u{7}\\u{202E}");
    }
  });
});
