import { type Part, zip } from "./zip.ts";

/** Mode in the upper half of the external attributes. */
function mode(value: number): number {
  return value * 0x10000;
}

function unicodePath(crc: number, name: string): Buffer {
  const text = Buffer.from(name);
  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x7075, 0);
  field.writeUInt16LE(5 + text.length, 2);
  field.writeUInt8(1, 4);
  field.writeUInt32LE(crc, 5);
  return Buffer.concat([field, text]);
}

const A: Part = { name: "a.txt", data: "first" };
const B: Part = { name: "b.txt", data: "second" };
const CRC_OF_A_TXT = 0xc1ebf7ba;
const SECOND_ARCHIVE = zip([{ name: "other.txt", data: "another reader lists me" }]);

function named(...names: readonly (string | Buffer)[]): Buffer {
  return zip(names.map((name) => ({ name, data: "x" })));
}

/** Every hostile archive kept in fixtures/hostile, by file name: `<finding>__<what>.zip`. */
export const HOSTILE: Readonly<Record<string, Buffer>> = {
  "comment-length__longer-than-the-file.zip": zip([A], { comment: Buffer.from("12345") }).subarray(
    0,
    -2,
  ),
  "data-lie__stored-sizes-differ.zip": zip([{ ...A, size: 3 }]),
  "descriptor__missing.zip": zip([{ ...A, flags: 8 }]),
  "directory-span__wrong-offset.zip": zip([A], { directoryOffset: 3 }),
  "directory-with-data__folder-holds-bytes.zip": named("folder/"),
  "encrypted__flag-set.zip": zip([{ ...A, flags: 1 }]),
  "entry-count__one-too-few.zip": zip([A, B], { count: 1 }),
  "extra-field__ends-after-its-block.zip": zip([{ ...A, extra: Buffer.from([1, 9, 200, 0]) }]),
  "gap__bytes-between-entries.zip": zip([A, { ...B, before: Buffer.from("nobody lists me") }]),
  "headers-disagree__local-name.zip": zip([{ ...A, localName: "z.txt" }]),
  "hidden-entry__not-in-the-directory.zip": zip([
    A,
    { name: "h.txt", data: "hidden", hidden: true },
    B,
  ]),
  "kind-disagrees__folder-by-attribute-only.zip": zip([{ name: "folder", attributes: 0x10 }]),
  "link__symbolic.zip": zip([{ name: "link", data: "/etc/passwd", attributes: mode(0o120777) }]),
  "method__lzma.zip": zip([{ ...A, method: 14 }]),
  "mode__set-user.zip": zip([{ ...A, attributes: mode(0o104755) }]),
  "multi-disk__second-volume.zip": zip([A], { disk: 1 }),
  "name-absolute__root.zip": named("/etc/cron.d/x"),
  "name-absolute__share.zip": named("\\\\server\\share\\x"),
  "name-collision__case.zip": named("Chat.txt", "chat.TXT"),
  "name-collision__normal-form.zip": named("caf\u00e9.txt", "cafe\u0301.txt"),
  "name-collision__separator.zip": named("a/b", "a\\b"),
  "name-device__con.zip": named("folder/CON.txt"),
  "name-device__stream.zip": named("chat.txt:hidden"),
  "name-disagrees__unicode-path.zip": zip([{ ...A, extra: unicodePath(CRC_OF_A_TXT, "z.txt") }]),
  "name-duplicate__twins.zip": zip([A, { ...A, data: "other" }]),
  "name-encoding__not-utf8.zip": zip([
    { name: Buffer.from([0x63, 0xff, 0x2e]), data: "x", flags: 0x800 },
  ]),
  "name-file-and-folder__both.zip": named("a", "a/b"),
  "name-traversal__parent.zip": named("../../evil.txt"),
  "name-traversal__backslash.zip": named("..\\..\\evil.txt"),
  "name-unusual__bidi.zip": named("photo\u202egnp.exe"),
  "name-unusual__escape.zip": named("a\u001b]0;x\u0007.txt"),
  "name-unusual__proto.zip": named("__proto__"),
  "no-directory__points-nowhere.zip": zip([{ ...A, hidden: true }], {
    count: 1,
    directoryOffset: 9,
  }),
  "no-local-header__points-nowhere.zip": zip([{ ...A, localOffset: 2 }]),
  "out-of-bounds__past-the-end.zip": zip([{ ...A, compressedSize: 0x7fffffff, size: 0x7fffffff }]),
  "overlap__two-records-one-body.zip": zip([A, { ...A, name: "b.txt", localOffset: 0 }]),
  "prefix__bytes-in-front.zip": zip([A], { prefix: Buffer.from("#!/bin/sh\nexit\n") }),
  "second-end-record__in-the-comment.zip": zip([A], { comment: SECOND_ARCHIVE }),
  "special__character-device.zip": zip([{ name: "null", attributes: mode(0o020666) }]),
  "trailer__bytes-after-the-end.zip": zip([A], { trailer: Buffer.from("after the end") }),
  "unreadable__bytes-after-deflate.zip": zip([trailingDeflate()]),
  "unreadable__crc.zip": zip([{ ...A, crc: 1 }]),
  "unreadable__more-than-declared.zip": zip([
    { name: "a", data: "x".repeat(500), deflate: true, size: 9 },
  ]),
  "unreadable__not-deflate.zip": zip([{ ...A, data: "\xff\xff\xff\xff", method: 8 }]),
  "zip64-disagrees__counts.zip": zip([A], { zip64: { count: 7 } }),
};

/** A deflate stream of one empty block, and then bytes that no inflater looks at. */
function trailingDeflate(): Part {
  const data = Buffer.concat([Buffer.from([3, 0]), Buffer.from("unseen")]);
  return { name: "a", data, method: 8, size: 0, crc: 0 };
}
