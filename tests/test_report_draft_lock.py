"""The lock of a draft: what it cites is as it was read, what it quotes stands where it is said to, or nothing is written."""

from dataclasses import replace

import pytest
from sqlite_utils import Database

from goalmap.report.draft.lock import locked
from goalmap.report.draft.model import Cell, Fact, Paragraph, Quote, Table, Words
from goalmap.report.verbatim import NotVerbatim
from goalmap.store.ids import seal_of
from tests.drafts import draft_of


@pytest.fixture
def passage(map_db: Database) -> Words:
    """The first words of a stored passage, which is sealed as reading seals it."""
    row = next(map_db.query("select id, text from passages order by id limit 1"))
    map_db.table("passages").update(row["id"], {"seal": seal_of(row["text"])})
    return Words(row["id"], 0, 9, row["text"][:9])


def test_a_draft_gets_the_passages_that_it_cites_with_what_it_quotes(map_db: Database, passage: Words) -> None:
    found = locked(map_db, draft_of(Quote(passage), Paragraph((Fact("It lends.", ("p2",)),))))
    assert set(found.passages) == {passage.passage_id, "p2"}
    assert found.passages[passage.passage_id].marks == ((0, 9),)
    assert found.passages["p2"].marks == ()


@pytest.mark.parametrize("change", [{"text": "Something"}, {"end": 10}, {"start": -1}, {"end": 100_000}])
def test_a_quotation_that_does_not_stand_there_is_refused(
    map_db: Database, passage: Words, change: dict[str, object]
) -> None:
    with pytest.raises(NotVerbatim, match=f"Passage {passage.passage_id} of “.*”: the quotation at characters"):
        locked(map_db, draft_of(Quote(replace(passage, **change))))  # type: ignore[arg-type]


def test_one_changed_character_of_a_cited_passage_is_refused(map_db: Database, passage: Words) -> None:
    map_db.execute("update passages set text = text || '.' where id = ?", [passage.passage_id])
    with pytest.raises(NotVerbatim, match="its text was changed after it was read"):
        locked(map_db, draft_of(Paragraph((Fact("It lends.", (passage.passage_id,)),))))


def test_what_only_the_table_for_spreadsheets_says_is_checked_too(map_db: Database, passage: Words) -> None:
    rows = Table("All", ("Evidence",), ((Cell((replace(passage, text="Something"),)),),))
    with pytest.raises(NotVerbatim, match="should read 'Something'"):
        locked(map_db, draft_of(rows=rows))
    with pytest.raises(NotVerbatim, match="passage nowhere, which is not in the database"):
        locked(map_db, draft_of(rows=Table("All", ("A",), ((Cell((Fact("x", ("nowhere",)),)),),))))


def test_what_only_the_table_says_is_not_listed_as_evidence(map_db: Database, passage: Words) -> None:
    found = locked(map_db, draft_of(rows=Table("All", ("Evidence",), ((Cell((passage,)),),))))
    assert (found.cited, set(found.passages)) == ({}, {passage.passage_id})


def test_a_cited_passage_comes_with_its_document_which_has_the_name_of_its_file_where_it_has_no_title(
    map_db: Database,
) -> None:
    draft = draft_of(Paragraph((Fact("It lends.", ("p2",)),)))
    told = {"title": "Annual report", "publisher": "Larch Trust", "published": "2024-05-01"}
    for changes in (told, dict.fromkeys(told, "")):
        map_db.table("documents").update("d1", {**changes, "path": "in/2024/report.pdf"})
        found = locked(map_db, draft).passages["p2"].document
        assert (found.title, found.publisher, found.published) == (
            (*changes.values(),) if changes["title"] else ("report.pdf", None, None)
        )


def test_a_fact_without_a_passage_cannot_be_written_down() -> None:
    with pytest.raises(ValueError, match="A fact without a citation"):
        Fact("It lends tablets.", ())
