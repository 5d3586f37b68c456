import type { Json, JsonObject } from "../../model/json.ts";
import { isList, isMembers, put } from "./json.ts";

/** A row's text, joined, and what its pieces say beside their letters. */
export interface ReadText {
  readonly text: string;
  /** Pieces that are not plain: type, start and length in UTF-16 units, and their own attributes. */
  readonly entities: readonly Json[];
  /** Links whose text is not their target. */
  readonly links: readonly Json[];
  /** False where a piece had no readable text: the raw field must be kept. */
  readonly whole: boolean;
}

/** A row's text, and whether `text` says something else than `text_entities`. */
export interface ChosenText extends ReadText {
  readonly differs: boolean;
}

const NONE: readonly Json[] = [];

/**
 * Reads `text` (a string, or strings and pieces) and `text_entities` (all pieces, since 2022); the
 * second is taken where it has any. Pieces are joined with nothing between, as the app shows them.
 */
export function readText(text: Json | undefined, entities: Json | undefined): ChosenText {
  if (!isList(entities) || entities.length === 0) return { ...readPieces(text), differs: false };
  if (typeof text === "string" && entities.length === 1) {
    const [only] = entities;
    if (isMembers(only) && only["type"] === "plain" && only["text"] === text) {
      return { text, entities: NONE, links: NONE, whole: true, differs: false };
    }
  }
  const chosen = readPieces(entities);
  const differs = text !== undefined && text !== null && readPieces(text).text !== chosen.text;
  return { ...chosen, differs };
}

function readPieces(value: Json | undefined): ReadText {
  if (typeof value === "string") return { text: value, entities: NONE, links: NONE, whole: true };
  if (!isList(value)) {
    const absent = value === undefined || value === null;
    return { text: "", entities: NONE, links: NONE, whole: absent };
  }
  const entities: Json[] = [];
  const links: Json[] = [];
  let text = "";
  let whole = true;
  for (const piece of value) {
    const letters = isMembers(piece) ? piece["text"] : piece;
    if (typeof letters !== "string") {
      whole = false;
      continue;
    }
    if (isMembers(piece) && piece["type"] !== "plain") {
      entities.push(style(piece, text.length, letters.length));
      const href = piece["href"];
      if (typeof href === "string" && href !== letters) links.push({ text: letters, href });
    }
    text += letters;
  }
  return { text, entities, links, whole };
}

function style(piece: JsonObject, start: number, length: number): Json {
  const compact: Record<string, Json> = { type: piece["type"] ?? null, start, length };
  for (const name of Object.keys(piece)) {
    const value = piece[name];
    if (name !== "type" && name !== "text" && value !== undefined) put(compact, name, value);
  }
  return compact;
}
