import {
  ASIC_MANIFEST,
  MIMETYPE,
  nameFaults,
  REQUIRED,
  SIGNATURE,
  TSA_CHAIN,
} from "../../bundle/names.ts";
import type { Problem } from "../../bundle/problem.ts";
import type { StrictBundle } from "../../bundle/read.ts";
import { shown } from "../../bundle/walk.ts";
import type { Check } from "../../model/validation.ts";
import type { Contents } from "./contents.ts";
import { count, judged, notChecked } from "./outcome.ts";

/** Every byte of the file is an entry's content or fixed by the canonical layout. */
export function checkContainer(bundle: StrictBundle, subject: string): Check {
  const passed = `${count(bundle.entries.length)} entries, every one of ${count(bundle.size)} bytes accounted for`;
  return judged("container", subject, bundle.problems, passed);
}

/** Names are of the safe kind and unique, and nothing that every bundle has is missing. */
export function checkNames(bundle: StrictBundle, subject: string): Check {
  const names = bundle.entries.map((entry) => entry.name);
  const faults = nameFaults(names).map(({ name, fault }): Problem => ({
    word: "ALTERED",
    detail: `${shown(name)}: ${fault}`,
  }));
  const missing = REQUIRED.filter((name) => !names.includes(name)).map((name): Problem => ({
    word: "INCOMPLETE",
    detail: `there is no ${name}`,
  }));
  return judged("names", subject, [...missing, ...faults], "safe, unique, and none missing");
}

/** Every file the signed manifest lists is there and has the digest it lists. */
export function checkPayload(bundle: StrictBundle, contents: Contents): Check {
  const subject = "files";
  const { asic } = contents;
  if (asic === null) return notChecked("payload", subject, "the signed list cannot be read");
  const problems = asic.files.flatMap(({ name, sha256 }): Problem[] => {
    const found = bundle.find(name);
    if (found === undefined)
      return [{ word: "INCOMPLETE", detail: `${name} is listed, but missing` }];
    if (found.sha256 === sha256) return [];
    return [{ word: "ALTERED", detail: `${name} is not the file that was signed` }];
  });
  const listed = count(asic.files.length);
  return judged(
    "payload",
    subject,
    problems,
    `as listed: ${listed} of the ${listed} files its maker listed`,
  );
}

/** Beside the listed files there are only the type, the signed list itself and its signature. */
export function checkUnlisted(bundle: StrictBundle, contents: Contents): Check {
  const subject = "files";
  const { asic } = contents;
  if (asic === null) return notChecked("unlisted", subject, "the signed list cannot be read");
  const listed = new Set([...asic.files, ...ofTime(contents)].map((file) => file.name));
  const problems = bundle.entries
    .filter(({ name }) => !listed.has(name) && !OUTSIDE.has(name))
    .map(({ name }): Problem => ({
      word: "ALTERED",
      detail: `${shown(name)} is on no signed list`,
    }));
  return judged("unlisted", subject, problems, "no file beside the listed ones");
}

/**
 * What came when the signature was made already; whether it is as it must be is for `time`. The
 * certificates of authorities are on the signed list, unless the bundle was stamped later.
 */
function ofTime({ assertions, tsaChain, record }: Contents): readonly { readonly name: string }[] {
  if (assertions.length === 0 || record === null || record.timestamp === "none") return [];
  const names = assertions.flatMap(({ places }) => [places.manifest, places.token]);
  const isLate = record.timestamp === "later" && tsaChain !== null;
  return [...names, ...(isLate ? [TSA_CHAIN] : [])].map((name) => ({ name }));
}

const OUTSIDE: ReadonlySet<string> = new Set([MIMETYPE, ASIC_MANIFEST, SIGNATURE]);
