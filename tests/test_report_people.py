"""The report on people: dated posts, what contradicts what, organisations with members, and the picture of it."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from goalmap.cli import main
from goalmap.ingest.errors import UnknownName
from goalmap.report.draft.files import write_draft
from goalmap.report.draft.lock import locked
from goalmap.report.draft.model import Draft, Fact, Picture, Table, runs_of
from goalmap.report.people.directory import Directory, find_directory
from goalmap.report.people.posts import head_post
from goalmap.report.reports.people import people_draft
from goalmap.report.sections.directory import MOST_DRAWN
from goalmap.store.database import open_database
from tests.drafts import uncited
from tests.dumping import place_of
from tests.naming import make_database

TODAY = "2025-06-01"
SUFFIXES = (".html", ".docx", ".md", ".csv", ".xlsx", ".json")
COUNCIL = "Harrowmead Council"
FILES = {
    "a.txt": f"publisher: {COUNCIL}\npublished: 2023-03-01\norganisation: {COUNCIL}\n"
    f"person: Amara Nwosu, Leader @ {COUNCIL}\nformer: Amara Nwosu, Mayor @ Quayhead Council\n"
    f"person: Owen Hale, Chief Executive @ {COUNCIL}",
    "b.txt": f"publisher: {COUNCIL}\npublished: 2024-05-06\norganisation: {COUNCIL}\n"
    f"person: Amara Nwosu, Leader @ {COUNCIL}\nperson: Bea Frost, Chief Executive @ {COUNCIL}\n"
    f"member: {COUNCIL} @ North Coalition",
    "c.txt": "publisher: Lockgate Trust\norganisation: Lockgate Trust\nperson: Ida Vale, Chair @ Lockgate Trust",
}
CLASHING = {
    "d.txt": f"publisher: Echo\npublished: 2024-05-06\nperson: Cy Dunn, Leader @ {COUNCIL}",
    "e.txt": "publisher: Echo\npublished: 2023-01-01\nformer: Ida Vale, Chair @ Lockgate Trust",
}


def made(tmp_path: Path, files: dict[str, str]) -> Iterator[Database]:
    make_database(tmp_path / "people.db", tmp_path / "folder", files)
    with closing(open_database(tmp_path / "people.db")) as db:
        yield db


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    yield from made(tmp_path, FILES)


@pytest.fixture
def clashing(tmp_path: Path) -> Iterator[Database]:
    yield from made(tmp_path, {**FILES, **CLASHING})


def draft_of(db: Database, organisation: str | None = None) -> Draft:
    return locked(db, people_draft(find_directory(db, organisation), TODAY))


def posts_of(found: Directory, name: str) -> list[str]:
    (person,) = (person for person in found.people if person.name == name)
    return [tie.told for tie in found.posts.get(person.id, ())]


def table(draft: Draft, id: str) -> Table:
    return next(block for one in draft.sections if one.id == id for block in one.blocks if isinstance(block, Table))


def words_of(one: Table) -> str:
    return " ".join(getattr(run, "text", "") for run in runs_of(one))


# Posts


def test_a_post_stands_once_with_the_dates_of_all_documents_that_tell_it(db: Database) -> None:
    assert posts_of(find_directory(db), "Amara Nwosu") == [
        f"Leader, {COUNCIL} (told from 1 March 2023 to 6 May 2024)",
        "formerly Mayor, Quayhead Council (as of 1 March 2023)",
    ]


def test_a_post_in_a_document_without_a_date_says_so(db: Database) -> None:
    assert posts_of(find_directory(db), "Ida Vale") == ["Chair, Lockgate Trust (in an undated document)"]


def test_every_post_and_name_cites_its_passages(db: Database) -> None:
    draft = draft_of(db)
    names = {person["name"] for person in draft.data["people"]}  # type: ignore[attr-defined]
    assert not [
        text
        for text in uncited(db, draft, besides=("summary",))
        if text not in names | {COUNCIL, "Lockgate Trust", "Quayhead Council", "North Coalition"}
    ]
    cited = {id for run in runs_of(table(draft, "people")) if isinstance(run, Fact) for id in run.cites}
    assert cited
    assert cited <= set(draft.passages)


@pytest.mark.parametrize(
    ("title", "post"),
    [("Chair", "chair"), ("Group Chief Executive", "chief executive"), ("Leader of the Council", "leader"),
     ("Vice-Chancellor", "vice chancellor"), ("Deputy Chief Executive", ""), ("Chair of the working group", "")],
)  # fmt: skip
def test_posts_at_the_head_of_a_body_are_told_from_others(title: str, post: str) -> None:
    assert head_post(title) == post


# What contradicts what


def test_one_after_the_other_in_a_post_is_no_contradiction(db: Database) -> None:
    assert not find_directory(db).clashes


def test_two_holders_of_a_post_at_one_time_stand_side_by_side_with_their_dates(clashing: Database) -> None:
    (clash,) = (clash for clash in find_directory(clashing).clashes if clash.about == COUNCIL)
    assert [(post.source, post.when) for post in clash.posts] == [
        ("Amara Nwosu", "told from 1 March 2023 to 6 May 2024"),
        ("Cy Dunn", "as of 6 May 2024"),
    ]


def test_a_post_that_is_former_in_one_document_and_held_in_an_undated_one_is_to_check(clashing: Database) -> None:
    (clash,) = (clash for clash in find_directory(clashing).clashes if clash.about == "Ida Vale")
    assert [post.former for post in clash.posts] == [True, False]
    assert "to-check" in [section.id for section in draft_of(clashing).sections]


# Organisations and the picture


def test_organisations_stand_with_who_leads_them_and_where_they_belong(db: Database) -> None:
    told = words_of(table(draft_of(db), "organisations"))
    assert "Bea Frost, Chief Executive (as of 6 May 2024)" in told
    assert "member of North Coalition (as of 6 May 2024)" in told
    assert f"{COUNCIL}, member (as of 6 May 2024)" in told


def test_the_picture_has_its_ties_as_a_table(db: Database) -> None:
    (picture,) = (block for one in draft_of(db).sections for block in one.blocks if isinstance(block, Picture))
    assert "North Coalition" in str(picture.svg)
    assert "member of (as of 6 May 2024)" in words_of(picture.numbers)


def test_a_large_picture_shows_the_most_connected_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    lines = "\n".join(f"member: Body {n} @ Hub Coalition" for n in range(MOST_DRAWN + 20))
    for db in made(tmp_path, {"big.txt": f"publisher: Hub\npublished: 2024-01-01\n{lines}"}):
        (picture,) = (block for one in draft_of(db).sections for block in one.blocks if isinstance(block, Picture))
        assert f"The {MOST_DRAWN} with most ties are drawn; 21 others stand in the table only." in picture.description
        assert len(picture.numbers.rows) == MOST_DRAWN + 20


# An organisation, the forms, the command


def test_an_organisations_directory_has_who_is_tied_to_it_or_named_by_it(db: Database) -> None:
    assert {person.name for person in find_directory(db, COUNCIL).people} == {"Amara Nwosu", "Bea Frost", "Owen Hale"}
    assert {person.name for person in find_directory(db, "Lockgate Trust").people} == {"Ida Vale"}
    with pytest.raises(UnknownName):
        find_directory(db, "Nobody Ltd")


def test_the_report_is_the_same_bytes_twice_in_every_form(clashing: Database, tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        for name in ("one", "two"):
            write_draft(draft_of(clashing), tmp_path / f"{name}{suffix}")
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


HOSTILE = '"><script>alert(1)</script> =cmd() {0} \u202eabc | `x` ]]> \x07' + "long " * 200


def test_hostile_names_and_posts_hold_in_every_form(clashing: Database, tmp_path: Path) -> None:
    clashing.execute("update entities set name = ? || name", [HOSTILE])
    clashing.execute("update roles set title = ? || title", [HOSTILE])
    draft = draft_of(clashing)
    for suffix in SUFFIXES:
        write_draft(draft, tmp_path / f"report{suffix}")
    assert "<script>alert" not in (tmp_path / "report.html").read_text("utf-8")


def goalmap(db: Database, *arguments: object) -> Result:
    path = place_of(db)
    return CliRunner().invoke(main, ["report", *map(str, arguments), "--db", path, "--date", TODAY])


def test_the_command_writes_the_directory_as_data(db: Database, tmp_path: Path) -> None:
    result = goalmap(db, "people", "--organisation", COUNCIL, "-o", tmp_path / "people.json")
    assert result.exit_code == 0, result.output
    data = json.loads((tmp_path / "people.json").read_text())
    (leader,) = (person for person in data["people"] if person["name"] == "Amara Nwosu")
    assert leader["posts"][0]["as_of"] == ["2023-03-01", "2024-05-06"]
    assert leader["posts"][0]["citations"]


def test_a_database_without_people_has_a_report_that_says_so(map_db: Database) -> None:
    map_db.execute("delete from mentions where entity_id = 'e4'")
    map_db.execute("delete from entities where id = 'e4'")
    draft = draft_of(map_db)
    assert "Nobody is named in the documents." in [
        getattr(run, "text", "") for one in draft.sections for block in one.blocks for run in runs_of(block)
    ]
