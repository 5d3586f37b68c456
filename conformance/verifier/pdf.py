"""PDF syntax (ISO 32000-1), as far as a report of one revision has it (section 9)."""

import re

from .problem import Problem

BLANK = b"\0\t\n\f\r "
TOKENS = re.compile(
    rb"(?P<open><<|\[)|(?P<close>>>|\])|<(?P<hex>[^<>]*)>|/(?P<name>[^\0-\x20()<>\[\]{}/%]*)"
    rb"|(?P<ref>\d+ \d+ R)(?![^\0-\x20()<>\[\]{}/%])|(?P<number>[+-]?(\d+\.?\d*|\.\d+))|(?P<word>true|false|null)|(?P<string>\()"
)


def pdf_value(data, at, depth=0):
    """The value at `at`, and where it ends. Names are bytes after a slash, references are ('R', number)."""
    while data[at : at + 1] and data[at] in BLANK:
        at += 1
    found = TOKENS.match(data, at)
    if not found or depth > 40:
        raise ValueError("PDF value at %d" % at)
    end, kind = found.end(), found.lastgroup if found.lastgroup else "hex"
    if found.group("open"):
        items, close = [], b">>" if found.group("open") == b"<<" else b"]"
        while True:
            while data[end : end + 1] and data[end] in BLANK:
                end += 1
            if data.startswith(close, end):
                break
            item, end = pdf_value(data, end, depth + 1)
            items.append(item)
        if close == b"]":
            return items, end + 1
        names = items[::2]
        if (
            len(items) % 2
            or not all(isinstance(one, tuple) and one[0] == "name" for one in names)
            or len(set(names)) < len(names)
        ):
            raise ValueError("PDF dictionary")
        return {name[1]: value for name, value in zip(names, items[1::2])}, end + 2
    if kind == "string":
        return pdf_string(data, end)
    if found.group("name") is not None:
        if b"#" in found.group("name"):
            raise ValueError("a name with an escape")
        return ("name", found.group("name")), end
    if found.group("ref"):
        number, generation, _ = found.group("ref").split()
        return ("R", int(number), int(generation)), end
    if found.group("hex") is not None:
        digits = re.sub(rb"\s", b"", found.group("hex"))
        return (
            bytes.fromhex(digits.decode()) if re.fullmatch(rb"([0-9A-Fa-f]{2})*", digits) else None
        ), end
    if found.group("number"):
        return float(found.group("number")), end
    if found.group("word"):
        return {b"true": True, b"false": False, b"null": None}[found.group("word")], end
    raise ValueError("PDF value at %d" % at)


def pdf_string(data, at):
    out, depth = bytearray(), 1
    while True:
        one = data[at : at + 1]
        if not one:
            raise ValueError("PDF string")
        at += 1
        if one == b"\\":
            octal = re.match(rb"[0-7]{1,3}", data[at : at + 3])
            escaped = octal.group() if octal else data[at : at + 1]
            at += len(escaped)
            simple = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
            out += bytes([int(escaped, 8) & 255]) if octal else simple.get(escaped, escaped)
            continue
        depth += (one == b"(") - (one == b")")
        if depth == 0:
            return bytes(out), at
        out += one


class Pdf:
    """A PDF of one revision, every byte of which belongs to its header, an object, the table or the trailer."""

    def __init__(self, data):
        try:
            self.read(data)
        except (
            ValueError,
            IndexError,
            KeyError,
            TypeError,
            AttributeError,
            RecursionError,
        ) as reason:
            raise Problem(
                "ALTERED", "not a PDF of one revision and the one form: %s" % reason
            ) from None

    def read(self, data):
        header = re.match(rb"%PDF-1\.[3-7]\n%\xff{4}\n", data)
        tail = re.search(rb"\nstartxref\n(\d{1,10})\n%%EOF\n\Z", data[-64:])
        start = int(tail.group(1))
        count = int(re.compile(rb"xref\n0 (\d{1,7})\n").match(data, start).group(1))
        at = data.index(b"\n", start + 5) + 1
        table = [data[at + 20 * n : at + 20 * n + 20] for n in range(count)]
        if table[0] != b"0000000000 65535 f \n" or not all(
            re.fullmatch(rb"\d{10} 00000 n \n", one) for one in table[1:]
        ):
            raise ValueError("the cross-reference table")
        at += 20 * count
        if not data.startswith(b"trailer\n", at):
            raise ValueError("the trailer")
        self.trailer, end = pdf_value(data, at + 8)
        if (
            end != len(data) - len(tail.group())
            or set(self.trailer) - {b"ID"} != {b"Size", b"Root", b"Info"}
            or self.trailer[b"Size"] != count
        ):
            raise ValueError("the trailer")
        places = sorted((int(one[:10]), number) for number, one in enumerate(table) if number)
        ends = [place for place, _ in places[1:]] + [start]
        if not places or places[0][0] != header.end():
            raise ValueError("bytes before the first object")
        self.data, self.objects, self.spans = data, {}, {}
        for (place, number), end in zip(places, ends):
            self.objects[number] = self.object(place, number, end)
            self.spans[number] = (place, end)

    def object(self, place, number, end):
        opening = b"%d 0 obj\n" % number
        if not self.data.startswith(opening, place):
            raise ValueError("object %d" % number)
        value, at = pdf_value(self.data, place + len(opening))
        if isinstance(value, dict) and self.data.startswith(b"\nstream\n", at):
            at += 8 + int(value[b"Length"])
            if not self.data.startswith(b"\nendstream", at):
                raise ValueError("the stream of object %d" % number)
            at += 10
        if self.data[at:end] != b"\nendobj\n":
            raise ValueError("object %d does not end where the next begins" % number)
        return value

    def resolve(self, value):
        return self.objects[value[1]] if isinstance(value, tuple) and value[0] == "R" else value

    def dictionaries(self):
        """All dictionaries, with the number of the object where one is an object by itself."""

        def inside(value, number):
            if isinstance(value, dict):
                yield value, number
            for one in (
                value.values()
                if isinstance(value, dict)
                else value if isinstance(value, list) else []
            ):
                yield from inside(one, None)

        for number, value in self.objects.items():
            yield from inside(value, number)

    def info(self, key):
        value = self.resolve(self.resolve(self.trailer[b"Info"]).get(key))
        return value.decode("latin-1") if isinstance(value, bytes) else None
