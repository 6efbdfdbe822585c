"""Decisions as a REFI-QDA project: what programs for qualitative analysis need to find in it."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from sqlite_utils import Database

from goalmap.store.database import immediate
from goalmap.store.decisions import Answer
from goalmap.store.exchange.codebook import colour
from goalmap.store.exchange.plain_text import clean, joined
from goalmap.store.exchange.project import Wanted, write_project
from goalmap.store.ledgers import Record

QDA = "{urn:QDA-XML:project:1.0}"
EIGHT, NINE = "purpose-goals/8", "purpose-goals/9"
LINES = (
    "We opened a 😀 clinic for three thousand patients in the old town hall #8",
    "Our shop <b>sells</b> furniture & lamps that people made again “from” wood #9 #8",
    "A third line that nobody decided on, with \u0301combining marks #12",
)
HOSTILE = 'Re: <"A/B"> & co: "x" ]]> \\ ? * | \u202e '


class Project:
    """A project file as another program reads it."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as file:
            self.names = file.namelist()
            self.times = {member.date_time for member in file.infolist()}
            self.texts = {name: file.read(name).decode() for name in self.names if name.endswith(".txt")}
            self.root = ET.fromstring(file.read("project.qde"))

    def all(self, name: str) -> list[ET.Element]:
        return list(self.root.iter(QDA + name))

    def name_of(self, guid: str | None) -> str:
        (name,) = (one.attrib["name"] for one in self.root.iter() if one.get("guid") == guid and "name" in one.attrib)
        return name

    def selections(self) -> list[tuple[str, ET.Element]]:
        """Each selection with the text that it selects."""
        found = []
        for source in self.all("TextSource"):
            text = self.texts["sources/" + source.attrib["plainTextPath"].removeprefix("internal://")]
            for one in source.iter(f"{QDA}PlainTextSelection"):
                found.append((text[int(one.attrib["startPosition"]) : int(one.attrib["endPosition"])], one))
        return found

    def codings(self) -> set[tuple[str, str, str]]:
        """What each selection is coded with, and by whom."""
        return {
            (text, self.name_of(one.find(f"{QDA}CodeRef").get("targetGUID")), self.name_of(one.get("creatingUser")))  # type: ignore[union-attr]
            for text, selection in self.selections()
            for one in selection.iter(f"{QDA}Coding")
        }


@pytest.fixture
def decided(db: Database, files: Path, ingest_files: Callable[..., object]) -> Database:
    (files / "a.txt").write_text("\n".join(LINES))
    (files / "b.txt").write_text("The second document has one line on buses that run on Sundays #4")
    ingest_files()
    ids = [id for (id,) in db.execute("select id from passages order by document_id, position").fetchall()]
    texts = {text: id for id, text in db.execute("select id, text from passages").fetchall()}
    first, second = texts[LINES[0]], texts[LINES[1]]
    assert len(ids) == 4
    answers = {
        (first, EIGHT): Answer("accepted", EIGHT, "delivered", True, "well told\x00 & done", "Ann"),
        (second, NINE): Answer("changed", "purpose-goals/12", "delivered", reviewer="Bob"),
        (second, EIGHT): Answer("rejected", EIGHT, reviewer="Bob"),
    }
    with immediate(db):
        Record().add(db, answers, "browser")
        db.execute("update documents set title = ?", [HOSTILE])
    return db


@pytest.fixture
def written(decided: Database, tmp_path: Path) -> Callable[..., Project]:
    def write(**wanted: bool) -> Project:
        write_project(decided, tmp_path / "p.qdpx", Wanted(**wanted))
        return Project(tmp_path / "p.qdpx")

    return write


def test_each_selection_is_exactly_its_passage_and_is_coded_with_its_goal(written: Callable[..., Project]) -> None:
    assert written().codings() == {
        (LINES[0], "8 Good health and wellbeing", "Ann"),
        (LINES[0], "Delivered", "Ann"),
        (LINES[0], "Best practice", "Ann"),
        (LINES[1], "12 Building homes and sustainable communities", "Bob"),
        (LINES[1], "Delivered", "Bob"),
    }


def test_a_document_without_decisions_is_left_out_unless_its_proposals_are_wanted(
    written: Callable[..., Project],
) -> None:
    assert len(written().all("TextSource")) == 1
    proposed = written(proposals=True)
    assert len(proposed.all("TextSource")) == 2
    assert {who for text, _, who in proposed.codings() if text not in LINES[:2]} == {"goalmap"}
    assert [one.attrib["name"] for one in proposed.all("User")] == ["Ann", "Bob", "goalmap"]


def test_what_was_rejected_is_there_only_when_it_is_wanted(written: Callable[..., Project]) -> None:
    rejected = {code for _, code, _ in written(rejected=True).codings()} - {code for _, code, _ in written().codings()}
    assert rejected == {"Rejected"}


def test_identifiers_and_names_are_there_once_and_whatever_is_referred_to_is_there(
    written: Callable[..., Project],
) -> None:
    project = written(proposals=True, rejected=True)
    guids = [one.attrib["guid"] for one in project.root.iter() if "guid" in one.attrib]
    assert len(guids) == len(set(guids))
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", guid) for guid in guids)
    referred = {
        one.attrib[name] for one in project.root.iter() for name in ("targetGUID", "creatingUser") if name in one.attrib
    }
    assert referred <= set(guids)
    for sort in ("Code", "TextSource", "User"):
        names = [one.attrib["name"].casefold() for one in project.all(sort)]
        assert len(names) == len(set(names))
    assert set(project.names) == {"project.qde", *project.texts}
    colours = [one.attrib["color"] for one in project.all("Code") if one.get("isCodable") == "true"]
    assert len(colours) == len(set(colours))


def test_a_name_is_one_that_a_file_can_have(written: Callable[..., Project]) -> None:
    for source in written(proposals=True).all("TextSource"):
        assert not re.search(r'[<>:"/\\|?*\n\t]', source.attrib["name"])


@pytest.mark.sqlite_only("PostgreSQL keeps no NUL")
def test_notes_and_what_was_said_stand_with_the_selection(written: Callable[..., Project]) -> None:
    project = written()
    (note,) = project.all("Note")
    assert note.findtext(f"{QDA}PlainTextContent") == "well told & done"
    told = {text: selection.findtext(f"{QDA}Description") for text, selection in project.selections()}
    assert told == {
        LINES[0]: "8 Good health and wellbeing: accepted; delivered; best practice; well told & done",
        LINES[1]: "9 Extending enterprise: changed to 12 Building homes and sustainable communities; delivered",
    }
    times = [one.attrib["creationDateTime"] for one in project.all("Coding")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", time) for time in times)


def test_documents_carry_their_publisher(written: Callable[..., Project]) -> None:
    project = written()
    values = {
        project.name_of(value[0].get("targetGUID")): value.findtext(f"{QDA}TextValue")
        for value in project.all("VariableValue")
    }
    assert values == {"Publisher": "Severnholme Trust", "File": "a.txt"}


def test_elements_stand_in_the_order_that_the_standard_asks_for(written: Callable[..., Project]) -> None:
    project = written(proposals=True)
    order = ["Users", "CodeBook", "Variables", "Sources", "Notes"]
    assert [one.tag.removeprefix(QDA) for one in project.root] == order
    for selection in project.all("PlainTextSelection"):
        tags = [one.tag.removeprefix(QDA) for one in selection]
        assert tags == sorted(tags, key=["Description", "Coding", "NoteRef"].index)


def test_the_same_database_gives_the_same_bytes(decided: Database, tmp_path: Path) -> None:
    for name in ("one.qdpx", "two.qdpx"):
        write_project(decided, tmp_path / name, Wanted(True, True))
    assert (tmp_path / "one.qdpx").read_bytes() == (tmp_path / "two.qdpx").read_bytes()
    assert Project(tmp_path / "one.qdpx").times == {(1980, 1, 1, 0, 0, 0)}


def test_a_decision_on_a_passage_that_is_gone_stands_behind_its_document(
    decided: Database, files: Path, ingest_files: Callable[..., object], tmp_path: Path
) -> None:
    (files / "a.txt").write_text("\n".join(LINES[1:]))
    ingest_files()
    write_project(decided, tmp_path / "p.qdpx", Wanted())
    project = Project(tmp_path / "p.qdpx")
    assert LINES[0] in {text for text, _, _ in project.codings()}
    (text,) = (text for text in project.texts.values() if LINES[0] in text)
    assert text.endswith(LINES[0])


def test_a_database_without_decisions_gives_a_codebook(
    db: Database, files: Path, ingest_files: Callable[..., object], tmp_path: Path
) -> None:
    (files / "a.txt").write_text(LINES[0])
    ingest_files(("purpose-goals", "purpose-goals-15", "un-sdgs"))
    assert write_project(db, tmp_path / "p.qdpx", Wanted()) == 0
    codes = [one.attrib["name"].casefold() for one in Project(tmp_path / "p.qdpx").all("Code")]
    assert len(codes) == len(set(codes)) > 200


def test_places_are_counted_in_the_text_as_it_is_written() -> None:
    texts = ("one\r\ntwo\rthree\x0bfour\u2028five", "\x00\x1b\ud800six\ufffe", "", "😀 seven")
    text = joined({"id": str(number), "text": one} for number, one in enumerate(texts))
    assert [text.text[slice(*text.places[str(number)])] for number in range(4)] == [
        "one\ntwo\nthree\nfour\nfive",
        "six",
        "",
        "😀 seven",
    ]
    assert "\r" not in text.text
    ET.fromstring(f"<a>{clean('a' + chr(0) + chr(0x85) + chr(0xFFFF))}</a>")


def test_colours_of_many_codes_differ() -> None:
    assert len({colour(number) for number in range(300)}) == 300
