"""What several test files share."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from goalmap.classify.pipeline import FileResult, Settings
from goalmap.classify.proposals import Candidate, Proposal
from goalmap.extract.names import Entity, EntityKind, Mention, Names, Span
from goalmap.extract.tagger.model import load_model
from goalmap.ingest.document import Document, Kind, Passage, Status
from goalmap.ingest.find import find
from goalmap.ingest.watch import Limits
from goalmap.store.database import open_database
from goalmap.store.ids import shown_path
from goalmap.store.load import Outcome, ingest
from goalmap.store.save import save_frameworks

if TYPE_CHECKING:
    from spacy.language import Language


MAP_ROWS = Path(__file__).parent / "data" / "activity_map.sql"


@pytest.fixture(scope="session")
def nlp() -> "Language":
    """The pinned model; a second to load, so once a session."""
    return load_model()


class ByHand:
    """An engine that needs no model: each line is a passage, #8 in it proposes goal 8, ~9 nearly proposes goal 9,
    @Amara_Nwosu names a person.

    A line such as `=== letter.txt` begins a file in the file, which goes on to the next such line.

    A file that begins with FAIL cannot be read; after `stop_after` files somebody presses Ctrl-C.
    """

    def __init__(self, stop_after: int | None = None) -> None:
        self.stop_after = stop_after
        self.read: list[str] = []

    def run(self, paths: Iterable[Path], settings: Settings) -> Iterator[tuple[Path, FileResult]]:
        for done, path in enumerate(paths):
            if done == self.stop_after:
                raise KeyboardInterrupt
            self.read.append(path.name)
            yield path, _by_hand(path, settings)


def _by_hand(path: Path, settings: Settings) -> FileResult:
    own, *parts = re.split(r"^=== (.+)$", path.read_text("utf-8"), flags=re.M)
    inside = tuple(
        _of_text(f"{path}/{name}", text, settings) for name, text in zip(parts[::2], parts[1::2], strict=True)
    )
    return replace(_of_text(str(path), own, settings), parts=inside)


def _of_text(path: str, text: str, settings: Settings) -> FileResult:
    if text.strip().startswith("FAIL"):
        return FileResult(Document(path, Status.FAILED, "The file made its reader crash."))
    lines = [line for line in text.splitlines() if line.strip()]
    passages = tuple(Passage(position, Kind.BODY, line) for position, line in enumerate(lines))
    document = Document(
        path,
        title=shown_path(Path(path).stem),
        publisher="Severnholme Trust",
        reader="text",
        passages=passages,
        sha256=hashlib.sha256(text.strip().encode()).hexdigest(),
    )
    proposals = (proposal for passage in passages for proposal in _proposals(passage, settings))
    candidates = (
        Candidate(passage.position, framework, code, 0.1)
        for passage in passages
        for framework in settings.frameworks
        for code in re.findall(r"~(\d+)", passage.text)
    )
    return FileResult(document, _names(passages), tuple(proposals), tuple(candidates))


def _proposals(passage: Passage, settings: Settings) -> Iterator[Proposal]:
    for framework in settings.frameworks:
        for rank, code in enumerate(re.findall(r"#(\d+)", passage.text), start=1):
            evidence = (match.span(),) if (match := re.search(r"\w+", passage.text)) else ()
            yield Proposal(
                passage.position, framework, code, 0.9, rank, "delivered", evidence, "By hand.", "hand@1", "9", 0.1
            )


def _names(passages: Iterable[Passage]) -> Names:
    found = [(passage.position, match) for passage in passages for match in re.finditer(r"@(\w+)", passage.text)]
    names = list(dict.fromkeys(match[1].replace("_", " ") for _, match in found))
    return Names(
        entities=tuple(Entity(EntityKind.PERSON, name) for name in names),
        mentions=tuple(
            Mention(names.index(match[1].replace("_", " ")), Span(position, *match.span()), match[0], "hand")
            for position, match in found
        ),
    )


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A new database in a file."""
    database = open_database(tmp_path / "goalmap.db", create=True)
    yield database
    database.close()


@pytest.fixture
def map_db(tmp_path: Path) -> Iterator[Database]:
    """A database with the rows of which activity maps are made."""
    with closing(open_database(tmp_path / "map.db", create=True)) as database:
        save_frameworks(database, ["purpose-goals"])
        database.conn.executescript(MAP_ROWS.read_text("utf-8"))
        yield database


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The folder that `ingest_files` reads."""
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


@pytest.fixture
def ingest_files(db: Database, files: Path) -> Callable[..., Outcome]:
    """Brings the folder into the database by an engine that needs no model."""

    def run(
        frameworks: tuple[str, ...] = (),
        engine: ByHand | None = None,
        folder: Path | None = None,
        limits: Limits | None = None,
        again: bool = False,
    ) -> Outcome:
        settings = Settings(frameworks, limits=limits or Limits())
        return ingest(db, find([folder or files]), settings, engine or ByHand(), again=again)

    return run


@pytest.fixture
def by_hand() -> type[ByHand]:
    return ByHand
