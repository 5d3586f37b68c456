import type { Production } from "../model/production.ts";

/** One file that a production is written to: its name in the bundle, and its text piece by piece. */
export interface ExportedFile {
  readonly name: string;
  readonly pieces: () => Iterable<string>;
}

/**
 * A face of a production. It reads the production and nothing else, so that every face says the same;
 * it is one file and one line in index.ts.
 */
export interface Exporter {
  readonly id: string;
  readonly title: string;
  readonly files: (production: ProductionRows) => readonly ExportedFile[];
}

/** The rows of a production: what is known of it before its description, which counts them. */
export type ProductionRows = Omit<Production, "description">;
