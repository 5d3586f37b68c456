import { canonical } from "../../hash/canonical.ts";
import { sha256 } from "../../hash/digest.ts";
import type { CustodyEntry } from "../../model/custody.ts";
import type { Language } from "../../model/production.ts";
import { isObject, stringAt } from "../../model/json.ts";

/** case.json: written once; what changes later is a journal entry. */
export interface CaseSettings {
  readonly schema: 1;
  readonly type: "exhibita-case";
  readonly number: string;
  readonly title: string | null;
  readonly agency: string | null;
  /** Name or service number of the officer in charge. */
  readonly officer: string | null;
  /** IANA zone for display and for bounds without an offset; it places no message. */
  readonly zone: string | null;
  readonly language: Language;
  /** ISO 8601 UTC. */
  readonly created: string;
  readonly exhibita: string;
}

/** Reads case.json; null where it is not one of a schema this version knows. */
export function toSettings(value: unknown): CaseSettings | null {
  const number = stringAt(value, "number");
  const created = stringAt(value, "created");
  const language = stringAt(value, "language");
  if (!isObject(value) || value["type"] !== "exhibita-case" || value["schema"] !== 1) return null;
  if (number === undefined || created === undefined) return null;
  return {
    schema: 1,
    type: "exhibita-case",
    number,
    title: stringAt(value, "title") ?? null,
    agency: stringAt(value, "agency") ?? null,
    officer: stringAt(value, "officer") ?? null,
    zone: stringAt(value, "zone") ?? null,
    language: language === "fr" ? "fr" : "en",
    created,
    exhibita: stringAt(value, "exhibita") ?? "",
  };
}

/** True where a description of a case is the one that its first journal line holds the digest of. */
export function isAsCreated(settings: CaseSettings, created: CustodyEntry | undefined): boolean {
  const stated = stringAt(created?.options, "settingsSha256");
  return stated === sha256(canonical(settings));
}
