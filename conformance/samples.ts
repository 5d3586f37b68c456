import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pemOf } from "../src/signature/pem.ts";
import type { CheckedAuthority } from "../src/signature/timestamp/authority.ts";
import { type KeyKind, longRoot, longSigner } from "../test/attacks/keys.ts";
import { produceBundle, referenceCase } from "../test/attacks/reference.ts";
import { startClocks } from "../test/attacks/stamping.ts";
import type { Sample, Samples } from "./part.ts";

const KINDS: readonly KeyKind[] = ["P-256", "P-384", "RSA-3072"];

/** A case of synthetic people in `folder`, and productions of it: with each kind of key, with a time-stamp. */
export async function makeSamples(folder: string): Promise<Samples> {
  const authority = longRoot("Harbour Unit root");
  const root = join(folder, "agency-root.pem");
  writeFileSync(root, pemOf([authority.certificate]));
  const place = await referenceCase(folder);
  const all: Sample[] = [];
  const make = async (kind: KeyKind, stampedBy: readonly CheckedAuthority[]): Promise<void> => {
    const isStamped = stampedBy.length > 0;
    const name = isStamped ? `${kind}-stamped` : kind;
    const out = join(folder, name);
    mkdirSync(out);
    const timestamp = { authorities: stampedBy, later: false };
    const signer = longSigner(kind, authority);
    const { id, zip, pdf } = await produceBundle(place, signer, out, { timestamp });
    all.push({ name, isStamped, id, zip, pdf });
  };
  for (const kind of KINDS) await make(kind, []);
  const clocks = await startClocks();
  const tsaRoot = join(folder, "tsa-root.pem");
  writeFileSync(tsaRoot, pemOf([clocks.roots.house.certificate]));
  await make("P-256", [clocks.house]);
  await clocks.close();
  return { folder, root, tsaRoot, sources: place.sources, all };
}
