"""One file in, one document out: the way from bytes to passages, problems kept as data."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from goalmap.ingest import furniture, metadata, passages
from goalmap.ingest.clean import clean
from goalmap.ingest.document import Document, Reading, Status
from goalmap.ingest.errors import NoText, ReadProblem, Refused
from goalmap.ingest.readers import Reader, reader_for

MAX_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may ask of the machine."""

    max_bytes: int = MAX_BYTES


def read_document(path: Path, limits: Limits | None = None) -> Document:
    """The document in a file; a file that cannot be read is a document with a status and a reason, never an error."""
    try:
        data = read_bytes(path, limits or Limits())
        return document_of(path, data)
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
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        info = os.fstat(file.fileno())
        if not stat.S_ISREG(info.st_mode):
            raise Refused("Not a regular file.")
        if info.st_size > limits.max_bytes:
            raise Refused(
                f"The file has {info.st_size / 1e6:,.0f} MB; the limit is {limits.max_bytes / 1e6:,.0f} MB. Split it, or raise --max-mb."
            )
        if info.st_size == 0:
            raise NoText("The file is empty.")
        return file.read()


def document_of(path: Path, data: bytes) -> Document:
    """The document in these bytes. Raises ReadProblem."""
    reader = reader_for(path, data)
    reading = reader.read(data)
    cut = passages.cut(furniture.mark(reading.blocks))
    if not cut:
        raise NoText("The file holds no text.")
    described, kind = metadata.describe(path, reading.metadata, cut, reader.name)
    return Document(
        path=str(path),
        status=Status.PARTIAL if reading.problem else Status.OK,
        problem=_problem(path, reader, reading),
        title=described.title,
        publisher=described.publisher,
        published=described.published,
        kind=kind,
        media_type=reader.media_type,
        language=described.language,
        pages=reading.pages,
        reader=reader.name,
        passages=cut,
    )


def _problem(path: Path, reader: Reader, reading: Reading) -> str | None:
    misnamed = path.suffix and path.suffix.casefold() not in reader.suffixes
    note = f"The name ends in {path.suffix}, the content is {reader.media_type}; read as that." if misnamed else None
    return " ".join(part for part in (reading.problem, note) if part) or None
