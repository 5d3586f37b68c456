import type { Json, JsonObject } from "../../model/json.ts";
import type { AttachmentRecord } from "../../model/record.ts";
import type { MessageTime } from "../../model/time.ts";
import { isList, put } from "./json.ts";
import type { ChosenText } from "./text.ts";

/** What has been read of a row, before it is known which of its fields remain. */
export interface RowParts {
  readonly sender: "from" | "actor";
  readonly account: string | null;
  readonly time: MessageTime;
  readonly edited: MessageTime | null;
  readonly text: ChosenText;
  readonly attachments: readonly AttachmentRecord[];
  readonly replyTo: string | null;
  readonly isService: boolean;
}

/**
 * Every field of a row that its record does not already say, under the field's own name; and beside
 * them `entities` and `links`, which are what remains of the text's pieces.
 */
export function remaining(raw: JsonObject, parts: RowParts): JsonObject {
  const extra: Record<string, Json> = {};
  if (parts.text.entities.length > 0) extra["entities"] = parts.text.entities;
  if (parts.text.links.length > 0) extra["links"] = parts.text.links;
  for (const name in raw) {
    const value = raw[name];
    if (value !== undefined && !isSaid(name, value, raw, parts)) put(extra, name, value);
  }
  return extra;
}

/** True where the record holds all that the field says; a field of an unexpected type is never taken for said. */
function isSaid(name: string, value: Json, raw: JsonObject, parts: RowParts): boolean {
  switch (name) {
    case "id":
      return typeof value === "number" || typeof value === "string";
    case "type":
      return value === "message" || value === "service";
    case "date":
      return typeof value === "string";
    case "date_unixtime":
      return typeof value === "string" && parts.time.basis === "utc";
    case "edited":
      return typeof value === "string" && parts.edited !== null;
    case "edited_unixtime":
      return typeof value === "string" && parts.edited?.basis === "utc";
    case "from":
    case "actor":
      return parts.sender === name && (typeof value === "string" || value === null);
    case "from_id":
    case "actor_id":
      return parts.sender === name.slice(0, -3) && value === parts.account;
    case "text":
      return !parts.text.differs && parts.text.whole;
    case "text_entities":
      return isList(value) && parts.text.whole;
    case "photo":
    case "file":
    case "contact_vcard":
      return typeof value === "string" && !parts.isService;
    case "media_type":
    case "mime_type":
      return typeof value === "string" && typeof raw["file"] === "string" && !parts.isService;
    case "reply_to_message_id":
      return parts.replyTo !== null;
    case "information_text":
      return typeof value === "string" && parts.isService && parts.text.text === "";
    default:
      return false;
  }
}
