"""One story that ten documents tell is one activity with ten citations, from real files to the table."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goalmap.cli import main
from goalmap.store.database import immediate, open_database
from goalmap.store.decisions import Answer
from goalmap.store.ledgers import Record

TITLE = "Patients grow their own at the Hush Lane garden"
STORY = (
    "Oxley Vale Community NHS Trust has opened a garden behind its clinic in Hush Lane, where patients who are low or lonely grow"
    " vegetables together. GPs have sent 130 people there since March 2023, and half of them say that they see their doctor less often.",
    "The Oxley Vale District Council gave £12,000 for the beds and the greenhouse. What is not eaten on the day goes to the pantry on"
    " Mill Street.",
    "“I had not spoken to anybody for a month,” said Moira Tennant, who comes on Tuesdays. “Now I am in charge of the beans.”",
)
FRAMES = (
    ("{title}\n\n{story}\n", "txt"),
    ("# {title}\n\n{story}\n", "md"),
    ("Read: {title}\n\n17 May 2023\n\n{story}\n", "txt"),
    ("News from the Oxley Vale\n\n{title}\n\n{story}\n\nSubscribe to our newsletter.\n", "txt"),
    ("# Purpose stories\n\n## {title}\n\n{story}\n", "md"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ten files that tell the story, framed as publishers frame it, some with a word or two edited."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(10):
        frame, ending = FRAMES[number % len(FRAMES)]
        story = "\n\n".join(STORY).replace("lonely", "lonely" if number < 5 else "alone")
        text = frame.format(title=TITLE, story=story)
        (folder / f"story-{number}.{ending}").write_text(
            f"{text}\n<!-- {number} -->\n" if ending == "md" else text + f"\n{number}\n", "utf-8"
        )
    return folder


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result


def accept_all(db: Path) -> None:
    with_db = open_database(db)
    slots = with_db.execute("select passage_id, goal_id from proposals order by id").fetchall()
    with immediate(with_db):
        Record().add(with_db, {slot: Answer("accepted", slot[1], reviewer="Ann") for slot in slots}, "test")
    with_db.close()


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


@pytest.mark.slow
def test_ten_copies_of_one_story_give_one_row_with_ten_citations(folder: Path, tmp_path: Path) -> None:
    db, table = tmp_path / "goalmap.db", tmp_path / "map.csv"
    run("ingest", folder, "--db", db, "--engine", "serial")
    accept_all(db)
    run("report", "map", "--db", db, "-o", table)
    about_garden = [row for row in rows_of(table) if "grow vegetables together" in row["evidence"]]
    assert len(about_garden) == 1
    assert about_garden[0]["citations"] == "10"
    assert len(about_garden[0]["passage_id"].split("; ")) == 10
