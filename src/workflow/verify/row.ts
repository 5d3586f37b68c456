import { isSha256, type Sha256 } from "../../model/artifact.ts";
import { arrayAt, isObject, numberAt, objectAt, stringAt, textsAt } from "../../model/json.ts";
import type { Locator } from "../../model/locator.ts";

/** What the verifier looks at in a line of messages.jsonl or events.jsonl. */
export interface Row {
  readonly type: "message" | "event";
  readonly number: number;
  readonly id: string;
  readonly conversation: string;
  readonly artifact: number;
  readonly locator: Locator;
  /** The source slice where the line gives it. */
  readonly slice: Buffer | null;
  /** 32 hex digits; empty for a withheld row, whose text could else be guessed from its digest. */
  readonly salt: string;
  readonly sliceDigest: Sha256;
  readonly context: boolean;
  readonly edgeOfRange: boolean;
  readonly withheld: boolean;
  readonly attachments: readonly { readonly state: string; readonly file: string | null }[];
}

/** Reads a line; null where a member the verifier needs is missing or of another type. */
export function toRow(value: unknown, type: Row["type"]): Row | null {
  if (!isObject(value) || value["type"] !== type) return null;
  const number = numberAt(value, "number");
  const id = stringAt(value, "id");
  const conversation = stringAt(value, "conversation");
  const artifact = numberAt(value, "artifact");
  const salt = stringAt(value, "salt");
  const withheld = isObject(value["withheld"]) || textsAt(value, "flags").includes("withheld");
  const sliceDigest = value["sliceDigest"];
  const locator = toLocator(objectAt(value, "locator"));
  if (
    number === undefined ||
    id === undefined ||
    conversation === undefined ||
    artifact === undefined ||
    salt === undefined ||
    !(withheld ? /^$/ : /^[0-9a-f]{32}$/).test(salt) ||
    !isSha256(sliceDigest) ||
    locator === null
  ) {
    return null;
  }
  return {
    type,
    number,
    id,
    conversation,
    artifact,
    locator,
    slice: sliceOf(value),
    salt,
    sliceDigest,
    context: value["context"] === true,
    edgeOfRange: textsAt(objectAt(value, "time"), "flags").includes("edge-of-range"),
    withheld,
    attachments: arrayAt(value, "attachments").map((item) => ({
      state: stringAt(item, "state") ?? "",
      file: stringAt(item, "file") ?? null,
    })),
  };
}

function toLocator(value: Record<string, unknown> | undefined): Locator | null {
  const offset = numberAt(value, "offset");
  const length = numberAt(value, "length");
  const byteCheckable = value?.["byteCheckable"];
  if (!isPlace(offset) || !isPlace(length) || typeof byteCheckable !== "boolean") return null;
  return { entry: stringAt(value, "entry") ?? null, offset, length, byteCheckable };
}

function isPlace(value: number | undefined): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function sliceOf(value: Record<string, unknown>): Buffer | null {
  const raw = stringAt(value, "raw");
  if (raw !== undefined) return Buffer.from(raw, "utf8");
  const encoded = stringAt(value, "rawBase64");
  return encoded === undefined ? null : Buffer.from(encoded, "base64");
}
