/** Classes 1, 2, 11, 14, 35: whole bundles, and what the person verifying knows of their signer. */
import type { Case, Given } from "../case.ts";
import type { Made, World } from "../world.ts";

type Pair = readonly (readonly [string, Made])[];

/** Untouched bundles and reports whose root is named. */
export function trustedCases(world: World): readonly Case[] {
  const given = { roots: [world.roots.agency] };
  const pass = { class: 1, verdict: "passed", word: null } as const;
  const plain: Pair = [
    ["P-256", world.first],
    ["P-384", world.p384],
    ["RSA-3072", world.rsa],
    ["French", world.french],
    ["with originals", world.withOriginals],
    ["without source slices", world.withoutRaw],
    ["with private parts of the journal", world.withPrivate],
    ["with a withheld attachment", world.withheld],
    ["the second of a case", world.second],
    ["the third of a case", world.third],
    ["of some kinds of messages", world.texts],
    ["of one conversation", world.oneTalk],
    ["without attachments", world.withoutMedia],
  ];
  return [
    ...plain.map(([name, { zip }]) => ({ ...pass, name, bytes: zip, given })),
    ...plain.map(([name, made]) => ({
      ...pass,
      name: `${name}, the report alone`,
      bytes: made.pdf,
      given,
    })),
    { ...pass, name: "of an authority below the root", bytes: world.deep.zip, given: state(world) },
    { ...pass, name: "report of the same", bytes: world.deep.pdf, given: state(world) },
    { ...pass, name: "self-signed and named", bytes: world.lone.zip, given: lone(world) },
    {
      ...pass,
      name: "held against its sources",
      bytes: world.first.zip,
      given: { ...given, against: world.sources },
    },
    {
      ...pass,
      name: "with several roots named",
      bytes: world.rsa.zip,
      given: { roots: [world.roots.stranger, world.roots.agency, world.roots.state] },
    },
    {
      ...pass,
      name: "self-signed and named, the report alone",
      bytes: world.lone.pdf,
      given: lone(world),
    },
    {
      ...pass,
      name: "a stranger's, named, the report alone",
      bytes: world.foreign.pdf,
      given: { roots: [world.roots.stranger] },
    },
    {
      ...pass,
      name: "ended since, in force at the time asked for, the report alone",
      bytes: world.ended.pdf,
      given: { ...given, at: "2024-06-27T00:00:00Z" },
    },
  ];
}

function state(world: World): Given {
  return { roots: [world.roots.state] };
}

function lone(world: World): Given {
  return { roots: [world.roots.lone] };
}

/** The same without their root. */
export function unknownCases(world: World): readonly Case[] {
  const unknown = { class: 2, verdict: "indeterminate", word: "UNTRUSTED" } as const;
  const none = { roots: [] };
  const other = { roots: [world.roots.stranger, world.roots.state] };
  const signed: Pair = [
    ["P-256", world.first],
    ["P-384", world.p384],
    ["RSA-3072", world.rsa],
    ["a lone certificate", world.lone],
    ["an authority below the root", world.deep],
  ];
  return signed.flatMap(([name, { zip, pdf }]) => [
    { ...unknown, name: `${name}, no root named`, bytes: zip, given: none },
    {
      ...unknown,
      name: `${name}, another root named`,
      bytes: zip,
      given: lacking(name, other, world),
    },
    { ...unknown, name: `${name}, the report, no root named`, bytes: pdf, given: none },
  ]);
}

function lacking(name: string, other: Given, world: World): Given {
  return name.startsWith("an authority") ? { roots: [world.roots.agency] } : other;
}

/** A stranger's production of the same content; each time the key and the missing root are named. */
export function strangerCases(world: World): readonly Case[] {
  const strange = { class: 11, verdict: "indeterminate", word: "UNTRUSTED" } as const;
  const given = { roots: [world.roots.agency] };
  return [
    { ...strange, name: "by a root of the same name", bytes: world.foreign.zip, given },
    { ...strange, name: "by a root of the same name, the report", bytes: world.foreign.pdf, given },
    { ...strange, name: "by a certificate that signs itself", bytes: world.lone.zip, given },
    { ...strange, name: "by the same, the report", bytes: world.lone.pdf, given },
    { ...strange, name: "by an authority of another root", bytes: world.deep.zip, given },
    {
      ...strange,
      name: "by the agency where a stranger is named",
      bytes: world.first.zip,
      given: { roots: [world.roots.stranger] },
    },
  ];
}

/** Older productions of one case, alone and beside a newer one. */
export function olderCases(world: World): readonly Case[] {
  const given = { roots: [world.roots.agency] };
  const old = (name: string, made: Made, anchor: Made | null, word: string | null): Case => ({
    class: 14,
    name,
    bytes: made.zip,
    verdict: "passed",
    word,
    given: anchor === null ? given : { ...given, anchor: anchor.path },
  });
  return [
    old("the first alone", world.first, null, null),
    old("the first beside the second", world.first, world.second, "SUPERSEDED"),
    old("the first beside the third", world.first, world.third, "SUPERSEDED"),
    old("the second beside the third", world.second, world.third, "SUPERSEDED"),
    old("the third beside the first", world.third, world.first, null),
    old("the second beside itself", world.second, world.second, null),
  ];
}

/** Certificates that have ended, not begun, or were not in force at the claimed time. */
export function endedCases(world: World): readonly Case[] {
  const roots = [world.roots.agency];
  const doubt = { class: 35, verdict: "indeterminate", word: null } as const;
  const { ended, first } = world;
  return [
    { ...doubt, name: "ended before today", bytes: ended.zip, given: { roots } },
    { ...doubt, name: "ended before today, the report", bytes: ended.pdf, given: { roots } },
    {
      ...doubt,
      name: "ended at the time asked for",
      bytes: ended.zip,
      given: { roots, at: "2024-07-02T00:00:00Z" },
    },
    {
      ...doubt,
      name: "not yet begun",
      bytes: ended.zip,
      given: { roots, at: "2024-05-30T00:00:00Z" },
    },
    {
      ...doubt,
      name: "root ended as well",
      bytes: first.zip,
      given: { roots, at: "2124-01-02T00:00:00Z" },
    },
    {
      ...doubt,
      name: "claimed long after the time asked for",
      bytes: first.zip,
      given: { roots, at: "2024-03-01T00:00:00Z" },
    },
    {
      ...doubt,
      name: "a claimed time where a proven one is wanted",
      bytes: first.zip,
      given: { roots, requireTime: true },
    },
    {
      ...doubt,
      name: "the same, the report",
      bytes: first.pdf,
      given: { roots, requireTime: true },
    },
    {
      ...doubt,
      verdict: "passed",
      name: "in force at the time asked for",
      bytes: ended.zip,
      given: { roots, at: "2024-06-27T00:00:00Z" },
    },
    {
      ...doubt,
      verdict: "passed",
      name: "in force then, the report",
      bytes: ended.pdf,
      given: { roots, at: "2024-06-27T00:00:00Z" },
    },
  ];
}
