/** Classes 5, 12, 13, 15, 34: the signature and the key behind it. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { Case } from "../case.ts";
import { flipped } from "../archive.ts";
import { at, encode, leaf, oid, parse, sortSet, tree } from "../der.ts";
import { type Cms, otherS, recut, reforged, signedAs, withKey } from "../forge.ts";
import {
  altered,
  contentOf,
  edited,
  type Files,
  LIST,
  packed,
  resealed,
  SIGNATURE,
  textOf,
} from "../reseal.ts";
import type { World } from "../world.ts";

function failed(number: number, word: string, name: string, bytes: Buffer): Case {
  return { class: number, name, bytes, verdict: "failed", word };
}

function withSignature(files: Files, cms: Buffer | string | null): Buffer {
  return altered(files, { [SIGNATURE]: cms });
}

/** One bit of it, the ZIP's checksum made to fit. */
export function changedSignatureCases({ first, rsa }: World): readonly Case[] {
  const p256 = contentOf(first.files, SIGNATURE);
  const wide = contentOf(rsa.files, SIGNATURE);
  const name = p256.indexOf("Harbour Unit root");
  const places = [
    0,
    2,
    8,
    25,
    31,
    60,
    name,
    p256.indexOf("signer") + 200,
    p256.length - 300,
    p256.length - 200,
    p256.length - 100,
    p256.length - 72,
    p256.length - 40,
    -1,
  ];
  return [
    ...places.map((place) =>
      failed(
        5,
        "",
        `one bit of byte ${place} of the signature`,
        withSignature(first.files, flipped(p256, place)),
      ),
    ),
    ...[-1, -200].map((place) =>
      failed(
        5,
        "BAD SIGNATURE",
        `one bit of byte ${place} of an RSA signature`,
        withSignature(rsa.files, flipped(wide, place)),
      ),
    ),
  ];
}

export function strippedCases({ first }: World): readonly Case[] {
  const { files } = first;
  return [
    failed(12, "UNSIGNED", "no signature", withSignature(files, null)),
    failed(
      12,
      "UNSIGNED",
      "neither signature nor certificates",
      altered(files, { [SIGNATURE]: null, "certs/signer-chain.pem": null }),
    ),
    failed(
      12,
      "UNSIGNED",
      "neither signature nor signed list",
      altered(files, { [SIGNATURE]: null, [LIST]: null }),
    ),
    failed(12, "UNSIGNED", "an empty signature", withSignature(files, "")),
    failed(12, "BAD SIGNATURE", "zeros for a signature", withSignature(files, Buffer.alloc(1500))),
    failed(
      12,
      "UNSIGNED",
      "the signature under another name",
      altered(files, {
        [SIGNATURE]: null,
        "META-INF/signature002.p7s": contentOf(files, SIGNATURE),
      }),
    ),
  ];
}

export async function borrowedCases(world: World): Promise<readonly Case[]> {
  const { first, second, p384, rsa, foreign, signer } = world;
  const inPdf = /\/Contents <([0-9a-f]+)>/.exec(first.pdf.toString("latin1"))?.[1] ?? "";
  const cms = Buffer.from(inPdf, "hex");
  const other = await reforged(contentOf(second.files, SIGNATURE), signer, () => undefined);
  const put = (name: string, signature: Buffer): Case =>
    failed(13, "BAD SIGNATURE", name, withSignature(first.files, signature));
  return [
    put("that of the next bundle", contentOf(second.files, SIGNATURE)),
    put("that of the next bundle, made again", other),
    put("that of a bundle with another key", contentOf(p384.files, SIGNATURE)),
    put("that of a bundle with an RSA key", contentOf(rsa.files, SIGNATURE)),
    put("that of a stranger", contentOf(foreign.files, SIGNATURE)),
    put("that of its own report", cms.subarray(0, 4 + cms.readUInt16BE(2))),
  ];
}

type Change = (parts: Cms) => void;

function withDigest(hex: string): Change {
  return ({ content, info }) => {
    at(content, 1, 0).parts = [oid(hex)];
    at(info, 2).parts = [oid(hex)];
  };
}

function without(type: string): Change {
  return ({ attributes }) => {
    attributes.parts = attributes.parts.filter(
      (each) => at(each, 0).bytes.toString("hex") !== type,
    );
  };
}

const SHA1 = "2b0e03021a";
const MD5 = "2a864886f70d0205";

/** Older schemas, weaker algorithms, missing safeguards; each signed by the genuine key where it can be. */
export async function loweredCases({ first, rsa, signer }: World): Promise<readonly Case[]> {
  const { files } = first;
  const genuine = contentOf(files, SIGNATURE);
  const schema = (value: string): Promise<Buffer> =>
    resealed(
      files,
      { "bundle.json": textOf(files, "bundle.json").replace('"schema":1', `"schema":${value}`) },
      signer,
    );
  const forged = async (name: string, word: string, change: Change): Promise<Case> =>
    failed(15, word, name, withSignature(files, await reforged(genuine, signer, change)));
  const list = textOf(files, LIST).replaceAll("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1");
  return [
    failed(15, "UNSUPPORTED", "schema 0", await schema("0")),
    failed(15, "UNSUPPORTED", "schema 2", await schema("2")),
    failed(15, "", "a schema in words", await schema('"1"')),
    failed(
      15,
      "UNSUPPORTED",
      "SHA-1 in an RSA signature",
      withSignature(rsa.files, recut(contentOf(rsa.files, SIGNATURE), withDigest(SHA1))),
    ),
    await forged("SHA-1", "UNSUPPORTED", withDigest(SHA1)),
    await forged("MD5", "UNSUPPORTED", withDigest(MD5)),
    await forged(
      "an algorithm called none",
      "UNSUPPORTED",
      ({ info }) => void (at(info, 4).parts = [oid("00")]),
    ),
    await forged(
      "no signed attributes",
      "BAD SIGNATURE",
      ({ info }) => void info.parts.splice(3, 1),
    ),
    await forged("no signing-certificate-v2", "BAD SIGNATURE", without("2a864886f70d010910022f")),
    await forged("no message-digest", "BAD SIGNATURE", without("2a864886f70d010904")),
    await forged(
      "attributes in another order",
      "BAD SIGNATURE",
      ({ attributes }) => void (attributes.parts = attributes.parts.toReversed()),
    ),
    await forged(
      "an unsigned attribute",
      "",
      ({ info }) =>
        void info.parts.push(tree(0xa1, tree(0x30, oid("2a0304"), tree(0x31, leaf(0x04, "x"))))),
    ),
    await forged(
      "two signers",
      "BAD SIGNATURE",
      ({ content, info }) => void at(content, 4).parts.push(info),
    ),
    failed(
      15,
      "BAD SIGNATURE",
      "the other value of the same key",
      withSignature(
        files,
        recut(genuine, ({ info }) => void (at(info, 5).bytes = otherS(at(info, 5).bytes))),
      ),
    ),
    failed(
      15,
      "ALTERED",
      "a certificate more than certs/ has",
      withSignature(
        files,
        recut(genuine, ({ certificates }) => {
          certificates.parts.push(
            ...at(parse(contentOf(rsa.files, SIGNATURE)), 1, 0, 3).parts.slice(0, 2),
          );
          sortSet(certificates);
        }),
      ),
    ),
    failed(
      15,
      "BAD FORMAT",
      "a list of SHA-1 digests, signed",
      packed(edited(files, { [LIST]: list })),
    ),
  ];
}

/** Certificates that an agency issued for keys which prove nothing, or which nobody here can check. */
export async function badKeyCases({ first, signer, agency }: World): Promise<readonly Case[]> {
  const { files } = first;
  const genuine = spkiOf(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey);
  const point = (bytes: Buffer): Buffer => {
    const spki = parse(genuine);
    at(spki, 1).bytes = Buffer.concat([Buffer.of(0), bytes]);
    return encode(spki);
  };
  const own = at(parse(genuine), 1).bytes.subarray(1);
  const even = parse(spkiOf(generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey));
  const numbers = parse(at(even, 1).bytes.subarray(1));
  at(numbers, 0).bytes = flipped(at(numbers, 0).bytes, -1);
  at(even, 1).bytes = Buffer.concat([Buffer.of(0), encode(numbers)]);
  const lowOrder = tree(
    0x30,
    tree(0x30, oid("2b6570")),
    leaf(0x03, Buffer.concat([Buffer.of(0, 1), Buffer.alloc(31)])),
  );
  const keys: readonly (readonly [string, Buffer, string])[] = [
    ["a point that is not on the curve", point(flipped(own, -1)), "BAD KEY"],
    ["the point (0, 0)", point(Buffer.concat([Buffer.of(4), Buffer.alloc(64)])), "BAD KEY"],
    ["the point at infinity", point(Buffer.of(0)), "BAD KEY"],
    [
      "coordinates beyond the field",
      point(Buffer.concat([Buffer.of(4), Buffer.alloc(64, 0xff)])),
      "BAD KEY",
    ],
    ["a compressed point", point(Buffer.concat([Buffer.of(2), own.subarray(1, 33)])), "BAD KEY"],
    [
      "curve parameters spelt out",
      spkiOf(
        generateKeyPairSync("ec", { namedCurve: "P-256", paramEncoding: "explicit" }).publicKey,
      ),
      "BAD KEY",
    ],
    [
      "RSA of 1024 bits",
      spkiOf(generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey),
      "BAD KEY",
    ],
    [
      "the RSA exponent 3",
      spkiOf(generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: 3 }).publicKey),
      "BAD KEY",
    ],
    ["an even RSA modulus", encode(even), ""],
    ["a point of low order on Ed25519", encode(lowOrder), "UNSUPPORTED"],
    ["an Ed25519 key", spkiOf(generateKeyPairSync("ed25519").publicKey), "UNSUPPORTED"],
    [
      "the curve secp256k1",
      spkiOf(generateKeyPairSync("ec", { namedCurve: "secp256k1" }).publicKey),
      "UNSUPPORTED",
    ],
  ];
  return Promise.all(
    keys.map(async ([name, spki, word]) => {
      const certificate = withKey(signer.chain[0] ?? spki, spki, agency.keys.privateKey);
      return failed(34, word, name, packed(await signedAs(files, signer, certificate, agency)));
    }),
  );
}

function spkiOf(key: KeyObject): Buffer {
  return key.export({ type: "spki", format: "der" });
}
