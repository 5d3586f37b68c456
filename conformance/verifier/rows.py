"""Rows, the slices they were read from, and what bundle.json counts (section 8)."""

import base64

from .problem import HEX32, HEX64, TABLES, Problem, is_count, refuse_unless, sha256


def slice_of(row):
    """The slice that the row itself gives; None where it gives none."""
    if "rawBase64" in row:
        return base64.b64decode(row["rawBase64"], validate=True)
    return row["raw"].encode("utf-8") if "raw" in row else None


def is_withheld(row):
    return "withheld" in row or "withheld" in row.get("flags", [])


def judge_row(row, kind, number, tables):
    where, locator = "%s %d" % (kind, number), row.get("locator")
    try:
        good = (
            row.get("type") == kind
            and row.get("number") == number
            and isinstance(locator, dict)
            and row.get("conversation") in tables["ids"]
            and row.get("artifact") in tables["numbers"]
            and is_count(locator.get("offset"))
            and is_count(locator.get("length"))
            and (locator.get("entry") is None or isinstance(locator["entry"], str))
            and isinstance(locator.get("byteCheckable"), bool)
            and isinstance(row.get("flags"), list)
            and HEX64.match(row["sliceDigest"])
            and not ("raw" in row and "rawBase64" in row)
        )
        refuse_unless(good, "BAD FORMAT", where)
        given = slice_of(row)
        if is_withheld(row):
            bare = row.get("salt") == "" and row.get("text") == "" and given is None
            refuse_unless(bare, "ALTERED", "%s is withheld and yet shown" % where)
            return
        refuse_unless(HEX32.match(row["salt"]), "BAD FORMAT", where)
    except (KeyError, TypeError, ValueError):
        raise Problem("BAD FORMAT", where) from None
    if given is None:
        return
    same = salted(row, given) and (not locator["byteCheckable"] or len(given) == locator["length"])
    refuse_unless(same, "ALTERED", "the slice of %s" % where)


def salted(row, data):
    return sha256(bytes.fromhex(row["salt"]) + data) == row["sliceDigest"]


def check_records(tables, sources):
    found = unchecked = 0
    absent = set()
    known = {
        "ids": {one.get("id") for one in tables["conversations"]},
        "numbers": {one.get("number") for one in tables["artifacts"]},
    }
    for kind in ("message", "event"):
        for number, row in enumerate(tables[kind + "s"], 1):
            judge_row(row, kind, number, known)
            locator = row["locator"]
            if is_withheld(row) or not locator["byteCheckable"]:
                unchecked += 1
                continue
            data = sources.bytes_of(row["artifact"], locator["entry"])
            if data is None:
                absent.add((row["artifact"], locator["entry"]))
                continue
            part = data[locator["offset"] : locator["offset"] + locator["length"]]
            same = len(part) == locator["length"] and salted(row, part)
            refuse_unless(same, "ALTERED", "the source has other bytes for %s %d" % (kind, number))
            found += 1
    return "%d rows found in their sources, %d not byte-checkable, %d sources not at hand" % (
        found,
        unchecked,
        len(absent),
    )


def check_counts(tables, record):
    messages, events, artifacts = tables["messages"], tables["events"], tables["artifacts"]
    attachments = [one for row in messages for one in row["attachments"]]
    hidden = sum(map(is_withheld, messages + events)) + sum(
        one["state"] == "withheld" for one in attachments
    )
    counts = {name: len(tables[name]) for name in TABLES if name != "custody"}
    counts.update(
        attachments=len(attachments),
        attachmentsIncluded=sum(one["file"] is not None for one in attachments),
        withheld=hidden,
        context=sum(row["context"] is True for row in messages),
        edgeOfRange=sum("edge-of-range" in row["time"]["flags"] for row in messages + events),
        messagesInConversations=sum(one["messages"]["inCase"] for one in tables["conversations"]),
    )
    for name, count in counts.items():
        said = record["counts"][name]
        refuse_unless(
            said == count, "ALTERED", "%s is %d, bundle.json says %s" % (name, count, said)
        )
    for name in ("units", "messages", "events", "exceptions"):
        most = sum(one["counts"][name] for one in artifacts if one["counts"] is not None)
        refuse_unless(record["counts"]["sources"][name] <= most, "ALTERED", "sources.%s" % name)
    for one in tables["conversations"]:
        rows = [row for row in messages if row["conversation"] == one["id"]]
        said = (one["messages"]["inBundle"], one["messages"]["context"], one["events"]["inBundle"])
        real = (
            len(rows),
            sum(row["context"] is True for row in rows),
            sum(row["conversation"] == one["id"] for row in events),
        )
        refuse_unless(said == real, "ALTERED", "the counts of conversation %s" % one["id"])
    return (
        "as listed: %d messages; selected: %d of %d of these conversations, as the maker states"
        % (len(messages), len(messages), counts["messagesInConversations"])
    )
