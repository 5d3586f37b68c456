"""The report: its one signature, and what ties it to its bundle (section 9)."""

import datetime
import re

from .cms import Signed
from .der import Der
from .pdf import Pdf
from .problem import REPORT, refuse_unless, sha256, Problem
from .tokens import Token
from .values import canonical

SIGNATURE_OBJECT = re.compile(
    rb"\d+ 0 obj\n<<\n/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n"
    rb"/ByteRange (\[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\] *)\n/Contents (<([0-9a-f]*)>)\n"
    rb"/M \((D:(\d{14})Z)\)\n>>\nendobj\n"
)


class SignedPdf:
    """The one signature of a PDF; `unsigned` are the bytes from before it was put in."""

    def __init__(self, pdf):
        data = pdf.data
        signatures = [
            (one, at)
            for one, at in pdf.dictionaries()
            if b"ByteRange" in one
            or one.get(b"Type") in (("name", b"Sig"), ("name", b"DocTimeStamp"))
        ]
        fields = [(one, at) for one, at in pdf.dictionaries() if one.get(b"FT") == ("name", b"Sig")]
        refuse_unless(signatures, "UNSIGNED", "no signature")
        refuse_unless(
            len(signatures) == 1 and len(fields) == 1 and signatures[0][1],
            "BAD SIGNATURE",
            "more than one signature",
        )
        at = signatures[0][1]
        place, end = pdf.spans[at]
        form = pdf.resolve(pdf.resolve(pdf.trailer[b"Root"]).get(b"AcroForm"))
        pointed = (
            fields[0][0].get(b"V") == ("R", at, 0)
            and isinstance(form, dict)
            and form.get(b"Fields") == [("R", fields[0][1], 0)]
        )
        refuse_unless(pointed, "BAD SIGNATURE", "the field does not point to the signature")
        found = SIGNATURE_OBJECT.fullmatch(data, place, end)
        refuse_unless(found, "BAD SIGNATURE", "the signature dictionary is in another form")
        a, b, c = map(int, found.group(2, 3, 4))
        exact = b"[0 %d %d %d]" % (found.start(5), found.end(5), len(data) - found.end(5))
        refuse_unless(
            found.group(1) == exact.ljust(36),
            "BAD SIGNATURE",
            "the byte range is not the whole file",
        )
        try:
            content = bytes.fromhex(found.group(6).decode())
            refuse_unless(content.strip(b"\0"), "UNSIGNED", "the signature is empty")
            cms = Der(content)
            self.claimed = datetime.datetime.strptime(
                found.group(8).decode(), "%Y%m%d%H%M%S"
            ).replace(tzinfo=datetime.timezone.utc)
        except ValueError:
            raise Problem("BAD SIGNATURE", "the contents of the signature") from None
        refuse_unless(
            not content[cms.end :].strip(b"\0"), "BAD SIGNATURE", "bytes behind the signature"
        )
        self.cms, self.content = cms.raw, data[:a] + data[b:]
        self.unsigned = (
            data[: found.start(1)]
            + b"[0"
            + 3 * b" 9999999999"
            + b"]"
            + data[found.end(1) : found.start(5) + 1]
            + b"0" * len(found.group(6))
            + data[found.end(5) - 1 : found.start(7)]
            + b"D:19700101000000Z"
            + data[found.end(7) :]
        )

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
    counts = {
        name: record["counts"][name]
        for name in ("attachments", "events", "exceptions", "messages", "withheld")
    }
    for key, value in (
        ("ExhibitaBundle", record["id"]),
        ("ExhibitaExtract", record["extractSha256"]),
        ("ExhibitaCounts", canonical(counts).decode()),
    ):
        refuse_unless(pdf.info(key.encode()) == value, "ALTERED", "%s is not the bundle's" % key)
    refuse_unless(
        sha256(form.unsigned) == record["unsignedPdfSha256"],
        "ALTERED",
        "the unsigned pages are not the bundle's",
    )
    refuse_unless(
        {one.raw for one in signed.certificates} == set(chain),
        "ALTERED",
        "another signer than the bundle's",
    )
    refuse_unless(
        (signed.token is not None) == (record["timestamp"] == "expected"),
        "ALTERED" if signed.token else "INCOMPLETE",
        "a time-stamp where none is foreseen, or none where one is",
    )
    if signed.token:
        Token(signed.token, signed.value)
    return signed
