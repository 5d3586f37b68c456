#!/usr/bin/env python3
"""A second verifier of exhibita's bundles and reports, written from docs/bundle-spec.md alone.

It shares no line with the program that makes bundles. It needs Python 3.9 and the `openssl` command,
which it asks for one thing only: whether a public key made a signature. Check ids, verdicts, words and
exit codes are those of the specification: 0 passed, 4 failed, 5 indeterminate, 2 no such file or usage.

    verify.py FILE... [--root PEM]... [--against PATH]... [--anchor BUNDLE] [--at TIME]
              [--require-time] [--json]
"""

import argparse
import datetime
import json
import sys

sys.dont_write_bytecode = True

from verifier.certificates import read_pem
from verifier.checks import read_anchor, verify
from verifier.problem import Problem


def parse_instant(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(
        tzinfo=datetime.timezone.utc
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", metavar="FILE", help="bundle or signed report")
    parser.add_argument(
        "--root",
        action="append",
        default=[],
        metavar="PEM",
        help="certificate of a trusted authority",
    )
    parser.add_argument(
        "--against",
        action="append",
        default=[],
        metavar="PATH",
        help="a source, or a folder of sources",
    )
    parser.add_argument("--anchor", metavar="BUNDLE", help="another bundle of the same case")
    parser.add_argument(
        "--at", type=parse_instant, metavar="TIME", help="judge certificates at this instant"
    )
    parser.add_argument(
        "--require-time",
        action="store_true",
        help="a time that only the signer claims is not enough",
    )
    parser.add_argument("--json", action="store_true", help="one document a line for each file")
    options = parser.parse_args()
    options.now, exits = datetime.datetime.now(datetime.timezone.utc), set()
    try:
        options.roots = [one for path in options.root for one in read_pem(open(path, "rb").read())]
    except (OSError, ValueError) as reason:
        parser.error("--root: %s" % reason)
    try:
        options.journal = read_anchor(options.anchor, options)
    except (OSError, Problem) as reason:
        print("--anchor: %s" % reason, file=sys.stderr)
        return 4 if isinstance(reason, Problem) else 2
    for path in options.files:
        try:
            result = verify(path, options)
        except OSError as reason:
            print("%s: %s" % (path, reason.strerror), file=sys.stderr)
            exits.add(2)
            continue
        exits.add({"passed": 0, "failed": 4, "indeterminate": 5}[result["verdict"]])
        if options.json:
            print(json.dumps(result), flush=True)
        else:
            for check in result["checks"]:
                print("%-13s %-10s %s" % (check["outcome"], check["id"], check["detail"]))
            print("%s: %s" % (result["verdict"], path))
    return next(code for code in (2, 4, 5, 0) if code in exits)


if __name__ == "__main__":
    sys.exit(main())
