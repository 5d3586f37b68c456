/** The bundles that the attacks are made from, each the product of a whole run over one case. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Signer } from "../../src/model/signature.ts";
import { pemOf } from "../../src/signature/pem.ts";
import type { CheckedAuthority } from "../../src/signature/timestamp/authority.ts";
import { withholdItems } from "../../src/workflow/withholding.ts";
import { openCase } from "../../src/workflow/case/open.ts";
import type { Authority } from "../signature/pki.ts";
import { deepSigner, loneSigner, longRoot, longSigner } from "./keys.ts";
import {
  produceBundle,
  type ReferenceCase,
  referenceCase,
  WHOLE_CASE,
  type Wishes,
} from "./reference.ts";
import { startClocks } from "./stamping.ts";
import { type Files, filesOf } from "./reseal.ts";

export interface Made {
  readonly zip: Buffer;
  readonly pdf: Buffer;
  readonly files: Files;
  readonly signer: Signer;
  /** Where the ZIP lies. */
  readonly path: string;
}

export interface World {
  readonly folder: string;
  /** Sources as received. */
  readonly sources: readonly string[];
  readonly signer: Signer;
  readonly stranger: Signer;
  readonly agency: Authority;
  /** PEM files of the roots of the agency, of a stranger with the same name, and of two others. */
  readonly roots: Readonly<
    Record<"agency" | "stranger" | "state" | "lone" | "house" | "tower", string>
  >;
  /** Three productions of one signer, one after the other. */
  readonly first: Made;
  readonly second: Made;
  readonly third: Made;
  readonly p384: Made;
  readonly rsa: Made;
  readonly deep: Made;
  readonly lone: Made;
  readonly foreign: Made;
  /** Signed with a certificate that has ended. */
  readonly ended: Made;
  readonly withOriginals: Made;
  readonly withoutRaw: Made;
  readonly withPrivate: Made;
  readonly french: Made;
  readonly withheld: Made;
  /** With a time-stamp of the house; of house and tower; and with one that is to come. */
  readonly stamped: Made;
  readonly stampedTwice: Made;
  readonly stampedLater: Made;
  /** Signed with a certificate that has ended, and stamped while it was in force. */
  readonly stampedInTime: Made;
  /** Parts of the case. */
  readonly texts: Made;
  readonly oneTalk: Made;
  readonly withoutMedia: Made;
}

function stampedBy(...authorities: readonly CheckedAuthority[]): Wishes {
  return { timestamp: { authorities, later: false } };
}

const SHORT_LIFE = {
  validFrom: new Date("2024-06-01T00:00:00Z"),
  validTo: new Date("2024-07-01T00:00:00Z"),
};

/** Makes them all in `folder`. */
export async function makeWorld(folder: string): Promise<World> {
  const agency = longRoot("Harbour Unit root");
  const other = longRoot("Harbour Unit root");
  const deep = deepSigner();
  const lone = loneSigner();
  const signer = longSigner("P-256", agency);
  const stranger = longSigner("P-256", other);
  const place = await referenceCase(folder);
  const make = maker(place, join(folder, "out"));
  const clocks = await startClocks();
  const plain = { media: true, originals: false, raw: true, private: false };
  const made = {
    first: await make(signer),
    second: await make(signer),
    third: await make(signer),
    p384: await make(longSigner("P-384", agency)),
    rsa: await make(longSigner("RSA-3072", agency)),
    deep: await make(deep.signer),
    lone: await make(lone),
    foreign: await make(stranger),
    ended: await make(longSigner("P-256", agency, SHORT_LIFE)),
    withOriginals: await make(signer, { options: { ...plain, originals: true } }),
    withoutRaw: await make(signer, { options: { ...plain, raw: false } }),
    withPrivate: await make(signer, { options: { ...plain, private: true } }),
    french: await make(signer, { language: "fr" }),
    texts: await make(signer, { selection: { ...WHOLE_CASE, wholeCase: false, kinds: ["text"] } }),
    oneTalk: await make(signer, {
      selection: { ...WHOLE_CASE, wholeCase: false, conversations: ["c4.1"] },
    }),
    withoutMedia: await make(signer, { options: { ...plain, media: false } }),
    stamped: await make(signer, stampedBy(clocks.house)),
    stampedTwice: await make(signer, stampedBy(clocks.house, clocks.tower)),
    stampedLater: await make(signer, { timestamp: { authorities: [], later: true } }),
    stampedInTime: await make(longSigner("P-256", agency, SHORT_LIFE), stampedBy(clocks.house)),
    withheld: await withholding(place, () => make(signer)),
  };
  await clocks.close();
  const roots = {
    house: putRoot(folder, "house", clocks.roots.house.certificate),
    tower: putRoot(folder, "tower", clocks.roots.tower.certificate),
    agency: putRoot(folder, "agency", agency.certificate),
    stranger: putRoot(folder, "stranger", other.certificate),
    state: putRoot(folder, "state", deep.root.certificate),
    lone: putRoot(folder, "lone", lone.chain[0] ?? new Uint8Array()),
  };
  return { folder, sources: place.sources, signer, stranger, agency, roots, ...made };
}

function maker(place: ReferenceCase, out: string) {
  return async (signer: Signer, wishes: Wishes = {}): Promise<Made> => {
    const { zip: path, pdf } = await produceBundle(place, signer, out, wishes);
    const zip = readFileSync(path);
    return { zip, pdf: readFileSync(pdf), files: filesOf(zip), signer, path };
  };
}

async function withholding(place: ReferenceCase, make: () => Promise<Made>): Promise<Made> {
  const writer = await openCase(place.paths, place.environment);
  try {
    withholdItems(writer, ["artifact:3"], "bystander");
  } finally {
    await writer.close();
  }
  return make();
}

function putRoot(folder: string, name: string, certificate: Authority["certificate"]): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.pem`);
  writeFileSync(path, pemOf([certificate]));
  return path;
}
