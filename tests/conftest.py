"""What several test files share."""

import hashlib
import os
import re
import shutil
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from sqlite_utils import Database

from goalmap.classify.pipeline import FileResult, Settings
from goalmap.classify.proposals import Candidate, Proposal
from goalmap.extract import memory
from goalmap.extract.memory import Forgetful
from goalmap.extract.names import Entity, EntityKind, Mention, Names, Span
from goalmap.extract.tagger.model import load_model
from goalmap.ingest.document import Document, Kind, Passage, Status
from goalmap.ingest.find import find
from goalmap.ingest.watch import Limits
from goalmap.store import database as databases
from goalmap.store.database import open_database
from goalmap.store.ids import shown_path
from goalmap.store.load import Outcome, ingest
from goalmap.store.loading.save import save_frameworks
from goalmap.store.postgres.address import Address, Place
from tests import postgres_server

if TYPE_CHECKING:
    from spacy.language import Language

    from tests.reader import Reader


# How long an example takes says more of the machine than of the code. The same tree is tried with the same examples, so that a
# change is blamed for what it did; make further tries others.
hypothesis.settings.register_profile("further", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("same", hypothesis.settings.get_profile("further"), derandomize=True)
hypothesis.settings.load_profile("same")

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

    def saved(self) -> None:
        """It holds nothing."""


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


def pytest_configure() -> None:
    """A shell that starts tests in the background has them deaf to Ctrl-C, and the programs that they start."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """What a page shows is waited for longer than Playwright would: the machine may be busy."""
    if item.get_closest_marker("browser"):
        from playwright.sync_api import expect

        expect.set_options(timeout=60_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--store",
        choices=("sqlite", "postgres"),
        default=os.environ.get("GOALMAP_TEST_STORE", "sqlite"),
        help="where the databases of tests are",
    )


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgres_server.Server]:
    """A PostgreSQL server of our own, or no test."""
    if reason := postgres_server.why_there_is_none():
        pytest.skip(reason)
    with postgres_server.server() as running:
        yield running


ON_FILES = {
    "_datasette": "Datasette reads files",
    "_browse": "the pages in the browser are of files",
    "_browser": "the pages in the browser are of files",
    "_serve": "Datasette reads files",
    "_postgres": "it is on PostgreSQL as it is",
    "_memory": "passages are remembered in a file",
    "_speed": "times are compared with those of files",
    "_faults": "other processes open the file",
    "_under_load": "other processes open the file",
}
"""Parts of the names of test files that are about files of SQLite, with the reason."""


def _why_on_sqlite(request: pytest.FixtureRequest) -> str | None:
    """Why a test says nothing of PostgreSQL."""
    mark = request.node.get_closest_marker("sqlite_only")
    told = (reason for part, reason in ON_FILES.items() if part in request.path.stem)
    return str(mark.args[0]) if mark else next(told, None)


MADE_ANEW = ("test_store_database", "test_crashes")
"""The test files that are about how a database is made."""


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without documents. To copy it takes a fifteenth of the time of making one."""
    path = tmp_path_factory.mktemp("empty") / "store.db"
    open_database(path, create=True).close()
    return path


@contextmanager
def _copies_of(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where a test makes a database in a file, it gets a copy of the empty one."""
    connect_there = databases.connect
    empty: Path = request.getfixturevalue("empty_store")

    def connect(place: Place) -> Database:
        if isinstance(place, Path) and not place.exists():
            shutil.copyfile(empty, place)
        return connect_there(place)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(databases, "connect", connect)
        yield


@pytest.fixture(autouse=True)
def _stores_on_postgres(request: pytest.FixtureRequest) -> Iterator[None]:
    """With --store postgres, what a test opens as a file is a database on PostgreSQL; the file only stands for it."""
    if request.config.getoption("--store") == "sqlite":
        with _copies_of(request) if request.path.stem not in MADE_ANEW else nullcontext():
            yield
        return
    if reason := _why_on_sqlite(request):
        pytest.skip(f"SQLite only: {reason}")
    server: postgres_server.Server = request.getfixturevalue("postgres")
    made: set[str] = set()
    connect_there = databases.connect

    def connect(place: Place) -> Database:
        if isinstance(place, Address) or (place.exists() and place.stat().st_size):
            return connect_there(place)
        name = server.name_for(place)
        if name not in made or not place.exists():
            server.drop(name)
            server.create(name)
            made.add(name)
            place.touch()
        return connect_there(server.address(name))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(databases, "connect", connect)
        yield
    for name in made:
        server.drop(name)


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
def reader(tmp_path: Path) -> "Iterator[Reader]":
    """Ann's browser at a database of the stories."""
    from tests.reader import Reader
    from tests.stories import make_database

    make_database(tmp_path / "review.db").close()
    reader = Reader(tmp_path / "review.db")
    yield reader
    reader.db.close()


@pytest.fixture
def nothing_remembered() -> Iterator[None]:
    """The memory of passages, empty before and after."""
    memory.forget()
    yield
    memory.use(Forgetful())
    memory.forget()


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
