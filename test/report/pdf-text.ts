import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** True where a program can be started; its absence is stated in the name of the test it skips. */
export function has(program: string): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    try {
      execFileSync(program, ["-v"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  }
}

/** What a program prints about a PDF that is given to it as a file; fails where its exit is not 0. */
export function run(program: string, pdf: Uint8Array, flags: (file: string) => string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "report-"));
  try {
    const file = join(folder, "report.pdf");
    writeFileSync(file, pdf);
    return execFileSync(program, flags(file), { encoding: "utf8", maxBuffer: 1 << 26 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The text of a PDF as a reader would copy it, blanks and line ends folded into single blanks. */
export function textOf(pdf: Uint8Array): string {
  return run("pdftotext", pdf, (file) => ["-enc", "UTF-8", file, "-"]).replace(/\s+/g, " ");
}

/** The file's objects without the bytes of their streams. */
export function objectsOf(pdf: Buffer): string {
  const text = pdf.toString("latin1");
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const begin = text.indexOf("\nstream\n", at);
    if (begin < 0) break;
    parts.push(text.slice(at, begin));
    at = text.indexOf("\nendstream", begin);
  }
  return parts.join("") + text.slice(at);
}
