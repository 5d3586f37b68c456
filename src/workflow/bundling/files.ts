import type { BundleFile } from "../../bundle/file.ts";
import { openSpool } from "../../bundle/spool.ts";
import { EXPORTERS } from "../../export/index.ts";
import type { ProductionRows } from "../../export/exporter.ts";

/** Writes every face of a production to spools in `scratch`; the caller removes the folder. */
export async function exportFiles(rows: ProductionRows, scratch: string): Promise<BundleFile[]> {
  const files: BundleFile[] = [];
  for (const listed of EXPORTERS) {
    const exporter = await listed.load();
    for (const { name, pieces } of exporter.files(rows)) {
      const spool = openSpool(name, scratch);
      for (const piece of pieces()) spool.write(piece);
      files.push(spool.close());
    }
  }
  return files;
}
