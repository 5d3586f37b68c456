/** Keys of the attack tests and of the conformance run: certificates that outlast whoever reads this. */
import { OctetString } from "@peculiar/asn1-schema";
import { BasicConstraints, Extension, id_ce_basicConstraints } from "@peculiar/asn1-x509";
import type { Signer } from "../../src/model/signature.ts";
import {
  critical,
  keyIdentifiers,
  rootExtensions,
  signerExtensions,
} from "../../src/signature/keys/extensions.ts";
import {
  type Authority,
  certify,
  keyPair,
  makeRoot,
  makeSigner,
  type Pair,
  signerOf,
} from "../signature/pki.ts";

/** Both ends of a certificate's validity. */
export interface Life {
  readonly validFrom: Date;
  readonly validTo: Date;
}

export const LONG_LIFE: Life = {
  validFrom: new Date("2024-01-01T00:00:00Z"),
  validTo: new Date("2124-01-01T00:00:00Z"),
};

export type KeyKind = "P-256" | "P-384" | "RSA-3072";

/** A root of a hundred years that issues signers. */
export function longRoot(name: string): Authority {
  return makeRoot(name, LONG_LIFE);
}

/** RFC 9608: nobody publishes a revocation of this certificate; validators then ask for none. */
const NO_REVOCATION_AVAILABLE: Extension = new Extension({
  extnID: "2.5.29.56",
  extnValue: new OctetString([0x05, 0x00]),
});

function extensionsFor(keys: Pair, root: Authority): readonly Extension[] {
  const known = signerExtensions(keys.publicKey, root.keys.publicKey);
  const { extnID } = NO_REVOCATION_AVAILABLE;
  return known.some((each) => each.extnID === extnID) ? known : [...known, NO_REVOCATION_AVAILABLE];
}

/** A signer under it, as long-lived where nothing else is said. */
export function longSigner(kind: KeyKind, root: Authority, life: Life = LONG_LIFE): Signer {
  const keys = keyPair(kind);
  return makeSigner(kind, root, { ...life, keys, extensions: extensionsFor(keys, root) });
}

/** A signer whose authority has its certificate from a root. */
export function deepSigner(): { readonly root: Authority; readonly signer: Signer } {
  const keys = keyPair("P-384");
  const anyDepth = critical(id_ce_basicConstraints, new BasicConstraints({ cA: true }));
  const extensions = [anyDepth, ...keyIdentifiers(keys.publicKey, keys.publicKey)];
  const root = makeRoot("State root", { ...LONG_LIFE, keys, extensions });
  const middle = keyPair("RSA-3072");
  const authority = {
    keys: middle,
    certificate: certify(middle, root, {
      ...LONG_LIFE,
      name: "Harbour authority",
      extensions: rootExtensions(middle.publicKey),
    }),
  };
  const signer = longSigner("P-256", authority);
  return { root, signer: { ...signer, chain: [...signer.chain, root.certificate] } };
}

/** A signer whose certificate signs itself and is no authority. */
export function loneSigner(): Signer {
  const keys = keyPair("P-256");
  return signerOf(keys, "ecdsa-p256-sha256", [certify(keys, null, { ...LONG_LIFE })]);
}
