import { describe, expect, it } from "vitest";
import { wantsColour } from "../../src/terminal/colour.ts";
import { memoryTerminal } from "../../src/terminal/memory.ts";
import { startProgress } from "../../src/terminal/progress.ts";
import { styled } from "../../src/terminal/terminal.ts";

describe("a terminal", () => {
  it("keeps data and talk apart", () => {
    const terminal = memoryTerminal();
    terminal.data("a row");
    terminal.say("read 1 file");
    terminal.warn("no zone");
    terminal.fail("no such file");
    terminal.hint("look again");
    expect(terminal.stdout()).toBe("a row\n");
    expect(terminal.stderr()).toBe(
      "read 1 file\nexhibita: warning: no zone\nexhibita: error: no such file\nexhibita: hint: look again\n",
    );
  });

  it("makes every piece printable before it colours it", () => {
    const terminal = memoryTerminal({ colour: true });
    terminal.data(["by ", styled("strong", "Ana\u001B[31m")]);
    expect(terminal.stdout()).toBe("by \u001B[1mAna\\u{1B}[31m\u001B[22m\n");
  });

  it("talks in JSON lines under --json", () => {
    const terminal = memoryTerminal({ json: true });
    terminal.warn(["no zone in ", styled("strong", "chat.txt")]);
    expect(terminal.stderr()).toBe('{"type":"warning","message":"no zone in chat.txt"}\n');
  });

  it("gives bytes untouched to a pipe, and as printable lines to a person", () => {
    const bytes = Buffer.from("a\u001B[2J\nb");
    const pipe = memoryTerminal();
    const person = memoryTerminal({ columns: 80 });
    pipe.bytes(bytes);
    person.bytes(bytes);
    expect(pipe.stdout()).toBe("a\u001B[2J\nb");
    expect(person.stdout()).toBe("a\\u{1B}[2J\nb\n");
  });

  it("has no width off a terminal, so that nothing is cut in a pipe", () => {
    expect(memoryTerminal().width).toBe(Infinity);
    expect(memoryTerminal({ columns: 70 }).width).toBe(70);
  });

  it("wipes the status lines before it writes anything else", () => {
    const terminal = memoryTerminal({ columns: 20 });
    terminal.status(["reading a file with a long name", "two"]);
    terminal.say("done");
    expect(terminal.stderr()).toBe("reading a file wit…\ntwo\r\u001B[2K\u001B[1A\u001B[2Kdone\n");
  });
});

describe("progress", () => {
  const step = { label: "parsing", bytes: 2_000_000, totalBytes: 8_000_000, messages: 1204 };

  it("is silent for half a second, then names rate and time left", () => {
    let at = 0;
    const terminal = memoryTerminal({ columns: 80 });
    const progress = startProgress(terminal, () => at);
    at = 499;
    progress.update(step);
    expect(terminal.stderr()).toBe("");
    at = 1000;
    progress.update(step);
    expect(terminal.stderr()).toBe("parsing: 2.0 MB of 8.0 MB, 1,204 messages, 2.0 MB/s, 3 s left");
  });

  it("is nothing in a pipe", () => {
    let at = 0;
    const terminal = memoryTerminal();
    const progress = startProgress(terminal, () => at);
    at = 5000;
    progress.update(step);
    progress.end();
    expect(terminal.stderr()).toBe("");
  });

  it("is at most one record a second under --json", () => {
    let at = 0;
    const terminal = memoryTerminal({ json: true });
    const progress = startProgress(terminal, () => at);
    for (at = 0; at <= 2500; at += 50) progress.update(step);
    const records = terminal
      .stderr()
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(records.map(({ seconds }) => seconds)).toStrictEqual([1, 2]);
    expect(records[0]).toMatchObject({ type: "status", messages: 1204, secondsLeft: 3 });
  });
});

describe("colour", () => {
  it.each([
    [{}, true, false, true],
    [{}, false, false, false],
    [{ TERM: "dumb" }, true, false, false],
    [{ NO_COLOR: "1" }, true, false, false],
    [{ NO_COLOR: "" }, true, false, true],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false, false],
    [{ FORCE_COLOR: "1" }, false, false, true],
    [{ FORCE_COLOR: "0" }, true, false, false],
    [{ FORCE_COLOR: "1" }, true, true, false],
  ])("under %o, terminal %s, --no-color %s is %s", (variables, isTerminal, refused, wanted) => {
    expect(wantsColour(variables, isTerminal, refused)).toBe(wanted);
  });
});
