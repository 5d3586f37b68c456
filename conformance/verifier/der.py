"""DER: written, and read where it is what would be written (X.690)."""

import datetime


def tlv(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    if size < 128:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 128 | len(length)]) + length + body


def oid(text):
    first, second, *rest = map(int, text.split("."))
    out = [40 * first + second]
    for arc in rest:
        septets = [arc & 127]
        while arc := arc >> 7:
            septets.insert(0, 128 | arc & 127)
        out += septets
    return tlv(6, bytes(out))


class Der:
    """One DER element; `raw` is all of it, `body` its content."""

    def __init__(self, data, at=0):
        if len(data) < at + 2 or data[at] & 31 == 31:
            raise ValueError("DER")
        self.tag, size, start = data[at], data[at + 1], at + 2
        if size > 127:
            count = size & 127
            size = int.from_bytes(data[start : start + count], "big")
            start += count
            if not 1 <= count <= 4 or len(data) < start:
                raise ValueError("DER")
        self.end = start + size
        if self.end > len(data):
            raise ValueError("DER")
        self.raw, self.body = data[at : self.end], data[start : self.end]
        if tlv(self.tag, self.body) != self.raw:
            raise ValueError("DER")

    def parts(self):
        found, at = [], 0
        while at < len(self.body):
            found.append(Der(self.body, at))
            at = found[-1].end
        return found


def whole(data):
    element = Der(data)
    if element.end != len(data):
        raise ValueError("DER")
    return element


def moment(element):
    form = {0x17: "%y%m%d%H%M%SZ", 0x18: "%Y%m%d%H%M%SZ"}[element.tag]
    return datetime.datetime.strptime(element.body.decode("ascii"), form).replace(
        tzinfo=datetime.timezone.utc
    )


def time_der(when):
    if 1950 <= when.year < 2050:
        return tlv(0x17, when.strftime("%y%m%d%H%M%SZ").encode())
    return tlv(0x18, b"%04d" % when.year, when.strftime("%m%d%H%M%SZ").encode())
