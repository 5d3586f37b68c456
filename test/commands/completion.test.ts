import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { run } from "./host.ts";

const script = (await run(["completion", "bash"])).stdout;
const bash = spawnSync("bash", ["--version"]).status === 0;

/** What bash offers after these words, the last of them unfinished. */
function offered(...words: readonly string[]): readonly string[] {
  const quoted = ["exhibita", ...words].map((word) => `'${word}'`).join(" ");
  const ask = `${script}\nCOMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _exhibita; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync("bash", ["--norc", "-c", ask], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line !== "");
}

describe.skipIf(!bash)("completion in bash (skipped where there is no bash)", () => {
  it("offers commands, groups once, and help", () => {
    expect(offered("ver")).toStrictEqual(["verify"]);
    expect(offered("ke")).toStrictEqual(["key"]);
    expect(offered("hel")).toStrictEqual(["help"]);
  });

  it("offers the second words of a group, then its flags", () => {
    expect(offered("key", "")).toEqual(expect.arrayContaining(["init", "list", "trust"]));
    expect(offered("key", "init", "--hol")).toStrictEqual(["--holder"]);
  });

  it("offers the values of a flag or an argument that has a closed set", () => {
    expect(offered("verify", "--lang", "")).toStrictEqual(["en", "fr"]);
    expect(offered("completion", "z")).toStrictEqual(["zsh"]);
  });
});

describe("completion", () => {
  it.each(["zsh", "fish"])("for %s names every command and flag", async (shell) => {
    const { exit, stdout } = await run(["completion", shell]);
    expect(exit).toBe(0);
    for (const word of ["verify", "require-time", "root-out", "custody"]) {
      expect(stdout).toContain(word);
    }
  });
});
