/** The PIN of a card. In an order that matters: one right PIN unlocks the card for the whole process. */
import { describe, expect, it } from "vitest";
import { readCardKey } from "../../src/signature/keys/pkcs11/add.ts";
import { refuseLastTry } from "../../src/signature/keys/pkcs11/token.ts";
import { pemOf } from "../../src/signature/pem.ts";
import { failureOf, openDesk } from "./desk.ts";
import { certify, fixedEnvironment, keyPair, makeRoot } from "./pki.ts";
import { cardOf, insertCard, LABEL, missing, putKey } from "./softhsm.ts";

const keys = keyPair("P-256");
insertCard();
putKey(keys, "sign", "01");
const environment = fixedEnvironment();
const root = makeRoot();

async function refusalOf(pin: string | null): Promise<readonly string[]> {
  const desk = openDesk();
  const read = () => readCardKey(desk.folder, cardOf({ pin: async () => pin }), environment);
  const { message, hints } = await failureOf(read);
  return [message, ...hints];
}

describe.skipIf(missing !== null)(`the PIN of a card (${missing ?? "SoftHSM2"})`, () => {
  it("is asked for by name", async () => {
    const asked: unknown[] = [];
    const pin = async (what?: string): Promise<null> => {
      asked.push(what);
      return null;
    };
    const desk = openDesk();
    await failureOf(() => readCardKey(desk.folder, cardOf({ pin }), environment));
    expect(asked).toEqual(["PIN"]);
    expect(await refusalOf(null)).toEqual([
      `the card ${LABEL} needs its PIN`,
      "name a file that holds it with --passphrase-file, or run in a terminal to be asked",
    ]);
  });

  it("is tried once, and a wrong one is told", async () => {
    expect(await refusalOf("000000")).toEqual([
      `the card ${LABEL}: wrong PIN`,
      "further wrong PINs will lock the card",
    ]);
  });

  it("opens the card when it is right", async () => {
    const desk = openDesk();
    const certificates = [desk.put("chain.pem", pemOf([certify(keys, root), root.certificate]))];
    const found = await readCardKey(desk.folder, cardOf({ certificates }), environment);
    expect(found.signer.holder).toBe("Ines Okafor");
  });
});

async function lastTryRefusal(flags: number): Promise<string> {
  return (await failureOf(() => refuseLastTry({ label: LABEL, flags }))).message;
}

describe("a card before its last try", () => {
  it("is not tried, and a locked one is not either", async () => {
    const [last, locked, pad] = [0x20000, 0x40000, 0x20100];
    expect(await lastTryRefusal(last)).toBe(`the card ${LABEL} would lock with one more wrong PIN`);
    expect(await lastTryRefusal(locked)).toBe(`the card ${LABEL}: the PIN is locked`);
    expect(() => refuseLastTry({ label: LABEL, flags: pad })).not.toThrow();
    expect(() => refuseLastTry({ label: LABEL, flags: 0x4 })).not.toThrow();
  });
});
