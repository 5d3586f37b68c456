import { FORMATS } from "../../formats/index.ts";
import type { ArtifactLine, ExceptionLine } from "../../model/production.ts";
import type { JsonObject } from "../../model/json.ts";
import { isJsonObject } from "../../model/json.ts";
import type { StoredArtifact } from "../../store/artifacts.ts";
import { findingsOf, optionsOf } from "../../store/artifacts.ts";
import { exceptionsOf } from "../../store/exceptions.ts";
import type { Db } from "../../store/open.ts";
import type { Grounds } from "./grounds.ts";
import type { Places } from "./places.ts";

/** Numbers of the artifacts a production speaks of: files parsed, their sources, attachments. */
export function namedArtifacts(
  places: Places,
  files: readonly { file: number; source: number }[],
  attachments: readonly number[],
): number[] {
  const numbers = new Set<number>();
  for (const { file, source } of files) {
    numbers.add(places.of(file).artifact);
    numbers.add(source);
    numbers.add(file);
  }
  for (const attachment of attachments) {
    numbers.add(attachment);
    numbers.add(places.of(attachment).artifact);
  }
  return [...numbers].toSorted((a, b) => a - b);
}

/** Where the bytes of artifacts lie in the bundle. */
export type GivenFiles = ReadonlyMap<number, { readonly file: string; readonly entry?: string }>;

/** A line for each artifact; a withheld one without digest and name. Names are given with --private only. */
export function artifactLines(
  db: Db,
  places: Places,
  numbers: readonly number[],
  rules: { withheld: Grounds; names: boolean; given: GivenFiles },
): ArtifactLine[] {
  return numbers.flatMap((number) => {
    const artifact = places.artifacts.get(number);
    if (artifact === undefined) return [];
    const ground = rules.withheld.ofArtifact(number);
    if (ground !== undefined) return [closedLine(db, places, artifact, ground)];
    const line = openLine(db, places, artifact, rules.names);
    const given = rules.given.get(number);
    return [
      {
        ...line,
        file: given?.file ?? null,
        ...(given?.entry === undefined ? {} : { fileEntry: given.entry }),
      },
    ];
  });
}

/** A withheld artifact: that it is there, where, and how large; not its digest, its name or what it says. */
function closedLine(
  db: Db,
  places: Places,
  artifact: StoredArtifact,
  ground: string,
): ArtifactLine {
  const line = openLine(db, places, artifact, false);
  return { ...line, sha256: null, entry: null, findings: [], options: {}, ground };
}

function openLine(db: Db, places: Places, artifact: StoredArtifact, names: boolean): ArtifactLine {
  const { number, sha256, size, role, name, exhibit, acquired, run } = artifact;
  const place = places.of(number);
  const inside = place.artifact !== number;
  return {
    type: "artifact",
    number,
    role,
    sha256,
    size,
    name: names ? name.text : null,
    ...(names && name.bytes !== undefined ? { nameBytes: name.bytes } : {}),
    format: run?.format ?? null,
    formatVersion: run?.formatVersion ?? null,
    exhibit,
    acquired,
    container: inside ? place.artifact : null,
    entry: inside ? place.entry : null,
    counts:
      run === null
        ? null
        : {
            units: run.units,
            messages: run.messages,
            events: run.events,
            exceptions: run.exceptions,
          },
    findings: findingsOf(db, number).map(({ code, detail, count }) => ({ code, detail, count })),
    options: run === null ? {} : jsonOf(optionsOf(run)),
    file: null,
  };
}

function jsonOf(value: Record<string, unknown>): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** Exceptions of the files a production takes rows of, but for withheld ones. */
export function exceptionLines(
  db: Db,
  places: Places,
  files: readonly number[],
  withheld: Grounds,
): ExceptionLine[] {
  const wanted = new Set(files.filter((file) => withheld.ofArtifact(file) === undefined));
  return exceptionsOf(db)
    .filter((exception) => wanted.has(exception.fileNumber))
    .map(({ id, code, detail, fileNumber, offset, length, place }) => {
      const at: unknown = place === null ? {} : JSON.parse(place);
      const pointer = isJsonObject(at) && typeof at["pointer"] === "string" ? at["pointer"] : null;
      const tableRow = isJsonObject(at) && typeof at["row"] === "number" ? at["row"] : null;
      const locator = places.locator(fileNumber, { offset, length, pointer, tableRow });
      return {
        type: "exception",
        id,
        code,
        detail,
        artifact: places.of(fileNumber).artifact,
        locator,
      };
    });
}

/** What each format in use cannot contain, so that nobody reads "absent" as "none". */
export async function lacksOf(
  formats: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const lacks = new Map<string, readonly string[]>();
  for (const listed of FORMATS) {
    if (formats.has(listed.id)) lacks.set(listed.id, (await listed.load()).lacks);
  }
  return lacks;
}
