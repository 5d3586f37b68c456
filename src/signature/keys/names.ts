/** Names of people and agencies, as certificates and folders can hold them. */
import { Failure } from "../../model/failure.ts";

/** ub-common-name of RFC 5280, appendix A.1, less the " root" that a root adds to its agency. */
const MAX_CHARACTERS = 64 - 5;
const MAX_SLUG = 40;

/** The name with its blanks tidied. Fails with `usage` where a certificate could not hold it. */
export function certificateName(text: string, flag: string): string {
  const name = text.trim().normalize("NFC");
  const length = Array.from(name).length;
  if (length === 0) throw new Failure("usage", `${flag} is empty`);
  if (length > MAX_CHARACTERS) {
    throw new Failure("usage", `${flag} is longer than ${MAX_CHARACTERS} characters`);
  }
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) {
    throw new Failure("usage", `${flag} holds a control or invisible character`);
  }
  return name;
}

/** Lower-case ASCII letters, digits and hyphens, for the name of a folder; `key` where none is left. */
export function slugOf(name: string): string {
  const words = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^a-z0-9]/u)
    .filter((word) => word !== "");
  const slug = words.join("-").slice(0, MAX_SLUG);
  return slug === "" ? "key" : slug.endsWith("-") ? slug.slice(0, -1) : slug;
}
