import type { Problem } from "../../bundle/problem.ts";
import { canonical } from "../../hash/canonical.ts";
import { isSha256 } from "../../model/artifact.ts";
import type { CustodyHead } from "../../model/custody.ts";
import { isObject } from "../../model/json.ts";
import type { BundleRecord, ProductionCounts } from "../../model/production.ts";

/** Reads bundle.json: exactly the RFC 8785 form of a schema 1 record, and a line feed. */
export function readRecord(bytes: Buffer): BundleRecord | Problem {
  const value = parseCanonical(bytes);
  if (value === undefined) {
    return { word: "BAD FORMAT", detail: "bundle.json is not canonical JSON" };
  }
  if (!isObject(value) || value["type"] !== "exhibita-bundle") {
    return { word: "BAD FORMAT", detail: "bundle.json is not the record of a bundle" };
  }
  if (value["schema"] !== 1) {
    return { word: "UNSUPPORTED", detail: "bundle.json is of another schema than 1" };
  }
  return isRecord(value)
    ? value
    : { word: "BAD FORMAT", detail: "bundle.json lacks a member or has one of another type" };
}

/**
 * A duplicate name, a blank, a number in another notation: none survives being written again. Undefined
 * for bytes that are not canonical, null where they say null.
 */
function parseCanonical(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return `${canonical(value)}\n` === text ? value : undefined;
  } catch {
    return undefined;
  }
}

type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === "string";
const isTextOrNull: Test = (value) => value === null || typeof value === "string";
const isTexts: Test = (value) => Array.isArray(value) && value.every(isText);
const isCount: Test = (value) => Number.isSafeInteger(value) && Number(value) >= 0;

const MEMBERS: { readonly [name in keyof BundleRecord]: Test } = {
  schema: (value) => value === 1,
  type: isText,
  id: isText,
  case: (value) =>
    isObject(value) &&
    isText(value["number"]) &&
    isTextOrNull(value["title"]) &&
    isTextOrNull(value["agency"]),
  procedure: isTextOrNull,
  production: isCount,
  officer: isTextOrNull,
  preparedBy: isText,
  recipient: isTextOrNull,
  language: (value) => value === "en" || value === "fr",
  created: (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)),
  createdFrom: (value) => value === "clock" || value === "source-date-epoch",
  selection: isObject,
  selectionText: isText,
  options: isObject,
  authority: isTextOrNull,
  counts: isCounts,
  tool: isObject,
  dependencies: isObject,
  displayZone: isTextOrNull,
  timeRules: isTexts,
  limits: isTexts,
  timestamp: (value) => value === "none" || value === "expected" || value === "later",
  custody: isHead,
  anchor: isHead,
  extractSha256: isSha256,
  contentDigest: isSha256,
  previous: (value) =>
    value === null || (isObject(value) && isText(value["id"]) && isSha256(value["sha256"])),
  unsignedPdfSha256: isSha256,
};

function isRecord(value: Record<string, unknown>): value is Record<string, unknown> & BundleRecord {
  return Object.entries(MEMBERS).every(([name, test]) => test(value[name]));
}

const COUNTS: readonly (keyof ProductionCounts)[] = [
  "messages",
  "events",
  "exceptions",
  "conversations",
  "accounts",
  "artifacts",
  "attachments",
  "attachmentsIncluded",
  "withheld",
  "context",
  "edgeOfRange",
  "messagesInConversations",
];

function isCounts(value: unknown): boolean {
  if (!isObject(value)) return false;
  const sources = value["sources"];
  const inSources = ["units", "messages", "events", "exceptions"];
  return (
    COUNTS.every((name) => isCount(value[name])) &&
    isObject(sources) &&
    inSources.every((name) => isCount(sources[name]))
  );
}

function isHead(value: unknown): value is CustodyHead {
  return (
    isObject(value) && isCount(value["size"]) && isSha256(value["root"]) && isSha256(value["last"])
  );
}
