/** What a bundle says of its time-stamps, as far as its commands depend on it. */
export interface StampFacts {
  readonly timestamp: "none" | "expected" | "later";
  /** Time assertions it holds from the day it was made. */
  readonly assertions: number;
}

/** A bundle without time-stamps. */
export const UNSTAMPED: StampFacts = { timestamp: "none", assertions: 0 };

/**
 * The commands for the time assertions: the token over each list with its time, and that the lists
 * cover the signature. A bundle to be stamped later has one at least, once it is.
 */
export function timeCommands(facts: StampFacts): readonly string[] {
  return numbersOf(facts).flatMap((number) => {
    const [list, token] = places(number);
    return [
      `openssl ts -verify -token_in -in ${token} -data ${list} \\`,
      "  -untrusted certs/tsa-chain.pem -CAfile ../tsa-root.pem",
      `openssl ts -reply -token_in -in ${token} -token_out -text | grep 'Time stamp'`,
      "for f in META-INF/ASiCManifest001.xml META-INF/signature001.p7s; do \\",
      `  grep -c -F "$(openssl dgst -sha256 -binary $f | openssl base64)" ${list}; \\`,
      "done",
    ];
  });
}

/** Lines of a shell list that print the files which only a time-stamp covers; none without one. */
export function stampedFiles(facts: StampFacts): readonly string[] {
  if (facts.timestamp === "later") {
    return [
      "  find certs META-INF -name tsa-chain.pem -o -name 'ASiCManifest00[2-9].xml' \\",
      "    -o -name 'timestamp00[1-8].tst'; \\",
    ];
  }
  if (facts.timestamp === "none") return [];
  return numbersOf(facts).map((number) => {
    const [list, token] = places(number);
    return `  echo ${list}; echo ${token}; \\`;
  });
}

function numbersOf({ timestamp, assertions }: StampFacts): readonly number[] {
  if (timestamp === "none") return [];
  const length = timestamp === "later" ? 1 : assertions;
  return Array.from({ length }, (_, index) => index + 1);
}

function places(number: number): readonly [list: string, token: string] {
  return [`META-INF/ASiCManifest00${number + 1}.xml`, `META-INF/timestamp00${number}.tst`];
}
