import type { Case } from "../case.ts";
import type { World } from "../world.ts";
import {
  datedCases,
  headerCases,
  joinedCases,
  reorderedCases,
  surroundedCases,
  twiceCases,
  twinCases,
  twoEndsCases,
  twoNamesCases,
  zip64Cases,
} from "./container.ts";
import {
  addedCases,
  changedFileCases,
  changedListCases,
  mixedCases,
  relistedCases,
  removedCases,
  replacedCases,
  swappedCases,
} from "./content.ts";
import { endedCases, olderCases, strangerCases, trustedCases, unknownCases } from "./honest.ts";
import { extraCases, twiceNamedCases } from "./lists.ts";
import {
  changedReportCases,
  gapCases,
  rangeCases,
  revisedCases,
  strippedReportCases,
  wrappedCases,
} from "./pdf.ts";
import { bombCases, repackedCases } from "./repacked.ts";
import { changedStampCases, foreignStampCases, stampedCases, unstampedCases } from "./stamps.ts";
import {
  badKeyCases,
  borrowedCases,
  changedSignatureCases,
  loweredCases,
  strippedCases,
} from "./signature.ts";

type Maker = (world: World) => readonly Case[] | Promise<readonly Case[]>;

const MAKERS: readonly Maker[] = [
  trustedCases,
  unknownCases,
  changedFileCases,
  changedListCases,
  changedSignatureCases,
  changedReportCases,
  headerCases,
  removedCases,
  addedCases,
  swappedCases,
  relistedCases,
  strangerCases,
  strippedCases,
  strippedReportCases,
  borrowedCases,
  olderCases,
  loweredCases,
  extraCases,
  twiceNamedCases,
  surroundedCases,
  joinedCases,
  twoEndsCases,
  zip64Cases,
  twiceCases,
  twinCases,
  twoNamesCases,
  reorderedCases,
  repackedCases,
  datedCases,
  replacedCases,
  mixedCases,
  revisedCases,
  rangeCases,
  gapCases,
  wrappedCases,
  badKeyCases,
  endedCases,
  stampedCases,
  unstampedCases,
  foreignStampCases,
  changedStampCases,
  bombCases,
];

/** Every attack of every class, made from the bundles of `world`. */
export async function allCases(world: World): Promise<readonly Case[]> {
  const made: Case[] = [];
  for (const make of MAKERS) made.push(...(await make(world)));
  return made;
}
