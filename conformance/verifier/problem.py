"""Words of section 10, and names and limits of section 1."""

import hashlib
import re

LIST, SIGNATURE = "META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s"
CHAIN, REPORT = "certs/signer-chain.pem", "data/report.pdf"
TSA_CHAIN = "certs/tsa-chain.pem"
MIMETYPE = b"application/vnd.etsi.asic-e+zip"
TABLES = ("messages", "events", "conversations", "accounts", "exceptions", "artifacts", "custody")
REQUIRED = (
    [
        "mimetype",
        LIST,
        SIGNATURE,
        "VERIFY.txt",
        "bag-info.txt",
        "bagit.txt",
        "bundle.json",
        CHAIN,
        REPORT,
    ]
    + ["manifest-sha256.txt", "tagmanifest-sha256.txt"]
    + ["data/%s.jsonl" % name for name in TABLES]
)

MAX_ENTRIES, MAX_FILE, MAX_PDF, MAX_MEMBER = 960, 4 << 30, 64 << 20, 1 << 30
HEX64, HEX32 = re.compile(r"[0-9a-f]{64}\Z"), re.compile(r"[0-9a-f]{32}\Z")


class Problem(Exception):
    """Why a check does not pass; `word` is one of section 10."""

    def __init__(self, word, detail, outcome="fail"):
        super().__init__("%s: %s" % (word, detail))
        self.word, self.outcome = word, outcome


def refuse_unless(condition, word, detail):
    if not condition:
        raise Problem(word, detail)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def is_count(value):
    return type(value) is int and 0 <= value <= 2**53
