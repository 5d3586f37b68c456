import { Failure } from "../model/failure.ts";

/** Fixed places inside a bundle. */
export const MIMETYPE = "mimetype";
export const MIMETYPE_TEXT = "application/vnd.etsi.asic-e+zip";
export const BUNDLE_JSON = "bundle.json";
export const VERIFY_TEXT = "VERIFY.txt";
export const BAGIT = "bagit.txt";
export const BAG_INFO = "bag-info.txt";
export const MANIFEST = "manifest-sha256.txt";
export const TAG_MANIFEST = "tagmanifest-sha256.txt";
export const SIGNER_CHAIN = "certs/signer-chain.pem";
export const ASIC_MANIFEST = "META-INF/ASiCManifest001.xml";
export const SIGNATURE = "META-INF/signature001.p7s";
export const TSA_CHAIN = "certs/tsa-chain.pem";
export const REPORT = "data/report.pdf";
export const MESSAGES = "data/messages.jsonl";
export const EVENTS = "data/events.jsonl";
export const CONVERSATIONS = "data/conversations.jsonl";
export const ACCOUNTS = "data/accounts.jsonl";
export const EXCEPTIONS = "data/exceptions.jsonl";
export const ARTIFACTS = "data/artifacts.jsonl";
export const CUSTODY = "data/custody.jsonl";

/** Every bundle has these, whatever was selected. */
export const REQUIRED: readonly string[] = [
  MIMETYPE,
  VERIFY_TEXT,
  BUNDLE_JSON,
  BAGIT,
  BAG_INFO,
  MANIFEST,
  TAG_MANIFEST,
  SIGNER_CHAIN,
  REPORT,
  MESSAGES,
  EVENTS,
  CONVERSATIONS,
  ACCOUNTS,
  EXCEPTIONS,
  ARTIFACTS,
  CUSTODY,
  ASIC_MANIFEST,
  SIGNATURE,
];

/** Entries of one bundle; EU DSS stops reading at 1,000. */
export const MAX_ENTRIES = 960;
/** Bytes of a name; every name is ASCII. */
export const MAX_NAME = 120;

/** Time assertions of one bundle: its places have one digit. */
export const MAX_ASSERTIONS = 8;

/** Where a time assertion stands: the list that is stamped, and its token. */
export interface AssertionPlaces {
  readonly manifest: string;
  readonly token: string;
}

/** The places of the time assertion with this number, from 1; the signed list is manifest 1. */
export function assertionPlaces(number: number): AssertionPlaces {
  return {
    manifest: `META-INF/ASiCManifest00${number + 1}.xml`,
    token: `META-INF/timestamp00${number}.tst`,
  };
}

const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/** What is wrong with a name inside a bundle; null where nothing is. */
export function nameFault(name: string): string | null {
  if (name.length === 0) return "an empty name";
  if (name.length > MAX_NAME) return `longer than ${MAX_NAME} characters`;
  if (!/^[A-Za-z0-9._/-]+$/.test(name)) return "a character outside A-Z a-z 0-9 . _ / -";
  for (const segment of name.split("/")) {
    if (segment === "") return "an empty path segment";
    if (segment === "." || segment === "..") return "a dot segment";
    if (segment.endsWith(".")) return "a segment that ends in a dot";
    if (segment.startsWith("-")) return "a segment that starts with a dash";
    if (DEVICE.test(segment)) return "a device name of Windows";
  }
  return null;
}

export interface NameFault {
  readonly name: string;
  readonly fault: string;
}

/**
 * Names that break the rule, and names that another file or folder has already taken when case is
 * ignored, each with its reason.
 */
export function nameFaults(names: readonly string[]): readonly NameFault[] {
  const folders = new Set(names.flatMap((name) => foldersOf(name.toLowerCase())));
  const seen = new Set<string>();
  const found: NameFault[] = [];
  for (const name of names) {
    const fault = nameFault(name);
    if (fault !== null) found.push({ name, fault });
    const folded = name.toLowerCase();
    if (seen.has(folded)) found.push({ name, fault: "a name already taken (case ignored)" });
    if (folders.has(folded)) found.push({ name, fault: "a name that is also a folder" });
    seen.add(folded);
  }
  return found;
}

function foldersOf(name: string): readonly string[] {
  const segments = name.slice(0, MAX_NAME).split("/").slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
}

/** Order of names in a bundle and its manifests: by bytes, which for ASCII is by UTF-16 units. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/**
 * A bundle's id, `2024-00311-P001`: the procedure's or the case's number as ASCII letters, digits and
 * dashes, and the production's number. It is the file name, and is never used twice.
 *
 * @throws Failure `usage` where nothing of the number is left.
 */
export function bundleId(number: string, production: number): string {
  const slug = number
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 80);
  if (slug === "" || !Number.isSafeInteger(production) || production < 1) {
    throw new Failure("usage", `no bundle id can be made of number "${number}"`, [
      "a procedure's number needs at least one letter A to Z or digit",
    ]);
  }
  return `${slug}-P${String(production).padStart(3, "0")}`;
}
