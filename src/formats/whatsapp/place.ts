import type { JsonObject } from "../../model/json.ts";
import { withoutMarks } from "./words/tables.ts";

const MAP = "https://maps.google.com/?q=";
const VENUE = "https://foursquare.com/v/";
const COORDINATES = /^(-?\d{1,3}(?:\.\d{1,20})?),(-?\d{1,3}(?:\.\d{1,20})?)$/;

/**
 * A place sent by the app: its link stands at the end of the body, alone or after `word: `. Coordinates
 * are degrees as written; null where the link is to a named place. Null where the body is none.
 */
export function readPlace(text: string): JsonObject | null {
  const plain = withoutMarks(text).trimEnd();
  return readLink(plain, MAP) ?? readLink(plain, VENUE);
}

function readLink(plain: string, prefix: string): JsonObject | null {
  const at = plain.lastIndexOf(prefix);
  if (at < 0 || plain.length - at > 300) return null;
  if (at > 0 && !plain.slice(0, at).endsWith(": ")) return null;
  const url = plain.slice(at);
  if (/\s/.test(url)) return null;
  const match = prefix === MAP ? COORDINATES.exec(url.slice(prefix.length)) : null;
  if (prefix === MAP && match === null) return null;
  return {
    latitude: match === null ? null : Number(match[1]),
    longitude: match === null ? null : Number(match[2]),
    url,
  };
}
