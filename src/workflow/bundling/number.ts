import { bundleId } from "../../bundle/names.ts";
import type { BundleDescription } from "../../model/production.ts";
import { productionsOf } from "../../store/productions.ts";
import type { Db } from "../../store/open.ts";

/** The number a production gets, and the one before it. */
export interface ProductionNumber {
  readonly procedure: string;
  readonly number: number;
  readonly id: string;
  readonly previous: BundleDescription["previous"];
}

/** Numbers count within a procedure and are used once, whether or not the bundle was finished. */
export function nextProduction(db: Db, procedure: string): ProductionNumber {
  const earlier = productionsOf(db, procedure);
  const number = 1 + Math.max(0, ...earlier.map((production) => production.number));
  const last = earlier.findLast((production) => production.zipSha256 !== null);
  return {
    procedure,
    number,
    id: bundleId(procedure, number),
    previous: last === undefined ? null : { id: last.bundle, sha256: last.zipSha256 ?? "" },
  };
}
