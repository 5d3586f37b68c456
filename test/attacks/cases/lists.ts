/** Classes 16, 17: members that say more, or twice, than a reader takes. */
import type { Case } from "../case.ts";
import { altered, type Changes, LIST, MESSAGES, resealed, textOf } from "../reseal.ts";
import type { World } from "../world.ts";

/** Something added to a signed file by someone who cannot sign. */
export function extraCases({ first: { files } }: World): readonly Case[] {
  const changes: readonly (readonly [string, string, (text: string) => string, string?])[] = [
    [
      "a member of bundle.json",
      "bundle.json",
      (text) => text.replace('"schema":1', '"schema":1,"sealed":true'),
    ],
    [
      "a member of a message",
      MESSAGES,
      (text) => text.replace('"kind":"text"', '"grade":1,"kind":"text"'),
    ],
    [
      "a member of a journal line",
      "data/custody.jsonl",
      (text) => text.replace('"seq":1', '"seq":1,"seen":1'),
    ],
    [
      "an attribute of the signed list",
      LIST,
      (text) => text.replace("<asic:SigReference ", '<asic:SigReference Id="x" '),
      "BAD FORMAT",
    ],
    [
      "an element of the signed list",
      LIST,
      (text) => text.replace("</asic:ASiCManifest>", "<asic:Extra/></asic:ASiCManifest>"),
      "BAD FORMAT",
    ],
    ["a line of bag-info.txt", "bag-info.txt", (text) => `${text}Contact-Name: Nobody\n`],
    ["a comment on the bag's list", "manifest-sha256.txt", (text) => `# checked\n${text}`],
  ];
  return changes.map(([name, file, change, word = "ALTERED"]) => ({
    class: 16,
    name,
    bytes: altered(files, { [file]: change(textOf(files, file)) }),
    verdict: "failed",
    word,
  }));
}

/** A name twice, signed by the genuine key: two readers would see two things. */
export async function twiceNamedCases({
  first: { files },
  signer,
}: World): Promise<readonly Case[]> {
  const changes: readonly (readonly [string, string, string, string])[] = [
    ["in bundle.json", "bundle.json", '"authority":null', '"authority":"x","authority":null'],
    [
      "in the counts of bundle.json",
      "bundle.json",
      '"context":0,"conversations"',
      '"context":0,"context":0,"conversations"',
    ],
    ["in a message", MESSAGES, '"kind":"text"', '"kind":"call","kind":"text"'],
    ["in the locator of a message", MESSAGES, '"offset":126', '"offset":1,"offset":126'],
    ["in an event", "data/events.jsonl", '"context":false', '"context":true,"context":false'],
    [
      "in an artifact",
      "data/artifacts.jsonl",
      '"role":"source"',
      '"role":"member","role":"source"',
    ],
    ["in a journal line", "data/custody.jsonl", '"seq":1', '"seq":9,"seq":1'],
    [
      "in a conversation",
      "data/conversations.jsonl",
      '"kind":"direct"',
      '"kind":"group","kind":"direct"',
    ],
    [
      "in an account, written with an escape",
      "data/accounts.jsonl",
      '"id":"a2.1"',
      '"i\\u0064":"a9","id":"a2.1"',
    ],
  ];
  return Promise.all(
    changes.map(async ([name, file, from, to]) => {
      const change: Changes = { [file]: textOf(files, file).replace(from, to) };
      const bytes = await resealed(files, change, signer);
      return { class: 17, name, bytes, verdict: "failed", word: "BAD FORMAT" } as const;
    }),
  );
}
