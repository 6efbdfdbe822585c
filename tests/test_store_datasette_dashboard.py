"""The dashboard: it shows what is there, and each part leads to as much as it says."""

import re
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlite_utils import Database

from goalmap.store.activities.listing import Filters, how_many
from goalmap.store.activities.refresh import refresh
from goalmap.store.browse.dashboard.membership import most_tied
from goalmap.store.database import open_database
from goalmap.store.loading.save import save_frameworks
from tests.reader import ROOT, Reader, text_of

DATA = Path(__file__).parent / "data"
DASHBOARD = f"{ROOT}/dashboard"
DECIDED = "insert into decisions "


def make(path: Path, decided: bool = True, frameworks: tuple[str, ...] = ("purpose-goals",)) -> Database:
    """A database with the rows of the map, and its activities as the file has them."""
    db = open_database(path, create=True)
    save_frameworks(db, frameworks)
    rows, _, decisions = (DATA / "activity_map.sql").read_text("utf-8").partition(DECIDED)
    db.conn.executescript(rows + DECIDED + decisions if decided else rows)
    refresh(db)
    return db


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with activities of several organisations, goals and stages."""
    found = tmp_path / "review.db"
    with closing(make(found)) as db:
        db.conn.executescript((DATA / "dashboard.sql").read_text("utf-8"))
    return found


@pytest.fixture
def reader(path: Path) -> Iterator[Reader]:
    found = Reader(path)
    yield found
    found.db.close()


def part(html: str, id: str) -> str:
    """One part of the page."""
    found = re.search(rf'<section id="{id}".*?</section>', html, re.S)
    assert found, id
    return found[0]


def picture(html: str, id: str) -> str:
    found = re.search(r"<svg.*?</svg>", part(html, id), re.S)
    assert found, id
    return found[0]


def names(html: str) -> set[str]:
    """What a screen reader hears of a picture's links."""
    return {unescape(name) for name in re.findall(r'aria-label="([^"]+)"', html)}


def cells(html: str, id: str) -> list[list[str]]:
    """The numbers of a part, line by line."""
    lines = re.findall(r"<tr>(.*?)</tr>", part(html, id), re.S)
    return [
        [unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", line, re.S)]
        for line in lines
    ]


def test_coverage_tells_goals_and_stages(reader: Reader) -> None:
    page = reader.get(DASHBOARD).text
    heads, *lines = cells(page, "coverage")
    assert heads == ["Goal", "Delivered", "Ongoing", "Planned", "Aspiration", "Stage not told", "All"]
    told = {line[0]: line[1:] for line in lines}
    assert len(told) == 14
    assert told["10 Closing the digital divide"] == ["0", "1", "1", "0", "0", "2"]
    assert told["4 Right advice and experiences"] == ["0", "0", "1", "0", "1", "2"]
    assert "10 Closing the digital divide, planned: 1" in names(picture(page, "coverage"))


def test_organisations_are_shown_with_what_they_do_towards_each_goal(reader: Reader) -> None:
    page = reader.get(DASHBOARD).text
    heads, *lines = cells(page, "organisations")
    told = {line[0]: dict(zip(heads[1:], line[1:], strict=True)) for line in lines}
    assert next(iter(told)) == "Ashwick NHS Trust"
    assert set(told) == {"Ashwick NHS Trust", '"><script>x</script> & =cmd() Trust', "Written by hand Trust"}
    assert told["Ashwick NHS Trust"]["3 Positive destinations post 16+"] == "1"
    assert "of 1 no passage says which that is" in text_of(reader.get(DASHBOARD))


def test_each_number_of_activities_leads_to_as_many(reader: Reader) -> None:
    page = reader.get(DASHBOARD).text
    told = re.findall(r'<a href="[^"]*/-/activities\?([^"]+)">([\d,]+)</a>', page)
    assert len(told) > 15
    for query, number in told:
        asked = dict(parse_qsl(unescape(query)))
        assert how_many(reader.db.conn, Filters(**asked))[asked["status"]] == int(number), query


def test_each_part_of_a_picture_leads_where_its_number_in_the_table_leads(reader: Reader) -> None:
    page = reader.get(DASHBOARD).text
    for id in ("coverage", "organisations", "decided", "figures", "membership"):
        drawn = set(re.findall(r' href="([^"]+)" aria-label', picture(page, id)))
        table = set(re.findall(r'<a href="([^"]+)">', part(page, id).partition("<details")[2]))
        assert drawn
        assert drawn <= table, id


def test_links_lead_to_pages_that_are_there(reader: Reader) -> None:
    page = reader.get(DASHBOARD).text
    links = {unescape(href) for href in re.findall(r'href="(/review[^"#]+)', page)}
    kinds = {re.sub(r"[?].*|/[^/?]+$", "", urlsplit(href).path): href for href in sorted(links)}
    for href in kinds.values():
        assert reader.get(href).status_code == 200, href


def test_decided_stands_against_waiting(reader: Reader) -> None:
    heads, *lines = cells(reader.get(DASHBOARD).text, "decided")
    told = {line[0]: line[1:] for line in lines}
    assert heads == ["Goal", "Accepted", "Waiting for review", "Rejected", "All"]
    assert told["10 Closing the digital divide"] == ["0", "1", "0", "1"]
    assert told["8 Good health and wellbeing"] == ["0", "0", "1", "1"]


def test_a_figure_of_two_years_is_shown_over_time(reader: Reader) -> None:
    page = reader.get(DASHBOARD).text
    assert cells(page, "figures")[1:] == [
        ["Ashwick NHS Trust: people into jobs", "2022", "180"],
        ["Ashwick NHS Trust: people into jobs", "2023", "212"],
    ]
    assert "Figures over time, 1 to 1 of 1" in picture(page, "figures")
    assert "Ashwick NHS Trust: people into jobs, 2023: 212" in names(picture(page, "figures"))


def test_ties_are_shown_with_their_evidence(reader: Reader) -> None:
    page = reader.get(DASHBOARD).text
    assert sorted(cells(page, "membership")[1:]) == sorted(
        [
            ["Joan Field", "mentor", "Ashwick NHS Trust"],
            ["Joan Field", "former chair", "Marlow College"],
            ["Marlow College", "partner of", "Ashwick NHS Trust"],
            ['"><script>x</script> & =cmd() Trust', "former part of", "Marlow College"],
        ]
    )
    assert '<a href="/review/-/passage/p3">former chair</a>' in page


def test_hostile_names_stay_names(reader: Reader) -> None:
    page = reader.get(DASHBOARD).text
    assert "<script>x" not in page
    assert "<script>alert" not in page


def test_an_organisation_with_and_without_its_id_is_one(reader: Reader) -> None:
    with reader.db.conn:
        reader.db.execute("update activities set owner_id = null where id = 'a2'")
    lines = [line for line in cells(reader.get(DASHBOARD).text, "organisations") if line[0] == "Ashwick NHS Trust"]
    assert [sum(map(int, line[1:])) for line in lines] == [3]


@pytest.mark.parametrize("asked", ["e2", "Ashwick+NHS+Trust"])
def test_one_organisation_is_shown_alone(reader: Reader, asked: str) -> None:
    answer = reader.get(f"{DASHBOARD}?organisation={asked}")
    page = answer.text
    assert "Dashboard: Ashwick NHS Trust" in text_of(answer)
    assert [line[0] for line in cells(page, "organisations")[1:]] == ["Ashwick NHS Trust"]
    assert sum(int(line[-1]) for line in cells(page, "coverage")[1:]) == 3
    assert {end for line in cells(page, "membership")[1:] for end in (line[0], line[2])} == {
        *("Ashwick NHS Trust", "Joan Field", "Marlow College")
    }
    assert 'id="decided"' not in page


def test_an_organisation_that_a_person_wrote_can_be_chosen_by_its_name(reader: Reader) -> None:
    page = reader.get(f"{DASHBOARD}?organisation=Written+by+hand+Trust").text
    assert sum(int(line[-1]) for line in cells(page, "coverage")[1:]) == 1


def test_proposed_activities_are_shown_when_asked_for_and_marked(reader: Reader) -> None:
    answer = reader.get(f"{DASHBOARD}?status=proposed")
    assert "proposed, not decided" in text_of(answer)
    assert sum(int(line[-1]) for line in cells(answer.text, "coverage")[1:]) == 1
    assert "proposed, not decided" not in text_of(reader.get(DASHBOARD))


@pytest.mark.parametrize(
    "asked",
    [
        "framework=none",
        "status=%00",
        "organisation=%27%22--",
        "part=-1",
        "part=999999",
        "part=x",
        "organisation=" + "x" * 5000,
    ],
)
def test_a_question_that_makes_no_sense_is_answered_with_the_whole(reader: Reader, asked: str) -> None:
    answer = reader.get(f"{DASHBOARD}?{asked}")
    assert answer.status_code == 200
    assert sum(int(line[-1]) for line in cells(answer.text, "coverage")[1:]) == 7


def test_what_is_counted_and_when_is_said(reader: Reader) -> None:
    said = text_of(reader.get(DASHBOARD))
    assert re.search(
        r"Counted: 5 activities that a person accepted, as they stood on \d+ [A-Z]\w+ \d{4} at \d\d:\d\d UTC", said
    )


def test_without_a_decision_everything_is_called_a_proposal(tmp_path: Path) -> None:
    make(tmp_path / "review.db", decided=False).close()
    reader = Reader(tmp_path / "review.db")
    said = text_of(reader.get(DASHBOARD))
    reader.db.close()
    assert "Nothing has been accepted yet. What these pictures show is proposed, not decided" in said
    assert "activities that nobody has decided on" in said


def test_an_empty_database_has_an_empty_dashboard(tmp_path: Path) -> None:
    open_database(tmp_path / "review.db", create=True).close()
    reader = Reader(tmp_path / "review.db")
    answer = reader.get(DASHBOARD)
    reader.db.close()
    assert answer.status_code == 200
    assert "Nothing to show here." in text_of(answer)


def test_a_decision_is_counted_when_the_page_is_loaded_again(tmp_path: Path) -> None:
    with closing(make(tmp_path / "review.db")) as db:
        reader = Reader(tmp_path / "review.db")
        before = cells(reader.get(DASHBOARD).text, "coverage")
        with db.conn:
            db.table("decisions").insert(
                {"passage_id": "p6", "goal_id": "purpose-goals/12", "proposed_goal_id": "purpose-goals/12"}
                | {
                    "verdict": "accepted",
                    "stage": "planned",
                    "best_practice": 0,
                    "decided_at": "2026-01-01T00:00:00+00:00",
                }
            )
        after = cells(reader.get(DASHBOARD).text, "coverage")
        reader.db.close()
    changed = [(old[0], old[3], new[3]) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [("12 Building homes and sustainable communities", "0", "1")]


def test_many_organisations_fill_several_pages(path: Path) -> None:
    with closing(open_database(path)) as db, db.conn:
        for number in range(65):
            db.execute(
                "insert into activities (id, framework_id, status, title, goal_id, goals, stage, owner, figures, passages) "
                "values (?, 'purpose-goals', 'reviewed', 'Work', 'purpose-goals/8', '[\"8\"]', 'ongoing', ?, '[]', 1)",
                [f"b{number}", f"Body {number:02}"],
            )
    reader = Reader(path)
    pages = [reader.get(f"{DASHBOARD}?part={number}").text for number in (1, 2, 3)]
    reader.db.close()
    shown = [line[0] for page in pages for line in cells(page, "organisations")[1:]]
    assert len(shown) == len(set(shown)) == 68
    assert ["Next part" in page for page in pages] == [True, True, False]
    assert "Part 2 of 3" in pages[1]


def test_a_framework_of_many_goals_shows_those_that_are_served(tmp_path: Path) -> None:
    with closing(make(tmp_path / "review.db", frameworks=("purpose-goals", "un-sdgs"))) as db, db.conn:
        goals = [id for (id,) in db.execute("select id from goals where framework_id = 'un-sdgs' order by position")]
        codes = f'["{goals[2].partition("/")[2]}"]'
        db.execute(
            "insert into activities (id, framework_id, status, title, goal_id, goals, stage, owner, figures, passages) "
            "values ('a1', 'un-sdgs', 'reviewed', 'Work', ?, ?, 'ongoing', 'Body', '[]', 1)",
            [goals[2], codes],
        )
    reader = Reader(tmp_path / "review.db")
    page = reader.get(f"{DASHBOARD}?framework=un-sdgs").text
    reader.db.close()
    assert '<option value="un-sdgs" selected>' in page
    assert sum(int(line[-1]) for line in cells(page, "coverage")[1:]) == 1


def test_a_database_of_an_earlier_goalmap_is_answered_with_what_to_do(path: Path) -> None:
    with closing(Database(path)) as db, db.conn:
        db.execute("drop table derived")
    reader = Reader(path)
    answer = reader.get(DASHBOARD)
    reader.db.close()
    assert answer.status_code == 404
    assert "Open it once with goalmap serve" in text_of(answer)


def test_numbers_that_are_out_of_date_are_said_to_be(path: Path) -> None:
    with closing(Database(path)) as db, db.conn:
        db.execute("update derived set state = 'before'")
    reader = Reader(path, immutable=True)
    said = text_of(reader.get(DASHBOARD))
    reader.db.close()
    assert "This database is open for reading only" in said


def test_menus_and_the_overview_lead_to_the_dashboard(reader: Reader) -> None:
    for address in ("/", "/review", f"{ROOT}/overview"):
        assert 'href="/review/-/dashboard"' in reader.get(address).text, address


def tie(source: str, target: str, label: str = "chairs", former: int = 0) -> dict[str, object]:
    return {"source": source, "target": target, "label": label, "former": former, "passage_id": "p1"}


def test_the_most_tied_are_shown_with_those_tied_to_them() -> None:
    ties = [*(tie(f"p{number}", "hub") for number in range(9)), tie("x", "y"), tie("p1", "y", "member of")]
    shown = most_tied(ties, most=5)
    assert {bond.target for bond in shown} == {"hub"}
    assert len(shown) == 4
    assert {(bond.source, bond.target) for bond in most_tied(ties, "y")} == {("x", "y"), ("p1", "y")}
    assert most_tied([], "y") == most_tied([]) == []


def test_two_are_no_longer_tied_when_all_their_ties_are_former() -> None:
    chair = tie("a", "b", "chair", 1)
    assert [bond.former for bond in most_tied([chair, tie("a", "b", "member", 0)])] == [False]
    (both,) = most_tied([chair, tie("a", "b", "member", 1)])
    assert (both.former, both.label) == (True, "chair; member")
