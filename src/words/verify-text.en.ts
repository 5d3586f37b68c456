import { colons, typed, verifyCommands, type VerifyTextFacts } from "./verify-text.ts";

/** VERIFY.txt in English. Lines indented by four blanks are commands, to be typed as they stand. */
export function verifyTextEn(facts: VerifyTextFacts): string {
  const run = verifyCommands(facts.id, facts);
  const epoch = Math.floor(Date.parse(facts.created) / 1000);
  return `HOW TO CHECK THIS BUNDLE (English)

Bundle ${facts.id}, made ${facts.created}, signed by ${facts.holder}.
Nothing here needs the program that made it, and no network is used.

You need
- ${facts.id}.zip, as it was handed over
- agency-root.pem, the agency's root certificate. It must come from OUTSIDE this bundle: from the
  agency itself, by another road. A certificate taken from the bundle proves nothing.
Put both into one empty folder and open a terminal there.

1. The root. Compare the fingerprint with the one the agency gave you on paper or by telephone.
   This bundle's own chain ends in
   ${colons(facts.root)}

2. Unpack into a folder of its own.

${typed(run.unpack)}
3. The signature over the list of files. Expected: "CAdES Verification successful".

${typed(run.signature)}
   macOS brings LibreSSL, which does not know -cades: leave that word out.
   The signer's certificate has the SHA-256 fingerprint
   ${colons(facts.signer)}
   Once that certificate has expired, openssl refuses it. It was in force when the bundle was made;
   to check as of that moment, add:  -attime ${epoch}

4. The two lists of digests are the signed ones. Expected: 1 and 1.

${typed(run.manifests)}
5. Every listed file is unchanged. Expected: no output.

${typed(run.files)}
   On macOS: shasum -a 256 -c --quiet, once for each list.

6. No file was added. Expected: no output.

${typed(run.unlisted)}
7. The report is signed by itself as well. Expected: "Signature is Valid" and "Total document signed".

${typed(run.report)}
   A PDF reader says that the signature is valid but the signer's identity is unknown, until the
   agency's root is added to its trusted certificates. It must never say that the document was changed.
${timeStepEn(facts.timestamp, run.time)}
The fingerprint of the root you were given, for step 1:

${typed(run.fingerprint)}
WINDOWS (PowerShell). Unpack; then no line may say CHANGED:

${typed(run.windowsUnpack)}
${typed(run.windowsFiles)}
Files on neither list. Expected: ${windowsFilesEn(facts)}, no other:

${typed(run.windowsUnlisted)}
Digests of single files, to compare with those below:

${typed(run.windowsManifests)}
Step 3 works with the openssl.exe that comes with Git for Windows.

DIGESTS (SHA-256)
${facts.payloadManifest}  manifest-sha256.txt
${facts.messages}  data/messages.jsonl
${facts.report}  data/report.pdf

WHAT A GOOD RESULT SHOWS
- The files are byte for byte what the holder of the signing key signed.
- That key belongs to ${facts.holder}, as far as you trust the root certificate.
WHAT IT DOES NOT SHOW
- ${timeEn(facts.timestamp)}
- Who wrote a message, or that an account belongs to a person.
- That the export was complete or genuine when it was received. The bundle lists what was received,
  with its digest, and which part of it is given here.
`;
}

function windowsFilesEn({ timestamp, assertions }: VerifyTextFacts): string {
  const always = "mimetype, tagmanifest-sha256.txt and the two files of META-INF";
  if (timestamp === "none") return always;
  if (timestamp === "later") {
    return `${always}
(and, once a time-stamp was added, certs/tsa-chain.pem and its files in META-INF)`;
  }
  return `mimetype, tagmanifest-sha256.txt and the ${2 + 2 * assertions} files of META-INF`;
}

function timeStepEn(timestamp: VerifyTextFacts["timestamp"], lines: readonly string[]): string {
  if (timestamp === "none") return "";
  const when =
    timestamp === "expected"
      ? "8. The time-stamp: at what time the signature was there already."
      : `8. The time-stamp, if META-INF/timestamp001.tst is there: it was added after the bundle was made,
   and says at what time the signature was there already.`;
  return `
${when} You need
   tsa-root.pem beside agency-root.pem: the root certificate of the time-stamp authority, from the
   authority itself. Expected each time: "Verification: OK", the time, then 1 and 1.

${typed(lines)}
   Once the authority's certificate has expired, add to "openssl ts -verify":  -no_check_time
`;
}

function timeEn(timestamp: VerifyTextFacts["timestamp"]): string {
  return timestamp === "expected"
    ? "When it was signed, unless the time-stamp is checked as well (step 8)."
    : "When it was signed: the time is the signer's own claim, no time-stamp authority confirms it.";
}
