"""The signed list, the bag's manifests, and bundle.json (sections 3, 4 and 7)."""

import base64
import re

from .problem import (
    HEX64,
    LIST,
    REPORT,
    SIGNATURE,
    TSA_CHAIN,
    Problem,
    is_count,
    refuse_unless,
    sha256,
)
from .values import canonical, parse_json

OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" '
    'xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\n'
)
REFERENCE = '  <asic:SigReference URI="%s" MimeType="%s"/>\n'
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
    found = re.findall(
        r'URI="([A-Za-z0-9._/-]+)">\n.*\n    <ds:DigestValue>([A-Za-z0-9+/]{43}=)<', text
    )
    listed = {name: base64.b64decode(value).hex() for name, value in found}
    same = list_text(listed, SIGNATURE, "application/pkcs7-signature") == data
    refuse_unless(same, "BAD FORMAT", "%s is in another form" % LIST)
    return listed


def list_text(digests, sealed_by, kind):
    """A list of files in its one form: digests by name, and the entry that seals it."""
    objects = (
        OBJECT % (name, base64.b64encode(bytes.fromhex(digests[name])).decode())
        for name in sorted(digests)
    )
    text = OPEN + REFERENCE % (sealed_by, kind) + "".join(objects) + "</asic:ASiCManifest>\n"
    return text.encode("latin-1")


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
        refuse_unless(
            manifest_text(said) == entries[name], "BAD FORMAT", "%s is in another form" % name
        )
        refuse_unless(said == digests, "ALTERED", "%s and the signed list differ" % name)
    stamped = record["timestamp"] == "expected"
    refuse_unless((TSA_CHAIN in listed) == stamped, "ALTERED", "%s on the signed list" % TSA_CHAIN)
    bagit = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    refuse_unless(entries.get("bagit.txt") == bagit, "BAD FORMAT", "bagit.txt")
    files = [data for name, data in entries.items() if name.startswith("data/")]
    oxum = b"Payload-Oxum: %d.%d" % (sum(map(len, files)), len(files))
    said = [
        line
        for line in entries.get("bag-info.txt", b"").split(b"\n")
        if line.startswith(b"Payload-Oxum:")
    ]
    refuse_unless(said == [oxum], "ALTERED", "Payload-Oxum of bag-info.txt")
    content = {
        name: payload[name] for name in payload if name not in (REPORT, "data/custody.jsonl")
    }
    for member, digest in (
        ("extractSha256", listed.get("data/messages.jsonl")),
        ("contentDigest", sha256(manifest_text(content))),
    ):
        refuse_unless(
            record.get(member) == digest, "ALTERED", "bundle.json names another %s" % member
        )
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
    good = (
        record.get("type") == "exhibita-bundle"
        and record.get("timestamp") in ("none", "expected", "later")
        and re.fullmatch(r"[A-Za-z0-9-]+-P[0-9]{3,}", str(record.get("id")))
    )
    refuse_unless(good, "BAD FORMAT", "bundle.json is no description of a bundle")
    for head in ("custody", "anchor"):
        value = record.get(head)
        good = (
            isinstance(value, dict)
            and is_count(value.get("size"))
            and all(HEX64.match(str(value.get(name))) for name in ("root", "last"))
        )
        refuse_unless(good, "BAD FORMAT", "%s of bundle.json" % head)
    return record


def check_payload(entries, listed):
    missing = [name for name in listed if name not in entries]
    refuse_unless(not missing, "INCOMPLETE", ", ".join(missing))
    other = [name for name, digest in listed.items() if sha256(entries[name]) != digest]
    refuse_unless(not other, "ALTERED", ", ".join(other))
    return "as listed: %d files" % len(listed)


def check_unlisted(entries, listed, stamps):
    """`stamps` are the names that come with a time-stamp, where one is foreseen."""
    known = {"mimetype", LIST, SIGNATURE, *stamps, *listed}
    extra = [name for name in entries if name not in known]
    refuse_unless(not extra, "ALTERED", "not on the signed list: %s" % ", ".join(extra))
    return "nothing beside the signed list"
