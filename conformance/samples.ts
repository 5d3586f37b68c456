import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pemOf } from "../src/signature/pem.ts";
import { type KeyKind, longRoot, longSigner } from "../test/attacks/keys.ts";
import { produceBundle, referenceCase } from "../test/attacks/reference.ts";
import type { Sample, Samples } from "./part.ts";

const KINDS: readonly KeyKind[] = ["P-256", "P-384", "RSA-3072"];

/** A case of synthetic people in `folder`, and a production of it with each kind of key. */
export async function makeSamples(folder: string): Promise<Samples> {
  const authority = longRoot("Harbour Unit root");
  const root = join(folder, "agency-root.pem");
  writeFileSync(root, pemOf([authority.certificate]));
  const place = await referenceCase(folder);
  const all: Sample[] = [];
  for (const name of KINDS) {
    const out = join(folder, name);
    mkdirSync(out);
    const { id, zip, pdf } = await produceBundle(place, longSigner(name, authority), out);
    all.push({ name, id, zip, pdf });
  }
  return { folder, root, sources: place.sources, all };
}
