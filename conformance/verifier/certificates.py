"""X.509 certificates (RFC 5280), as far as docs/signing.md asks of them."""

import base64
import re

from .der import moment, oid, tlv, whole
from .keys import kind_of_key, made_by
from .problem import Problem, sha256

# Signature algorithms of certificates: the digest, and whether the key is RSA.
ISSUED = {
    tlv(0x30, oid("1.2.840.10045.4.3.%d" % at)): (digest, "EC")
    for at, digest in ((2, "sha256"), (3, "sha384"), (4, "sha512"))
}
ISSUED.update(
    {
        tlv(0x30, oid("1.2.840.113549.1.1.%d" % at), tlv(5)): (digest, "RSA")
        for at, digest in ((11, "sha256"), (12, "sha384"), (13, "sha512"))
    }
)
BASIC, USAGE, EXTENDED = oid("2.5.29.19"), oid("2.5.29.15"), oid("2.5.29.37")
UNDERSTOOD = {BASIC, USAGE, EXTENDED, oid("2.5.29.32"), oid("2.5.29.17")}
SIGNER_PURPOSES = {oid(p) for p in ("1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36", "2.5.29.37.0")}


class Certificate:
    def __init__(self, raw):
        tbs, algorithm, value = whole(raw).parts()
        version, serial, inner, issuer, validity, subject, key, *rest = tbs.parts()
        if (
            version.raw != tlv(0xA0, tlv(2, b"\2"))
            or inner.raw != algorithm.raw
            or value.body[:1] != b"\0"
        ):
            raise ValueError("certificate")
        self.raw, self.tbs, self.value = raw, tbs.raw, value.body[1:]
        self.serial, self.issuer, self.subject, self.key = (
            serial.raw,
            issuer.raw,
            subject.raw,
            key.raw,
        )
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


def issued(child, parent):
    """True where `parent` has the issuer's name and its key made the signature of `child`."""
    digest, family = ISSUED.get(child.algorithm, (None, None))
    if child.issuer != parent.subject or digest is None:
        return False
    try:
        kind = kind_of_key(parent.key)
    except Problem:
        return False
    return (kind == "RSA") == (family == "RSA") and made_by(
        parent.key, digest, child.tbs, child.value
    )


def read_pem(text):
    blocks = re.findall(
        rb"-----BEGIN CERTIFICATE-----\s+([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----", text
    )
    return [Certificate(base64.b64decode(block)) for block in blocks]


def pem_text(certificates):
    out = b""
    for certificate in certificates:
        text = base64.b64encode(certificate.raw)
        lines = [text[at : at + 64] + b"\n" for at in range(0, len(text), 64)]
        out += b"-----BEGIN CERTIFICATE-----\n%s-----END CERTIFICATE-----\n" % b"".join(lines)
    return out
