"""All checks of a bundle, or of a report by itself (section 10)."""

import os

from .certificates import pem_text, read_pem
from .cms import Signed
from .container import check_names, read_container
from .journal import check_anchor, check_custody
from .lists import check_manifest, check_payload, check_unlisted, read_record, read_signed_list
from .pdf import Pdf
from .problem import (
    CHAIN,
    LIST,
    MAX_FILE,
    MAX_PDF,
    REPORT,
    SIGNATURE,
    TABLES,
    TSA_CHAIN,
    Problem,
    refuse_unless,
)
from .report import SignedPdf, check_report
from .rows import check_counts, check_records
from .signer import check_signer, check_time, describe_signer
from .sources import Sources
from .tokens import Token, assertion_names, check_stamps
from .values import read_lines


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
        self.list.append(
            {"id": name, "subject": self.subject, "outcome": outcome, "detail": detail[:2000]}
        )
        return result

    def verdict(self):
        outcomes = {check["outcome"] for check in self.list}
        return (
            "failed"
            if "fail" in outcomes
            else "indeterminate" if "indeterminate" in outcomes else "passed"
        )


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


def probe(value):
    try:
        return value()
    except Problem as problem:
        return problem


def verify_bundle(data, path, options):
    checks = Checks(path)
    entries, wrong = read_container(data)
    listed = attempt(lambda: read_signed_list(entries.get(LIST)))
    record = attempt(lambda: read_record(entries.get("bundle.json")))
    tables = attempt(
        lambda: {name: read_lines(entries.get("data/%s.jsonl" % name), name) for name in TABLES}
    )
    chain = attempt(lambda: read_chain(entries.get(CHAIN)))
    signed = attempt(lambda: bundle_signature(entries, chain))
    signers, tokens = [], []

    def container():
        if wrong is not None:
            raise wrong
        return "every byte is accounted for"

    def after(act):
        refuse_unless(
            not isinstance(probe(signed), Problem), "NOT CHECKED", "the signature is not intact"
        )
        return act(signed())

    def report():
        found = check_report(entries.get(REPORT), record(), [one.raw for one in chain()])
        signers.append(describe_signer(found, options.roots, REPORT))
        return "made for this bundle and signed by itself"

    def custody():
        lines = tables()["custody"]
        detail = check_custody(lines, tables()["artifacts"], record())
        return check_anchor(detail, lines, record(), options.journal) if options.journal else detail

    def time(one):
        tokens.extend(check_stamps(entries, one, record()["timestamp"]))
        return check_time(one, tokens, options)

    def stamps():
        """What comes with a time-stamp, where bundle.json foresees one."""
        names = [name for pair in assertion_names(entries) for name in pair]
        return [] if record()["timestamp"] == "none" else [TSA_CHAIN, *names]

    checks.make("container", container)
    checks.make("names", lambda: check_names(entries))
    checks.make("manifest", lambda: check_manifest(entries, listed(), record()))
    checks.make("payload", lambda: check_payload(entries, listed()))
    checks.make("unlisted", lambda: check_unlisted(entries, listed(), stamps()))
    checks.make("signature", lambda: "intact, over the signed list" if signed() else None)
    checks.make("signer", lambda: after(lambda one: check_signer(one, options.roots)))
    checks.make("time", lambda: after(time))
    checks.make("custody", custody)
    checks.make(
        "records",
        lambda: check_records(tables(), Sources(tables()["artifacts"], entries, options.against)),
    )
    checks.make("counts", lambda: check_counts(tables(), record()))
    checks.make("report", report)
    if not isinstance(probe(signed), Problem):
        signers.insert(0, describe_signer(signed(), options.roots, SIGNATURE))
    bundle = probe(record)
    bundle = None if isinstance(bundle, Problem) else bundle
    return answer(checks, path, signers, [one.describe(options) for one in tokens], bundle)


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
    same = {one.raw for one in chain} == {one.raw for one in signed.certificates} and len(
        chain
    ) == len(signed.certificates)
    refuse_unless(
        same and chain[0].raw == signed.signer.raw, "ALTERED", "%s holds other certificates" % CHAIN
    )
    return signed


def verify_pdf(data, path, options):
    checks, signers, tokens = Checks(path), [], []
    pdf = attempt(lambda: Pdf(data))
    form = attempt(lambda: SignedPdf(pdf()))
    signed = attempt(lambda: form().check())

    def after(act):
        refuse_unless(
            not isinstance(probe(signed), Problem), "NOT CHECKED", "the signature is not intact"
        )
        return act(signed())

    def time(one):
        if one.token is not None:
            tokens.append(Token(one.token, one.value))
        detail = check_time(one, tokens, options)
        bare = [
            token for token in tokens if token.is_trusted(options) and not token.is_covered(options)
        ]
        if bare:
            reason = "nothing covers a certificate of the time-stamp"
            raise Problem("INDETERMINATE", reason, "indeterminate")
        return detail

    checks.make("container", lambda: "one revision, all of it signed" if pdf() and form() else None)
    checks.make("signature", lambda: "intact" if signed() else None)
    checks.make("signer", lambda: after(lambda one: check_signer(one, options.roots)))
    checks.make("time", lambda: after(time))
    if not isinstance(probe(signed), Problem):
        signers.append(describe_signer(signed(), options.roots, os.path.basename(path)))
    return answer(checks, path, signers, [one.describe(options) for one in tokens], None)


def answer(checks, path, signers, timestamps, bundle):
    return {
        "verdict": checks.verdict(),
        "file": path,
        "checks": checks.list,
        "signers": signers,
        "timestamps": timestamps,
        "bundle": bundle,
    }


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
    refuse_unless(
        verify(path, options)["verdict"] != "failed", "ALTERED", "%s does not verify" % path
    )
    with open(path, "rb") as file:
        entries, _ = read_container(file.read())
    return read_lines(entries["data/custody.jsonl"], "custody"), read_record(entries["bundle.json"])
