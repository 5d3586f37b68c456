/** Judges a time-stamp token: sound, by whom, and whether anybody here trusts that authority. */
import { createHash, verify } from "node:crypto";
import type { Sha256 } from "../../model/artifact.ts";
import type { TrustedRoot } from "../../model/signature.ts";
import { signerIdentifier } from "../assemble.ts";
import { toBeSigned } from "../attributes.ts";
import { type Certificate, holderOf, isValidAt, validityOf } from "../certificate.ts";
import { chainOf } from "../chain.ts";
import type { Verdict } from "../check.ts";
import { isoSecond } from "../dates.ts";
import { equalBytes } from "../der.ts";
import { ID_SHA256 } from "../oids.ts";
import { judgePath, type PathVerdict } from "../path.ts";
import type { Problem } from "../read.ts";
import { algorithmsOf } from "./algorithms.ts";
import { namesSigner } from "./ess.ts";
import { accuracyText } from "./time.ts";
import { envelopeOf, isUnreadable, namesContent, readToken, type TokenFields } from "./token.ts";

/** What a token is held against. */
export interface TokenQuestion {
  /** SHA-256 of what the token must be over. */
  readonly imprint: Uint8Array;
  readonly roots: readonly TrustedRoot[];
  /** The moment of checking: an authority whose certificate has ended by then vouches for nothing. */
  readonly at: Date;
}

/** What a sound token says. */
export interface StatedTime {
  /** The authority, as its certificate names it. */
  readonly authority: string;
  readonly time: Date;
  /** ISO 8601 UTC to the second, and how far off it may be. */
  readonly text: string;
  /** `pass`: a trusted root vouches for the authority; else `indeterminate`, with the reason. */
  readonly trust: Verdict;
  /**
   * A certificate of the token that no trusted root vouches for: changed, it would change nothing else.
   * Null where there is none, and where the authority itself is not trusted.
   */
  readonly stray: string | null;
  /** DER, as they stand in the token. */
  readonly certificates: readonly Uint8Array[];
  /** See `envelopeOf`. */
  readonly envelope: Sha256;
  /** The authority's own number for the token, in hex. */
  readonly serial: string;
  /** The number of the query that the token answers; null where it has none. */
  readonly nonce: Uint8Array | null;
}

/** What was found of a token. */
export interface TokenCheck {
  /** None where the token is sound: well-formed, over this imprint, by a certificate for time-stamps. */
  readonly problems: readonly Problem[];
  /** Null exactly where there are problems. */
  readonly stated: StatedTime | null;
}

/** Checks a token over an imprint. Never throws over what the bytes hold. */
export function checkToken(der: Uint8Array, question: TokenQuestion): TokenCheck {
  const fields = readToken(der);
  if (isUnreadable(fields)) return refused(fields);
  const leaf = signerOf(fields);
  if (leaf === null) {
    return refused(bad("does not hold the certificate it was signed with"));
  }
  const chain = chainOf(leaf, fields.certificates);
  const path = judgePath(chain.certificates, question.roots, "time-stamps");
  const problems = [
    ...imprintProblems(fields, question.imprint),
    ...signatureProblems(fields, leaf),
    ...chain.problems,
    ...pathProblems(fields, path),
  ];
  if (problems.length > 0) return { problems, stated: null };
  return { problems, stated: statedBy(fields, leaf, path, question.at) };
}

function refused(problem: Problem): TokenCheck {
  return { problems: [problem], stated: null };
}

function signerOf({ certificates, signer }: TokenFields): Certificate | null {
  const sid = new Uint8Array(signer.sid);
  return certificates.find((each) => equalBytes(signerIdentifier(each), sid)) ?? null;
}

function imprintProblems({ info }: TokenFields, imprint: Uint8Array): readonly Problem[] {
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const isOver =
    hashAlgorithm.algorithm === ID_SHA256 &&
    equalBytes(new Uint8Array(hashedMessage.buffer), imprint);
  return isOver ? [] : [{ word: "ALTERED", detail: "the time-stamp is over something else" }];
}

function signatureProblems(fields: TokenFields, leaf: Certificate): readonly Problem[] {
  const digest = algorithmsOf(fields, leaf.x509.publicKey);
  if (typeof digest !== "string") return [digest];
  const { attributes, signature, content, values } = fields;
  if (!namesContent(fields, createHash(digest).update(content).digest())) {
    return [bad("was signed over another content")];
  }
  if (!isNamedSigner(values, leaf))
    return [bad("does not name the certificate it was signed with")];
  const isMade = verify(digest, toBeSigned(attributes), leaf.x509.publicKey, signature);
  return isMade ? [] : [bad("was not signed by the authority's key")];
}

function isNamedSigner(values: TokenFields["values"], leaf: Certificate): boolean {
  try {
    return namesSigner(values, leaf);
  } catch {
    return false;
  }
}

/** An authority stamps with certificates that are in force: another date shows that it did not. */
function pathProblems({ time }: TokenFields, path: PathVerdict): readonly Problem[] {
  if (path.outcome === "fail") {
    return [{ word: "BAD KEY", detail: path.detail.replace(/^BAD KEY: /, "") }];
  }
  const outside = path.path.find((certificate) => !isValidAt(certificate, time));
  if (outside === undefined) return [];
  const { from, to } = validityOf(outside);
  const detail = `the certificate of ${holderOf(outside)}, valid from ${from} to ${to}, was not at ${isoSecond(time)}, the time stamped with it`;
  return [{ word: "BAD KEY", detail }];
}

function trustIn({ outcome, detail, path }: PathVerdict, at: Date): Verdict {
  if (outcome !== "pass")
    return { outcome: "indeterminate", detail: "no trusted root vouches for it" };
  const ended = path.find((certificate) => !isValidAt(certificate, at));
  if (ended === undefined) return { outcome, detail };
  const { to } = validityOf(ended);
  return {
    outcome: "indeterminate",
    detail: `the certificate of ${holderOf(ended)} is not in force, it ends at ${to}`,
  };
}

function statedBy(fields: TokenFields, leaf: Certificate, path: PathVerdict, at: Date): StatedTime {
  const { info, time, certificates } = fields;
  return {
    authority: holderOf(leaf),
    time,
    text: `${isoSecond(time)}${accuracyText(info.accuracy)}`,
    trust: trustIn(path, at),
    stray: path.stray,
    certificates: certificates.map(({ der }) => der),
    envelope: envelopeOf(fields),
    serial: Buffer.from(info.serialNumber).toString("hex"),
    nonce: info.nonce === undefined ? null : new Uint8Array(info.nonce),
  };
}

function bad(detail: string): Problem {
  return { word: "BAD SIGNATURE", detail: `the time-stamp ${detail}` };
}
