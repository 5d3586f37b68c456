"""JSON in its one form: RFC 8785, and lines of it (sections 7 and 8)."""

import json
import re
from decimal import Decimal

from .problem import Problem, refuse_unless


def parse_json(text):
    def pairs(members):
        refuse_unless(
            len({name for name, _ in members}) == len(members), "BAD FORMAT", "a name twice"
        )
        return dict(members)

    def constant(_):
        raise ValueError("no JSON")

    try:
        return json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except (ValueError, RecursionError):
        raise Problem("BAD FORMAT", "not JSON") from None


def number_text(value):
    """RFC 8785, section 3.2.2.3: as ECMAScript writes a double."""
    double = float(value)
    if double == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(abs(double))).normalize().as_tuple()
    text, point = "".join(map(str, digits)), len(digits) + exponent
    if 0 < point <= 21:
        body = text.ljust(point, "0") if len(text) <= point else text[:point] + "." + text[point:]
    elif -6 < point <= 0:
        body = "0." + "0" * -point + text
    else:
        rest = "." + text[1:] if len(text) > 1 else ""
        body = "%s%se%s%d" % (text[0], rest, "+" if point > 0 else "-", abs(point - 1))
    return ("-" if double < 0 else "") + body


def string_text(value):
    escaped = json.dumps(value, ensure_ascii=False)
    return re.sub("[\ud800-\udfff]", lambda one: "\\u%04x" % ord(one.group()), escaped)


def compact(value, names=list):
    """`value` without blanks, its members in the order that `names` gives them."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return string_text(value)
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, list):
        return "[%s]" % ",".join(compact(each, names) for each in value)
    return "{%s}" % ",".join(string_text(n) + ":" + compact(value[n], names) for n in names(value))


def canonical(value):
    """RFC 8785: names in the order of their UTF-16 units."""
    order = lambda names: sorted(names, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return compact(value, order).encode("utf-8")


def read_lines(data, name):
    """The values of JSON lines, each as long as it is when written without blanks."""
    refuse_unless(data is not None, "INCOMPLETE", "%s is missing" % name)
    refuse_unless(data == b"" or data.endswith(b"\n"), "BAD FORMAT", "%s ends within a line" % name)
    values = []
    for at, line in enumerate(data.split(b"\n")[:-1], 1):
        try:
            value = parse_json(line.decode("utf-8"))
            refuse_unless(isinstance(value, dict), "BAD FORMAT", "no object")
            refuse_unless(
                len(compact(value).encode("utf-8")) == len(line), "BAD FORMAT", "its form"
            )
        except (Problem, ValueError, OverflowError, RecursionError) as reason:
            raise Problem("BAD FORMAT", "line %d of %s: %s" % (at, name, reason)) from None
        values.append(value)
    return values
