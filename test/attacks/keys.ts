/** Keys of the attack tests and of the conformance run: certificates that outlast whoever reads this. */
import { OctetString } from "@peculiar/asn1-schema";
import { Extension } from "@peculiar/asn1-x509";
import type { Signer } from "../../src/model/signature.ts";
import { signerExtensions } from "../../src/signature/keys/extensions.ts";
import { type Authority, keyPair, makeRoot, makeSigner } from "../signature/pki.ts";

export const LONG_LIFE = {
  validFrom: new Date("2024-01-01T00:00:00Z"),
  validTo: new Date("2124-01-01T00:00:00Z"),
} as const;

/** A trusted root of a hundred years. */
export function longRoot(name: string): Authority {
  return makeRoot(name, LONG_LIFE);
}

/** RFC 9608: nobody publishes a revocation of this certificate; validators then ask for none. */
const NO_REVOCATION_AVAILABLE: Extension = new Extension({
  extnID: "2.5.29.56",
  extnValue: new OctetString([0x05, 0x00]),
});

/** A signer under it, as long-lived. */
export function longSigner(kind: "P-256" | "P-384" | "RSA-3072", root: Authority): Signer {
  const keys = keyPair(kind);
  const extensions = [
    ...signerExtensions(keys.publicKey, root.keys.publicKey),
    NO_REVOCATION_AVAILABLE,
  ];
  return makeSigner(kind, root, { ...LONG_LIFE, keys, extensions });
}
