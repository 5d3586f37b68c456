"""The ZIP, byte for byte (section 2), and the names in it (section 1)."""

import re
import struct
import zlib

from .problem import MAX_ENTRIES, MIMETYPE, REQUIRED, Problem, refuse_unless


def local_header(name, size, crc):
    big, text = size >= 0xFFFFFFFF, name.encode("ascii")
    extra = struct.pack("<HHQQ", 1, 16, size, size) if big else b""
    said = 0xFFFFFFFF if big else size
    head = struct.pack(
        "<4sHHHHHIIIHH",
        b"PK\3\4",
        45 if big else 10,
        0,
        0,
        0,
        0x21,
        crc,
        said,
        said,
        len(text),
        len(extra),
    )
    return head + text + extra


def central_header(name, size, crc, place):
    big, text = size >= 0xFFFFFFFF or place >= 0xFFFFFFFF, name.encode("ascii")
    extra = struct.pack("<HHQQQ", 1, 24, size, size, place) if big else b""
    said, where = (0xFFFFFFFF, 0xFFFFFFFF) if big else (size, place)
    head = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        b"PK\1\2",
        0x032D,
        45 if big else 10,
        0,
        0,
        0,
        0x21,
        crc,
        said,
        said,
        len(text),
        len(extra),
        0,
        0,
        0,
        0x81A40020,
        where,
    )
    return head + text + extra


def end_record(count, length, place):
    if place < 0xFFFFFFFF:
        return struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, length, place, 0)
    end = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, length, place)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, place + length, 1)
    return (
        end
        + locator
        + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    )


def read_container(data):
    """The entries in their order, by name, and what is wrong with the file's layout, or None."""
    entries, rows, at, walked = {}, [], 0, False
    try:
        while data[at : at + 4] == b"PK\3\4":
            refuse_unless(len(rows) < MAX_ENTRIES, "LIMIT", "more than %d entries" % MAX_ENTRIES)
            at = read_entry(data, at, entries, rows)
        directory = b"".join(central_header(*row) for row in rows)
        rest = directory + end_record(len(rows), len(directory), at)
        walked = data[at : at + 4] == b"PK\1\2"
        refuse_unless(
            data[at:] == rest, "ALTERED", "not the directory of the entries at byte %d" % at
        )
        order = [row[0] for row in rows]
        refuse_unless(
            order[:1] == ["mimetype"]
            and order[1:] == sorted(set(order[1:]))
            and "mimetype" not in order[1:],
            "ALTERED",
            "the order of the entries",
        )
        refuse_unless(entries["mimetype"] == MIMETYPE, "ALTERED", "another mimetype")
        for name, size, crc, _ in rows:
            refuse_unless(zlib.crc32(entries[name]) == crc, "ALTERED", "%s has another CRC" % name)
    except Problem as problem:
        return entries, problem if walked else recognise(data, problem)
    return entries, None


def read_entry(data, at, entries, rows):
    refuse_unless(len(data) >= at + 30, "ALTERED", "cut short at byte %d" % at)
    crc, _, size, length = struct.unpack_from("<IIIH", data, at + 14)
    name = data[at + 30 : at + 30 + length].decode("latin-1")
    refuse_unless(name.isascii(), "ALTERED", "the name at byte %d" % at)
    if size == 0xFFFFFFFF and len(data) >= at + 50 + length:
        size = struct.unpack_from("<Q", data, at + 30 + length + 4)[0]
    head = local_header(name, size, crc)
    refuse_unless(data[at : at + len(head)] == head, "ALTERED", "the header at byte %d" % at)
    start = at + len(head)
    refuse_unless(size <= len(data) - start, "ALTERED", "%s is cut short" % name)
    entries.setdefault(name, data[start : start + size])
    rows.append((name, size, crc, at))
    return start + size


def recognise(data, problem):
    """Section 10: what a file is that has not the one layout."""
    end = data.rfind(b"PK\5\6")
    if end < 0 or len(data) - end < 22:
        return (
            problem
            if data[:4] == b"PK\3\4"
            else Problem("BAD FORMAT", "neither a bundle nor a PDF")
        )
    length, place, comment = struct.unpack_from("<IIH", data, end + 12)
    total, seen, at, in_place = (
        0,
        0,
        place,
        len(data) == end + 22 and comment == 0 and place + length == end,
    )
    foreign = False
    while data[at : at + 4] == b"PK\1\2" and len(data) >= at + 46:
        made, _, flags, method = struct.unpack_from("<HHHH", data, at + 4)
        size, name, extra, more = struct.unpack_from("<IHHH", data, at + 24)
        foreign = foreign or made != 0x032D or flags != 0 or method != 0 or extra != 0
        total, seen, at = total + size, seen + 1, at + 46 + name + extra + more
    if seen > MAX_ENTRIES or total > 100 * len(data) + (1 << 20):
        return Problem("LIMIT", "too many entries, or more content than its size allows")
    if in_place and at == end and foreign and data[:4] == b"PK\3\4":
        return Problem("REPACKED", "packed by another program; ask for the file as it was made")
    return problem


DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|\Z)", re.I)


def check_names(entries):
    names = list(entries)
    for name in names:
        refuse_unless(
            re.fullmatch(r"[A-Za-z0-9._/-]{1,120}", name), "ALTERED", "the name %r" % name
        )
        for part in name.split("/"):
            bad = part in ("", ".", "..") or part[0] == "-" or part[-1] == "." or DEVICE.match(part)
            refuse_unless(not bad, "ALTERED", "the name %r" % name)
    lower = {name.lower() for name in names}
    refuse_unless(len(lower) == len(names), "ALTERED", "two names are the same but for case")
    folders = {name[:at] for name in lower for at in range(len(name)) if name[at] == "/"}
    refuse_unless(not folders & lower, "ALTERED", "a file has the name of a folder")
    missing = [name for name in REQUIRED if name not in entries]
    refuse_unless(not missing, "INCOMPLETE", ", ".join(missing))
    return "%d names" % len(names)
