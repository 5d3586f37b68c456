/**
 * DER certificates as PEM (RFC 7468 section 2), one after the other: lines of 64 characters, a line
 * feed after each.
 */
export function pemChain(certificates: readonly Uint8Array[]): string {
  return certificates.map(pem).join("");
}

/** Reads certificates; null unless the text is exactly what `pemChain` writes. */
export function readPemChain(text: string): readonly Uint8Array[] | null {
  const certificates = text
    .split(`${END}\n`)
    .slice(0, -1)
    .map((block) => Buffer.from(block.slice(BEGIN.length).replaceAll("\n", ""), "base64"));
  return pemChain(certificates) === text ? certificates : null;
}

const BEGIN = "-----BEGIN CERTIFICATE-----";
const END = "-----END CERTIFICATE-----";

function pem(certificate: Uint8Array): string {
  const text = Buffer.from(certificate).toString("base64");
  const lines = text.match(/.{1,64}/g) ?? [];
  return `${[BEGIN, ...lines, END].join("\n")}\n`;
}
