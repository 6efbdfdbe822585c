"""One file in, one document out: the way from bytes to passages, problems kept as data."""

import hashlib
import os
import stat
from collections.abc import Callable, Container, Sequence
from itertools import accumulate
from pathlib import Path, PurePath

from goalmap.ingest import metadata, passages
from goalmap.ingest.clean import clean
from goalmap.ingest.document import Document, Part, Passage, Reading, Status
from goalmap.ingest.errors import NoText, ReadProblem, Refused
from goalmap.ingest.furniture import marking
from goalmap.ingest.languages import main_language, tagged
from goalmap.ingest.likeness import signature
from goalmap.ingest.packages import numbered
from goalmap.ingest.readers import Reader, reader_for
from goalmap.ingest.watch import MEGABYTE, Limits, Watch

OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""What was a file a moment ago may be a link or a pipe now: do not follow it, do not wait for it."""
FATAL = "Reading it ended its worker: it takes too long, or more memory than the limit. Open it in its own program and save it again."
LONGEST_NAME = 200
LONGEST_SUFFIX = 10
"""Characters of a part's name, and of the suffix in it, that are kept."""


def read_document(path: Path, watch: Watch | None = None) -> Document:
    """The document in a file; a file that cannot be read is a document with a status and a reason, never an error."""
    watch = watch or Watch.over()
    return attempt(path, lambda: read_bytes(path, watch.limits), watch)


def attempt(path: PurePath, load: Callable[[], bytes], watch: Watch) -> Document:
    """The document in the bytes that are loaded, whatever becomes of it."""
    try:
        return document_of(path, load(), watch)
    except ReadProblem as problem:
        return Document(str(path), Status(problem.status), str(problem))
    except OSError as error:
        return Document(str(path), Status.FAILED, f"The file cannot be opened: {error.strerror or error}.")
    except Exception as error:  # a parser may raise anything on a file made to break it; the run goes on
        return Document(
            str(path),
            Status.FAILED,
            f"The file is damaged or of an unknown make ({type(error).__name__}: {clean(str(error))[:200]}).",
        )


def read_bytes(path: Path, limits: Limits) -> bytes:
    """A regular file's bytes, links not followed. Raises NoText, Refused or OSError."""
    with os.fdopen(os.open(path, OPEN), "rb") as file:
        info = os.fstat(file.fileno())
        if not stat.S_ISREG(info.st_mode):
            raise Refused("Not a regular file.")
        if info.st_size > limits.max_bytes:
            raise Refused(
                f"The file has {info.st_size / MEGABYTE:,.0f} MB; the limit is {limits.max_bytes / MEGABYTE:,.0f} MB. Split it, or raise --max-mb."
            )
        if info.st_size == 0:
            raise NoText("The file is empty.")
        return file.read()


def document_of(path: PurePath, data: bytes, watch: Watch) -> Document:
    """The document in these bytes, and those inside it. Raises ReadProblem."""
    reader = reader_for(path, data)
    if not watch.may_read("text"):
        raise ReadProblem(FATAL)
    reading = reader.read(data, watch)
    cut, too_long = _within(watch.limits, tagged(passages.cut(marking.mark(reading.blocks))))
    parts, lost = _parts(path, reading, watch)
    if not cut and not parts and not lost:
        raise NoText("The file holds no text.")
    described, kind = metadata.describe(path, reading.metadata, cut, reader.name)
    problem = _joined(reading.problem, too_long, lost)
    return Document(
        path=str(path),
        status=Status.PARTIAL if problem else Status.OK,
        problem=_joined(problem, reading.note, _misnamed(path, reader)),
        title=described.title,
        publisher=described.publisher,
        published=described.published,
        kind=kind,
        media_type=reader.media_type,
        language=main_language(cut) or described.language,
        pages=reading.pages,
        reader=reader.name,
        passages=cut,
        signature=signature(cut),
        sha256=hashlib.sha256(data).hexdigest(),
        parts=parts,
    )


def _within(limits: Limits, cut: Sequence[Passage]) -> tuple[tuple[Passage, ...], str | None]:
    """The passages up to the limit on a document's text, and what is to be said of the rest."""
    reached = list(accumulate(len(passage.text) for passage in cut))
    kept = sum(total <= limits.max_characters for total in reached)
    if kept == len(cut):
        return tuple(cut), None
    return tuple(cut[:kept]), (
        f"The text is longer than {limits.max_characters:,} characters; the last {len(cut) - kept} of {len(cut)} passages are left out."
    )


def _joined(*notes: str | None) -> str | None:
    return " ".join(filter(None, notes)) or None


def _misnamed(path: PurePath, reader: Reader) -> str | None:
    if not path.suffix or path.suffix.strip().casefold() in reader.suffixes:
        return None
    return f"The name ends in {path.suffix}, the content is {reader.media_type}; read as that."


# Parts


def _parts(path: PurePath, reading: Reading, watch: Watch) -> tuple[tuple[Document, ...], str | None]:
    """The documents inside the file, and what is to be said of those that were not read."""
    documents: dict[str, Document] = {}
    try:
        for part in reading.parts:
            if watch.depth >= watch.limits.max_depth:
                return (), f"The files in it lie more than {watch.limits.max_depth} deep and are not read."
            if not watch.budget.take_part():
                raise Refused(f"The files in it are more than {watch.limits.max_parts:,}.")
            name = _name_of(part, documents)
            documents[name] = _part(path, name, part, watch)
    except ReadProblem as problem:
        return tuple(documents.values()), f"Read as far as its file {len(documents)}. {problem}"
    return tuple(documents.values()), None


def _part(path: PurePath, name: str, part: Part, watch: Watch) -> Document:
    place = PurePath(f"{path}/{name}")
    return attempt(place, part.load, watch.inside(name))


def _name_of(part: Part, taken: Container[str]) -> str:
    """A part's name, fit to stand at the end of a path, other than those taken."""
    steps = (shortened(clean(step)) for step in part.name.replace("\\", "/").split("/"))
    return numbered("/".join(step for step in steps if step not in ("", ".", "..")) or "unnamed", taken)


def shortened(name: str) -> str:
    """A name that a file system would take, its suffix kept."""
    suffix = PurePath(name).suffix[:LONGEST_SUFFIX]
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - len(suffix)] + suffix
