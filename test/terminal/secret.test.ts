import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { secretReader } from "../../src/terminal/secret.ts";

/** A keyboard: typed bytes come as events, as from a terminal in raw mode. */
class Keyboard extends EventEmitter {
  raw = false;
  setRawMode(raw: boolean): void {
    this.raw = raw;
  }
  resume(): void {}
  pause(): void {}
}

async function type(
  ...chunks: readonly Uint8Array[]
): Promise<{ secret: string; shown: string; raw: boolean }> {
  const keyboard = new Keyboard();
  let shown = "";
  const reading = secretReader(keyboard, (text) => (shown += text))("Passphrase: ");
  for (const chunk of chunks) keyboard.emit("data", Buffer.from(chunk));
  const secret = await reading;
  return { secret, shown, raw: keyboard.raw };
}

describe("a hidden prompt", () => {
  it("shows the prompt and nothing of the secret", async () => {
    const { secret, shown, raw } = await type(Buffer.from("cor"), Buffer.from("rect\r"));
    expect(secret).toBe("correct");
    expect(shown).toBe("Passphrase: \n");
    expect(raw).toBe(false);
  });

  it("takes a character back with backspace, whatever its bytes", async () => {
    expect((await type(Buffer.from("a👍\u007Fé\n"))).secret).toBe("aé");
  });

  it("reads a character that came in two pieces", async () => {
    const bytes = Buffer.from("é\n");
    expect((await type(bytes.subarray(0, 1), bytes.subarray(1))).secret).toBe("é");
  });

  it("leaves what was pasted beyond the line to the next prompt", async () => {
    const keyboard = new Keyboard();
    const ask = secretReader(keyboard, () => undefined);
    const first = ask("");
    keyboard.emit("data", Buffer.from("first\r\nsecond\n"));
    expect(await first).toBe("first");
    expect(await ask("")).toBe("second");
  });

  it("is interrupted by Ctrl-C", async () => {
    await expect(type(Buffer.from("abc\u0003"))).rejects.toMatchObject({ code: "interrupted" });
  });
});
