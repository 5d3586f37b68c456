"""Who signed, and when: the path to a root the person verifying named (docs/signing.md)."""

import datetime

from .certificates import SIGNER_PURPOSES, UNDERSTOOD, issued
from .keys import kind_of_key
from .problem import Problem, refuse_unless


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
            refuse_unless(
                all(
                    name in UNDERSTOOD or not critical
                    for name, (critical, _) in certificate.extensions.items()
                ),
                "BAD SIGNATURE",
                "a critical extension",
            )
            kind_of_key(certificate.key)
            usage = certificate.usage()
            if at > 0:
                authority, limit = certificate.basic()
                below = sum(one.subject != one.issuer for one in path[1:at])
                refuse_unless(authority, "BAD SIGNATURE", "an issuer that is no authority")
                refuse_unless(
                    usage is None or 5 in usage, "BAD SIGNATURE", "an issuer that may not issue"
                )
                refuse_unless(
                    limit is None or below <= limit, "BAD SIGNATURE", "a path that is too long"
                )
            else:
                purposes = certificate.purposes()
                refuse_unless(
                    usage is None or usage & {0, 1}, "BAD SIGNATURE", "a key that may not sign"
                )
                refuse_unless(
                    purposes is None or purposes & SIGNER_PURPOSES,
                    "BAD SIGNATURE",
                    "another purpose",
                )
    except (ValueError, IndexError):
        raise Problem("BAD SIGNATURE", "an extension of a certificate") from None
    name = signed.signer.name(signed.signer.subject)
    if root is None:
        raise Problem(
            "UNTRUSTED",
            "%s, key %s: no root you named stands behind it" % (name, signed.signer.fingerprint),
            "indeterminate",
        )
    return "%s, by the root %s" % (name, root)


def check_time(signed, roots, options, expected):
    refuse_unless(
        not (expected == "none" and signed.token), "ALTERED", "a time-stamp that is not foreseen"
    )
    refuse_unless(
        not (expected == "expected" and not signed.token), "INCOMPLETE", "the time-stamp is missing"
    )
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
        "file": file,
        "holder": signer.name(signer.subject),
        "issuer": signer.name(signer.issuer),
        "algorithm": signed.algorithm,
        "fingerprint": signer.fingerprint,
        "root": path_of(signed, roots)[1],
        "validFrom": instant(signer.begins),
        "validTo": instant(signer.ends),
        "claimedTime": instant(signed.claimed),
    }
