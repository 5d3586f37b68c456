import { type AssertionPlaces, assertionPlaces, MAX_ASSERTIONS } from "../../bundle/names.ts";
import type { StrictBundle } from "../../bundle/read.ts";

/** The two entries of a time assertion; null where one cannot be read. */
export interface Assertion {
  readonly places: AssertionPlaces;
  readonly manifest: Buffer | null;
  readonly token: Buffer | null;
}

/** The time assertions of a bundle, from the first up to where there is neither list nor token. */
export function readAssertions(
  bundle: StrictBundle,
  take: (name: string) => Buffer | null,
): readonly Assertion[] {
  const found: Assertion[] = [];
  for (let number = 1; number <= MAX_ASSERTIONS; number += 1) {
    const places = assertionPlaces(number);
    const names = [places.manifest, places.token];
    if (names.every((name) => bundle.find(name) === undefined)) break;
    found.push({ places, manifest: take(places.manifest), token: take(places.token) });
  }
  return found;
}
