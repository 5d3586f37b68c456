/** The certificate path from a signer to a root that the person verifying named (RFC 5280, section 6). */
import type { Sha256 } from "../model/artifact.ts";
import type { TrustedRoot } from "../model/signature.ts";
import type { Outcome } from "../model/validation.ts";
import {
  type Certificate,
  fingerprintOf,
  holderOf,
  isIssuedBy,
  isSelfIssued,
  readCertificate,
} from "./certificate.ts";
import { equalBytes } from "./der.ts";
import { breachOf, type Purpose } from "./path-rules.ts";

export interface PathVerdict {
  readonly outcome: Outcome;
  readonly detail: string;
  /** The signer's certificate first; the trusted root last, where one was reached. */
  readonly path: readonly Certificate[];
  /** The fingerprint of that root; null where none was reached. */
  readonly root: Sha256 | null;
  /** Of the certificates that came along, one that nothing trusted vouches for; null where all are. */
  readonly stray: string | null;
}

/**
 * Looks for the shortest path. Dates are not judged here: a certificate that has ended makes the
 * time doubtful, not the signer. A breach of the rules fails even where no root is named.
 */
export function judgePath(
  chain: readonly Certificate[],
  roots: readonly TrustedRoot[],
  purpose: Purpose = "documents",
): PathVerdict {
  const anchors = roots.flatMap((root) => {
    const certificate = readCertificate(root.certificate);
    return certificate === null ? [] : [{ certificate, origin: root.origin }];
  });
  const found = shortestPath(chain, anchors);
  const path = found?.path ?? chain;
  const root = found === null ? null : fingerprintOf(found.anchor.certificate.der);
  const breach = breachOf(path, purpose, found !== null);
  if (breach !== null) return { outcome: "fail", detail: breach, path, root, stray: null };
  if (found === null) {
    return { outcome: "indeterminate", detail: unknown(chain, roots), path, root, stray: null };
  }
  const stray = unvouched(chain, path, anchors);
  // Of a token only what signed it must be vouched for; whether the rest matters is for the caller.
  if (stray !== null && purpose === "documents") {
    return { outcome: "indeterminate", detail: stray, path, root, stray };
  }
  const name = holderOf(found.anchor.certificate);
  const detail = `identified by the root ${name} of ${found.anchor.origin}, SHA-256 ${root}`;
  return { outcome: "pass", detail, path, root, stray };
}

interface Anchor {
  readonly certificate: Certificate;
  readonly origin: string;
}

function shortestPath(
  chain: readonly Certificate[],
  anchors: readonly Anchor[],
): { path: readonly Certificate[]; anchor: Anchor } | null {
  for (const [index, certificate] of chain.entries()) {
    const links = chain.slice(0, index + 1);
    const same = anchors.find((each) => equalBytes(each.certificate.der, certificate.der));
    if (same !== undefined) return { path: links, anchor: same };
    const issuer = anchors.find((each) => isIssuedBy(certificate, each.certificate));
    if (issuer !== undefined) return { path: [...links, issuer.certificate], anchor: issuer };
  }
  return null;
}

/**
 * A chain may go on above the trusted root, up to one that signs itself. Where it ends in another,
 * nothing that is trusted here covers the bytes of that last certificate.
 */
function unvouched(
  chain: readonly Certificate[],
  path: readonly Certificate[],
  anchors: readonly Anchor[],
): string | null {
  const top = chain.at(-1);
  if (top === undefined || path.includes(top) || isSelfIssued(top)) return null;
  if (anchors.some(({ certificate }) => isIssuedBy(top, certificate))) return null;
  return `nothing trusted here vouches for the certificate of ${holderOf(top)}, which it carries`;
}

function unknown(chain: readonly Certificate[], roots: readonly TrustedRoot[]): string {
  if (roots.length === 0) return "signer not identified: no trusted root was named";
  const top = chain.at(-1);
  const name = top === undefined ? "nobody" : holderOf(top);
  return `signer not identified: the chain ends at ${name}, which no trusted root vouches for`;
}
