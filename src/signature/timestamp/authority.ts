/** Asks a time-stamp authority that the user named (RFC 3161 over HTTP). */
import { setTimeout as pause } from "node:timers/promises";
import { Failure } from "../../model/failure.ts";
import type { TimestampAuthority, TrustedRoot } from "../../model/signature.ts";
import { equalBytes } from "../der.ts";
import { kept } from "./attach.ts";
import { checkToken, type StatedTime } from "./check.ts";
import { post } from "./post.ts";
import { NONCE_BYTES, nonceOf, queryOf, tokenIn } from "./query.ts";
import { MAX_TOKEN } from "./token.ts";

/** How an authority is asked. */
export interface AuthorityOptions {
  /** Roots that may vouch for the authority; none needs to. */
  readonly roots: readonly TrustedRoot[];
  readonly random: (bytes: number) => Uint8Array;
  /** Milliseconds since the epoch, from the machine's clock. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Milliseconds that one exchange may take. */
  readonly timeout?: number;
  /** Milliseconds before each further try where the one before may have failed in passing. */
  readonly pauses?: readonly number[];
}

/** A token, checked, as it is to be kept. */
export interface Stamp {
  readonly url: string;
  readonly token: Uint8Array;
  readonly stated: StatedTime;
}

/** An authority whose tokens come with what they say. */
export interface CheckedAuthority extends TimestampAuthority {
  /**
   * A token over a SHA-256 digest, sound, answering this query.
   *
   * @throws Failure `timestamp-authority`, naming the address and the reason; the signal's reason
   */
  readonly request: (digest: Uint8Array) => Promise<Stamp>;
}

const TIMEOUT = 20_000;
const PAUSES: readonly number[] = [500, 2_000];
/** As far as a clock set to the wrong zone may be off, and no further. */
const MAX_DRIFT = 24 * 60 * 60 * 1000;

/**
 * The authority at an address.
 *
 * @throws Failure `usage` where that is no http or https address, or names a user
 */
export function timestampAuthority(url: string, options: AuthorityOptions): CheckedAuthority {
  refuseAddress(url);
  const request = async (digest: Uint8Array): Promise<Stamp> => ask(url, digest, options);
  return { url, request, stamp: async (digest) => (await request(digest)).token };
}

function refuseAddress(url: string): void {
  const parsed = URL.parse(url);
  if (parsed === null || !["http:", "https:"].includes(parsed.protocol)) {
    throw new Failure("usage", `no address of a time-stamp authority: ${url}`, [
      "it begins with http:// or https://",
    ]);
  }
  if (parsed.username !== "" || parsed.password !== "") {
    throw new Failure("usage", "the address of a time-stamp authority holds a password", [
      "exhibita sends none; ask the authority for an address without",
    ]);
  }
}

async function ask(url: string, digest: Uint8Array, options: AuthorityOptions): Promise<Stamp> {
  const { timeout = TIMEOUT, pauses = PAUSES, signal } = options;
  const nonce = nonceOf(options.random(NONCE_BYTES));
  const query = queryOf(digest, nonce);
  for (let round = 0; ; round += 1) {
    const posted = await post(url, query, { timeout, limit: MAX_TOKEN, signal });
    if (posted.bytes !== null) return judge(url, posted.bytes, { digest, nonce }, options);
    const wait = posted.passing ? pauses[round] : undefined;
    if (wait === undefined) throw refusal(url, posted.reason);
    await pause(wait, undefined, { signal });
  }
}

function judge(
  url: string,
  reply: Uint8Array,
  asked: { readonly digest: Uint8Array; readonly nonce: Uint8Array },
  { roots, now }: AuthorityOptions,
): Stamp {
  const received = tokenIn(reply);
  if (typeof received === "string") throw refusal(url, received);
  const token = kept(received);
  const at = new Date(now());
  const { problems, stated } = checkToken(token, { imprint: asked.digest, roots, at });
  if (stated === null) throw refusal(url, problems.map(({ detail }) => detail).join("; "));
  if (stated.nonce === null || !equalBytes(stated.nonce, asked.nonce)) {
    throw refusal(url, "the time-stamp answers another query");
  }
  if (Math.abs(stated.time.getTime() - at.getTime()) > MAX_DRIFT) {
    throw refusal(url, `it says ${stated.text}, and this machine's clock ${at.toISOString()}`);
  }
  return { url, token, stated };
}

function refusal(url: string, reason: string): Failure {
  return new Failure("timestamp-authority", `no time-stamp from ${url}: ${reason}`, [
    "try again, or name another authority with --timestamp-url",
  ]);
}
