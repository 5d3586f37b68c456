/** Certificates withdrawn, by a notice that those who verify are handed. */
export { readRevocation, type Revocable } from "../../signature/keys/revoke.ts";
export { REVOCATION_REASONS } from "../../signature/revocation.ts";
