import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contentDigest } from "../../src/bundle/bagit.ts";
import { type BundleFile, fileOf } from "../../src/bundle/file.ts";
import { publish } from "../../src/bundle/publish.ts";
import { writeZip } from "../../src/bundle/zip.ts";
import { extract, headOf, lineDigest } from "../../src/custody/chain.ts";
import { canonical } from "../../src/hash/canonical.ts";
import type { CustodyEntry } from "../../src/model/custody.ts";
import type { BundleDescription, Language } from "../../src/model/production.ts";
import type { Signer } from "../../src/model/signature.ts";
import type { CheckedAuthority } from "../../src/signature/timestamp/authority.ts";
import { seal } from "../../src/workflow/bundling/seal.ts";
import type { VerifyOptions } from "../../src/workflow/verify.ts";
import { type Authority, makeRoot, makeSigner, trusted } from "../signature/pki.ts";
import {
  ARCHIVED,
  CHAT,
  SAMPLE_TOOL,
  sampleArtifact,
  sampleConversations,
  sampleEntry,
  sampleEvents,
  sampleMessages,
} from "./sample-data.ts";
import { drawPdf } from "./sample-pdf.ts";

export const SIGNED_AT: Date = new Date("2026-03-02T09:30:00Z");

const LONG = {
  validFrom: new Date("2020-01-01T00:00:00Z"),
  validTo: new Date("2045-01-01T00:00:00Z"),
};

/** The agency of all samples; its certificates outlast the tests that look at the machine's clock. */
export const AGENCY: Authority = makeRoot("Harbour Unit root", LONG);
export const ANALYST: Signer = makeSigner("P-256", AGENCY, LONG);

export interface SampleWishes {
  readonly originals?: boolean;
  readonly language?: Language;
  readonly signer?: Signer;
  /** Stamp the bundle; it then says that it expects a time-stamp. */
  readonly authorities?: readonly CheckedAuthority[];
  /** Lines the journal has had since, beyond those the bundle rests on. */
  readonly later?: number;
  readonly production?: number;
  /** Changes a payload file's text before anything is digested. */
  readonly edit?: (name: string, text: string) => string;
  readonly describe?: (description: BundleDescription) => object;
}

export interface Sample {
  readonly id: string;
  readonly path: string;
  readonly files: readonly BundleFile[];
  /** Folder with the sources: chat.txt and archive.zip. */
  readonly sources: string;
}

/** A folder that is removed by the caller's `afterAll`. */
export function scratch(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "exhibita-test-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Options of someone who trusts the samples' agency. */
export function trusting(wishes: Partial<VerifyOptions> = {}): VerifyOptions {
  return {
    roots: trusted(AGENCY.certificate),
    at: null,
    now: new Date("2026-03-05T12:00:00Z"),
    requireTime: false,
    against: [],
    anchor: null,
    ...wishes,
  };
}

/** Makes a signed bundle of the sample lines in `folder`. */
export async function makeSample(folder: string, wishes: SampleWishes = {}): Promise<Sample> {
  const files = await sampleFiles(folder, wishes);
  const id = `2024-00311-P00${wishes.production ?? 1}`;
  const path = join(folder, `${id}.zip`);
  await writeZip(files, `${path}.part`);
  publish([{ part: `${path}.part`, final: path }]);
  return { id, path, files, sources: join(folder, "sources") };
}

/** The files of a sample, before they are packed. */
export async function sampleFiles(
  folder: string,
  wishes: SampleWishes = {},
): Promise<readonly BundleFile[]> {
  const archive = await writeSources(join(folder, "sources"));
  const signer = wishes.signer ?? ANALYST;
  const { data, custody, anchor } = dataFiles(archive, wishes);
  const description = describe(data, custody, anchor, wishes);
  const { messages, events, exceptions, attachments, withheld } = description.counts;
  const drawn = drawPdf({
    ExhibitaBundle: description.id,
    ExhibitaExtract: description.extractSha256,
    ExhibitaCounts: canonical({ messages, events, exceptions, attachments, withheld }),
  });
  const described = { ...description, ...wishes.describe?.(description) };
  const authorities = wishes.authorities ?? [];
  const content = { description: described, data, drawn };
  return (await seal(content, signer, SIGNED_AT, authorities)).files;
}

async function writeSources(folder: string): Promise<Buffer> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "chat.txt"), CHAT);
  const path = join(folder, "archive.zip");
  rmSync(path, { force: true });
  await writeZip([fileOf("_chat.txt", ARCHIVED), fileOf("photo.jpg", "no photo")], path);
  const { readFileSync } = await import("node:fs");
  return readFileSync(path);
}

type Head = BundleDescription["custody"];

function dataFiles(
  archive: Buffer,
  wishes: SampleWishes,
): { readonly data: readonly BundleFile[]; readonly custody: Head; readonly anchor: Head } {
  const database = Buffer.from("a database");
  const inside = wishes.originals === true;
  const artifacts = [
    sampleArtifact(1, CHAT, { units: 4, messages: 3, events: 1, exceptions: 0 }),
    sampleArtifact(2, archive, { units: 1, messages: 1, events: 0, exceptions: 0 }),
    sampleArtifact(3, database, { units: 1, messages: 1, events: 0, exceptions: 0 }),
  ].map((line, at) => ({ ...line, file: inside ? originalName(at) : null }));
  const { lines, custody, anchor } = journal(artifacts, wishes.later ?? 0);
  const account = {
    type: "account",
    id: "a1",
    service: "whatsapp",
    nativeId: null,
    name: "Mara Lindqvist",
    artifact: 1,
    names: ["Mara Lindqvist"],
    messages: 5,
  };
  const jsonl: readonly (readonly [string, readonly object[]])[] = [
    ["messages", sampleMessages()],
    ["events", sampleEvents()],
    ["conversations", sampleConversations()],
    ["accounts", [account]],
    ["exceptions", []],
    ["artifacts", artifacts],
    ["custody", lines],
  ];
  const edit = wishes.edit ?? ((_, text) => text);
  const data = jsonl.map(([name, rows]) => {
    const text = rows.map((row) => `${canonical(row)}\n`).join("");
    return fileOf(`data/${name}.jsonl`, edit(name, text));
  });
  const originals = [CHAT, archive, database].map((bytes, at) => fileOf(originalName(at), bytes));
  return { data: inside ? [...data, ...originals] : data, custody, anchor };
}

function originalName(at: number): string {
  return `data/originals/00000${at + 1}.bin`;
}

/** A journal of eight lines, of which the bundle carries four; `later` more are known to its anchor. */
function journal(
  artifacts: readonly { readonly number: number; readonly sha256: string | null }[],
  later: number,
): { readonly lines: readonly object[]; readonly custody: Head; readonly anchor: Head } {
  const entries: CustodyEntry[] = [];
  const digests: string[] = [];
  const add = (action: CustodyEntry["action"], of: CustodyEntry["artifacts"]): void => {
    const prev = digests.at(-1) ?? "0".repeat(64);
    const entry = sampleEntry(entries.length + 1, prev, { action, artifacts: of });
    entries.push(entry);
    digests.push(lineDigest(entry));
  };
  add("created", []);
  for (const { number, sha256: digest } of artifacts) {
    add("acquired", [{ number, sha256: digest ?? "" }]);
    add("parsed", [{ number, sha256: digest ?? "" }]);
  }
  add("selected", []);
  const size = entries.length;
  for (let at = 0; at < later; at += 1) add("checked", []);
  const lines = extract(entries, digests, [1, 2, 3, 5, 7], size).map((line) => ({
    type: "custody",
    ...line,
  }));
  return { lines, custody: headOf(digests.slice(0, size)), anchor: headOf(digests) };
}

function describe(
  data: readonly BundleFile[],
  custody: Head,
  anchor: Head,
  wishes: SampleWishes,
): BundleDescription {
  const messages = data.find((file) => file.name === "data/messages.jsonl");
  return {
    schema: 1,
    type: "exhibita-bundle",
    id: `2024-00311-P00${wishes.production ?? 1}`,
    case: { number: "2024/00311", title: "Harbour", agency: "Harbour Unit" },
    procedure: null,
    production: wishes.production ?? 1,
    officer: "I. Okafor",
    preparedBy: "analyst",
    recipient: "Court of Example",
    language: wishes.language ?? "en",
    created: SIGNED_AT.toISOString(),
    createdFrom: "clock",
    selection: {
      query: null,
      from: null,
      to: null,
      rangeZone: null,
      accounts: [],
      conversations: ["c1", "c2"],
      exhibits: [],
      kinds: [],
      tags: [],
      wholeCase: false,
      wholeConversations: false,
      context: 1,
    },
    selectionText: "conversations c1 and c2",
    options: { media: false, originals: wishes.originals === true, raw: true, private: false },
    authority: null,
    counts: {
      messages: 5,
      events: 1,
      exceptions: 0,
      conversations: 2,
      accounts: 1,
      artifacts: 3,
      attachments: 1,
      attachmentsIncluded: 0,
      withheld: 0,
      context: 1,
      edgeOfRange: 0,
      messagesInConversations: 25,
      sources: { units: 6, messages: 5, events: 1, exceptions: 0 },
    },
    tool: SAMPLE_TOOL,
    dependencies: {},
    displayZone: null,
    timeRules: [],
    limits: [],
    timestamp: wishes.authorities === undefined ? "none" : "expected",
    custody,
    anchor,
    extractSha256: messages?.sha256 ?? "",
    contentDigest: contentDigest(data),
    previous: null,
  };
}
