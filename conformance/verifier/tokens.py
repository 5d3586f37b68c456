"""Time-stamp tokens (RFC 3161, docs/signing.md) and the time assertions beside a signature (section 6)."""

import datetime
import hashlib
import re

from .certificates import EXTENDED, ISSUED, Certificate, pem_text
from .cms import CONTENT_TYPE, DIGEST, ESS, SIGNED, chain_of
from .der import oid, tlv, whole
from .keys import DIGESTS, has_one_form, kind_of_key, made_by
from .lists import list_text
from .problem import TSA_CHAIN, Problem, refuse_unless, sha256
from .signer import instant, judge_path, path_of

TST_INFO, FIRST_ESS = oid("1.2.840.113549.1.9.16.1.4"), oid("1.2.840.113549.1.9.16.2.12")
TIME_STAMPING, RSA = oid("1.3.6.1.5.5.7.3.8"), oid("1.2.840.113549.1.1.1")
HASHES = {**DIGESTS, "sha512": oid("2.16.840.1.101.3.4.2.3")}
MAX_TOKEN, MAX_CERTIFICATES, MAX_ASSERTIONS = 256 << 10, 16, 8


class Token:
    """A sound token over `content`: the time it states, and the certificates behind it."""

    def __init__(self, raw, content):
        refuse_unless(len(raw) <= MAX_TOKEN, "LIMIT", "a time-stamp of %d bytes" % len(raw))
        try:
            self.take_apart(raw, hashlib.sha256(content).digest())
        except (ValueError, IndexError, KeyError):
            raise Problem("BAD SIGNATURE", "a time-stamp that cannot be read") from None
        self.chain = chain_of(self.signer, self.certificates)
        judge_path(self.chain, clock_fault)
        for one in self.chain:
            good = one.begins <= self.time <= one.ends
            refuse_unless(good, "BAD SIGNATURE", "an authority out of force at its own time")

    def take_apart(self, raw, imprint):
        kind, wrapped = strict(whole(raw)).parts()
        (body,) = wrapped.parts()
        version, digests, content, bag, infos = body.parts()
        (info,) = infos.parts()
        number, issuer, digest, attributes, algorithm, value = info.parts()
        kind_of_content, octets = content.parts()
        (stated,) = octets.parts()
        shape = (
            wrapped,
            body,
            digests,
            content,
            octets,
            bag,
            infos,
            info,
            attributes,
            value,
            stated,
        )
        good = (
            raw[0] == 0x30
            and bytes(one.tag for one in shape) == b"\xa0\x30\x31\x30\xa0\xa0\x31\x30\xa0\4\4"
            and (kind.raw, version.raw, number.raw) == (SIGNED, tlv(2, b"\3"), tlv(2, b"\1"))
            and kind_of_content.raw == TST_INFO
        )
        refuse_unless(good, "BAD SIGNATURE", "no time-stamp token of the one form")
        self.certificates = [Certificate(one.raw) for one in bag.parts()]
        refuse_unless(len(self.certificates) <= MAX_CERTIFICATES, "LIMIT", "its certificates")
        (self.signer,) = (
            one for one in self.certificates if tlv(0x30, one.issuer, one.serial) == issuer.raw
        )
        self.envelope = (digests.raw, bag.raw, issuer.raw, digest.raw, algorithm.raw)
        self.time = stated_time(whole(stated.body), imprint)
        name = hash_name(digest)
        self.check_attributes(attributes.parts(), hashlib.new(name, stated.body).digest())
        key = kind_of_key(self.signer.key)
        fits = is_algorithm(algorithm, name, key) and has_one_form(key, value.body)
        told = tlv(0x31, attributes.body)
        good = fits and made_by(self.signer.key, name, told, value.body)
        refuse_unless(good, "BAD SIGNATURE", "the authority's key did not make the time-stamp")

    def check_attributes(self, attributes, digest):
        raws = [one.raw for one in attributes]
        values = {}
        for one in attributes:
            name, held = one.parts()
            (values[name.raw],) = (part.raw for part in held.parts())
        good = (
            raws == sorted(raws)
            and len(values) == len(raws)
            and values[CONTENT_TYPE] == TST_INFO
            and values[DIGEST] == tlv(4, digest)
            and (FIRST_ESS in values or ESS in values)
            and all(self.is_named(values[one], one) for one in (FIRST_ESS, ESS) if one in values)
        )
        refuse_unless(good, "BAD SIGNATURE", "the signed attributes of a time-stamp")

    def is_named(self, value, kind):
        """Whether signing-certificate (RFC 2634) or its second form (RFC 5035) names the signer."""
        first, *issuer = whole(value).parts()[0].parts()[0].parts()
        name = "sha1" if kind == FIRST_ESS else "sha256"
        if first.tag == 0x30 and kind == ESS:
            name, (first, *issuer) = hash_name(first), issuer
        same = first.raw == tlv(4, hashlib.new(name, self.signer.raw).digest())
        whose = tlv(0x30, tlv(0x30, tlv(0xA4, self.signer.issuer)), self.signer.serial)
        return same and all(one.raw == whose for one in issuer)

    def is_trusted(self, options):
        """A root stands behind it, and its certificates are in force when it is checked."""
        path, root = path_of(self, options.roots)
        at = options.at or options.now
        return root is not None and all(one.begins <= at <= one.ends for one in path)

    def is_covered(self, options):
        """Every certificate in it is vouched for by a trusted root: by itself nothing else covers them."""
        path, _ = path_of(self, options.roots)
        return {one.raw for one in self.certificates} <= {one.raw for one in path}

    def describe(self, options):
        authority = self.signer.name(self.signer.subject)
        return {
            "authority": authority,
            "time": instant(self.time),
            "trusted": self.is_trusted(options),
        }


def strict(element):
    """The element, if all that is in it is DER too."""
    if element.tag & 0x20:
        for part in element.parts():
            strict(part)
    elif element.tag == 2:
        number = int.from_bytes(element.body, "big", signed=True)
        if element.body != number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True):
            raise ValueError("DER")
    elif element.tag == 1 and element.body not in (b"\0", b"\xff"):
        raise ValueError("DER")
    return element


def hash_name(algorithm):
    """The name of a digest algorithm without parameters, or with NULL."""
    for name, identifier in HASHES.items():
        if algorithm.raw in (tlv(0x30, identifier), tlv(0x30, identifier, tlv(5))):
            return name
    raise Problem("UNSUPPORTED", "the digest of a time-stamp")


def is_algorithm(algorithm, digest, key):
    """Whether a signature algorithm is that of the digest and the kind of key."""
    if key == "RSA" and algorithm.raw == tlv(0x30, RSA, tlv(5)):
        return True
    return ISSUED.get(algorithm.raw) == (digest, "RSA" if key == "RSA" else "EC")


def stated_time(info, imprint):
    """The genTime of a TSTInfo over this SHA-256 digest."""
    version, policy, over, serial, time, *rest = strict(info).parts()
    algorithm, digest = over.parts()
    good = version.raw == tlv(2, b"\1") and policy.tag == 6 and serial.tag == 2
    refuse_unless(good and hash_name(algorithm) == "sha256", "BAD SIGNATURE", "no TSTInfo")
    refuse_unless(
        digest.raw == tlv(4, imprint), "BAD SIGNATURE", "a time-stamp over something else"
    )
    tags = [one.tag for one in rest]
    order = [0x30, 1, 2, 0xA0, 0xA1]
    refuse_unless(tags == [one for one in order if one in tags], "BAD SIGNATURE", "its members")
    text = time.body.decode("ascii")
    found = re.fullmatch(r"(\d{14})(\.\d{0,8}[1-9])?Z", text)
    refuse_unless(time.tag == 0x18 and found, "BAD SIGNATURE", "its time")
    whole_seconds = datetime.datetime.strptime(found.group(1) + "+0000", "%Y%m%d%H%M%S%z")
    return whole_seconds + datetime.timedelta(seconds=float("0" + (found.group(2) or "")))


def clock_fault(certificate):
    usage = certificate.usage()
    critical, _ = certificate.extensions.get(EXTENDED, (False, b""))
    if not critical or certificate.purposes() != {TIME_STAMPING}:
        return "an authority that may not stamp time"
    return None if usage is None or usage & {0, 1} else "an authority that may not sign"


def assertion_names(entries):
    """The list and the token of each time assertion, as far as either is there."""
    names = [
        ("META-INF/ASiCManifest00%d.xml" % (at + 1), "META-INF/timestamp00%d.tst" % at)
        for at in range(1, MAX_ASSERTIONS + 1)
    ]
    missing = [at for at, pair in enumerate(names) if not any(one in entries for one in pair)]
    return names[: missing[0]] if missing else names


def check_stamps(entries, signed, expected):
    """The tokens of a bundle's signature and time assertions, held against each other."""
    names = assertion_names(entries)
    if signed.token is None and not names:
        refuse_unless(expected != "expected", "INCOMPLETE", "the time-stamp is missing")
        refuse_unless(TSA_CHAIN not in entries, "ALTERED", "%s without a time-stamp" % TSA_CHAIN)
        return []
    refuse_unless(expected != "none", "ALTERED", "a time-stamp that is not foreseen")
    refuse_unless(signed.token and names, "INCOMPLETE", "only one of two time-stamps is there")
    tokens = [Token(signed.token, signed.value)]
    for at, (manifest, token) in enumerate(names):
        both = manifest in entries and token in entries
        refuse_unless(both, "INCOMPLETE", "%s or its list is missing" % token)
        later = {"mimetype"} | {name for pair in names[at:] for name in pair}
        digests = {name: sha256(data) for name, data in entries.items() if name not in later}
        text = list_text(digests, token, "application/vnd.etsi.timestamp-token")
        refuse_unless(
            entries[manifest] == text, "ALTERED", "%s does not list this bundle" % manifest
        )
        tokens.append(Token(entries[token], entries[manifest]))
    same = tokens[-1].envelope == tokens[0].envelope
    refuse_unless(same, "ALTERED", "the last time-stamp is of another authority")
    chain = {one.raw: one for token in tokens for one in token.certificates}
    same = entries.get(TSA_CHAIN) == pem_text(chain.values())
    refuse_unless(same, "ALTERED", "%s does not hold the authorities' certificates" % TSA_CHAIN)
    return tokens
