import { describe, expect, it } from "vitest";
import { detectFormat } from "../../src/formats/detect.ts";
import { FORMATS, type ListedFormat } from "../../src/formats/index.ts";
import type { Format, Probe } from "../../src/model/format.ts";

const MAPPED = FORMATS.filter(({ id }) => id === "csv" || id === "jsonl");

const MAPPING = {
  schema: 1,
  format: "csv",
  service: "example",
  conversation: { constant: "one" },
  account: null,
  text: "body",
  time: null,
};

function probe(text: string): Probe {
  return { name: "export.txt", head: Buffer.from(text), size: text.length, siblings: [] };
}

/** A format of one score, for whatever file. */
function sure(id: string, score: number): ListedFormat {
  const format: Format = {
    id,
    title: id,
    version: 1,
    tried: [],
    lacks: [],
    detect: () => ({ score, reason: `${id} says ${score}` }),
    parse: () => [],
  };
  return { id, title: id, load: () => Promise.resolve(format) };
}

describe("detection", () => {
  it("takes the surest format", async () => {
    const formats = [sure("a", 60), sure("b", 95), sure("c", 0)];
    expect(await detectFormat(probe(""), formats, null, null)).toStrictEqual({
      outcome: "one",
      id: "b",
    });
  });

  it("takes none below 50", async () => {
    expect(await detectFormat(probe(""), [sure("a", 49)], null, null)).toStrictEqual({
      outcome: "none",
    });
  });

  it("is a tie within 10 points, and names who claims the file and why", async () => {
    const formats = [sure("a", 85), sure("b", 95), sure("c", 84)];
    expect(await detectFormat(probe(""), formats, null, null)).toStrictEqual({
      outcome: "tie",
      candidates: [
        { id: "b", score: 95, reason: "b says 95" },
        { id: "a", score: 85, reason: "a says 85" },
      ],
    });
  });

  it("is no tie where the second is below 50", async () => {
    const formats = [sure("a", 55), sure("b", 49)];
    expect(await detectFormat(probe(""), formats, null, null)).toStrictEqual({
      outcome: "one",
      id: "a",
    });
  });

  it("asks nobody where the format is named", async () => {
    const unasked: ListedFormat = {
      id: "a",
      title: "a",
      load: () => Promise.reject(new Error("asked")),
    };
    expect(await detectFormat(probe(""), [unasked], "a", null)).toStrictEqual({
      outcome: "one",
      id: "a",
    });
  });

  it("refuses a format that is not listed, and names those that are", async () => {
    await expect(detectFormat(probe(""), MAPPED, "pigeon", null)).rejects.toMatchObject({
      code: "usage",
      message: "no such format: pigeon",
      hints: ["known formats: csv, jsonl"],
    });
  });

  it("recognises a table only with a mapping for it", async () => {
    const table = probe("who,body\na,hi\n");
    expect(await detectFormat(table, MAPPED, null, null)).toStrictEqual({ outcome: "none" });
    expect(await detectFormat(table, MAPPED, null, MAPPING)).toStrictEqual({
      outcome: "one",
      id: "csv",
    });
  });

  it("does not press a mapping on a file that has other columns", async () => {
    expect(await detectFormat(probe("who,words\n"), MAPPED, null, MAPPING)).toStrictEqual({
      outcome: "none",
    });
    const lines = { ...MAPPING, format: "jsonl" };
    expect(await detectFormat(probe('{"words":1}\n'), MAPPED, null, lines)).toStrictEqual({
      outcome: "none",
    });
    expect(await detectFormat(probe('{"body":1}\n'), MAPPED, null, lines)).toStrictEqual({
      outcome: "one",
      id: "jsonl",
    });
  });

  it("refuses a mapping that is none", async () => {
    await expect(detectFormat(probe(""), MAPPED, null, {})).rejects.toThrow(
      "mapping: schema: must be 1",
    );
  });

  it("refuses the mapping of another format than the named one", async () => {
    await expect(detectFormat(probe(""), MAPPED, "jsonl", MAPPING)).rejects.toThrow(
      "mapping: format: is csv, not jsonl",
    );
    expect(await detectFormat(probe(""), MAPPED, "csv", MAPPING)).toStrictEqual({
      outcome: "one",
      id: "csv",
    });
  });

  it("knows exhibita's own columns without a mapping", async () => {
    const table = probe("conversation,account,name,time,text\n");
    expect(await detectFormat(table, MAPPED, null, null)).toStrictEqual({
      outcome: "one",
      id: "csv",
    });
    const line = probe('{"text":"","time":"","name":"","account":"","conversation":"","more":1}\n');
    expect(await detectFormat(line, MAPPED, null, null)).toStrictEqual({
      outcome: "one",
      id: "jsonl",
    });
  });
});
