"""The detached CMS of docs/signing.md: taken apart, written again, compared."""

import hashlib

from .certificates import Certificate, issued
from .der import moment, oid, time_der, tlv, whole
from .keys import DIGESTS, PROFILES, has_one_form, kind_of_key, made_by
from .problem import Problem, refuse_unless

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
        info = tlv(
            0x30,
            tlv(2, b"\1"),
            tlv(0x30, self.signer.issuer, self.signer.serial),
            digest_id,
            tlv(0xA0, *attributes),
            algorithm,
            tlv(4, self.value),
            *token,
        )
        body = tlv(
            0x30,
            tlv(2, b"\1"),
            tlv(0x31, digest_id),
            tlv(0x30, DATA),
            tlv(0xA0, *sorted(one.raw for one in self.certificates)),
            tlv(0x31, info),
        )
        same = tlv(0x30, SIGNED, tlv(0xA0, body)) == raw
        refuse_unless(same, "BAD SIGNATURE", "it signs other bytes, or is not of the one form")
        refuse_unless(
            has_one_form(self.kind, self.value), "BAD SIGNATURE", "its value is not of the one form"
        )
        refuse_unless(
            made_by(self.signer.key, digest, told, self.value),
            "BAD SIGNATURE",
            "the key did not make it",
        )
        self.chain = chain_of(self.signer, self.certificates)

    def take_apart(self, raw, in_pdf):
        _, content = whole(raw).parts()
        _, digests, _, *certificates, infos = whole(content.body).parts()
        (info,), (digest,) = infos.parts(), digests.parts()
        version, issuer, digest_again, attributes, algorithm, value, *unsigned = info.parts()
        known = digest.parts()[0].raw in DIGESTS.values() and any(
            algorithm.parts()[0].raw == whole(profile[2]).parts()[0].raw
            for profile in PROFILES.values()
        )
        refuse_unless(known, "UNSUPPORTED", "an algorithm outside the profile")
        (bag,) = certificates
        self.certificates = [Certificate(one.raw) for one in bag.parts()]
        chosen = [
            one for one in self.certificates if tlv(0x30, one.issuer, one.serial) == issuer.raw
        ]
        (self.signer,) = chosen
        self.kind = kind_of_key(self.signer.key)
        refuse_unless(self.kind in PROFILES, "UNSUPPORTED", "a signer with a key on P-521")
        times = [
            one.parts()[1].parts()[0]
            for one in attributes.parts()
            if one.parts()[0].raw == SIGNING_TIME
        ]
        self.claimed = None if in_pdf else moment(times[0])
        self.value, self.token = value.body, None
        if unsigned:
            name, values = whole(unsigned[0].body).parts()
            if name.raw != TOKEN:
                raise ValueError("unsigned attribute")
            (self.token,) = [one.raw for one in values.parts()]

    def attributes(self, digest):
        name = tlv(0x30, tlv(0xA4, self.signer.issuer))
        bound = tlv(
            0x30,
            tlv(4, bytes.fromhex(self.signer.fingerprint)),
            tlv(0x30, name, self.signer.serial),
        )
        values = {CONTENT_TYPE: DATA, DIGEST: tlv(4, digest), ESS: tlv(0x30, tlv(0x30, bound))}
        if self.claimed is not None:
            values[SIGNING_TIME] = time_der(self.claimed)
        return sorted(tlv(0x30, kind, tlv(0x31, value)) for kind, value in values.items())


def chain_of(leaf, certificates):
    """Certificates from `leaf` on, each issued by the next; every one of them must be such a link."""
    chain, pool = [leaf], [one for one in certificates if one is not leaf]
    while pool and not issued(chain[-1], chain[-1]):
        following = [one for one in pool if issued(chain[-1], one)]
        if not following:
            break
        chain.append(following[0])
        pool.remove(following[0])
    refuse_unless(not pool, "ALTERED", "a certificate that is no link of the signer's chain")
    return chain
