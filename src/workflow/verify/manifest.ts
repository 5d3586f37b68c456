import {
  BAGIT_TEXT,
  contentDigest,
  type Digested,
  isPayload,
  isTagFile,
  manifestText,
  payloadOxum,
} from "../../bundle/bagit.ts";
import {
  ASIC_MANIFEST,
  BAG_INFO,
  BAGIT,
  MANIFEST,
  MESSAGES,
  SIGNATURE,
  TAG_MANIFEST,
} from "../../bundle/names.ts";
import type { Problem } from "../../bundle/problem.ts";
import type { StrictBundle } from "../../bundle/read.ts";
import { sha256 } from "../../hash/digest.ts";
import type { Check } from "../../model/validation.ts";
import type { Contents } from "./contents.ts";
import { judged } from "./outcome.ts";

/** The three lists are in their one form and agree with each other, with the bag and with bundle.json. */
export function checkManifest(bundle: StrictBundle, contents: Contents): Check {
  const problems = [
    ...contents.problems,
    ...disagreeing(contents),
    ...recordProblems(contents),
    ...bagProblems(bundle),
  ];
  return judged("manifest", ASIC_MANIFEST, problems, "the lists agree with each other");
}

/** The signed list holds the files of the bag's two lists, with the same digests, and no others. */
function disagreeing({ asic, payload, tags }: Contents): readonly Problem[] {
  if (asic === null) return [];
  const problems: Problem[] = [];
  if (asic.signature !== SIGNATURE) {
    problems.push({ word: "ALTERED", detail: `${ASIC_MANIFEST} names another signature` });
  }
  const lists: readonly (readonly [
    string,
    readonly Digested[] | null,
    (name: string) => boolean,
  ])[] = [
    [MANIFEST, payload, isPayload],
    [TAG_MANIFEST, tags, isTagFile],
  ];
  for (const [name, list, belongs] of lists) {
    const expected = asic.files.filter((file) => belongs(file.name));
    if (list !== null && manifestText(list) !== manifestText(expected)) {
      problems.push({ word: "ALTERED", detail: `${name} lists other files than ${ASIC_MANIFEST}` });
    }
  }
  return problems;
}

function recordProblems({ record, payload }: Contents): readonly Problem[] {
  if (record === null || payload === null) return [];
  const problems: Problem[] = [];
  const messages = payload.find((file) => file.name === MESSAGES);
  if (messages?.sha256 !== record.extractSha256) {
    problems.push({ word: "ALTERED", detail: `bundle.json names another digest of ${MESSAGES}` });
  }
  if (contentDigest(payload) !== record.contentDigest) {
    problems.push({ word: "ALTERED", detail: "bundle.json names another digest of the content" });
  }
  return problems;
}

/** RFC 8493 section 3: what makes the unpacked bundle a valid bag, beside its manifests. */
function bagProblems(bundle: StrictBundle): readonly Problem[] {
  const problems: Problem[] = [];
  const declaration = bundle.find(BAGIT);
  if (declaration !== undefined && declaration.sha256 !== sha256(BAGIT_TEXT)) {
    problems.push({ word: "BAD FORMAT", detail: `${BAGIT} is not that of a BagIt 1.0 bag` });
  }
  const info = bundle.find(BAG_INFO);
  const oxum = payloadOxum(bundle.entries.filter((entry) => isPayload(entry.name)));
  if (info !== undefined && !linesOf(bundle, BAG_INFO).includes(`Payload-Oxum: ${oxum}`)) {
    problems.push({ word: "ALTERED", detail: `${BAG_INFO} states another size of the payload` });
  }
  return problems;
}

/** bag-info.txt holds six short lines. */
const MAX_INFO = 64 << 10;

function linesOf(bundle: StrictBundle, name: string): readonly string[] {
  const size = bundle.find(name)?.size ?? 0;
  return size > MAX_INFO ? [] : (bundle.read(name, MAX_INFO)?.toString("utf8").split("\n") ?? []);
}
