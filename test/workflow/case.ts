/** A case in a folder of its own, and exports of synthetic people to fill it with. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { Environment } from "../../src/model/environment.ts";
import type { ParseOptions } from "../../src/model/format.ts";
import { createCase } from "../../src/workflow/case/create.ts";
import type { CasePaths } from "../../src/workflow/case/locate.ts";
import type { CaseReader, CaseWriter } from "../../src/workflow/case/open.ts";
import { openCase, readCase } from "../../src/workflow/case/open.ts";
import { ingest } from "../../src/workflow/ingest/ingest.ts";
import type {
  IngestObserver,
  IngestRequest,
  IngestSummary,
  PassedOver,
  SourceReport,
} from "../../src/workflow/ingest/request.ts";
import { type Part, zip } from "../archive/zip.ts";
import { fixedEnvironment } from "../environment.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is removed when the tests of the file are over. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "exhibita-workflow-"));
  folders.push(folder);
  return folder;
}

export interface Place {
  readonly folder: string;
  readonly paths: CasePaths;
  readonly environment: Environment;
}

/** An empty case `case` in `folder`, whose clock and chance are fixed. */
export function emptyCase(
  folder: string = scratch(),
  environment: Environment = fixedEnvironment(),
  zone: string | null = "Europe/Paris",
): Place {
  const paths = createCase(
    {
      folder: join(folder, "case"),
      number: "2024-00311",
      title: "Harbour",
      agency: "Harbour Unit",
      officer: "Ines Okafor",
      zone,
      language: "en",
    },
    environment,
  );
  return { folder, paths, environment };
}

/** Opens the case for one act and closes it again. */
export async function withWriter<T>(
  place: Place,
  act: (writer: CaseWriter) => Promise<T> | T,
): Promise<T> {
  const writer = await openCase(place.paths, place.environment);
  try {
    return await act(writer);
  } finally {
    await writer.close();
  }
}

export async function withReader<T>(
  place: Place,
  act: (reader: CaseReader) => Promise<T> | T,
): Promise<T> {
  const reader = await readCase(place.paths, place.environment);
  try {
    return await act(reader);
  } finally {
    reader.close();
  }
}

export const UNDECLARED: ParseOptions = { zone: null, dateOrder: null, owner: null, mapping: null };

export function request(
  paths: readonly string[],
  more: Partial<IngestRequest> & { readonly zone?: string } = {},
): IngestRequest {
  const { zone = null, ...rest } = more;
  const options = { ...UNDECLARED, zone };
  return { paths, stream: null, exhibit: null, note: null, format: null, options, ...rest };
}

export interface Ingested {
  readonly reports: readonly SourceReport[];
  readonly passedOver: readonly PassedOver[];
  readonly summary: IngestSummary;
}

/** Takes in what the request names, and gives what was said of it. */
export async function take(
  place: Place,
  wanted: IngestRequest,
  onProgress: IngestObserver["progress"] = () => undefined,
): Promise<Ingested> {
  return withWriter(place, (writer) => takeInto(writer, wanted, onProgress));
}

/** The same in a case that is open. */
export async function takeInto(
  writer: CaseWriter,
  wanted: IngestRequest,
  onProgress: IngestObserver["progress"] = () => undefined,
  signal: AbortSignal = new AbortController().signal,
): Promise<Ingested> {
  const reports: SourceReport[] = [];
  const passedOver: PassedOver[] = [];
  const observer: IngestObserver = {
    source: (report) => void reports.push(report),
    passedOver: (item) => void passedOver.push(item),
    progress: onProgress,
  };
  const summary = await ingest(writer, wanted, observer, signal);
  return { reports, passedOver, summary };
}

/** The report of the only source. */
export async function takeOne(place: Place, wanted: IngestRequest): Promise<SourceReport> {
  const { reports } = await take(place, wanted);
  const [report] = reports;
  if (report === undefined || reports.length > 1) throw new Error(`${reports.length} sources`);
  return report;
}

/** Writes a file of the export below `folder` and returns its path. */
export function put(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** `Ada: text`, a notice where there is no colon; one row a minute from 25 June 2024, 09:00. */
export function whatsApp(rows: readonly string[]): string {
  const start = Date.UTC(2024, 5, 25, 9);
  return rows.map((row, at) => `${wall(start + at * 60_000)} - ${row}\n`).join("");
}

function wall(at: number): string {
  const [year, month, day, hour, minute] = new Date(at).toISOString().split(/[-T:]/);
  return `${day}/${month}/${year}, ${hour}:${minute}`;
}

/** A chat of `count` messages, by two people in turn. */
export function chat(count: number, topic: string): string {
  const rows = Array.from({ length: count }, (_, at) => {
    const author = at % 2 === 0 ? "Ada Vermeer" : "Bo Linden";
    return `${author}: ${topic} number ${at + 1}`;
  });
  return whatsApp(rows);
}

/** First bytes of a JPEG, then the words: an attachment with bytes of its own. */
export function photo(words: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(words)]);
}

export const PHOTO = "IMG-20240625-WA0001.jpg";
export const LOST = "IMG-20240625-WA0002.jpg";

/** A talk with a notice, a photo that is there, one that is not, and one that was left out. */
export const TALK: readonly string[] = [
  "Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them.",
  "Ada Vermeer: the crane moves at nine",
  `Bo Linden: ${PHOTO} (file attached)`,
  `Ada Vermeer: ${LOST} (file attached)`,
  "Bo Linden: <Media omitted>",
  "Ada Vermeer: café at the quay, ring 0612345678",
];

/** A WhatsApp ZIP: the talk, its photo, a file that no message names, and litter. */
export function talkZip(more: readonly Part[] = []): Buffer {
  return zip([
    { name: "WhatsApp Chat with Bo Linden.txt", data: whatsApp(TALK), deflate: true },
    { name: PHOTO, data: photo("the crane") },
    { name: "unnamed.bin", data: "nobody names me" },
    { name: "Thumbs.db", data: "left behind" },
    ...more,
  ]);
}

function said(id: number, from: string, text: string, rest: object = {}): object {
  return {
    id,
    type: "message",
    date: `2024-06-25T18:0${id}:00`,
    date_unixtime: String(1719338400 + id * 60),
    from,
    from_id: `user${from.length}`,
    text,
    text_entities: [],
    ...rest,
  };
}

/** A Telegram export folder with one photo beside result.json; returns its path. */
export function telegramFolder(parent: string): string {
  const folder = join(parent, "ChatExport");
  const messages = [
    said(1, "Cleo Marsh", "the barge is in"),
    said(2, "Dan Osei", "", { photo: "photos/photo_1.jpg", width: 4, height: 3 }),
    said(3, "Cleo Marsh", "pay him at the lock"),
  ];
  const talk = { name: "Dan Osei", type: "personal_chat", id: 77, messages };
  put(folder, "result.json", JSON.stringify(talk, null, 1));
  put(folder, "photos/photo_1.jpg", photo("the barge"));
  return folder;
}
