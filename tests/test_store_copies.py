"""Copies in the database: one document stands for all that tell its story, its evidence counts once, no decision is lost."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from goalmap.classify.pipeline import FileResult
from goalmap.classify.proposals import Proposal
from goalmap.ingest.document import Document, Kind, Passage
from goalmap.ingest.likeness import signature
from goalmap.report.mapping.activity_map import activity_map
from goalmap.report.mapping.files import write_map
from goalmap.store.browse.pages import document_page, passage_page
from goalmap.store.browse.questions import QUERIES
from goalmap.store.contents.summary import summarise
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer, current_answers, decide
from goalmap.store.ids import stable_id
from goalmap.store.loading.copies import refresh
from goalmap.store.loading.save import FileRow, save, save_frameworks
from goalmap.store.review.export import export_queue
from goalmap.store.review.order import refresh_values
from goalmap.store.review.rows import Filters
from goalmap.store.review.taking import import_queue
from goalmap.store.sheets.sheet import read_sheet

HUB = (
    "Larkmoor Trust has opened a skills hub at Tidewell Mill with places for 84 young people who are out of work.",
    "Every learner gets a mentor from Larkmoor, a bus pass and a paid trial shift in one of 12 departments.",
    "“I left school with nothing and now I have a rota and a lanyard,” says Corin Vale, who starts as a porter in May.",
    "The hub cost £310,000, of which Brackwater Council paid half, and it will be run with Tidewell College for 5 years.",
)
"""A story of 83 words."""
OTHER = (
    "Brackwater Council has bought 40 hectares of moor above Netherpool and will block its drains to hold back floods.",
    "Farmers who graze the moor were asked first; 9 of 11 signed, and the rest will be asked again in the spring.",
    "Volunteers from the Netherpool angling club are to count trout every month and publish what they find.",
)
INTRODUCTION = "Good news reached our desk this morning from the far end of the valley, where a mill has a new life."
GOAL = "purpose-goals/3"


def put(db: Database, path: str, texts: Iterable[str], goals: Mapping[int, str] | None = None, **about: Any) -> str:
    """Save a document of these passages, with a goal proposed for some; gives its id."""
    save_frameworks(db, ["purpose-goals"])
    row = {name: about.pop(name) for name in ("content_of", "parent_id") if name in about}
    passages = tuple(Passage(position, Kind.BODY, text) for position, text in enumerate(texts))
    proposals = tuple(
        Proposal(
            position,
            "purpose-goals",
            code,
            0.9,
            1,
            "delivered",
            ((0, len(passages[position].text.split()[0])),),
            "By hand.",
            "hand@1",
        )
        for position, code in (goals or {}).items()
    )
    document = Document(path, passages=passages, signature=signature(passages), **about)
    id = stable_id("d", path)
    with immediate(db):
        db.table("runs").insert({"id": "x1"}, ignore=True)
        save(db, FileRow(id, path, path, 1, 1, "f", "c", "x1", **row), FileResult(document, proposals=proposals))
    return id


def bring_up_to_date(db: Database) -> None:
    with immediate(db):
        refresh(db)
        refresh_values(db)


def copied(db: Database) -> dict[str, str | None]:
    sql = "select d.path, o.path from documents d left join documents o on o.id = d.duplicate_of order by d.path"
    return dict(db.execute(sql).fetchall())


def likeness(db: Database, id: str) -> float | None:
    found: float | None = db.execute("select likeness from documents where id = ?", [id]).fetchone()[0]
    return found


def passage_ids(db: Database, id: str) -> list[str]:
    sql = "select id from passages where document_id = ? and retired_at is null order by position"
    return [found for (found,) in db.execute(sql, [id]).fetchall()]


def copies_of(db: Database, id: str) -> list[str | None]:
    sql = "select copy_of from passages where document_id = ? and retired_at is null order by position"
    return [found for (found,) in db.execute(sql, [id]).fetchall()]


def verdict(db: Database, passage_id: str) -> str:
    return current_answers(db, [(passage_id, GOAL)]).get((passage_id, GOAL), Answer()).verdict


def answer(db: Database, passage_id: str, verdict: str = "accepted", reviewer: str = "Ada") -> None:
    with immediate(db):
        decide(db, {(passage_id, GOAL): Answer(verdict, GOAL, "delivered", reviewer=reviewer)}, "by hand")


def everything(db: Database) -> list[tuple[Any, ...]]:
    return [
        row
        for table in ("documents", "passages", "decisions")
        for row in db.execute(f"select * from {table} order by id").fetchall()
    ]


# Documents


def test_a_story_on_another_host_is_a_near_copy_of_the_earliest(db: Database) -> None:
    late = put(db, "b.html", (INTRODUCTION, *HUB), published="2024-05-02")
    put(db, "z.html", HUB, published="2024-05-01")
    put(db, "moor.txt", OTHER)
    bring_up_to_date(db)
    assert copied(db) == {"b.html": "z.html", "moor.txt": None, "z.html": None}
    assert 0.65 < (likeness(db, late) or 0) < 1


def test_the_order_of_reading_does_not_matter(db: Database) -> None:
    stories = {"a.html": HUB, "b.html": (*HUB[:3], HUB[3][:60]), "c.html": (INTRODUCTION, *HUB)}
    found = set()
    for order in permutations(stories):
        with immediate(db):
            for table in ("passages", "documents"):
                db.execute(f"delete from {table}")
        for path in order:
            put(db, path, stories[path])
        bring_up_to_date(db)
        found.add(tuple(copied(db).items()))
    assert found == {(("a.html", "c.html"), ("b.html", "c.html"), ("c.html", None))}


def test_a_file_of_its_own_stands_before_an_attachment(db: Database) -> None:
    mail = put(db, "mail.eml", OTHER)
    put(db, "mail.eml/hub.pdf", HUB, published="2020", parent_id=mail)
    put(db, "hub.pdf", HUB, published="2024")
    bring_up_to_date(db)
    assert copied(db)["mail.eml/hub.pdf"] == "hub.pdf"


def test_a_file_that_is_gone_stands_behind_one_that_is_there(db: Database) -> None:
    gone = put(db, "a.pdf", HUB)
    put(db, "b.pdf", HUB)
    db.table("documents").update(gone, {"missing_since": "2024-01-01"})
    bring_up_to_date(db)
    assert copied(db) == {"a.pdf": "b.pdf", "b.pdf": None}


def test_there_is_no_chain_of_ever_less_alike_copies(db: Database) -> None:
    words = " ".join(HUB + OTHER).split()
    for start in range(0, 60, 10):
        put(db, f"{start:02}.txt", [" ".join(words[start : start + 80])])
    bring_up_to_date(db)
    found = copied(db)
    assert found["10.txt"] == "00.txt"
    assert found["50.txt"] != "00.txt"
    assert all(found[original] is None for original in found.values() if original)


def test_an_exact_copy_follows_the_document_that_holds_its_text(db: Database) -> None:
    put(db, "a.html", HUB, published="2023")
    holder = put(db, "b.html", (INTRODUCTION, *HUB), published="2024")
    copy = put(db, "c.html", (), content_of=holder)
    single = put(db, "moor.txt", OTHER)
    alone = put(db, "moor (2).txt", (), content_of=single)
    bring_up_to_date(db)
    assert copied(db)["c.html"] == "a.html"
    assert likeness(db, copy) == likeness(db, holder)
    assert copied(db)["moor (2).txt"] == "moor.txt"
    assert likeness(db, alone) == 1.0


def test_what_no_longer_holds_is_cleared(db: Database) -> None:
    put(db, "a.html", HUB)
    second = put(db, "b.html", HUB)
    bring_up_to_date(db)
    put(db, "b.html", OTHER)
    bring_up_to_date(db)
    assert copied(db) == {"a.html": None, "b.html": None}
    assert likeness(db, second) is None
    assert copies_of(db, second) == [None] * 3


def test_doing_it_twice_is_doing_it_once(db: Database) -> None:
    put(db, "a.html", HUB, {0: "3"})
    second = put(db, "b.html", (INTRODUCTION, *HUB), {1: "3"}, published="2024")
    put(db, "c.html", (*HUB, OTHER[0]), {0: "3"})
    put(db, "moor.txt", (*OTHER, HUB[0]), {0: "11"})
    answer(db, passage_ids(db, second)[1])
    bring_up_to_date(db)
    before = everything(db)
    bring_up_to_date(db)
    assert everything(db) == before


def test_a_signature_of_another_make_is_passed_over(db: Database) -> None:
    old = put(db, "a.html", HUB)
    put(db, "b.html", HUB)
    db.table("documents").update(old, {"signature": b"\0" * 512})
    bring_up_to_date(db)
    assert set(copied(db).values()) == {None}


# Passages


def test_passages_of_a_near_copy_are_copies_where_they_say_the_same(db: Database) -> None:
    first = put(db, "a.html", HUB)
    edited = HUB[2].replace("says Corin Vale", "said Corin Vale")
    other_figure = HUB[1].replace("12 departments", "14 departments")
    second = put(db, "b.html", (HUB[0].upper(), other_figure, edited, HUB[3], "A new closing paragraph."), published="2024")  # fmt: skip
    bring_up_to_date(db)
    there = passage_ids(db, first)
    assert copied(db)["a.html"] == "b.html"
    here = passage_ids(db, second)
    assert copies_of(db, first) == [here[0], None, here[2], here[3]]
    assert copies_of(db, second) == [None] * 5
    assert len(there) == 4


def test_a_passage_that_another_story_repeats_is_a_copy_of_the_first(db: Database) -> None:
    first = put(db, "a.txt", OTHER, published="2022")
    second = put(db, "b.txt", (*HUB, OTHER[0]), published="2023")
    third = put(db, "c.txt", (OTHER[0], "A short line of few words.", "A short line of few words."))
    bring_up_to_date(db)
    assert set(copied(db).values()) == {None}
    original = passage_ids(db, first)[0]
    assert copies_of(db, first) == [None] * 3
    assert copies_of(db, second) == [None] * 4 + [original]
    assert copies_of(db, third) == [original, None, None]


def test_a_passage_repeated_in_its_own_document_is_no_copy(db: Database) -> None:
    only = put(db, "a.txt", (HUB[0], OTHER[0], HUB[0]))
    bring_up_to_date(db)
    assert copies_of(db, only) == [None] * 3


def test_a_copy_leads_to_a_passage_that_is_no_copy(db: Database) -> None:
    put(db, "1.txt", OTHER[:1] + HUB[:1], published="2021")
    put(db, "2.txt", (*HUB[:3], HUB[3].replace("paid half", "paid one half")), published="2022")
    put(db, "3.txt", HUB, published="2023")
    bring_up_to_date(db)
    sql = "select count(*) from passages a join passages b on b.id = a.copy_of where b.copy_of is not null"
    assert db.execute(sql).fetchone() == (0,)
    assert db.execute("select count(*) from passages where copy_of is not null").fetchone() == (5,)


# Evidence counts once


def _two_hosts(db: Database) -> tuple[str, str]:
    """The passages of the first host and the second that goal 3 is proposed for."""
    first = put(db, "a.html", HUB, {0: "3"}, published="2024-01", publisher="Larkmoor Trust", title="Hub opens")
    second = put(db, "b.html", (INTRODUCTION, *HUB), {1: "3"}, published="2024-02", publisher="The Tidewell Post", title="A mill lives")  # fmt: skip
    bring_up_to_date(db)
    return passage_ids(db, first)[0], passage_ids(db, second)[1]


def _queued(db: Database, tmp_path: Path, **filters: Any) -> list[str]:
    export_queue(db, tmp_path / "queue.csv", Filters(**filters))
    return [line.cells["document"] for line in read_sheet(tmp_path / "queue.csv").lines]


def test_the_queue_asks_once(db: Database, tmp_path: Path) -> None:
    _two_hosts(db)
    assert _queued(db, tmp_path) == ["Hub opens"]
    assert summarise(db).undecided == 1


def test_a_queue_of_one_publisher_has_the_passages_that_it_repeats(db: Database, tmp_path: Path) -> None:
    _two_hosts(db)
    assert _queued(db, tmp_path, publisher="tidewell post") == ["Hub opens"]


def test_a_goal_that_only_the_copy_is_proposed_for_is_asked_there(db: Database, tmp_path: Path) -> None:
    put(db, "a.html", HUB, title="Hub opens")
    put(db, "b.html", HUB, {0: "3"}, title="Again")
    bring_up_to_date(db)
    assert _queued(db, tmp_path) == ["Again"]


def test_the_map_has_one_entry_and_says_where_else_it_stands(db: Database) -> None:
    _two_hosts(db)
    found = activity_map(db)
    (entry,) = found.entries
    (telling,) = entry.activity.tellings
    assert telling.document.title == "Hub opens"
    (again,) = telling.copies
    assert (again.document.title, again.page) == ("A mill lives", None)


def test_the_sources_say_whose_copy_each_is(db: Database) -> None:
    _two_hosts(db)
    library = activity_map(db).library
    assert [source.title for source in library.near_copies] == ["A mill lives"]
    assert library.near_copies[0].is_read
    assert library.duplicates == ()


# Decisions


def test_a_decision_on_a_copy_counts_for_the_passage_that_stands_for_it(db: Database) -> None:
    first, second = _two_hosts(db)
    answer(db, second)
    bring_up_to_date(db)
    assert (verdict(db, first), verdict(db, second)) == ("accepted", "accepted")
    source = db.execute("select source from decisions where passage_id = ?", [first]).fetchone()
    assert source == (f"carried over from near copy {second}",)
    assert [entry.status for entry in activity_map(db).entries] == ["accepted"]


def test_the_latest_of_several_decisions_counts(db: Database) -> None:
    first, second = _two_hosts(db)
    answer(db, second)
    bring_up_to_date(db)
    answer(db, first, "rejected")
    bring_up_to_date(db)
    assert verdict(db, first) == "rejected"
    answer(db, second, "accepted", "Bea")
    bring_up_to_date(db)
    assert verdict(db, first) == "accepted"


def test_nothing_is_lost_when_the_copy_comes_to_stand_for_the_story(db: Database) -> None:
    first, second = _two_hosts(db)
    answer(db, first)
    put(db, "a.html", HUB, {0: "3"}, published="2025-01", publisher="Larkmoor Trust", title="Hub opens")
    bring_up_to_date(db)
    assert copied(db) == {"a.html": "b.html", "b.html": None}
    assert (verdict(db, first), verdict(db, second)) == ("accepted", "accepted")
    answer(db, second, "rejected")
    put(db, "a.html", HUB, {0: "3"}, published="2024-01", publisher="Larkmoor Trust", title="Hub opens")
    bring_up_to_date(db)
    assert verdict(db, first) == "rejected"


def test_the_same_answers_on_copy_and_original_are_not_carried_over(db: Database) -> None:
    first, second = _two_hosts(db)
    answer(db, first)
    answer(db, second)
    bring_up_to_date(db)
    assert db.execute("select count(*) from decisions").fetchone() == (2,)


def test_an_answer_in_an_older_queue_about_a_copy_counts_at_once(db: Database, tmp_path: Path) -> None:
    put(db, "a.html", HUB, published="2024-01", title="Hub opens")
    second = put(db, "b.html", (INTRODUCTION, *HUB), {1: "3"}, published="2024-02", title="A mill lives")
    queue = tmp_path / "queue.csv"
    export_queue(db, queue, Filters())
    bring_up_to_date(db)
    row = "proposal_id,verdict,base\n{proposal_id},accepted,{base}\n"
    queue.write_text(row.format(**read_sheet(queue).lines[0].cells))
    import_queue(db, queue, "Ada")
    assert verdict(db, passage_ids(db, second)[1]) == "accepted"
    sql = (
        "select d.path from decisions c join passages p on p.id = c.passage_id join documents d on d.id = p.document_id"
    )
    assert db.execute(f"{sql} order by d.path").fetchall() == [("a.html",), ("b.html",)]


@pytest.mark.sqlite_only("pages in the browser are of files")
def test_undecided_and_decided_are_each_counted_once_in_the_browser(db: Database) -> None:
    first, second = _two_hosts(db)
    (goal,) = (row for row in db.query(QUERIES["activities_by_goal"].sql) if row["goal_id"] == GOAL)
    assert (goal["waiting"], goal["accepted"]) == (1, 0)
    answer(db, second)
    bring_up_to_date(db)
    (goal,) = (row for row in db.query(QUERIES["activities_by_goal"].sql) if row["goal_id"] == GOAL)
    assert (goal["waiting"], goal["accepted"]) == (0, 1)
    assert verdict(db, first) == "accepted"


# Shown


def test_the_map_of_an_organisation_has_what_it_tells_after_another(db: Database) -> None:
    _two_hosts(db)
    assert len(activity_map(db, "The Tidewell Post").entries) == 1


@pytest.mark.sqlite_only("pages in the browser are of files")
def test_the_page_of_each_document_names_its_copies(db: Database) -> None:
    first, second = _two_hosts(db)
    (one, other) = (db.execute("select document_id from passages where id = ?", [id]).fetchone()[0] for id in (first, second))  # fmt: skip
    original, copy = document_page(db.conn, one, 1), document_page(db.conn, other, 1)
    assert original is not None
    assert copy is not None
    assert [row["path"] for row in original.near_copies] == ["b.html"]
    assert (original.duplicates, original.is_near_copy) == ([], False)
    assert (copy.original, copy.is_near_copy) == ("Hub opens", True)
    page = passage_page(db.conn, first, str)
    assert page is not None
    assert [row["id"] for row in page.copies] == [second]


def test_the_map_says_in_words_what_is_a_copy_of_what(db: Database, tmp_path: Path) -> None:
    _two_hosts(db)
    write_map(activity_map(db), tmp_path / "map.html", date(2024, 6, 1))
    page = " ".join((tmp_path / "map.html").read_text("utf-8").split())
    assert "Near copy of Hub opens, 80% alike" in page
    assert re.search(
        "and in the same words in <span[^>]*><a [^>]*>A mill lives</a>, The Tidewell Post, February 2024", page
    )
    assert "1 tells a story that another one tells as well" in page


# Twins


def test_a_welsh_document_has_its_english_twin(db: Database) -> None:
    welsh = (
        "Mae Ymddiriedolaeth Larkmoor wedi agor hwb sgiliau ym Melin Tidewell gyda lle i 84 o bobl ifanc.",
        "Caiff pob dysgwr fentor o Larkmoor, tocyn bws a shifft brawf mewn un o 12 adran.",
        "Costiodd yr hwb £310,000 a bydd yn cael ei redeg gyda Choleg Tidewell am 5 mlynedd, meddai Corin Vale.",
        "Talodd Cyngor Brackwater hanner y gost ac mae'r gwaith wedi dechrau ers mis Mai.",
    )
    english = put(db, "news/hub.pdf", HUB, language="en")
    twin = put(db, "news/hub-cy.pdf", welsh, language="cy")
    put(db, "news/moor.pdf", OTHER, language="en")
    bring_up_to_date(db)
    assert dict(db.execute("select id, twin_of from documents where twin_of is not null").fetchall()) == {twin: english}
    assert summarise(db).twins == {"Welsh": 1}


def test_an_original_may_be_deleted_when_its_file_is_read_again(db: Database) -> None:
    _two_hosts(db)
    put(db, "a.html", OTHER)
    bring_up_to_date(db)
    assert copied(db) == {"a.html": None, "b.html": None}


def test_the_same_short_file_in_two_archives_counts_once(db: Database, files: Path, ingest_files: Any) -> None:
    for name in ("a.zip", "b.zip"):
        (files / name).write_text(f"{name} holds one file.\n=== note.txt\nWe opened a new clinic #8\n")
    ingest_files()
    found = {row["path"].partition("/files/")[2]: row for row in db.query("select * from documents")}
    assert found["a.zip/note.txt"]["duplicate_of"] is None
    assert found["b.zip/note.txt"]["duplicate_of"] == found["a.zip/note.txt"]["id"]
    assert found["b.zip/note.txt"]["likeness"] == 1.0
