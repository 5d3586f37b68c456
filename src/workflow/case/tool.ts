import { readFileSync } from "node:fs";
import type { ToolVersions } from "../../model/custody.ts";
import type { JsonObject } from "../../model/json.ts";
import { isJsonObject, objectAt, stringAt } from "../../model/json.ts";

const PACKAGE: unknown = JSON.parse(
  readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
);

/** Version of this package. */
export const VERSION: string = stringAt(PACKAGE, "version") ?? "unknown";

const PINNED = objectAt(PACKAGE, "dependencies");

/** Libraries of this package with their exact versions. */
export const DEPENDENCIES: JsonObject = isJsonObject(PINNED) ? PINNED : {};

/** Version of Node.js that runs. */
export const NODE_VERSION: string = process.versions.node;

/** Versions behind every act. `sqlite` is null where no index is touched. */
export function toolVersions(sqlite: string | null): ToolVersions {
  const { node, tz, unicode } = process.versions;
  return { exhibita: VERSION, node, sqlite, tz: tz ?? "none", unicode: unicode ?? "none" };
}
