import type { Journal } from "../../custody/journal.ts";
import type { Environment } from "../../model/environment.ts";
import type { Db } from "../../store/open.ts";
import type { ParseThread } from "../parse/thread.ts";
import type { CasePaths } from "./locate.ts";
import type { CaseSettings } from "./settings.ts";

/** A case open for reading: its index holds everything the journal acknowledged. */
export interface CaseReader {
  readonly paths: CasePaths;
  readonly settings: CaseSettings;
  readonly secret: Buffer;
  readonly db: Db;
  readonly close: () => void;
}

/** A case open for writing by this process alone. */
export interface CaseWriter {
  readonly paths: CasePaths;
  readonly settings: CaseSettings;
  readonly secret: Buffer;
  readonly db: Db;
  readonly journal: Journal;
  readonly parser: ParseThread;
  readonly environment: Environment;
  /** Who acts, as journal lines name them: the officer in charge, else the account of this machine. */
  readonly actor: string;
  readonly close: () => Promise<void>;
}
