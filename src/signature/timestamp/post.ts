/** The one place where exhibita uses a network: a POST to an address that the user named. */

/** The limits of one exchange. */
export interface PostOptions {
  /** Milliseconds for the whole exchange. */
  readonly timeout: number;
  readonly limit: number;
  /** Ends the exchange from outside; its reason is then thrown. */
  readonly signal: AbortSignal;
}

/** An answer, or why there is none. `passing` may be gone at the next try. */
export type Posted =
  | { readonly bytes: Uint8Array; readonly reason: null }
  | { readonly bytes: null; readonly reason: string; readonly passing: boolean };

const QUERY_TYPE = "application/timestamp-query";
const REPLY_TYPE = "application/timestamp-reply";
const MAX_REDIRECTS = 3;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
/** Statuses that ask for patience: timeout, too many requests, and what stands before a server. */
const PASSING: readonly number[] = [408, 425, 429, 500, 502, 503, 504];

/**
 * Sends a query (RFC 3161, section 3.4). A redirection is followed only to the same host and port, or
 * to the same host's https: only the address that was named is ever talked to.
 *
 * @throws the reason of `signal` where that is aborted
 */
export async function post(
  url: string,
  query: Uint8Array<ArrayBuffer>,
  options: PostOptions,
): Promise<Posted> {
  const patience = AbortSignal.timeout(options.timeout);
  const signal = AbortSignal.any([patience, options.signal]);
  try {
    return await follow(new URL(url), query, options.limit, signal);
  } catch (error) {
    options.signal.throwIfAborted();
    if (patience.aborted) return failed(`it did not answer within ${options.timeout} ms`, true);
    return failed(`it cannot be reached: ${reasonOf(error)}`, true);
  }
}

async function follow(
  start: URL,
  query: Uint8Array<ArrayBuffer>,
  limit: number,
  signal: AbortSignal,
): Promise<Posted> {
  let url = start;
  for (let round = 0; round <= MAX_REDIRECTS; round += 1) {
    const response = await fetch(url, {
      method: "POST",
      body: query,
      headers: { "content-type": QUERY_TYPE, accept: REPLY_TYPE },
      redirect: "manual",
      cache: "no-store",
      signal,
    });
    if (!REDIRECTS.includes(response.status)) return answerOf(response, limit);
    await response.body?.cancel();
    const next = targetOf(response, url);
    if (next === null) return failed("it redirects to another host", false);
    url = next;
  }
  return failed(`it redirects more than ${MAX_REDIRECTS} times`, false);
}

function targetOf(response: Response, from: URL): URL | null {
  const location = response.headers.get("location");
  const target = location === null ? null : URL.parse(location, from.href);
  if (target === null) return null;
  const isSecured = from.protocol === "http:" && target.protocol === "https:";
  const isSame = target.protocol === from.protocol && target.host === from.host;
  return isSame || (isSecured && target.hostname === from.hostname) ? target : null;
}

async function answerOf(response: Response, limit: number): Promise<Posted> {
  if (response.status !== 200) {
    await response.body?.cancel();
    return failed(`it answered HTTP ${response.status}`, PASSING.includes(response.status));
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > limit) return failed(`its answer is longer than ${limit} bytes`, false);
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks), reason: null };
}

function failed(reason: string, passing: boolean): Posted {
  return { bytes: null, reason, passing };
}

/** fetch says only that it failed; why stands in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0] ?? cause);
  return cause instanceof Error ? reasonOf(cause) : error.message;
}
