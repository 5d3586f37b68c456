"""The journal lines of a bundle and their proofs (section 8, RFC 9162)."""

import hashlib

from .problem import HEX64, is_count, refuse_unless, sha256
from .values import canonical


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
        good = (
            line.get("type") == "custody"
            and isinstance(entry, dict)
            and isinstance(proof, dict)
            and is_count(proof.get("index"))
            and isinstance(proof.get("path"), list)
            and all(HEX64.match(str(step)) for step in proof["path"])
        )
        refuse_unless(good, "BAD FORMAT", "line %d of the journal" % at)
        index = proof["index"]
        leaf = hashlib.sha256(b"\0" + public_form(entry)).digest()
        root = proven_root(
            leaf, index, head["size"], [bytes.fromhex(step) for step in proof["path"]]
        )
        refuse_unless(
            index < head["size"] and root == bytes.fromhex(head["root"]),
            "ALTERED",
            "line %d does not prove itself against the head" % at,
        )
        refuse_unless(entry.get("seq") == index + 1, "ALTERED", "the number of line %d" % at)
        refuse_unless(before is None or before[0] < index, "ALTERED", "the order of line %d" % at)
        prev = "0" * 64 if index == 0 else before[1] if before and before[0] == index - 1 else None
        refuse_unless(
            prev in (None, entry.get("prev")),
            "ALTERED",
            "line %d does not follow the one before" % at,
        )
        refuse_unless(
            index + 1 < head["size"] or leaf.hex() == head["last"],
            "ALTERED",
            "the last line is another",
        )
        if "private" in entry:
            same = sha256(canonical(entry["private"])) == entry.get("privateDigest")
            refuse_unless(same, "ALTERED", "the private part of line %d" % at)
        if entry.get("action") == "acquired":
            named |= {
                one.get("sha256") for one in entry.get("artifacts", []) if isinstance(one, dict)
            }
        before = (index, leaf.hex())
    for artifact in artifacts:
        if artifact.get("role") == "source" and artifact.get("sha256") is not None:
            refuse_unless(
                artifact["sha256"] in named,
                "INCOMPLETE",
                "no acquisition of artifact %s" % artifact.get("number"),
            )
    return "%d lines of a journal of %d" % (len(lines), head["size"])


def check_anchor(detail, lines, record, anchor):
    """Holds both bundles' journals against each other, section 10."""
    theirs, other = anchor
    known = {line["proof"]["index"]: line["entry"] for line in theirs}
    for line in lines:
        entry = known.get(line["proof"]["index"])
        same = entry is None or public_form(entry) == public_form(line["entry"])
        refuse_unless(
            same,
            "ALTERED",
            "line %d is another in the bundle beside it" % (line["proof"]["index"] + 1),
        )
    ours, newer = record["anchor"], other["anchor"]
    same = ours["size"] != newer["size"] or ours["root"] == newer["root"]
    refuse_unless(same, "ALTERED", "the bundle beside it has another journal")
    return detail + (
        "; SUPERSEDED: a newer bundle of the case is known" if newer["size"] > ours["size"] else ""
    )


def public_form(entry):
    return canonical({name: value for name, value in entry.items() if name != "private"})
