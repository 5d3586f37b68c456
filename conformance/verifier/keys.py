"""Public keys: which are fit, and what they signed. Here alone openssl is asked."""

import base64
import os
import subprocess
import tempfile

from .der import oid, tlv, whole
from .problem import Problem, refuse_unless, sha256

EC, RSA = oid("1.2.840.10045.2.1"), oid("1.2.840.113549.1.1.1")
CURVES = {
    oid("1.2.840.10045.3.1.7"): (
        "P-256",
        2**256 - 2**224 + 2**192 + 2**96 - 1,
        0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
        0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    ),
    oid("1.3.132.0.34"): (
        "P-384",
        2**384 - 2**128 - 2**96 + 2**32 - 1,
        0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
    ),
    oid("1.3.132.0.35"): (
        "P-521",
        2**521 - 1,
        0x0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00,
        0x01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409,
    ),
}
DIGESTS = {"sha256": oid("2.16.840.1.101.3.4.2.1"), "sha384": oid("2.16.840.1.101.3.4.2.2")}
# What a signer signs with, by the kind of key: name, digest, algorithm in the CMS.
PROFILES = {
    "P-256": ("ecdsa-p256-sha256", "sha256", tlv(0x30, oid("1.2.840.10045.4.3.2"))),
    "P-384": ("ecdsa-p384-sha384", "sha384", tlv(0x30, oid("1.2.840.10045.4.3.3"))),
    "RSA": ("rsa-sha256", "sha256", tlv(0x30, RSA, tlv(5))),
}


def kind_of_key(spki):
    """P-256, P-384, P-521 or RSA; a Problem for any key that is not one of these, or proves nothing."""
    try:
        algorithm, value = whole(spki).parts()
        name, *parameters = algorithm.parts()
        if name.raw == EC:
            refuse_unless(parameters[0].tag == 6, "BAD KEY", "its curve is spelt out, not named")
            curve = CURVES.get(parameters[0].raw)
            refuse_unless(curve, "UNSUPPORTED", "a key on another curve")
            label, p, b, _ = curve
            length = (p.bit_length() + 7) // 8
            point = value.body[1:]
            x, y = int.from_bytes(point[1 : 1 + length], "big"), int.from_bytes(
                point[1 + length :], "big"
            )
            good = len(point) == 1 + 2 * length and point[0] == 4 and x < p and y < p
            good = good and (y * y - x * x * x + 3 * x - b) % p == 0
            refuse_unless(good, "BAD KEY", "the point is not on the curve")
            return label
        refuse_unless(name.raw == RSA, "UNSUPPORTED", "a key of another kind")
        n, e = (
            int.from_bytes(part.body, "big", signed=True) for part in whole(value.body[1:]).parts()
        )
        refuse_unless(
            2048 <= n.bit_length() <= 8192 and n > 0 and n & 1,
            "BAD KEY",
            "RSA of %d bits" % n.bit_length(),
        )
        refuse_unless(e > 65536 and e & 1, "BAD KEY", "the exponent %d" % e)
        return "RSA"
    except (ValueError, IndexError):
        raise Problem("BAD KEY", "the key cannot be read") from None


def has_one_form(kind, value):
    """Of the two ECDSA values that are equally good the lower, in DER; any RSA value."""
    if kind == "RSA":
        return True
    order = next(curve[3] for curve in CURVES.values() if curve[0] == kind)
    try:
        r, s = (int.from_bytes(one.body, "big", signed=True) for one in whole(value).parts())
    except ValueError:
        return False
    if not 0 < r < order or not 0 < s <= order // 2:
        return False
    return value == tlv(0x30, *(tlv(2, n.to_bytes(n.bit_length() // 8 + 1, "big")) for n in (r, s)))


VERIFIED = {}
SCRATCH = tempfile.TemporaryDirectory(prefix="verify-")


def made_by(spki, digest, data, value):
    """Asks openssl whether the key made the signature `value` over `data`."""
    case = (spki, digest, sha256(data), value)
    if case not in VERIFIED:
        key, signature = os.path.join(SCRATCH.name, "key.pem"), os.path.join(SCRATCH.name, "value")
        with open(key, "wb") as out:
            out.write(
                b"-----BEGIN PUBLIC KEY-----\n%s-----END PUBLIC KEY-----\n"
                % base64.encodebytes(spki)
            )
        with open(signature, "wb") as out:
            out.write(value)
        command = ["openssl", "dgst", "-" + digest, "-verify", key, "-signature", signature]
        ran = subprocess.run(
            command, input=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        VERIFIED[case] = ran.returncode == 0
    return VERIFIED[case]
