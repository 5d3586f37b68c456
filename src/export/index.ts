import type { Exporter } from "./exporter.ts";

/** THE list of exporters. Each is one file and one line here, loaded when a bundle is made. */
export const EXPORTERS: readonly { readonly id: string; readonly load: () => Promise<Exporter> }[] =
  [{ id: "jsonl", load: async () => (await import("./jsonl.ts")).jsonl }];
