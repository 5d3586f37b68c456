import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
const isBuilt = existsSync(join(ROOT, "dist", "main.js"));
const hasTools =
  /^OpenSSL [3-9]/.test(output("openssl", "version")) && output("unzip", "-v") !== "";

describe.skipIf(!isBuilt)("npm run demo (needs npm run build)", () => {
  const { status, stdout, stderr } = isBuilt
    ? spawnSync(process.execPath, ["fixtures/demo/run.ts"], {
        cwd: ROOT,
        encoding: "utf8",
        env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
      })
    : { status: 1, stdout: "", stderr: "" };
  const folder = /^ +\$ D=(.+)$/m.exec(stdout)?.[1] ?? "";
  afterAll(() => rmSync(folder, { recursive: true }));

  it("ends well, and says so of the bundle and of its report", () => {
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout.match(/passed: every required check passed/g)).toHaveLength(2);
  });

  it("shows that one bit more or less is seen", () => {
    expect(stdout).toContain("FAILED: a required check failed, do not rely on this file");
  });

  it("leaves the ZIP and the PDF where it says", () => {
    const zip = /^ +ZIP +(.+)$/m.exec(stdout)?.[1] ?? "";
    const pdf = /^ +PDF +(.+)$/m.exec(stdout)?.[1] ?? "";
    expect(readFileSync(zip).subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
    expect(readFileSync(pdf).subarray(0, 5).toString("latin1")).toBe("%PDF-");
    expect(stdout).toContain(`rm -r ${folder}`);
  });

  it.skipIf(!hasTools)("tells how to check without exhibita (needs openssl 3, unzip)", () => {
    const typed = /^( {4}cd [^]+?) {4}less VERIFY/m.exec(stdout)?.[1] ?? "";
    const checked = spawnSync("sh", ["-e", "-c", typed], { encoding: "utf8" });
    expect(checked.stderr).toContain("CAdES Verification successful");
    expect(checked).toMatchObject({ status: 0, stdout: "" });
  });
});

function output(command: string, ...argv: string[]): string {
  const { stdout } = spawnSync(command, argv, { encoding: "utf8" });
  return stdout ?? "";
}
