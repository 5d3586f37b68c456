/** Classes 3, 4, 7 to 10, 28, 29: files changed, removed, added, swapped, replaced. */
import type { Case } from "../case.ts";
import { flipped, placeOf } from "../archive.ts";
import {
  altered,
  contentOf,
  edited,
  LIST,
  MESSAGES,
  packed,
  relisted,
  REPORT,
  resealed,
  textOf,
} from "../reseal.ts";
import type { World } from "../world.ts";

const PHOTO = "data/attachments/000001.jpg";
const OTHER_PHOTO = "data/attachments/000002.jpg";

function failed(number: number, word: string, name: string, bytes: Buffer): Case {
  return { class: number, name, bytes, verdict: "failed", word };
}

/** One bit of a file, with the checksum of the ZIP made to fit and without. */
export function changedFileCases({ first, withOriginals }: World): readonly Case[] {
  const names = [MESSAGES, PHOTO, "bundle.json", "VERIFY.txt", "data/custody.jsonl", "mimetype"];
  const fitted = names.map((name) =>
    failed(
      3,
      "ALTERED",
      `one bit of ${name}`,
      altered(first.files, { [name]: flipped(contentOf(first.files, name), 9) }),
    ),
  );
  const raw = ["data/artifacts.jsonl", REPORT].map((name) =>
    failed(
      3,
      "ALTERED",
      `one bit of ${name}, CRC as it was`,
      flipped(first.zip, placeOf(first.zip, name).data + 9),
    ),
  );
  const original = "data/originals/000002.json";
  const changed = { [original]: flipped(contentOf(withOriginals.files, original), 100) };
  return [
    ...fitted,
    ...raw,
    failed(3, "ALTERED", "one bit of an original", altered(withOriginals.files, changed)),
  ];
}

/** One place of a list. */
export function changedListCases({ first: { files } }: World): readonly Case[] {
  const list = textOf(files, LIST);
  const bag = textOf(files, "manifest-sha256.txt");
  const tag = textOf(files, "tagmanifest-sha256.txt");
  const cases: readonly (readonly [string, string, string])[] = [
    [
      "a digest of the signed list",
      LIST,
      list.replace(
        /<ds:DigestValue>./,
        (all) => `${all.slice(0, -1)}${all.endsWith("A") ? "B" : "A"}`,
      ),
    ],
    ["a name on the signed list", LIST, list.replace('URI="data/accounts', 'URI="data/account5')],
    ["two digests of the signed list", LIST, swapFirstDigests(list)],
    ["a digest of the bag's list", "manifest-sha256.txt", digit(bag)],
    [
      "a name on the bag's list",
      "manifest-sha256.txt",
      bag.replace("data/accounts", "data/account5"),
    ],
    ["a digest of the list of tags", "tagmanifest-sha256.txt", digit(tag)],
  ];
  return cases.map(([name, file, text]) =>
    failed(4, "ALTERED", name, altered(files, { [file]: text })),
  );
}

function digit(text: string): string {
  return (text.startsWith("0") ? "1" : "0") + text.slice(1);
}

function swapFirstDigests(list: string): string {
  const [one = "", two = ""] = list.match(/[A-Za-z0-9+/]{43}=/g) ?? [];
  return list.replace(one, "{}").replace(two, one).replace("{}", two);
}

export function removedCases({ first }: World): readonly Case[] {
  const names = [
    MESSAGES,
    PHOTO,
    "data/exceptions.jsonl",
    REPORT,
    "VERIFY.txt",
    "certs/signer-chain.pem",
    "bundle.json",
    "manifest-sha256.txt",
    LIST,
  ];
  return names.map((name) =>
    failed(7, "INCOMPLETE", `without ${name}`, altered(first.files, { [name]: null })),
  );
}

export function addedCases({ first }: World): readonly Case[] {
  const names = [
    "data/attachments/000003.jpg",
    "data/more.jsonl",
    "README.txt",
    "META-INF/manifest.xml",
    "META-INF/signature002.p7s",
    "META-INF/evidencerecord.ers",
    "certs/other.pem",
    "data/viewer/index.html",
  ];
  return names.map((name) =>
    failed(8, "ALTERED", `with ${name}`, altered(first.files, { [name]: "added" })),
  );
}

export function swappedCases({ first: { files } }: World): readonly Case[] {
  const pairs = [
    [PHOTO, OTHER_PHOTO],
    ["data/accounts.jsonl", "data/conversations.jsonl"],
    [MESSAGES, "data/events.jsonl"],
    ["manifest-sha256.txt", "tagmanifest-sha256.txt"],
    ["bagit.txt", "bag-info.txt"],
    [REPORT, PHOTO],
  ] as const;
  return pairs.map(([one, two]) =>
    failed(
      9,
      "ALTERED",
      `${one} and ${two} swapped`,
      altered(files, { [one]: contentOf(files, two), [two]: contentOf(files, one) }),
    ),
  );
}

/** Files changed and every list made to fit, but not the signature. */
export function relistedCases({ first: { files }, second }: World): readonly Case[] {
  const changes: readonly (readonly [string, string, Buffer | string | null])[] = [
    ["a message", MESSAGES, textOf(files, MESSAGES).replace("nine", "nina")],
    ["an attachment", PHOTO, "another photo"],
    [
      "the journal",
      "data/custody.jsonl",
      textOf(files, "data/custody.jsonl").replace("Okafor", "Okafur"),
    ],
    ["the report", REPORT, contentOf(second.files, REPORT)],
    ["an added file", "data/more.txt", "more"],
    ["a removed attachment", PHOTO, null],
    [
      "the counts",
      "bundle.json",
      textOf(files, "bundle.json").replace('"messages":7', '"messages":8'),
    ],
  ];
  return changes.map(([name, file, content]) =>
    failed(
      10,
      "BAD SIGNATURE",
      `${name}, the lists made to fit`,
      packed(relisted(files, { [file]: content })),
    ),
  );
}

/** The human view replaced: seen by a stranger's change and by the signer's own. */
export async function replacedCases({
  first,
  second,
  foreign,
  signer,
}: World): Promise<readonly Case[]> {
  const { files } = first;
  const page = Buffer.from("%PDF-1.7\n%%EOF\n");
  const kind = flipped(contentOf(files, REPORT), 40_000);
  const own = (content: Buffer): Promise<Buffer> => resealed(files, { [REPORT]: content }, signer);
  return [
    failed(
      28,
      "ALTERED",
      "the report of another bundle",
      altered(files, { [REPORT]: contentOf(second.files, REPORT) }),
    ),
    failed(28, "ALTERED", "a page that says nothing", altered(files, { [REPORT]: page })),
    failed(
      28,
      "ALTERED",
      "a stranger's report of the same",
      altered(files, { [REPORT]: contentOf(foreign.files, REPORT) }),
    ),
    failed(
      28,
      "ALTERED",
      "the report of another bundle, signed again",
      await own(contentOf(second.files, REPORT)),
    ),
    failed(28, "ALTERED", "a page that says nothing, signed again", await own(page)),
    failed(
      28,
      "ALTERED",
      "a stranger's report, signed again",
      await own(contentOf(foreign.files, REPORT)),
    ),
    failed(28, "BAD SIGNATURE", "a changed page, signed again", await own(kind)),
  ];
}

/** Parts of a sound bundle put into another one of the same signer. */
export function mixedCases({ first, second, withPrivate, french }: World): readonly Case[] {
  const put = (name: string, from: World["first"]): Buffer =>
    packed(edited(first.files, { [name]: contentOf(from.files, name) }));
  return [
    failed(29, "ALTERED", "the report of the next", put(REPORT, second)),
    failed(29, "ALTERED", "the description of the next", put("bundle.json", second)),
    failed(
      29,
      "ALTERED",
      "the journal of one with private parts",
      put("data/custody.jsonl", withPrivate),
    ),
    failed(29, "ALTERED", "the French report", put(REPORT, french)),
    failed(29, "ALTERED", "the instructions of another", put("VERIFY.txt", french)),
    failed(29, "ALTERED", "the bag's list of the next", put("manifest-sha256.txt", second)),
  ];
}
