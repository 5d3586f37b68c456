#!/usr/bin/env python3
"""A second verifier of exhibita's bundles and reports, written from docs/bundle-spec.md alone.

It shares no line with the program that makes bundles. It needs Python 3.9 and the `openssl` command,
which it asks for one thing only: whether a public key made a signature. Check ids, verdicts, words and
exit codes are those of the specification: 0 passed, 4 failed, 5 indeterminate, 2 no such file or usage.

    verify.py FILE... [--root PEM]... [--against PATH]... [--anchor BUNDLE] [--at TIME]
              [--require-time] [--json]
"""
import argparse
import base64
import binascii
import datetime
import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from decimal import Decimal

LIST, SIGNATURE = "META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s"
CHAIN, REPORT = "certs/signer-chain.pem", "data/report.pdf"
MIMETYPE = b"application/vnd.etsi.asic-e+zip"
TABLES = ("messages", "events", "conversations", "accounts", "exceptions", "artifacts", "custody")
REQUIRED = (
    ["mimetype", LIST, SIGNATURE, "VERIFY.txt", "bag-info.txt", "bagit.txt", "bundle.json", CHAIN, REPORT]
    + ["manifest-sha256.txt", "tagmanifest-sha256.txt"]
    + ["data/%s.jsonl" % name for name in TABLES]
)
CHECKS = (
    "container names manifest payload unlisted signature signer time custody records counts report"
).split()
MAX_ENTRIES, MAX_FILE, MAX_PDF, MAX_DEPTH = 960, 4 << 30, 64 << 20, 200
HEX64, HEX32 = re.compile(r"[0-9a-f]{64}\Z"), re.compile(r"[0-9a-f]{32}\Z")


class Problem(Exception):
    """Why a check does not pass; `word` is one of section 9."""

    def __init__(self, word, detail, outcome="fail"):
        super().__init__("%s: %s" % (word, detail))
        self.word, self.outcome = word, outcome


def refuse_unless(condition, word, detail):
    if not condition:
        raise Problem(word, detail)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


# ---- JSON, sections 6 and 7 ---------------------------------------------------------------------


def parse_json(text):
    def pairs(members):
        refuse_unless(len({name for name, _ in members}) == len(members), "BAD FORMAT", "a name twice")
        return dict(members)

    def constant(_):
        raise ValueError("no JSON")

    try:
        return json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except (ValueError, RecursionError):
        raise Problem("BAD FORMAT", "not JSON") from None


def number_text(value):
    """RFC 8785, section 3.2.2.3: as ECMAScript writes a double."""
    double = float(value)
    if double == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(abs(double))).normalize().as_tuple()
    text, point = "".join(map(str, digits)), len(digits) + exponent
    if 0 < point <= 21:
        body = text.ljust(point, "0") if len(text) <= point else text[:point] + "." + text[point:]
    elif -6 < point <= 0:
        body = "0." + "0" * -point + text
    else:
        rest = "." + text[1:] if len(text) > 1 else ""
        body = "%s%se%s%d" % (text[0], rest, "+" if point > 0 else "-", abs(point - 1))
    return ("-" if double < 0 else "") + body


def string_text(value):
    escaped = json.dumps(value, ensure_ascii=False)
    return re.sub("[\ud800-\udfff]", lambda one: "\\u%04x" % ord(one.group()), escaped)


def compact(value, names=list):
    """`value` without blanks, its members in the order that `names` gives them."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return string_text(value)
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, list):
        return "[%s]" % ",".join(compact(each, names) for each in value)
    return "{%s}" % ",".join(string_text(n) + ":" + compact(value[n], names) for n in names(value))


def canonical(value):
    """RFC 8785: names in the order of their UTF-16 units."""
    order = lambda names: sorted(names, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return compact(value, order).encode("utf-8")


def read_lines(data, name):
    """The values of JSON lines, each as long as it is when written without blanks."""
    refuse_unless(data is not None, "INCOMPLETE", "%s is missing" % name)
    refuse_unless(data == b"" or data.endswith(b"\n"), "BAD FORMAT", "%s ends within a line" % name)
    values = []
    for at, line in enumerate(data.split(b"\n")[:-1], 1):
        try:
            value = parse_json(line.decode("utf-8"))
            refuse_unless(isinstance(value, dict), "BAD FORMAT", "no object")
            refuse_unless(len(compact(value).encode("utf-8")) == len(line), "BAD FORMAT", "its form")
        except (Problem, ValueError, OverflowError, RecursionError) as reason:
            raise Problem("BAD FORMAT", "line %d of %s: %s" % (at, name, reason)) from None
        values.append(value)
    return values


# ---- The ZIP, section 2 -------------------------------------------------------------------------


def local_header(name, size, crc):
    big, text = size >= 0xFFFFFFFF, name.encode("ascii")
    extra = struct.pack("<HHQQ", 1, 16, size, size) if big else b""
    said = 0xFFFFFFFF if big else size
    head = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 45 if big else 10, 0, 0, 0, 0x21, crc, said, said,
                       len(text), len(extra))
    return head + text + extra


def central_header(name, size, crc, place):
    big, text = size >= 0xFFFFFFFF or place >= 0xFFFFFFFF, name.encode("ascii")
    extra = struct.pack("<HHQQQ", 1, 24, size, size, place) if big else b""
    said, where = (0xFFFFFFFF, 0xFFFFFFFF) if big else (size, place)
    head = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 0x032D, 45 if big else 10, 0, 0, 0, 0x21, crc,
                       said, said, len(text), len(extra), 0, 0, 0, 0x81A40020, where)
    return head + text + extra


def end_record(count, length, place):
    if place < 0xFFFFFFFF:
        return struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, length, place, 0)
    end = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, length, place)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, place + length, 1)
    return end + locator + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)


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
        refuse_unless(data[at:] == rest, "ALTERED", "not the directory of the entries at byte %d" % at)
        order = [row[0] for row in rows]
        refuse_unless(order[:1] == ["mimetype"] and order[1:] == sorted(set(order[1:])) and
                      "mimetype" not in order[1:], "ALTERED", "the order of the entries")
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
    """Section 9: what a file is that has not the one layout."""
    end = data.rfind(b"PK\5\6")
    if end < 0 or len(data) - end < 22:
        return problem if data[:4] == b"PK\3\4" else Problem("BAD FORMAT", "neither a bundle nor a PDF")
    length, place, comment = struct.unpack_from("<IIH", data, end + 12)
    total, seen, at, in_place = 0, 0, place, len(data) == end + 22 and comment == 0 and place + length == end
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
        refuse_unless(re.fullmatch(r"[A-Za-z0-9._/-]{1,120}", name), "ALTERED", "the name %r" % name)
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


# ---- Lists, sections 3 and 4 --------------------------------------------------------------------

OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" '
    'xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\n'
    '  <asic:SigReference URI="META-INF/signature001.p7s" MimeType="application/pkcs7-signature"/>\n'
)
OBJECT = (
    '  <asic:DataObjectReference URI="%s">\n'
    '    <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>\n'
    "    <ds:DigestValue>%s</ds:DigestValue>\n"
    "  </asic:DataObjectReference>\n"
)


def read_signed_list(data):
    """Digests by name of the signed list, which is in its one form."""
    refuse_unless(data is not None, "INCOMPLETE", "%s is missing" % LIST)
    text = data.decode("latin-1")
    found = re.findall(r'URI="([A-Za-z0-9._/-]+)">\n.*\n    <ds:DigestValue>([A-Za-z0-9+/]{43}=)<', text)
    listed = {name: base64.b64decode(value).hex() for name, value in found}
    body = "".join(OBJECT % (name, base64.b64encode(bytes.fromhex(listed[name])).decode()) for name in sorted(listed))
    refuse_unless(OPEN + body + "</asic:ASiCManifest>\n" == text, "BAD FORMAT", "%s is in another form" % LIST)
    return listed


def manifest_text(digests):
    return "".join("%s  %s\n" % (digests[name], name) for name in sorted(digests)).encode()


def check_manifest(entries, listed, record):
    """The three lists agree with each other and with what describes them; entries are not read for this."""
    payload = {name: digest for name, digest in listed.items() if name.startswith("data/")}
    tags = {name: digest for name, digest in listed.items() if name not in payload}
    tagged = {name: digest for name, digest in tags.items() if name != "tagmanifest-sha256.txt"}
    for name, digests in (("manifest-sha256.txt", payload), ("tagmanifest-sha256.txt", tagged)):
        refuse_unless(name in entries, "INCOMPLETE", "%s is missing" % name)
        lines = re.findall(rb"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)\n", entries[name])
        said = {key.decode(): value.decode() for value, key in lines}
        refuse_unless(manifest_text(said) == entries[name], "BAD FORMAT", "%s is in another form" % name)
        refuse_unless(said == digests, "ALTERED", "%s and the signed list differ" % name)
    bagit = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    refuse_unless(entries.get("bagit.txt") == bagit, "BAD FORMAT", "bagit.txt")
    files = [data for name, data in entries.items() if name.startswith("data/")]
    oxum = b"Payload-Oxum: %d.%d" % (sum(map(len, files)), len(files))
    said = [line for line in entries.get("bag-info.txt", b"").split(b"\n") if line.startswith(b"Payload-Oxum:")]
    refuse_unless(said == [oxum], "ALTERED", "Payload-Oxum of bag-info.txt")
    content = {name: payload[name] for name in payload if name not in (REPORT, "data/custody.jsonl")}
    for member, digest in (("extractSha256", listed.get("data/messages.jsonl")),
                           ("contentDigest", sha256(manifest_text(content)))):
        refuse_unless(record.get(member) == digest, "ALTERED", "bundle.json names another %s" % member)
    return "%d files on the signed list" % len(listed)


def read_record(data):
    refuse_unless(data is not None, "INCOMPLETE", "bundle.json is missing")
    try:
        record = parse_json(data.decode("utf-8"))
        same = canonical(record) + b"\n" == data
    except (ValueError, OverflowError, RecursionError):
        raise Problem("BAD FORMAT", "bundle.json") from None
    refuse_unless(isinstance(record, dict) and same, "BAD FORMAT", "bundle.json is in another form")
    refuse_unless(type(record.get("schema")) is int, "BAD FORMAT", "bundle.json has no schema")
    refuse_unless(record["schema"] == 1, "UNSUPPORTED", "schema %d" % record["schema"])
    good = (record.get("type") == "exhibita-bundle" and record.get("timestamp") in ("none", "expected", "later")
            and re.fullmatch(r"[A-Za-z0-9-]+-P[0-9]{3,}", str(record.get("id"))))
    refuse_unless(good, "BAD FORMAT", "bundle.json is no description of a bundle")
    for head in ("custody", "anchor"):
        value = record.get(head)
        good = (isinstance(value, dict) and is_count(value.get("size")) and
                all(HEX64.match(str(value.get(name))) for name in ("root", "last")))
        refuse_unless(good, "BAD FORMAT", "%s of bundle.json" % head)
    return record


def is_count(value):
    return type(value) is int and 0 <= value <= 2**53


def check_payload(entries, listed):
    missing = [name for name in listed if name not in entries]
    refuse_unless(not missing, "INCOMPLETE", ", ".join(missing))
    other = [name for name, digest in listed.items() if sha256(entries[name]) != digest]
    refuse_unless(not other, "ALTERED", ", ".join(other))
    return "as listed: %d files" % len(listed)


def check_unlisted(entries, listed):
    extra = [name for name in entries if name not in listed and name not in ("mimetype", LIST, SIGNATURE)]
    refuse_unless(not extra, "ALTERED", "not on the signed list: %s" % ", ".join(extra))
    return "nothing beside the signed list"


# ---- DER and certificates, docs/signing.md ------------------------------------------------------


def tlv(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    if size < 128:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 128 | len(length)]) + length + body


def oid(text):
    first, second, *rest = map(int, text.split("."))
    out = [40 * first + second]
    for arc in rest:
        septets = [arc & 127]
        while arc := arc >> 7:
            septets.insert(0, 128 | arc & 127)
        out += septets
    return tlv(6, bytes(out))


class Der:
    """One DER element; `raw` is all of it, `body` its content."""

    def __init__(self, data, at=0):
        if len(data) < at + 2 or data[at] & 31 == 31:
            raise ValueError("DER")
        self.tag, size, start = data[at], data[at + 1], at + 2
        if size > 127:
            count = size & 127
            size = int.from_bytes(data[start : start + count], "big")
            start += count
            if not 1 <= count <= 4 or len(data) < start:
                raise ValueError("DER")
        self.end = start + size
        if self.end > len(data):
            raise ValueError("DER")
        self.raw, self.body = data[at : self.end], data[start : self.end]
        if tlv(self.tag, self.body) != self.raw:
            raise ValueError("DER")

    def parts(self):
        found, at = [], 0
        while at < len(self.body):
            found.append(Der(self.body, at))
            at = found[-1].end
        return found


def whole(data):
    element = Der(data)
    if element.end != len(data):
        raise ValueError("DER")
    return element


def moment(element):
    form = {0x17: "%y%m%d%H%M%SZ", 0x18: "%Y%m%d%H%M%SZ"}[element.tag]
    return datetime.datetime.strptime(element.body.decode("ascii"), form).replace(tzinfo=datetime.timezone.utc)


def time_der(when):
    if 1950 <= when.year < 2050:
        return tlv(0x17, when.strftime("%y%m%d%H%M%SZ").encode())
    return tlv(0x18, b"%04d" % when.year, when.strftime("%m%d%H%M%SZ").encode())


EC, RSA = oid("1.2.840.10045.2.1"), oid("1.2.840.113549.1.1.1")
CURVES = {
    oid("1.2.840.10045.3.1.7"): ("P-256", 2**256 - 2**224 + 2**192 + 2**96 - 1,
        0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
        0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551),
    oid("1.3.132.0.34"): ("P-384", 2**384 - 2**128 - 2**96 + 2**32 - 1,
        0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973),
    oid("1.3.132.0.35"): ("P-521", 2**521 - 1,
        0x0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00,
        0x01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409),
}
# Signature algorithms of certificates: the digest, and whether the key is RSA.
ISSUED = {
    tlv(0x30, oid("1.2.840.10045.4.3.%d" % at)): (digest, "EC")
    for at, digest in ((2, "sha256"), (3, "sha384"), (4, "sha512"))
}
ISSUED.update({
    tlv(0x30, oid("1.2.840.113549.1.1.%d" % at), tlv(5)): (digest, "RSA")
    for at, digest in ((11, "sha256"), (12, "sha384"), (13, "sha512"))
})
DIGESTS = {"sha256": oid("2.16.840.1.101.3.4.2.1"), "sha384": oid("2.16.840.1.101.3.4.2.2")}
# What a signer signs with, by the kind of key: name, digest, algorithm in the CMS.
PROFILES = {
    "P-256": ("ecdsa-p256-sha256", "sha256", tlv(0x30, oid("1.2.840.10045.4.3.2"))),
    "P-384": ("ecdsa-p384-sha384", "sha384", tlv(0x30, oid("1.2.840.10045.4.3.3"))),
    "RSA": ("rsa-sha256", "sha256", tlv(0x30, RSA, tlv(5))),
}
BASIC, USAGE, EXTENDED = oid("2.5.29.19"), oid("2.5.29.15"), oid("2.5.29.37")
UNDERSTOOD = {BASIC, USAGE, EXTENDED, oid("2.5.29.32"), oid("2.5.29.17")}
SIGNER_PURPOSES = {oid(p) for p in ("1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36", "2.5.29.37.0")}


class Certificate:
    def __init__(self, raw):
        tbs, algorithm, value = whole(raw).parts()
        version, serial, inner, issuer, validity, subject, key, *rest = tbs.parts()
        if version.raw != tlv(0xA0, tlv(2, b"\2")) or inner.raw != algorithm.raw or value.body[:1] != b"\0":
            raise ValueError("certificate")
        self.raw, self.tbs, self.value = raw, tbs.raw, value.body[1:]
        self.serial, self.issuer, self.subject, self.key = serial.raw, issuer.raw, subject.raw, key.raw
        self.algorithm, self.fingerprint = algorithm.raw, sha256(raw)
        self.begins, self.ends = map(moment, validity.parts())
        self.extensions = {}
        for extension in whole(rest[-1].body).parts() if rest else []:
            name, *critical, content = extension.parts()
            if name.raw in self.extensions or content.tag != 4:
                raise ValueError("extension")
            self.extensions[name.raw] = (bool(critical), content.body)

    def name(self, subject):
        for part in whole(subject).parts():
            kind, value = part.parts()[0].parts()
            if kind.raw == oid("2.5.4.3"):
                return value.body.decode("utf-8", "replace")
        return ""

    def basic(self):
        """Whether it is an authority, and the most authorities below it (None: any number)."""
        parts = whole(self.extensions[BASIC][1]).parts() if BASIC in self.extensions else []
        limits = [int.from_bytes(part.body, "big") for part in parts if part.tag == 2]
        return any(part.tag == 1 for part in parts), limits[0] if limits else None

    def usage(self):
        """Bits of key usage, as a set of numbers; None where it is not stated."""
        if USAGE not in self.extensions:
            return None
        bits = whole(self.extensions[USAGE][1]).body[1:]
        return {at for at in range(8 * len(bits)) if bits[at // 8] >> (7 - at % 8) & 1}

    def purposes(self):
        if EXTENDED not in self.extensions:
            return None
        return {part.raw for part in whole(self.extensions[EXTENDED][1]).parts()}


def kind_of_key(spki):
    """P-256, P-384, P-521 or RSA; a Problem for any key that is not one of these, or proves nothing."""
    try:
        algorithm, value = whole(spki).parts()
        name, *parameters = algorithm.parts()
        if name.raw == EC:
            refuse_unless(parameters[0].tag == 6, "BAD KEY", "its curve is spelt out, not named")
            curve = CURVES.get(parameters[0].raw)
            refuse_unless(curve, "UNSUPPORTED", "a key on another curve")
            label, p, b, _ = curve
            length = (p.bit_length() + 7) // 8
            point = value.body[1:]
            x, y = int.from_bytes(point[1 : 1 + length], "big"), int.from_bytes(point[1 + length :], "big")
            good = len(point) == 1 + 2 * length and point[0] == 4 and x < p and y < p
            good = good and (y * y - x * x * x + 3 * x - b) % p == 0
            refuse_unless(good, "BAD KEY", "the point is not on the curve")
            return label
        refuse_unless(name.raw == RSA, "UNSUPPORTED", "a key of another kind")
        n, e = (int.from_bytes(part.body, "big", signed=True) for part in whole(value.body[1:]).parts())
        refuse_unless(2048 <= n.bit_length() <= 8192 and n > 0 and n & 1, "BAD KEY", "RSA of %d bits" % n.bit_length())
        refuse_unless(e > 65536 and e & 1, "BAD KEY", "the exponent %d" % e)
        return "RSA"
    except (ValueError, IndexError):
        raise Problem("BAD KEY", "the key cannot be read") from None


VERIFIED = {}
SCRATCH = tempfile.TemporaryDirectory(prefix="verify-")


def made_by(spki, digest, data, value):
    """Asks openssl whether the key made the signature `value` over `data`."""
    case = (spki, digest, sha256(data), value)
    if case not in VERIFIED:
        key, signature = os.path.join(SCRATCH.name, "key.pem"), os.path.join(SCRATCH.name, "value")
        with open(key, "wb") as out:
            out.write(b"-----BEGIN PUBLIC KEY-----\n%s-----END PUBLIC KEY-----\n" % base64.encodebytes(spki))
        with open(signature, "wb") as out:
            out.write(value)
        command = ["openssl", "dgst", "-" + digest, "-verify", key, "-signature", signature]
        ran = subprocess.run(command, input=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        VERIFIED[case] = ran.returncode == 0
    return VERIFIED[case]


def issued(child, parent):
    """True where `parent` has the issuer's name and its key made the signature of `child`."""
    digest, family = ISSUED.get(child.algorithm, (None, None))
    if child.issuer != parent.subject or digest is None:
        return False
    try:
        kind = kind_of_key(parent.key)
    except Problem:
        return False
    return (kind == "RSA") == (family == "RSA") and made_by(parent.key, digest, child.tbs, child.value)


def read_pem(text):
    blocks = re.findall(rb"-----BEGIN CERTIFICATE-----\s+([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----", text)
    return [Certificate(base64.b64decode(block)) for block in blocks]


def pem_text(certificates):
    out = b""
    for certificate in certificates:
        text = base64.b64encode(certificate.raw)
        lines = [text[at : at + 64] + b"\n" for at in range(0, len(text), 64)]
        out += b"-----BEGIN CERTIFICATE-----\n%s-----END CERTIFICATE-----\n" % b"".join(lines)
    return out


# ---- The signature, docs/signing.md -------------------------------------------------------------

DATA, SIGNED = oid("1.2.840.113549.1.7.1"), oid("1.2.840.113549.1.7.2")
CONTENT_TYPE, DIGEST = oid("1.2.840.113549.1.9.3"), oid("1.2.840.113549.1.9.4")
SIGNING_TIME, ESS = oid("1.2.840.113549.1.9.5"), oid("1.2.840.113549.1.9.16.2.47")
TOKEN = oid("1.2.840.113549.1.9.16.2.14")


class Signed:
    """An intact signature: its signer, certificates, claimed time and, where it has one, token."""

    def __init__(self, raw, content, in_pdf):
        try:
            self.take_apart(raw, in_pdf)
        except (ValueError, IndexError, KeyError):
            raise Problem("BAD SIGNATURE", "not a signature of the one form") from None
        self.algorithm, digest, algorithm = PROFILES[self.kind]
        digest_id = tlv(0x30, DIGESTS[digest])
        attributes = self.attributes(hashlib.new(digest, content).digest())
        told = tlv(0x31, *attributes)
        token = [tlv(0xA1, tlv(0x30, TOKEN, tlv(0x31, self.token)))] if self.token else []
        info = tlv(0x30, tlv(2, b"\1"), tlv(0x30, self.signer.issuer, self.signer.serial), digest_id,
                   tlv(0xA0, *attributes), algorithm, tlv(4, self.value), *token)
        body = tlv(0x30, tlv(2, b"\1"), tlv(0x31, digest_id), tlv(0x30, DATA),
                   tlv(0xA0, *sorted(one.raw for one in self.certificates)), tlv(0x31, info))
        same = tlv(0x30, SIGNED, tlv(0xA0, body)) == raw
        refuse_unless(same, "BAD SIGNATURE", "it signs other bytes, or is not of the one form")
        self.refuse_high_s()
        refuse_unless(made_by(self.signer.key, digest, told, self.value), "BAD SIGNATURE", "the key did not make it")
        self.link()

    def take_apart(self, raw, in_pdf):
        _, content = whole(raw).parts()
        _, digests, _, *certificates, infos = whole(content.body).parts()
        (info,), (digest,) = infos.parts(), digests.parts()
        version, issuer, digest_again, attributes, algorithm, value, *unsigned = info.parts()
        known = digest.parts()[0].raw in DIGESTS.values() and any(
            algorithm.parts()[0].raw == whole(profile[2]).parts()[0].raw for profile in PROFILES.values())
        refuse_unless(known, "UNSUPPORTED", "an algorithm outside the profile")
        (bag,) = certificates
        self.certificates = [Certificate(one.raw) for one in bag.parts()]
        chosen = [one for one in self.certificates if tlv(0x30, one.issuer, one.serial) == issuer.raw]
        (self.signer,) = chosen
        self.kind = kind_of_key(self.signer.key)
        refuse_unless(self.kind in PROFILES, "UNSUPPORTED", "a signer with a key on P-521")
        times = [one.parts()[1].parts()[0] for one in attributes.parts() if one.parts()[0].raw == SIGNING_TIME]
        self.claimed = None if in_pdf else moment(times[0])
        self.value, self.token = value.body, None
        if unsigned:
            name, values = whole(unsigned[0].body).parts()
            if name.raw != TOKEN:
                raise ValueError("unsigned attribute")
            (self.token,) = [one.raw for one in values.parts()]

    def attributes(self, digest):
        name = tlv(0x30, tlv(0xA4, self.signer.issuer))
        bound = tlv(0x30, tlv(4, bytes.fromhex(self.signer.fingerprint)), tlv(0x30, name, self.signer.serial))
        values = {CONTENT_TYPE: DATA, DIGEST: tlv(4, digest), ESS: tlv(0x30, tlv(0x30, bound))}
        if self.claimed is not None:
            values[SIGNING_TIME] = time_der(self.claimed)
        return sorted(tlv(0x30, kind, tlv(0x31, value)) for kind, value in values.items())

    def refuse_high_s(self):
        if self.kind == "RSA":
            return
        order = next(curve[3] for curve in CURVES.values() if curve[0] == self.kind)
        try:
            r, s = whole(self.value).parts()
            numbers = [int.from_bytes(one.body, "big", signed=True) for one in (r, s)]
            exact = tlv(0x30, *(tlv(2, n.to_bytes(n.bit_length() // 8 + 1, "big", signed=True)) for n in numbers))
        except (ValueError, OverflowError):
            raise Problem("BAD SIGNATURE", "its value is no pair of numbers") from None
        good = exact == self.value and 0 < numbers[0] < order and 0 < numbers[1] <= order // 2
        refuse_unless(good, "BAD SIGNATURE", "its value is not of the one form")

    def link(self):
        """Certificates from the signer's on, each by the next; every one of them is such a link."""
        self.chain, pool = [self.signer], [one for one in self.certificates if one is not self.signer]
        while pool and not issued(self.chain[-1], self.chain[-1]):
            following = [one for one in pool if issued(self.chain[-1], one)]
            if not following:
                break
            self.chain.append(following[0])
            pool.remove(following[0])
        refuse_unless(not pool, "ALTERED", "a certificate that is no link of the signer's chain")


def path_of(signed, roots):
    """The path to a trusted root: its certificates and, None where there is none, the root's fingerprint."""
    for at, certificate in enumerate(signed.chain):
        if any(root.raw == certificate.raw for root in roots):
            return signed.chain[: at + 1], certificate.fingerprint
        above = [root for root in roots if issued(certificate, root)]
        if above:
            return signed.chain[: at + 1] + above[:1], above[0].fingerprint
    return signed.chain, None


def check_signer(signed, roots):
    path, root = path_of(signed, roots)
    try:
        for at, certificate in enumerate(path):
            refuse_unless(all(name in UNDERSTOOD or not critical for name, (critical, _)
                              in certificate.extensions.items()), "BAD SIGNATURE", "a critical extension")
            kind_of_key(certificate.key)
            usage = certificate.usage()
            if at > 0:
                authority, limit = certificate.basic()
                below = sum(one.subject != one.issuer for one in path[1:at])
                refuse_unless(authority, "BAD SIGNATURE", "an issuer that is no authority")
                refuse_unless(usage is None or 5 in usage, "BAD SIGNATURE", "an issuer that may not issue")
                refuse_unless(limit is None or below <= limit, "BAD SIGNATURE", "a path that is too long")
            else:
                purposes = certificate.purposes()
                refuse_unless(usage is None or usage & {0, 1}, "BAD SIGNATURE", "a key that may not sign")
                refuse_unless(purposes is None or purposes & SIGNER_PURPOSES, "BAD SIGNATURE", "another purpose")
    except (ValueError, IndexError):
        raise Problem("BAD SIGNATURE", "an extension of a certificate") from None
    name = signed.signer.name(signed.signer.subject)
    if root is None:
        raise Problem("UNTRUSTED", "%s, key %s: no root you named stands behind it" % (
            name, signed.signer.fingerprint), "indeterminate")
    return "%s, by the root %s" % (name, root)


def check_time(signed, roots, options, expected):
    refuse_unless(not (expected == "none" and signed.token), "ALTERED", "a time-stamp that is not foreseen")
    refuse_unless(not (expected == "expected" and not signed.token), "INCOMPLETE", "the time-stamp is missing")
    path, _ = path_of(signed, roots)
    at, claimed = options.at or options.now, signed.claimed
    doubts = []
    if signed.token:
        doubts.append("the time-stamp is not judged here")
    if any(not one.begins <= at <= one.ends for one in path):
        doubts.append("a certificate is not valid at the time asked for")
    if not signed.signer.begins <= claimed <= signed.signer.ends:
        doubts.append("the claimed time is outside the signer's certificate")
    if claimed > at + datetime.timedelta(days=1):
        doubts.append("the claimed time is in the future")
    if options.require_time:
        doubts.append("claimed time only")
    if doubts:
        raise Problem("INDETERMINATE", "; ".join(doubts), "indeterminate")
    return "claimed time only: %s" % instant(claimed)


def instant(when):
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def describe_signer(signed, roots, file):
    signer = signed.signer
    return {
        "file": file, "holder": signer.name(signer.subject), "issuer": signer.name(signer.issuer),
        "algorithm": signed.algorithm, "fingerprint": signer.fingerprint, "root": path_of(signed, roots)[1],
        "validFrom": instant(signer.begins), "validTo": instant(signer.ends), "claimedTime": instant(signed.claimed),
    }


# ---- The journal, section 7 ---------------------------------------------------------------------


def proven_root(leaf, index, size, path):
    """RFC 9162, section 2.1.3.2: the root that the path leads to; None where it cannot be a path."""
    node, last, value = index, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if node & 1 or node == last:
            value = hashlib.sha256(b"\1" + step + value).digest()
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            value = hashlib.sha256(b"\1" + value + step).digest()
        node, last = node >> 1, last >> 1
    return value if last == 0 else None


def check_custody(lines, artifacts, record):
    head, before, named = record["custody"], None, set()
    for at, line in enumerate(lines, 1):
        entry, proof = line.get("entry"), line.get("proof")
        good = (line.get("type") == "custody" and isinstance(entry, dict) and isinstance(proof, dict)
                and is_count(proof.get("index")) and isinstance(proof.get("path"), list)
                and all(HEX64.match(str(step)) for step in proof["path"]))
        refuse_unless(good, "BAD FORMAT", "line %d of the journal" % at)
        index = proof["index"]
        leaf = hashlib.sha256(b"\0" + public_form(entry)).digest()
        root = proven_root(leaf, index, head["size"], [bytes.fromhex(step) for step in proof["path"]])
        refuse_unless(index < head["size"] and root == bytes.fromhex(head["root"]), "ALTERED",
                      "line %d does not prove itself against the head" % at)
        refuse_unless(entry.get("seq") == index + 1, "ALTERED", "the number of line %d" % at)
        refuse_unless(before is None or before[0] < index, "ALTERED", "the order of line %d" % at)
        prev = "0" * 64 if index == 0 else before[1] if before and before[0] == index - 1 else None
        refuse_unless(prev in (None, entry.get("prev")), "ALTERED", "line %d does not follow the one before" % at)
        refuse_unless(index + 1 < head["size"] or leaf.hex() == head["last"], "ALTERED", "the last line is another")
        if "private" in entry:
            same = sha256(canonical(entry["private"])) == entry.get("privateDigest")
            refuse_unless(same, "ALTERED", "the private part of line %d" % at)
        if entry.get("action") == "acquired":
            named |= {one.get("sha256") for one in entry.get("artifacts", []) if isinstance(one, dict)}
        before = (index, leaf.hex())
    for artifact in artifacts:
        if artifact.get("role") == "source" and artifact.get("sha256") is not None:
            refuse_unless(artifact["sha256"] in named, "INCOMPLETE", "no acquisition of artifact %s" % artifact.get("number"))
    return "%d lines of a journal of %d" % (len(lines), head["size"])


def check_anchor(detail, lines, record, anchor):
    """Holds both bundles' journals against each other, section 9."""
    theirs, other = anchor
    known = {line["proof"]["index"]: line["entry"] for line in theirs}
    for line in lines:
        entry = known.get(line["proof"]["index"])
        same = entry is None or public_form(entry) == public_form(line["entry"])
        refuse_unless(same, "ALTERED", "line %d is another in the bundle beside it" % (line["proof"]["index"] + 1))
    ours, newer = record["anchor"], other["anchor"]
    same = ours["size"] != newer["size"] or ours["root"] == newer["root"]
    refuse_unless(same, "ALTERED", "the bundle beside it has another journal")
    return detail + ("; SUPERSEDED: a newer bundle of the case is known" if newer["size"] > ours["size"] else "")


def public_form(entry):
    return canonical({name: value for name, value in entry.items() if name != "private"})


# ---- Rows and counts, section 7 -----------------------------------------------------------------


def slice_of(row):
    """The slice that the row itself gives; None where it gives none."""
    if "rawBase64" in row:
        return base64.b64decode(row["rawBase64"], validate=True)
    return row["raw"].encode("utf-8") if "raw" in row else None


def is_withheld(row):
    return "withheld" in row or "withheld" in row.get("flags", [])


def judge_row(row, kind, number, tables):
    where, locator = "%s %d" % (kind, number), row.get("locator")
    try:
        good = (
            row.get("type") == kind and row.get("number") == number and isinstance(locator, dict)
            and row.get("conversation") in tables["ids"] and row.get("artifact") in tables["numbers"]
            and is_count(locator.get("offset")) and is_count(locator.get("length"))
            and (locator.get("entry") is None or isinstance(locator["entry"], str))
            and isinstance(locator.get("byteCheckable"), bool) and isinstance(row.get("flags"), list)
            and HEX64.match(row["sliceDigest"]) and not ("raw" in row and "rawBase64" in row))
        refuse_unless(good, "BAD FORMAT", where)
        given = slice_of(row)
        if is_withheld(row):
            bare = row.get("salt") == "" and row.get("text") == "" and given is None
            refuse_unless(bare, "ALTERED", "%s is withheld and yet shown" % where)
            return
        refuse_unless(HEX32.match(row["salt"]), "BAD FORMAT", where)
    except (KeyError, TypeError, ValueError):
        raise Problem("BAD FORMAT", where) from None
    if given is None:
        return
    same = salted(row, given) and (not locator["byteCheckable"] or len(given) == locator["length"])
    refuse_unless(same, "ALTERED", "the slice of %s" % where)


def salted(row, data):
    return sha256(bytes.fromhex(row["salt"]) + data) == row["sliceDigest"]


def check_records(tables, sources):
    found = unchecked = 0
    absent = set()
    known = {"ids": {one.get("id") for one in tables["conversations"]},
             "numbers": {one.get("number") for one in tables["artifacts"]}}
    for kind in ("message", "event"):
        for number, row in enumerate(tables[kind + "s"], 1):
            judge_row(row, kind, number, known)
            locator = row["locator"]
            if is_withheld(row) or not locator["byteCheckable"]:
                unchecked += 1
                continue
            data = sources.bytes_of(row["artifact"], locator["entry"])
            if data is None:
                absent.add((row["artifact"], locator["entry"]))
                continue
            part = data[locator["offset"] : locator["offset"] + locator["length"]]
            same = len(part) == locator["length"] and salted(row, part)
            refuse_unless(same, "ALTERED", "the source has other bytes for %s %d" % (kind, number))
            found += 1
    return "%d rows found in their sources, %d not byte-checkable, %d sources not at hand" % (
        found, unchecked, len(absent))


class Sources:
    """Bytes of artifacts, by their digest, in the bundle and in what the person verifying names."""

    def __init__(self, artifacts, entries, paths):
        self.artifacts = {one.get("number"): one for one in artifacts}
        self.wanted = {one.get("sha256") for one in artifacts}
        self.sizes = {one.get("size") for one in artifacts}
        self.held, self.read = {}, {}
        for artifact in artifacts:
            if artifact.get("file") in entries:
                data = entries[artifact["file"]]
                self.hold(member_of(data, artifact["fileEntry"]) if "fileEntry" in artifact else data)
        for path in paths:
            for folder, _, files in os.walk(path) if os.path.isdir(path) else [(os.path.dirname(path), 0, [os.path.basename(path)])]:
                for name in files:
                    self.look_at(os.path.join(folder, name))

    def look_at(self, path):
        if os.path.isfile(path) and os.path.getsize(path) in self.sizes:
            with open(path, "rb") as file:
                self.hold(file.read())

    def hold(self, data):
        if data is not None and sha256(data) in self.wanted:
            self.held[sha256(data)] = data

    def bytes_of(self, number, entry):
        """Bytes a locator points into; None where no source is at hand."""
        if (number, entry) not in self.read:
            artifact = self.artifacts.get(number, {})
            members = [one for one in self.artifacts.values() if entry is not None
                       and one.get("container") == number and one.get("entry") == entry]
            data = next((self.held[one["sha256"]] for one in members if one.get("sha256") in self.held), None)
            if data is None:
                data = self.held.get(artifact.get("sha256"))
                data = member_of(data, entry) if data is not None and entry is not None else data
            self.read[number, entry] = data
        return self.read[number, entry]


def member_of(data, name):
    import io
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [one for one in archive.infolist() if one.filename == name]
            refuse_unless(len(found) == 1 and found[0].file_size < MAX_FILE, "ALTERED", "no entry %s in the source" % name)
            return archive.read(found[0])
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        raise Problem("ALTERED", "the source archive cannot be read") from None


def check_counts(tables, record):
    messages, events, artifacts = tables["messages"], tables["events"], tables["artifacts"]
    attachments = [one for row in messages for one in row["attachments"]]
    hidden = sum(map(is_withheld, messages + events)) + sum(one["state"] == "withheld" for one in attachments)
    counts = {name: len(tables[name]) for name in TABLES if name != "custody"}
    counts.update(
        attachments=len(attachments), attachmentsIncluded=sum(one["file"] is not None for one in attachments),
        withheld=hidden, context=sum(row["context"] is True for row in messages),
        edgeOfRange=sum("edge-of-range" in row["time"]["flags"] for row in messages + events),
        messagesInConversations=sum(one["messages"]["inCase"] for one in tables["conversations"]))
    for name, count in counts.items():
        said = record["counts"][name]
        refuse_unless(said == count, "ALTERED", "%s is %d, bundle.json says %s" % (name, count, said))
    for name in ("units", "messages", "events", "exceptions"):
        most = sum(one["counts"][name] for one in artifacts if one["counts"] is not None)
        refuse_unless(record["counts"]["sources"][name] <= most, "ALTERED", "sources.%s" % name)
    for one in tables["conversations"]:
        rows = [row for row in messages if row["conversation"] == one["id"]]
        said = (one["messages"]["inBundle"], one["messages"]["context"], one["events"]["inBundle"])
        real = (len(rows), sum(row["context"] is True for row in rows),
                sum(row["conversation"] == one["id"] for row in events))
        refuse_unless(said == real, "ALTERED", "the counts of conversation %s" % one["id"])
    return "as listed: %d messages; selected: %d of %d of these conversations, as the maker states" % (
        len(messages), len(messages), counts["messagesInConversations"])


# ---- The report, section 8 ----------------------------------------------------------------------

BLANK = b"\0\t\n\f\r "
TOKENS = re.compile(
    rb"(?P<open><<|\[)|(?P<close>>>|\])|<(?P<hex>[^<>]*)>|/(?P<name>[^\0-\x20()<>\[\]{}/%]*)"
    rb"|(?P<ref>\d+ \d+ R)(?![^\0-\x20()<>\[\]{}/%])|(?P<number>[+-]?(\d+\.?\d*|\.\d+))|(?P<word>true|false|null)|(?P<string>\()")


def pdf_value(data, at, depth=0):
    """The value at `at`, and where it ends. Names are bytes after a slash, references are ('R', number)."""
    while data[at : at + 1] and data[at] in BLANK:
        at += 1
    found = TOKENS.match(data, at)
    if not found or depth > 40:
        raise ValueError("PDF value at %d" % at)
    end, kind = found.end(), found.lastgroup if found.lastgroup else "hex"
    if found.group("open"):
        items, close = [], b">>" if found.group("open") == b"<<" else b"]"
        while True:
            while data[end : end + 1] and data[end] in BLANK:
                end += 1
            if data.startswith(close, end):
                break
            item, end = pdf_value(data, end, depth + 1)
            items.append(item)
        if close == b"]":
            return items, end + 1
        names = items[::2]
        if len(items) % 2 or not all(isinstance(one, tuple) and one[0] == "name" for one in names) or len(set(names)) < len(names):
            raise ValueError("PDF dictionary")
        return {name[1]: value for name, value in zip(names, items[1::2])}, end + 2
    if kind == "string":
        return pdf_string(data, end)
    if found.group("name") is not None:
        return ("name", re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m.group(1), 16)]), found.group("name"))), end
    if found.group("ref"):
        number, generation, _ = found.group("ref").split()
        return ("R", int(number), int(generation)), end
    if found.group("hex") is not None:
        digits = re.sub(rb"\s", b"", found.group("hex"))
        return bytes.fromhex(digits.decode()) if re.fullmatch(rb"([0-9A-Fa-f]{2})*", digits) else None, end
    if found.group("number"):
        return float(found.group("number")), end
    if found.group("word"):
        return {b"true": True, b"false": False, b"null": None}[found.group("word")], end
    raise ValueError("PDF value at %d" % at)


def pdf_string(data, at):
    out, depth = bytearray(), 1
    while True:
        one = data[at : at + 1]
        if not one:
            raise ValueError("PDF string")
        at += 1
        if one == b"\\":
            octal = re.match(rb"[0-7]{1,3}", data[at : at + 3])
            escaped = octal.group() if octal else data[at : at + 1]
            at += len(escaped)
            simple = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
            out += bytes([int(escaped, 8) & 255]) if octal else simple.get(escaped, escaped)
            continue
        depth += (one == b"(") - (one == b")")
        if depth == 0:
            return bytes(out), at
        out += one


class Pdf:
    """A PDF of one revision, every byte of which belongs to its header, an object, the table or the trailer."""

    def __init__(self, data):
        try:
            self.read(data)
        except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError) as reason:
            raise Problem("ALTERED", "not a PDF of one revision and the one form: %s" % reason) from None

    def read(self, data):
        header = re.match(rb"%PDF-1\.[0-9]\n(%[\x80-\xff]{4}\n)?", data)
        tail = re.search(rb"\nstartxref\n(\d{1,10})\n%%EOF\n\Z", data[-64:])
        start = int(tail.group(1))
        count = int(re.compile(rb"xref\n0 (\d{1,7})\n").match(data, start).group(1))
        at = data.index(b"\n", start + 5) + 1
        table = [data[at + 20 * n : at + 20 * n + 20] for n in range(count)]
        if table[0] != b"0000000000 65535 f \n" or not all(re.fullmatch(rb"\d{10} 00000 n \n", one) for one in table[1:]):
            raise ValueError("the cross-reference table")
        at += 20 * count
        if not data.startswith(b"trailer\n", at):
            raise ValueError("the trailer")
        self.trailer, end = pdf_value(data, at + 8)
        if end != len(data) - len(tail.group()) or set(self.trailer) - {b"ID"} != {b"Size", b"Root", b"Info"} or self.trailer[b"Size"] != count:
            raise ValueError("the trailer")
        places = sorted((int(one[:10]), number) for number, one in enumerate(table) if number)
        ends = [place for place, _ in places[1:]] + [start]
        if not places or places[0][0] != header.end():
            raise ValueError("bytes before the first object")
        self.data, self.objects, self.spans = data, {}, {}
        for (place, number), end in zip(places, ends):
            self.objects[number] = self.object(place, number, end)
            self.spans[number] = (place, end)

    def object(self, place, number, end):
        opening = b"%d 0 obj\n" % number
        if not self.data.startswith(opening, place):
            raise ValueError("object %d" % number)
        value, at = pdf_value(self.data, place + len(opening))
        if isinstance(value, dict) and self.data.startswith(b"\nstream\n", at):
            at += 8 + int(value[b"Length"])
            if not self.data.startswith(b"\nendstream", at):
                raise ValueError("the stream of object %d" % number)
            at += 10
        if self.data[at:end] != b"\nendobj\n":
            raise ValueError("object %d does not end where the next begins" % number)
        return value

    def resolve(self, value):
        return self.objects[value[1]] if isinstance(value, tuple) and value[0] == "R" else value

    def dictionaries(self):
        """All dictionaries, with the number of the object where one is an object by itself."""
        def inside(value, number):
            if isinstance(value, dict):
                yield value, number
            for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
                yield from inside(one, None)
        for number, value in self.objects.items():
            yield from inside(value, number)

    def info(self, key):
        value = self.resolve(self.resolve(self.trailer[b"Info"]).get(key))
        return value.decode("latin-1") if isinstance(value, bytes) else None


SIGNATURE_OBJECT = re.compile(
    rb"\d+ 0 obj\n<<\n/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n"
    rb"/ByteRange (\[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\] *)\n/Contents (<([0-9a-f]*)>)\n"
    rb"/M \((D:(\d{14})Z)\)\n>>\nendobj\n")


class SignedPdf:
    """The one signature of a PDF; `unsigned` are the bytes from before it was put in."""

    def __init__(self, pdf):
        data = pdf.data
        signatures = [(one, at) for one, at in pdf.dictionaries()
                      if b"ByteRange" in one or one.get(b"Type") in (("name", b"Sig"), ("name", b"DocTimeStamp"))]
        fields = [(one, at) for one, at in pdf.dictionaries() if one.get(b"FT") == ("name", b"Sig")]
        refuse_unless(signatures, "UNSIGNED", "no signature")
        refuse_unless(len(signatures) == 1 and len(fields) == 1 and signatures[0][1], "BAD SIGNATURE", "more than one signature")
        at = signatures[0][1]
        place, end = pdf.spans[at]
        form = pdf.resolve(pdf.resolve(pdf.trailer[b"Root"]).get(b"AcroForm"))
        pointed = (fields[0][0].get(b"V") == ("R", at, 0) and isinstance(form, dict)
                   and form.get(b"Fields") == [("R", fields[0][1], 0)])
        refuse_unless(pointed, "BAD SIGNATURE", "the field does not point to the signature")
        found = SIGNATURE_OBJECT.fullmatch(data, place, end)
        refuse_unless(found, "BAD SIGNATURE", "the signature dictionary is in another form")
        a, b, c = map(int, found.group(2, 3, 4))
        exact = b"[0 %d %d %d]" % (found.start(5), found.end(5), len(data) - found.end(5))
        refuse_unless(found.group(1) == exact.ljust(36), "BAD SIGNATURE", "the byte range is not the whole file")
        try:
            content = bytes.fromhex(found.group(6).decode())
            refuse_unless(content.strip(b"\0"), "UNSIGNED", "the signature is empty")
            cms = Der(content)
            self.claimed = datetime.datetime.strptime(found.group(8).decode(), "%Y%m%d%H%M%S").replace(tzinfo=datetime.timezone.utc)
        except ValueError:
            raise Problem("BAD SIGNATURE", "the contents of the signature") from None
        refuse_unless(not content[cms.end :].strip(b"\0"), "BAD SIGNATURE", "bytes behind the signature")
        self.cms, self.content = cms.raw, data[:a] + data[b:]
        self.unsigned = (data[: found.start(1)] + b"[0" + 3 * b" 9999999999" + b"]" + data[found.end(1) : found.start(5) + 1]
                         + b"0" * len(found.group(6)) + data[found.end(5) - 1 : found.start(7)] + b"D:19700101000000Z" + data[found.end(7) :])

    def check(self):
        signed = Signed(self.cms, self.content, True)
        signed.claimed = self.claimed
        return signed


def check_report(data, record, chain):
    """The signature of the bundle's own report, tied to the bundle."""
    refuse_unless(data is not None, "INCOMPLETE", "%s is missing" % REPORT)
    pdf = Pdf(data)
    form = SignedPdf(pdf)
    signed = form.check()
    counts = {name: record["counts"][name] for name in ("attachments", "events", "exceptions", "messages", "withheld")}
    for key, value in (("ExhibitaBundle", record["id"]), ("ExhibitaExtract", record["extractSha256"]),
                       ("ExhibitaCounts", canonical(counts).decode())):
        refuse_unless(pdf.info(key.encode()) == value, "ALTERED", "%s is not the bundle's" % key)
    refuse_unless(sha256(form.unsigned) == record["unsignedPdfSha256"], "ALTERED", "the unsigned pages are not the bundle's")
    refuse_unless({one.raw for one in signed.certificates} == set(chain), "ALTERED", "another signer than the bundle's")
    return signed


# ---- Verifying, section 9 -----------------------------------------------------------------------


class Checks:
    def __init__(self, subject):
        self.list, self.subject = [], subject

    def make(self, name, act):
        """Makes one check; gives what `act` gave, None where it did not pass."""
        try:
            result, outcome = act(), "pass"
            detail = result if isinstance(result, str) else ""
        except Problem as problem:
            result, outcome, detail = None, problem.outcome, str(problem)
        except Exception as reason:  # whatever a hostile file provokes is a failed check
            result, outcome, detail = None, "fail", "BAD FORMAT: %s" % reason
        self.list.append({"id": name, "subject": self.subject, "outcome": outcome, "detail": detail[:2000]})
        return result

    def verdict(self):
        outcomes = {check["outcome"] for check in self.list}
        return "failed" if "fail" in outcomes else "indeterminate" if "indeterminate" in outcomes else "passed"


def attempt(act):
    """The value of `act`, or its problem as a function that raises it: for checks that build on it."""
    try:
        value = act()
        return lambda: value
    except Problem as problem:
        caught = problem
    except Exception as reason:
        caught = Problem("BAD FORMAT", str(reason))

    def again():
        raise caught

    return again


def verify_bundle(data, path, options):
    checks = Checks(path)
    entries, wrong = read_container(data)
    listed = attempt(lambda: read_signed_list(entries.get(LIST)))
    record = attempt(lambda: read_record(entries.get("bundle.json")))
    tables = attempt(lambda: {name: read_lines(entries.get("data/%s.jsonl" % name), name) for name in TABLES})
    chain = attempt(lambda: read_chain(entries.get(CHAIN)))
    signed = attempt(lambda: bundle_signature(entries, chain))
    signers = []

    def container():
        if wrong is not None:
            raise wrong
        return "every byte is accounted for"

    def after(act):
        refuse_unless(not isinstance(probe(signed), Problem), "NOT CHECKED", "the signature is not intact")
        return act(signed())

    def report():
        found = check_report(entries.get(REPORT), record(), [one.raw for one in chain()])
        signers.append(describe_signer(found, options.roots, REPORT))
        return "made for this bundle and signed by itself"

    def custody():
        lines = tables()["custody"]
        detail = check_custody(lines, tables()["artifacts"], record())
        return check_anchor(detail, lines, record(), options.journal) if options.journal else detail

    expected = lambda: record()["timestamp"]
    checks.make("container", container)
    checks.make("names", lambda: check_names(entries))
    checks.make("manifest", lambda: check_manifest(entries, listed(), record()))
    checks.make("payload", lambda: check_payload(entries, listed()))
    checks.make("unlisted", lambda: check_unlisted(entries, listed()))
    checks.make("signature", lambda: "intact, over the signed list" if signed() else None)
    checks.make("signer", lambda: after(lambda one: check_signer(one, options.roots)))
    checks.make("time", lambda: after(lambda one: check_time(one, options.roots, options, expected())))
    checks.make("custody", custody)
    checks.make("records", lambda: check_records(tables(), Sources(tables()["artifacts"], entries, options.against)))
    checks.make("counts", lambda: check_counts(tables(), record()))
    checks.make("report", report)
    if not isinstance(probe(signed), Problem):
        signers.insert(0, describe_signer(signed(), options.roots, SIGNATURE))
    bundle = probe(record)
    return answer(checks, path, signers, None if isinstance(bundle, Problem) else bundle)


def probe(value):
    try:
        return value()
    except Problem as problem:
        return problem


def read_chain(data):
    refuse_unless(data is not None, "INCOMPLETE", "%s is missing" % CHAIN)
    chain = read_pem(data)
    refuse_unless(chain and pem_text(chain) == data, "BAD FORMAT", "%s is in another form" % CHAIN)
    return chain


def bundle_signature(entries, chain):
    refuse_unless(entries.get(SIGNATURE), "UNSIGNED", "%s is missing or empty" % SIGNATURE)
    refuse_unless(LIST in entries, "INCOMPLETE", "%s is missing" % LIST)
    signed = Signed(entries[SIGNATURE], entries[LIST], False)
    chain = chain()
    same = {one.raw for one in chain} == {one.raw for one in signed.certificates} and len(chain) == len(signed.certificates)
    refuse_unless(same and chain[0].raw == signed.signer.raw, "ALTERED", "%s holds other certificates" % CHAIN)
    return signed


def verify_pdf(data, path, options):
    checks, signers = Checks(path), []
    pdf = attempt(lambda: Pdf(data))
    form = attempt(lambda: SignedPdf(pdf()))
    signed = attempt(lambda: form().check())

    def after(act):
        refuse_unless(not isinstance(probe(signed), Problem), "NOT CHECKED", "the signature is not intact")
        return act(signed())

    checks.make("container", lambda: "one revision, all of it signed" if pdf() and form() else None)
    checks.make("signature", lambda: "intact" if signed() else None)
    checks.make("signer", lambda: after(lambda one: check_signer(one, options.roots)))
    checks.make("time", lambda: after(lambda one: check_time(one, options.roots, options, "later")))
    if not isinstance(probe(signed), Problem):
        signers.append(describe_signer(signed(), options.roots, os.path.basename(path)))
    return answer(checks, path, signers, None)


def answer(checks, path, signers, bundle):
    return {"verdict": checks.verdict(), "file": path, "checks": checks.list, "signers": signers,
            "timestamps": [], "bundle": bundle}


def verify(path, options):
    with open(path, "rb") as file:
        data = file.read(MAX_FILE)
    if data.startswith(b"%PDF-"):
        return verify_pdf(data[: MAX_PDF + 1], path, options)
    return verify_bundle(data, path, options)


def read_anchor(path, options):
    """The journal lines and the description of a bundle of the same case, which must not fail itself."""
    options.journal = None
    if path is None:
        return None
    refuse_unless(verify(path, options)["verdict"] != "failed", "ALTERED", "%s does not verify" % path)
    with open(path, "rb") as file:
        entries, _ = read_container(file.read())
    return read_lines(entries["data/custody.jsonl"], "custody"), read_record(entries["bundle.json"])


def parse_instant(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=datetime.timezone.utc)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", metavar="FILE", help="bundle or signed report")
    parser.add_argument("--root", action="append", default=[], metavar="PEM", help="certificate of a trusted authority")
    parser.add_argument("--against", action="append", default=[], metavar="PATH", help="a source, or a folder of sources")
    parser.add_argument("--anchor", metavar="BUNDLE", help="another bundle of the same case")
    parser.add_argument("--at", type=parse_instant, metavar="TIME", help="judge certificates at this instant")
    parser.add_argument("--require-time", action="store_true", help="a time that only the signer claims is not enough")
    parser.add_argument("--json", action="store_true", help="one document a line for each file")
    options = parser.parse_args()
    options.now, exits = datetime.datetime.now(datetime.timezone.utc), set()
    try:
        options.roots = [one for path in options.root for one in read_pem(open(path, "rb").read())]
    except (OSError, ValueError) as reason:
        parser.error("--root: %s" % reason)
    try:
        options.journal = read_anchor(options.anchor, options)
    except (OSError, Problem) as reason:
        print("--anchor: %s" % reason, file=sys.stderr)
        return 4 if isinstance(reason, Problem) else 2
    for path in options.files:
        try:
            result = verify(path, options)
        except OSError as reason:
            print("%s: %s" % (path, reason.strerror), file=sys.stderr)
            exits.add(2)
            continue
        exits.add({"passed": 0, "failed": 4, "indeterminate": 5}[result["verdict"]])
        if options.json:
            print(json.dumps(result), flush=True)
        else:
            for check in result["checks"]:
                print("%-13s %-10s %s" % (check["outcome"], check["id"], check["detail"]))
            print("%s: %s" % (result["verdict"], path))
    return next(code for code in (2, 4, 5, 0) if code in exits)


if __name__ == "__main__":
    sys.exit(main())
