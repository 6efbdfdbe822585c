"""Documents of one passage each with the act that they tell of, and an engine that reads them with the real name finder."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Database

from goalmap.classify.pipeline import FileResult, Settings
from goalmap.classify.proposals import Proposal
from goalmap.extract.extract import extract_names
from goalmap.ingest.document import Document, Kind, Passage
from goalmap.ingest.find import find
from goalmap.store.load import ingest

if TYPE_CHECKING:
    from spacy.language import Language

DATA = Path(__file__).parent / "activities"
HEAD = re.compile(r"^# (?P<act>[\w-]+) \| (?P<publisher>[^|]+) \| (?P<published>[^|]+) \| (?P<goals>.+)$", re.M)
FRAMEWORK = "purpose-goals"


@dataclass(frozen=True)
class Told:
    """One document of one passage."""

    act: str
    publisher: str
    published: str
    goals: tuple[str, ...]
    text: str


def told_in(name: str) -> tuple[Told, ...]:
    """The documents of one of the files in `activities`."""
    text = (DATA / name).read_text("utf-8")
    heads = list(HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return tuple(
        Told(
            head["act"],
            head["publisher"],
            head["published"],
            tuple(re.split(r",\s*", head["goals"].strip())),
            text[head.end() : end].strip(),
        )
        for head, end in zip(heads, ends, strict=True)
    )


class Reading:
    """An engine that finds names with the real rules and tagger, and proposes the goals that the document says."""

    def __init__(self, told: Iterable[Told], nlp: "Language") -> None:
        self.told = {f"{place:03}.txt": one for place, one in enumerate(told)}
        self.nlp = nlp

    def run(self, paths: Iterable[Path], settings: Settings) -> Iterator[tuple[Path, FileResult]]:
        for path in paths:
            yield path, self._result(path)

    def saved(self) -> None:
        """It holds nothing."""

    def _result(self, path: Path) -> FileResult:
        one = self.told[path.name]
        document = Document(
            str(path),
            title=one.text[:60],
            publisher=one.publisher,
            published=one.published,
            reader="text",
            passages=(Passage(0, Kind.BODY, one.text),),
            sha256=path.name,
        )
        proposals = tuple(
            Proposal(0, FRAMEWORK, goal, 0.9, rank, "ongoing", (), "As labelled.", "labels@1", None, None)
            for rank, goal in enumerate(one.goals, start=1)
        )
        return FileResult(document, extract_names(document, self.nlp), proposals, ())


def read_told(db: Database, folder: Path, told: tuple[Told, ...], nlp: "Language") -> dict[str, str]:
    """Bring the documents into a database; gives the act that each passage tells of."""
    engine = Reading(told, nlp)
    folder.mkdir(exist_ok=True)
    for name, one in engine.told.items():
        (folder / name).write_text(one.text, "utf-8")
    ingest(db, list(find([folder])), Settings(), engine)
    rows = db.execute("select p.id, d.path from passages p join documents d on d.id = p.document_id").fetchall()
    return {id: engine.told[Path(path).name].act for id, path in rows}
