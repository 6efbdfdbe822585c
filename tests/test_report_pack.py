"""Evidence packs: what stands behind an initiative and a goal, for one page."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdfium2 import PdfDocument
from sqlite_utils import Database

from goalmap.classify.engines import Serial
from goalmap.classify.pipeline import Settings
from goalmap.cli import main
from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.ingest.find import find as find_files
from goalmap.report.draft.files import write_draft
from goalmap.report.draft.lock import locked
from goalmap.report.draft.model import Card, Draft, Fact, Quote, Table, Words, runs_of
from goalmap.report.reports import pack as packs
from goalmap.store.database import open_database
from goalmap.store.load import ingest
from tests import office
from tests.decided import decide_from
from tests.drafts import uncited
from tests.dumping import place_of

TODAY = "2025-06-01"
GOLD = Path(__file__).parent / "data" / "gold"
SUFFIXES = (".html", ".docx", ".md", ".csv", ".xlsx", ".json")


@pytest.fixture
def db(map_db: Database) -> Database:
    """The map's documents, with a director who speaks of the initiative."""
    map_db.conn.executescript("""
        insert into passages (id, document_id, position, kind, text) values ('q1', 'd1', 20, 'quote',
          'Amara Nwosu, Director of Marlow College, said: “Doors Open is the best thing that this town has done in years.”');
        insert into entities (id, kind, name, aliases) values ('e9', 'person', 'Amara Nwosu', '[]');
        insert into mentions (id, entity_id, passage_id, surface, start, "end") values
          ('m8', 'e9', 'q1', 'Amara Nwosu', 0, 11), ('m9', 'e1', 'q1', 'Doors Open', 48, 58);
        insert into roles (id, person_id, title, organisation_id, former, as_of, passage_id) values
          ('r1', 'e9', 'Director', 'e3', 0, '2024-02-12', 'q1');
        insert into quotations (id, speaker_id, passage_id, start, "end", kind) values ('u1', 'e9', 'q1', 47, 111, 'direct');
    """)
    return map_db


def pack_of(db: Database, name: str = "Doors Open", goal: str | None = None) -> Draft:
    shelf = packs.find_shelf(db, TODAY, goal)
    return locked(db, packs.pack(shelf, packs.by_initiative(shelf, name)))


def told(draft: Draft) -> str:
    return " ".join(getattr(run, "text", "") for run in draft.runs)


def facts(draft: Draft) -> dict[str, str]:
    (card,) = (block for section in draft.sections for block in section.blocks if isinstance(block, Card))
    return {name: " ".join(getattr(run, "text", "") for run in runs) for name, runs in card.facts}


def test_a_pack_tells_what_it_is_how_far_for_which_goal_with_which_figures(db: Database) -> None:
    draft = pack_of(db, goal="5")
    assert draft.subtitle == "Evidence for 5 Open recruitment (Purpose Goals 2022)"
    assert "Doors Open guarantees an interview" in told(draft)
    (card,) = (block for section in draft.sections for block in section.blocks if isinstance(block, Card))
    assert "Delivered" in [badge.text for badge in card.badges]
    (table,) = (block for section in draft.sections for block in section.blocks if isinstance(block, Table))
    assert "212" in " ".join(getattr(run, "text", "") for run in runs_of(table))


def test_a_pack_quotes_people_with_their_dated_posts(db: Database) -> None:
    (quote,) = (block for section in pack_of(db).sections for block in section.blocks if isinstance(block, Quote))
    assert quote.words.text == "“Doors Open is the best thing that this town has done in years.”"
    assert quote.words.by == "Amara Nwosu, Director, Marlow College (as of 12 February 2024)"


def test_everything_in_a_pack_is_cited_and_every_passage_of_it_stands_at_the_end(db: Database) -> None:
    draft = pack_of(db)
    assert not uncited(db, draft)
    assert {"p1", "q1"} <= set(draft.passages)


def test_reviewed_activities_come_before_proposals_and_proposals_are_marked(db: Database) -> None:
    assert not pack_of(db, goal="5").notices
    proposed = pack_of(db, goal="3")
    assert proposed.notices[0].kind == "warning"
    assert {run.proposed for run in proposed.runs if isinstance(run, Fact | Words)} == {True}


def test_a_part_of_a_name_is_enough_where_it_is_the_only_one(db: Database) -> None:
    assert pack_of(db, "doors").title == "Doors Open"
    with pytest.raises(UnknownName, match="Doors Open"):
        pack_of(db, "Windows")


def test_a_goal_that_an_initiative_does_not_serve_is_answered_with_those_that_it_does(db: Database) -> None:
    with pytest.raises(NotFound, match=r"It serves: .*5 Open recruitment"):
        pack_of(db, goal="13")


def test_an_activity_without_an_initiative_has_a_pack_by_its_id(db: Database) -> None:
    shelf = packs.find_shelf(db, TODAY)
    (solar,) = (one for one in shelf.evidence.reviewed if one.main.passage_id == "p5")
    assert packs.by_activity(shelf, solar.id).activities == (solar,)
    with pytest.raises(NotFound, match="report map"):
        packs.by_activity(shelf, "nothing")


def test_a_pack_is_the_same_bytes_twice_in_every_form(db: Database, tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        for name in ("one", "two"):
            write_draft(pack_of(db), tmp_path / f"{name}{suffix}")
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


# The command


def goalmap(db: Database, *arguments: object) -> Result:
    path = place_of(db)
    return CliRunner().invoke(main, ["report", *map(str, arguments), "--db", path, "--date", TODAY])


HOSTILE = "../../<script>alert(1)</script> =cmd() \u202eabc\x07 " + "long " * 100


def test_all_packs_are_written_into_a_folder_under_names_that_any_disk_takes(db: Database, tmp_path: Path) -> None:
    db.execute("update entities set name = ? where id = 'e1'", [HOSTILE])
    result = goalmap(db, "pack", "--all", "-o", tmp_path / "packs")
    assert result.exit_code == 0, result.output
    (written,) = (tmp_path / "packs").iterdir()
    assert (written.suffix, len(written.stem) <= 60, "/" in written.name) == (".html", True, False)
    assert "<script>alert" not in written.read_text("utf-8")
    assert "1 evidence pack written" in result.stderr


def test_all_packs_of_an_undecided_database_are_refused_with_what_to_do(db: Database, tmp_path: Path) -> None:
    db.execute("drop trigger decisions_are_not_deleted")
    db.execute("delete from decisions")
    result = goalmap(db, "pack", "--all", "-o", tmp_path / "packs")
    assert result.exit_code == 2
    assert "goalmap review export" in result.output
    assert not (tmp_path / "packs").exists()


def test_the_command_asks_for_one_of_initiative_activity_and_all(db: Database, tmp_path: Path) -> None:
    for options in ((), ("--all", "--initiative", "Doors Open")):
        assert goalmap(db, "pack", *options, "-o", tmp_path / "x.html").exit_code == 2


def test_an_unknown_form_is_refused_before_anything_is_written(db: Database, tmp_path: Path) -> None:
    result = goalmap(db, "pack", "--all", "--form", "pdf", "-o", tmp_path / "packs")
    assert result.exit_code == 2
    assert ".html" in result.output
    assert not (tmp_path / "packs").exists()


# On the gold set


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The gold files as the models read them, decided as they are annotated."""
    with closing(open_database(tmp_path_factory.mktemp("gold") / "gold.db", create=True)) as database:
        ingest(database, find_files([GOLD / "files"]), Settings(("purpose-goals",)), Serial())
        decide_from(database, GOLD)
        yield database


@pytest.mark.slow
def test_every_initiative_of_the_gold_set_has_a_pack_in_which_everything_is_cited(gold: Database) -> None:
    shelf = packs.find_shelf(gold, TODAY)
    subjects = packs.all_initiatives(shelf)
    assert len(subjects) > 40
    for subject in subjects:
        assert not uncited(gold, locked(gold, packs.pack(shelf, subject)), known=(subject.name,))


@pytest.mark.slow
@office.needs_writer
def test_packs_of_the_gold_set_fit_one_page_of_a_document(gold: Database, tmp_path: Path) -> None:
    shelf = packs.find_shelf(gold, TODAY)
    most = sorted(packs.all_initiatives(shelf), key=lambda subject: -len(subject.activities))[:5]
    files = [tmp_path / f"{place}.docx" for place in range(len(most))]
    for subject, path in zip(most, files, strict=True):
        write_draft(locked(gold, packs.pack(shelf, subject)), path)
    assert [len(PdfDocument(office.saved(path, "pdf"))) for path in files] == [1] * len(files)
