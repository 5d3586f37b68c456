import type { Sha256 } from "../model/artifact.ts";
import { type StampFacts, stampedFiles, timeCommands, UNSTAMPED } from "./verify-time.ts";

/** What VERIFY.txt says of the one bundle it lies in. */
export interface VerifyTextFacts extends StampFacts {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly created: string;
  readonly holder: string;
  /** SHA-256 of the signer's certificate. */
  readonly signer: Sha256;
  /** SHA-256 of the last certificate of the chain, the root where the chain is whole. */
  readonly root: Sha256;
  readonly messages: Sha256;
  readonly report: Sha256;
  readonly payloadManifest: Sha256;
}

/**
 * The commands of VERIFY.txt, the same in every language. A step is a list of lines, run as they stand
 * in one shell, in a folder with the bundle and the agency's root certificate.
 */
export interface VerifyCommands {
  readonly unpack: readonly string[];
  readonly signature: readonly string[];
  readonly manifests: readonly string[];
  readonly files: readonly string[];
  readonly unlisted: readonly string[];
  readonly report: readonly string[];
  /** Empty where no time-stamp is to be expected. */
  readonly time: readonly string[];
  readonly fingerprint: readonly string[];
  readonly windowsUnpack: readonly string[];
  readonly windowsFiles: readonly string[];
  readonly windowsUnlisted: readonly string[];
  readonly windowsManifests: readonly string[];
}

/** The commands for a bundle of this id. */
export function verifyCommands(id: string, stamps: StampFacts = UNSTAMPED): VerifyCommands {
  return {
    unpack: [`unzip -q ${id}.zip -d ${id} && cd ${id}`],
    signature: [
      "openssl cms -verify -cades -binary -purpose any -inform DER \\",
      "  -in META-INF/signature001.p7s -content META-INF/ASiCManifest001.xml \\",
      "  -CAfile ../agency-root.pem -out /dev/null",
    ],
    manifests: [
      "for f in manifest-sha256.txt tagmanifest-sha256.txt; do \\",
      '  grep -c -F "$(openssl dgst -sha256 -binary $f | openssl base64)" META-INF/ASiCManifest001.xml; \\',
      "done",
    ],
    files: ["sha256sum -c --strict --quiet manifest-sha256.txt tagmanifest-sha256.txt"],
    unlisted: [
      "{ cut -c67- manifest-sha256.txt tagmanifest-sha256.txt; \\",
      "  echo mimetype; echo tagmanifest-sha256.txt; \\",
      ...stampedFiles(stamps),
      "  echo META-INF/ASiCManifest001.xml; echo META-INF/signature001.p7s; } \\",
      "  | LC_ALL=C sort > ../listed.txt",
      "find . -type f | cut -c3- | LC_ALL=C sort | diff ../listed.txt -",
    ],
    report: ["pdfsig data/report.pdf"],
    time: timeCommands(stamps),
    fingerprint: ["openssl x509 -in ../agency-root.pem -noout -fingerprint -sha256"],
    windowsUnpack: [
      `Expand-Archive -LiteralPath ${id}.zip -DestinationPath ${id}`,
      `Set-Location ${id}`,
    ],
    windowsFiles: [
      "Get-Content manifest-sha256.txt, tagmanifest-sha256.txt | ForEach-Object {",
      "  $sum, $name = $_ -split '  ', 2",
      '  if ((Get-FileHash -Algorithm SHA256 -LiteralPath $name).Hash -ne $sum) { "CHANGED $name" }',
      "}",
    ],
    windowsUnlisted: [
      "$listed = Get-Content manifest-sha256.txt, tagmanifest-sha256.txt |",
      "  ForEach-Object { ($_ -split '  ', 2)[1] }",
      "Get-ChildItem -Recurse -File | ForEach-Object {",
      "  (Resolve-Path -Relative -LiteralPath $_.FullName).Substring(2).Replace('\\', '/')",
      "} | Where-Object { $listed -notcontains $_ }",
    ],
    windowsManifests: [
      "certutil -hashfile manifest-sha256.txt SHA256",
      "certutil -hashfile data\\report.pdf SHA256",
    ],
  };
}

/** Lines a reader is to type, indented by four blanks. */
export function typed(lines: readonly string[]): string {
  return lines.map((line) => `    ${line}\n`).join("");
}

/** A fingerprint as openssl prints it: upper case, a colon between bytes. */
export function colons(digest: Sha256): string {
  return (digest.toUpperCase().match(/../g) ?? []).join(":");
}
