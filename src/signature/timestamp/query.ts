/** What is asked of an authority, and what it answers, as bytes (RFC 3161, section 2.4). */
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { isDer } from "../der.ts";
import { bufferOf, encode } from "../schema.ts";
import { MessageImprint, type PkiStatusInfo, TimeStampReq, TimeStampResp } from "./schema.ts";

/** Bytes of the number that ties a reply to its query. */
export const NONCE_BYTES = 8;

/**
 * The number of a query as an INTEGER of exactly 8 bytes: the top bit is clear, so that it is positive,
 * and the next is set, so that no leading byte may be left out.
 */
export function nonceOf(random: Uint8Array): Uint8Array {
  const nonce = Uint8Array.from(random.subarray(0, NONCE_BYTES));
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  return nonce;
}

/** A query for a token over a SHA-256 digest, with the authority's certificates, in DER. */
export function queryOf(imprint: Uint8Array, nonce: Uint8Array): Uint8Array<ArrayBuffer> {
  const query = new TimeStampReq();
  query.messageImprint = new MessageImprint();
  query.messageImprint.hashedMessage = new OctetString(imprint);
  query.nonce = bufferOf(nonce);
  return encode(query);
}

/** PKIStatus: granted, and granted with modifications. */
const GRANTED: readonly number[] = [0, 1];
/** Characters of an authority's own words that are passed on. */
const MAX_WORDS = 200;

/** The token of a reply, or in words why there is none. */
export function tokenIn(reply: Uint8Array): Uint8Array | string {
  const parsed = isDer(reply) ? parse(reply) : null;
  if (parsed === null) return "its answer is no time-stamp reply in DER";
  const { status, timeStampToken } = parsed;
  if (!GRANTED.includes(status.status)) return `it refused: ${wordsOf(status)}`;
  return timeStampToken === undefined
    ? "its answer holds no token"
    : new Uint8Array(timeStampToken);
}

function parse(reply: Uint8Array): TimeStampResp | null {
  try {
    return AsnConvert.parse(reply, TimeStampResp);
  } catch {
    return null;
  }
}

function wordsOf({ status, statusString }: PkiStatusInfo): string {
  const words = (statusString ?? []).join("; ").replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, " ");
  return `status ${status}${words === "" ? "" : `, ${words.slice(0, MAX_WORDS)}`}`;
}
