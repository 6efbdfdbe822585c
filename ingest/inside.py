"""The bytes of a file that lies in another: an e-mail's attachment, a member of an archive."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import PurePath

from goalmap.ingest.errors import ReadProblem
from goalmap.ingest.readers import reader_for
from goalmap.ingest.watch import Watch

NOT_INSIDE = "The file is not found in the one that it was read from."


def bytes_inside(path: PurePath, data: bytes, contents: Sequence[str], watch: Watch) -> bytes:
    """What lies in a file's bytes: `contents` has the hash of each file on the way in. Raises ReadProblem."""
    for content in contents:
        data = _part(path, data, content, watch)
        path = PurePath(content)
        watch = watch.inside(content)
    return data


def _part(path: PurePath, data: bytes, content: str, watch: Watch) -> bytes:
    for part in reader_for(path, data).read(data, watch).parts:
        if not watch.budget.take_part():
            break
        with suppress(ReadProblem):
            held = part.load()
            if hashlib.sha256(held).hexdigest() == content:
                return held
    raise ReadProblem(NOT_INSIDE)
