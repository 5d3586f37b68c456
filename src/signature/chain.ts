/** Puts the certificates of a signature in order, each signed by the next. */
import {
  type Certificate,
  holderOf,
  isIssuedBy,
  isSelfIssued,
  isSelfSigned,
} from "./certificate.ts";
import type { Problem } from "./read.ts";

export interface Chain {
  /** The signer's certificate first, each followed by its issuer. */
  readonly certificates: readonly Certificate[];
  readonly problems: readonly Problem[];
}

/**
 * Links the signer's certificate to the others it came with. One that is no link, or that names
 * itself as issuer without having signed itself, is a problem: no signature would cover its bytes.
 */
export function chainOf(leaf: Certificate, others: readonly Certificate[]): Chain {
  const certificates = [leaf];
  const rest = new Set(others.filter((other) => other !== leaf));
  let top = leaf;
  for (;;) {
    const issuer = isSelfIssued(top) ? undefined : issuerAmong(top, rest);
    if (issuer === undefined) break;
    rest.delete(issuer);
    certificates.push(issuer);
    top = issuer;
  }
  const problems: Problem[] = [...rest].map((stray) => ({
    word: "ALTERED",
    detail: `the certificate of ${holderOf(stray)} is no link of the signer's chain`,
  }));
  if (isSelfIssued(top) && !isSelfSigned(top)) {
    const detail = `the certificate of ${holderOf(top)} does not carry its own signature`;
    problems.push({ word: "BAD SIGNATURE", detail });
  }
  return { certificates, problems };
}

function issuerAmong(
  certificate: Certificate,
  candidates: Iterable<Certificate>,
): Certificate | undefined {
  for (const candidate of candidates) {
    if (isIssuedBy(certificate, candidate)) return candidate;
  }
  return undefined;
}
