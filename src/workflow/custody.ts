import { type JournalReading, readJournal } from "../custody/read.ts";
import type { CustodyAct, CustodyEntry } from "../model/custody.ts";
import type { Environment } from "../model/environment.ts";
import { Failure } from "../model/failure.ts";
import type { CasePaths } from "./case/locate.ts";
import { openCase } from "./case/open.ts";
import { projectPlain } from "./case/project.ts";

/** Acts that people do with the sealed thing or its copies, and only they can tell. */
export type ToldAction = "received" | "transferred" | "returned" | "copied" | "exported";

/** An act outside the tool, as somebody tells it. */
export interface ToldAct {
  readonly action: ToldAction;
  /** Numbers of the artifacts it was about; none: the case as a whole. */
  readonly artifacts: readonly number[];
  readonly exhibit: string | null;
  /** From whom, or to whom. */
  readonly party: string | null;
  /** The order or warrant it rests on. */
  readonly authority: string | null;
  readonly note: string | null;
}

/** The journal of a case as it lies on disk, with every fault of its chain. Nothing is written. */
export function custodyOf(paths: CasePaths): JournalReading {
  return readJournal(paths.journal);
}

/**
 * Writes a told act into the journal.
 *
 * @throws Failure `usage` for an artifact the journal does not know, `locked`, `integrity`
 */
export async function addCustody(
  paths: CasePaths,
  told: ToldAct,
  environment: Environment,
  waitSeconds: number,
): Promise<CustodyEntry> {
  const writer = await openCase(paths, environment, waitSeconds);
  try {
    const entry = writer.journal.append(actOf(told, writer.journal.entries, writer.actor));
    projectPlain(writer, entry);
    return entry;
  } finally {
    await writer.close();
  }
}

/** What would be written, without writing. @throws Failure `usage` as `addCustody` */
export function rehearseCustody(paths: CasePaths, told: ToldAct, actor: string): CustodyAct {
  return actOf(told, readJournal(paths.journal).entries, actor);
}

function actOf(told: ToldAct, entries: readonly CustodyEntry[], actor: string): CustodyAct {
  const known = new Map(
    entries.flatMap(({ artifacts }) => artifacts.map((artifact) => [artifact.number, artifact])),
  );
  const artifacts = told.artifacts.map((number) => {
    const artifact = known.get(number);
    if (artifact !== undefined) return artifact;
    throw new Failure("usage", `the case has no artifact ${number}`, [
      "exhibita list artifacts shows their numbers",
    ]);
  });
  const { action, exhibit, party, authority, note } = told;
  return {
    action,
    actor,
    artifacts,
    options: { told: true, party },
    ...(exhibit === null ? {} : { exhibit }),
    ...(authority === null ? {} : { authority }),
    ...(note === null ? {} : { note }),
  };
}
