"""goalmap evaluate as people type it: on gold, and on the decisions in a database."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goalmap.cli import main

DATA = Path(__file__).parent / "data"
RELEASE = """{name} Trust opens a community diagnostic centre

The trust opened a community diagnostic centre in {name} in March 2023, giving 3,000 patients a year faster scans.

We recruited {number} apprentices from schools in the poorest parts of {name} last year.

Our credit union gave {number} members in {name} affordable loans so that nobody had to turn to doorstep lenders.
"""
Goalmap = Callable[..., Result]


@pytest.fixture
def goalmap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Goalmap:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments, **options: CliRunner().invoke(main, [str(part) for part in arguments], **options)


@pytest.fixture
def db(goalmap: Goalmap, tmp_path: Path) -> Path:
    """A database of four press releases."""
    (tmp_path / "files").mkdir()
    for number, name in enumerate(("Severnholme", "Harrowmead", "Fenby", "Marsh Lane"), start=120):
        (tmp_path / "files" / f"{number}.txt").write_text(RELEASE.format(name=name, number=number))
    result = goalmap("ingest", "files", "--db", "a.db", "--engine", "serial", "--quiet")
    assert result.exit_code == 0, result.output
    return tmp_path / "a.db"


def review(goalmap: Goalmap, db: Path, answer: Callable[[int, dict[str, str]], dict[str, str]]) -> int:
    """Answer the queue row by row; gives the number of rows."""
    queue = db.with_name("queue.csv")
    goalmap("review", "export", queue, "--db", db, "--force", "--order", "document")
    with queue.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with queue.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, **answer(place, row)} for place, row in enumerate(rows))
    result = goalmap("review", "import", queue, "--db", db, "--reviewer", "Ann")
    assert result.exit_code == 0, result.output
    return len(rows)


def test_decisions_say_how_often_proposals_are_right(goalmap: Goalmap, db: Path) -> None:
    rows = review(goalmap, db, lambda place, _: {"verdict": "reject" if place == 0 else "accept"})
    result = goalmap("evaluate", "--db", db, "--json")
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    (framework,) = data["frameworks"]
    (model,) = framework["models"]
    assert data["ok"] is True
    assert framework["recall"] is None
    assert model["model"].startswith("purpose-goals@")
    assert (model["overall"]["decided"], model["overall"]["right"]) == (rows, rows - 1)
    assert model["overall"]["value"] == pytest.approx((rows - 1) / rows, abs=1e-4)


def test_what_reviewers_chose_instead_and_added_is_told(goalmap: Goalmap, db: Path) -> None:
    def answer(place: int, row: dict[str, str]) -> dict[str, str]:
        return (
            {"verdict": "change", "goal": "14"}
            if place == 0
            else {"verdict": "add", "goal": "13"}
            if place == 1
            else {}
        )

    review(goalmap, db, answer)
    text = goalmap("evaluate", "--db", db).stdout
    assert "Goals changed" in text
    assert "Missed for certain: 2 goals" in text
    assert "13 " in text
    assert "cannot be told" in text


def test_before_anything_is_decided_the_next_step_is_named(goalmap: Goalmap, db: Path) -> None:
    result = goalmap("evaluate", "--db", db)
    assert result.exit_code == 2
    assert "goalmap review export" in result.stderr


def test_passages_of_any_framework_are_measured_in_both_modes(goalmap: Goalmap) -> None:
    gold = DATA / "frameworks" / "nhs-anchor.jsonl"
    found = [
        json.loads(goalmap("evaluate", gold, "--framework", "nhs-anchor", *fast, "--json").stdout)
        for fast in ((), ("--fast",))
    ]
    assert [one["mode"] for one in found] == ["full", "fast"]
    assert set(found[0]["passages"]["by_goal"]) == {"1", "2", "3", "4", "5"}
    assert found[0]["passages"]["calibration_of_all"]["n"] == 5 * 80


def test_a_higher_threshold_proposes_less(goalmap: Goalmap) -> None:
    def proposed(threshold: str) -> int:
        gold = DATA / "frameworks" / "levelling-up-missions.jsonl"
        arguments = ("--framework", "levelling-up-missions", "--threshold", threshold, "--fast", "--json")
        micro = json.loads(goalmap("evaluate", gold, *arguments).stdout)["passages"]["micro"]
        return int(micro["hits"] + micro["false"])

    assert proposed("0.2") > proposed("0.9")


def test_a_framework_of_ones_own_is_measured_from_its_file(goalmap: Goalmap, tmp_path: Path) -> None:
    assert goalmap("frameworks", "new", "own", "-o", "own.toml").exit_code == 0
    rows = [{"text": "The museum opened its stores to schools.", "goals": []}]
    (tmp_path / "own.jsonl").write_text("\n".join(map(json.dumps, rows)))
    result = goalmap("evaluate", "own.jsonl", "--framework", "own.toml", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["framework"] == "own"


def test_with_a_database_its_models_are_measured(goalmap: Goalmap, db: Path) -> None:
    gold = DATA / "frameworks" / "nhs-anchor.jsonl"
    result = goalmap("evaluate", gold, "--framework", "nhs-anchor", "--fast", "--db", db, "--json")
    assert result.exit_code == 0, result.output
    assert goalmap("evaluate", gold, "--framework", "nhs-anchor", "--db", "none.db").exit_code == 2


def test_documents_are_measured_with_their_intervals(goalmap: Goalmap, tmp_path: Path) -> None:
    name = "pr-ashmere-cdc"
    for folder in ("files", "annotations"):
        (tmp_path / "gold" / folder).mkdir(parents=True)
        for file in (DATA / "gold" / folder).glob(f"{name}.*"):
            (tmp_path / "gold" / folder / file.name).write_bytes(file.read_bytes())
    result = goalmap("evaluate", "gold", "--workers", "1")
    assert result.exit_code == 0, result.output
    assert "purpose-goals, full, proposals from a probability of" in result.stdout
    assert "95 % interval" in result.stdout
    assert "Probabilities, documents" in result.stdout


BAD = {
    "fast without gold": (("evaluate", "--fast", "--db", "a.db"), 2, "--fast needs GOLD"),
    "no database": (("evaluate", "--db", "none.db"), 2, "goalmap ingest FOLDER"),
    "unknown framework": (("evaluate", "--db", "a.db", "--framework", "sdg"), 2, "There are: purpose-goals"),
    "unknown framework of gold": (("evaluate", DATA / "sdg", "--framework", "sdg"), 2, "No framework is called 'sdg'"),
    "gold of another framework": (("evaluate", DATA / "sdg"), 1, "--framework NAME"),
    "no gold": (("evaluate", "none"), 2, "no gold folder"),
    "a threshold of 2": (("evaluate", DATA / "sdg", "--threshold", "2"), 2, "threshold"),
}


@pytest.mark.parametrize(("arguments", "code", "message"), BAD.values(), ids=BAD)
def test_what_cannot_be_measured_is_answered_with_what_to_do(
    goalmap: Goalmap, db: Path, arguments: tuple[object, ...], code: int, message: str
) -> None:
    result = goalmap(*arguments)
    assert (result.exit_code, message in " ".join(result.stderr.split()), result.stdout) == (code, True, ""), (
        result.output
    )
