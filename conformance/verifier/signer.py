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


def judge_path(path, judge_leaf):
    """Whether the certificates may be used so; `judge_leaf` gives what is wrong with the first."""
    try:
        for at, certificate in enumerate(path):
            for name, (critical, _) in certificate.extensions.items():
                known = name in UNDERSTOOD or not critical
                refuse_unless(known, "BAD SIGNATURE", "a critical extension nobody knows")
            kind_of_key(certificate.key)
            usage, (authority, limit) = certificate.usage(), certificate.basic()
            below = sum(one.subject != one.issuer for one in path[1:at])
            if at == 0:
                fault = judge_leaf(certificate)
            elif not authority:
                fault = "an issuer that is no authority"
            elif usage is not None and 5 not in usage:
                fault = "an issuer that may not issue"
            else:
                fault = "a path that is too long" if limit is not None and below > limit else None
            refuse_unless(fault is None, "BAD SIGNATURE", fault)
    except (ValueError, IndexError):
        raise Problem("BAD SIGNATURE", "an extension of a certificate") from None


def signer_fault(certificate):
    usage, purposes = certificate.usage(), certificate.purposes()
    if usage is not None and not usage & {0, 1}:
        return "a key that may not sign"
    return None if purposes is None or purposes & SIGNER_PURPOSES else "a key for other purposes"


def check_signer(signed, roots):
    path, root = path_of(signed, roots)
    judge_path(path, signer_fault)
    name = signed.signer.name(signed.signer.subject)
    if root is None:
        detail = "%s, key %s: no root you named stands behind it" % (
            name,
            signed.signer.fingerprint,
        )
        raise Problem("UNTRUSTED", detail, "indeterminate")
    return "%s, by the root %s" % (name, root)


def check_time(signed, tokens, options):
    """The time of a signature whose tokens are sound: proven where one of them is trusted, else claimed."""
    proven = min((one.time for one in tokens if one.is_trusted(options)), default=None)
    path, _ = path_of(signed, options.roots)
    at, claimed = proven or options.at or options.now, signed.claimed
    doubts = []
    if any(not one.begins <= at <= one.ends for one in path):
        doubts.append("a certificate is not in force at %s" % instant(at))
    if not signed.signer.begins <= claimed <= signed.signer.ends:
        doubts.append("the claimed time is outside the signer's certificate")
    if claimed > at + datetime.timedelta(days=1):
        doubts.append("the claimed time is after %s" % instant(at))
    if options.require_time and proven is None:
        doubts.append("claimed time only")
    if doubts:
        raise Problem("INDETERMINATE", "; ".join(doubts), "indeterminate")
    return (
        "signed before %s" % instant(proven)
        if proven
        else "claimed time only: %s" % instant(claimed)
    )


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
