import type { Sha256 } from "../model/artifact.ts";
import type { Db } from "./open.ts";

/** One production of a procedure; its number is used once, whether or not the bundle was finished. */
export interface StoredProduction {
  readonly procedure: string;
  readonly number: number;
  readonly bundle: string;
  readonly seq: number;
  readonly zipSha256: Sha256 | null;
  readonly contentDigest: Sha256 | null;
  /** RFC 8785 text: selection, counts, recipient, signer. */
  readonly detail: string;
}

/** Takes a production's number, or completes it once its bundle is made. */
export function addProduction(db: Db, production: StoredProduction): void {
  const { procedure, number, bundle, seq, zipSha256, contentDigest, detail } = production;
  db.prepare(
    `INSERT INTO production (procedure, number, bundle, seq, zip_sha256, content_digest, detail)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (procedure, number) DO UPDATE SET seq = excluded.seq, zip_sha256 = excluded.zip_sha256,
       content_digest = excluded.content_digest, detail = excluded.detail`,
  ).run(procedure, number, bundle, seq, zipSha256, contentDigest, detail);
}

/** Productions of a procedure, or of all, oldest first. */
export function productionsOf(db: Db, procedure: string | null): StoredProduction[] {
  return db
    .prepare<[string | null, string | null], StoredProduction>(
      `SELECT procedure, number, bundle, seq, zip_sha256 AS zipSha256, content_digest AS contentDigest, detail
       FROM production WHERE ? IS NULL OR procedure = ? ORDER BY seq, number`,
    )
    .all(procedure, procedure);
}
