import type { Terminal } from "../../terminal/terminal.ts";

/** A signer that is, or would be, in the key folder. */
export interface ShownSigner {
  readonly id: string;
  readonly holder: string;
  readonly agency: string | null;
  readonly algorithm: string;
  readonly certificate: string;
  readonly fingerprint: string;
  readonly certificateFingerprint: string;
}

/** Prints a signer, as JSON or line by line. */
export function showSigner(
  terminal: Terminal,
  signer: ShownSigner,
  warnings: readonly string[] = [],
): void {
  for (const warning of warnings) terminal.warn(warning);
  if (terminal.json) {
    terminal.record({ type: "key", schema: 1, ...signer });
    return;
  }
  terminal.data(`key          ${signer.id}`);
  terminal.data(`holder       ${signer.holder}`);
  if (signer.agency !== null) terminal.data(`agency       ${signer.agency}`);
  terminal.data(`algorithm    ${signer.algorithm}`);
  terminal.data(`certificate  ${signer.certificate}`);
  terminal.data(`fingerprint  ${signer.certificateFingerprint}`);
}
