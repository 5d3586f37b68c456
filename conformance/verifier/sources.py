"""Sources at hand: in the bundle, or named by the person verifying."""

import io
import os
import zipfile
import zlib

from .problem import MAX_MEMBER, Problem, refuse_unless, sha256


class Sources:
    """Bytes of artifacts, by their digest, in the bundle and in what the person verifying names."""

    def __init__(self, artifacts, entries, paths):
        self.artifacts = {one.get("number"): one for one in artifacts}
        self.wanted = {one.get("sha256") for one in artifacts}
        self.sizes = {one.get("size") for one in artifacts}
        self.held, self.read = {}, {}
        for artifact in artifacts:
            if artifact.get("file") in entries:
                data = entries[artifact["file"]]
                self.hold(
                    member_of(data, artifact["fileEntry"]) if "fileEntry" in artifact else data
                )
        for path in paths:
            for folder, _, files in (
                os.walk(path)
                if os.path.isdir(path)
                else [(os.path.dirname(path), 0, [os.path.basename(path)])]
            ):
                for name in files:
                    self.look_at(os.path.join(folder, name))

    def look_at(self, path):
        if os.path.isfile(path) and os.path.getsize(path) in self.sizes:
            with open(path, "rb") as file:
                self.hold(file.read())

    def hold(self, data):
        if data is not None and sha256(data) in self.wanted:
            self.held[sha256(data)] = data

    def bytes_of(self, number, entry):
        """Bytes a locator points into; None where no source is at hand."""
        if (number, entry) not in self.read:
            artifact = self.artifacts.get(number, {})
            members = [
                one
                for one in self.artifacts.values()
                if entry is not None
                and one.get("container") == number
                and one.get("entry") == entry
            ]
            data = next(
                (self.held[one["sha256"]] for one in members if one.get("sha256") in self.held),
                None,
            )
            if data is None:
                data = self.held.get(artifact.get("sha256"))
                data = member_of(data, entry) if data is not None and entry is not None else data
            self.read[number, entry] = data
        return self.read[number, entry]


def member_of(data, name):
    """An entry of a source archive, as long as it says and no longer than `MAX_MEMBER`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [one for one in archive.infolist() if one.filename == name]
            refuse_unless(
                len(found) == 1 and found[0].file_size <= MAX_MEMBER,
                "ALTERED",
                "no entry %s in the source" % name,
            )
            with archive.open(found[0]) as entry:
                return entry.read(found[0].file_size)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        raise Problem("ALTERED", "the source archive cannot be read") from None
