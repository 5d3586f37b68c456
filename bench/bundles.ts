import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhatsApp } from "./generate/whatsapp.ts";
import { EXHIBITA, exhibita, filledCase, type Ground, newFolder, NODE } from "./ground.ts";
import { inTurn, measure } from "./measure.ts";
import { comparison, figures } from "./table.ts";

const DAYS = ["05", "06", "07", "08", "09"] as const;

/** Messages of six hours of the made-up talk, about. */
const EACH = 44;

/** $1: the case, $2: where the bundles go, $3 and $4: Node.js and exhibita, then the days. */
const BUNDLES = `case=$1; out=$2; node=$3; exhibita=$4; shift 4
for day; do
  "$node" "$exhibita" bundle --case "$case" -o "$out" \\
    --from "2019-01-\${day}T06:00" --to "2019-01-\${day}T12:00" || exit
done`;

/** $1: folder of the texts, $2: key and certificate, $3: where the archives go. */
const BY_HAND = `cd "$1" || exit
for text in *.txt; do
  sha256sum "$text" > "$text.sums" &&
  openssl cms -sign -binary -in "$text.sums" -signer "$2" -outform DER -out "$text.p7s" &&
  zip -q "$3/$text.zip" "$text" "$text.sums" "$text.p7s" || exit
done`;

/**
 * Bundles of six hours each (rows, sources, custody, report, two signatures; read back and verified) beside
 * what is done by hand without a report: digest, sign and zip a text of as many rows.
 */
export function* bundleMany(ground: Ground): Generator<string> {
  const place = filledCase(ground);
  signer();
  const texts = newFolder(ground);
  for (const day of DAYS) writeWhatsApp(join(texts, `${day}.txt`), EACH, Number(day));
  const key = ownKey(ground);
  const pair = inTurn(
    ground.rounds,
    () => measure(["sh", "-c", BUNDLES, "sh", place, newFolder(ground), NODE, EXHIBITA, ...DAYS]),
    () => measure(["sh", "-c", BY_HAND, "sh", texts, key, newFolder(ground)]),
  );
  const title = `${DAYS.length} bundles of about ${EACH} messages, one process each`;
  yield* comparison(title, "sha256sum, openssl cms, zip; no report", pair);
  const whole = exhibita("bundle", "--whole-case", "-o", newFolder(ground), "--case", place);
  yield `${figures("bundle of the whole case", measure(whole))}\n`;
}

/** Verifies the bundle of a whole case. */
export function* verifyOne(ground: Ground): Generator<string> {
  const place = filledCase(ground);
  const root = signer();
  const out = newFolder(ground);
  measure(exhibita("bundle", "--whole-case", "-o", out, "--case", place));
  const zip = join(out, readdirSync(out).find((name) => name.endsWith(".zip")) ?? "");
  const pair = inTurn(
    ground.rounds,
    () => measure(exhibita("verify", zip, "--root", root)),
    () => measure(["sha256sum", zip]),
  );
  yield* comparison("verify the bundle of the whole case", "sha256sum of it", pair);
}

/** Makes the key of the bench where there is none, and gives its root's certificate. */
function signer(): string {
  const roots = join(process.env["EXHIBITA_KEYS"] ?? "", "roots");
  if (!existsSync(roots)) {
    measure(exhibita("key", "init", "--holder", "Bench", "--no-passphrase"));
  }
  return join(roots, readdirSync(roots)[0] ?? "", "certificate.pem");
}

/** A key with its certificate in one file, as openssl takes them. */
function ownKey(ground: Ground): string {
  const file = ground.fresh();
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const files = ["-keyout", `${file}.key`, "-out", `${file}.crt`];
  measure(["openssl", "req", "-x509", ...curve, "-subj", "/CN=Bench", ...files]);
  const both = [".key", ".crt"].map((suffix) => readFileSync(`${file}${suffix}`, "utf8"));
  writeFileSync(file, both.join(""));
  return file;
}
