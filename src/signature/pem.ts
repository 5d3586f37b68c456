/** PEM (RFC 7468): one or several blocks of base64 between BEGIN and END lines. */

export interface PemBlock {
  readonly label: string;
  readonly der: Uint8Array;
  /** The block as it stands, from BEGIN to END, with any headers. */
  readonly text: string;
}

/** Text beyond this is no key and no certificate file. */
const MAX_CHARACTERS = 1024 * 1024;
const BEGIN = "-----BEGIN ";
const DASHES = "-----";
const LINE = 64;

/** The blocks of a text in order; what stands between them is passed over, as openssl does. */
export function readPem(text: string): readonly PemBlock[] {
  if (text.length > MAX_CHARACTERS) return [];
  const blocks: PemBlock[] = [];
  let at = text.indexOf(BEGIN);
  while (at >= 0) {
    const labelEnd = text.indexOf(DASHES, at + BEGIN.length);
    const label = labelEnd < 0 ? "" : text.slice(at + BEGIN.length, labelEnd);
    const closing = `-----END ${label}-----`;
    const end = labelEnd < 0 ? -1 : text.indexOf(closing, labelEnd);
    if (end < 0) break;
    const body = text.slice(labelEnd + DASHES.length, end);
    const block = text.slice(at, end + closing.length);
    blocks.push({ label, der: new Uint8Array(Buffer.from(body, "base64")), text: block });
    at = text.indexOf(BEGIN, end + closing.length);
  }
  return blocks;
}

/** One block, with lines of 64 characters and a line end after each. */
export function writePem(label: string, der: Uint8Array): string {
  const base64 = Buffer.from(der).toString("base64");
  const lines = [`${BEGIN}${label}${DASHES}`];
  for (let at = 0; at < base64.length; at += LINE) lines.push(base64.slice(at, at + LINE));
  lines.push(`-----END ${label}${DASHES}`, "");
  return lines.join("\n");
}

/** Certificates in the order given, as in certs/signer-chain.pem. */
export function pemOf(certificates: readonly Uint8Array[]): string {
  return certificates.map((der) => writePem("CERTIFICATE", der)).join("");
}
