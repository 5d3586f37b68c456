/** Time-stamps in classes 1, 5, 8, 9, 12, 13 and 35: honest, taken out, put in, exchanged, changed. */
import { flipped } from "../archive.ts";
import type { Case } from "../case.ts";
import { recut } from "../forge.ts";
import { altered, contentOf, type Files, SIGNATURE } from "../reseal.ts";
import type { Made, World } from "../world.ts";

const LIST = "META-INF/ASiCManifest002.xml";
const TOKEN = "META-INF/timestamp001.tst";
const CHAIN = "certs/tsa-chain.pem";

/** What a time-stamp gives, to those who trust its authority and to those who do not. */
export function stampedCases(world: World): readonly Case[] {
  const { agency, house, tower } = world.roots;
  const { stamped, stampedTwice, stampedLater, stampedInTime } = world;
  const late = { requireTime: true };
  const cases: readonly (readonly [number, Case["verdict"], string, Made, Case["given"]])[] = [
    [1, "passed", "stamped, its authority trusted", stamped, { roots: [agency, house] }],
    [1, "passed", "stamped, its authority unknown", stamped, { roots: [agency] }],
    [1, "passed", "stamped by two, both trusted", stampedTwice, { roots: [agency, house, tower] }],
    [1, "passed", "to be stamped later", stampedLater, { roots: [agency] }],
    [35, "passed", "ended since, stamped before", stampedInTime, { roots: [agency, house] }],
    [
      35,
      "indeterminate",
      "ended since, stamped by nobody known",
      stampedInTime,
      { roots: [agency] },
    ],
    [
      35,
      "passed",
      "a proven time is wanted and there",
      stamped,
      { roots: [agency, house], ...late },
    ],
    [
      35,
      "indeterminate",
      "a proven time is wanted, its authority unknown",
      stamped,
      { roots: [agency], ...late },
    ],
    [
      35,
      "indeterminate",
      "a proven time is wanted and still to come",
      stampedLater,
      { roots: [agency, house], ...late },
    ],
  ];
  const bundles = cases.map(([number, verdict, name, { zip }, given]): Case => {
    return { class: number, verdict, word: null, name, bytes: zip, ...(given && { given }) };
  });
  const reports = cases.map(([number, verdict, name, { pdf }, given]): Case => {
    return {
      class: number,
      verdict,
      word: null,
      name: `${name} (report)`,
      bytes: pdf,
      ...(given && { given }),
    };
  });
  const second: Case = {
    class: 35,
    verdict: "passed",
    word: null,
    name: "a proven time is wanted, and the second authority known",
    bytes: stampedTwice.zip,
    given: { roots: [agency, tower], ...late },
  };
  return [...bundles, second, ...reports];
}

/** The trusting eye that sees most: nothing here may be excused by an unknown authority. */
function failed(world: World, number: number, word: string, name: string, bytes: Buffer): Case {
  const { agency, house, tower } = world.roots;
  return {
    class: number,
    word,
    name,
    bytes,
    verdict: "failed",
    given: { roots: [agency, house, tower] },
  };
}

function tokenless(files: Files): Buffer {
  return recut(contentOf(files, SIGNATURE), ({ info }) => void info.parts.pop());
}

/** What somebody takes out who wants another time to be believed. */
export function unstampedCases(world: World): readonly Case[] {
  const { files } = world.stamped;
  const two = world.stampedTwice.files;
  const gone = (name: string, from: Files, ...names: string[]): Case =>
    failed(
      world,
      12,
      "INCOMPLETE",
      name,
      altered(from, Object.fromEntries(names.map((each) => [each, null]))),
    );
  return [
    failed(
      world,
      12,
      "INCOMPLETE",
      "no time-stamp in the signature",
      altered(files, { [SIGNATURE]: tokenless(files) }),
    ),
    failed(
      world,
      12,
      "INCOMPLETE",
      "no time-stamp at all",
      altered(files, { [SIGNATURE]: tokenless(files), [LIST]: null, [TOKEN]: null, [CHAIN]: null }),
    ),
    gone("no time assertion", files, LIST, TOKEN),
    gone("no token of the time assertion", files, TOKEN),
    gone("no list of the time assertion", files, LIST),
    { ...gone("no certificates of the authority", files, CHAIN), word: "" },
    {
      ...gone(
        "no last time assertion of two",
        two,
        "META-INF/ASiCManifest003.xml",
        "META-INF/timestamp002.tst",
      ),
      word: "ALTERED",
    },
    gone("no first time assertion of two", two, LIST, TOKEN),
  ];
}

/** Time-stamps of something else, or where there should be none. */
export function foreignStampCases(world: World): readonly Case[] {
  const { first, stamped, stampedTwice, stampedLater, stampedInTime } = world;
  const { files } = stamped;
  const put = (
    number: number,
    name: string,
    from: Files,
    changes: Parameters<typeof altered>[1],
  ): Case => failed(world, number, "", name, altered(from, changes));
  const names = [LIST, TOKEN, CHAIN];
  const stamps = Object.fromEntries(names.map((name) => [name, contentOf(files, name)]));
  const other = stampedInTime.files;
  return [
    put(8, "a time assertion where none is foreseen", first.files, stamps),
    put(8, "a time assertion of another where one is to come", stampedLater.files, stamps),
    put(8, "certificates of an authority where there is no time-stamp", stampedLater.files, {
      [CHAIN]: contentOf(files, CHAIN),
    }),
    put(8, "a third time assertion", stampedTwice.files, {
      "META-INF/ASiCManifest004.xml": contentOf(files, LIST),
      "META-INF/timestamp003.tst": contentOf(files, TOKEN),
    }),
    put(9, "two tokens swapped", stampedTwice.files, {
      [TOKEN]: contentOf(stampedTwice.files, "META-INF/timestamp002.tst"),
      "META-INF/timestamp002.tst": contentOf(stampedTwice.files, TOKEN),
    }),
    put(
      13,
      "the time assertion of another",
      files,
      Object.fromEntries(names.map((name) => [name, contentOf(other, name)])),
    ),
    put(13, "the token of another time assertion", files, { [TOKEN]: contentOf(other, TOKEN) }),
    put(13, "the signature of another, with its time-stamp", files, {
      [SIGNATURE]: contentOf(other, SIGNATURE),
    }),
  ];
}

/** One bit here and there of a token. */
export function changedStampCases(world: World): readonly Case[] {
  const { files } = world.stamped;
  const token = contentOf(files, TOKEN);
  const signature = contentOf(files, SIGNATURE);
  const places = Array.from({ length: 24 }, (_, at) => Math.floor((at * token.length) / 24));
  const inside = signature.length - token.length;
  return [
    ...places.map((at) =>
      failed(
        world,
        5,
        "",
        `one bit of byte ${at} of a time-stamp`,
        altered(files, { [TOKEN]: flipped(token, at) }),
      ),
    ),
    ...places
      .slice(1)
      .map((at) =>
        failed(
          world,
          5,
          "",
          `one bit of byte ${at} of the time-stamp in the signature`,
          altered(files, { [SIGNATURE]: flipped(signature, inside + at) }),
        ),
      ),
    failed(
      world,
      5,
      "",
      "another authority's certificates",
      altered(files, { [CHAIN]: contentOf(files, "certs/signer-chain.pem") }),
    ),
  ];
}
