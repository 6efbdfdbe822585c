"""Recommendations in files: a person's list, the report made earlier, and the list that goes back to the person."""

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goalmap.extract.words import name_key
from goalmap.ingest.errors import GoalmapError, NotFound, UnknownName
from goalmap.report.progress.recommendations import (
    DONE,
    NONE,
    PLANNED,
    STATUSES,
    SUPERSEDED,
    UNDER_WAY,
    Answer,
    Recommendation,
    with_words_of,
)
from goalmap.report.scope import Goal
from goalmap.store.contents.later import is_day
from goalmap.store.ids import stable_id
from goalmap.store.sheets.sheet import Words, plain, read_sheet, write_sheet

OWN = ("id", "text", "goal", "made_on", "status", "note", "reviewer")
"""The columns that are a person's to fill."""
OURS = ("proposed_status", "why", "evidence")
"""The columns that are written anew each time."""
SPELLINGS = {
    **{name: DONE for name in ("complete", "completed", "delivered", "achieved", "met", "finished", "implemented")},
    **{
        name: UNDER_WAY
        for name in ("in progress", "ongoing", "started", "on track", "partly done", "part done", "underway")
    },
    **{name: PLANNED for name in ("plan", "agreed", "accepted", "scheduled")},
    **{name: NONE for name in ("none", "no evidence", "not found", "not started", "unknown", "open")},
    **{name: SUPERSEDED for name in ("replaced", "dropped", "withdrawn", "overtaken", "no longer relevant")},
    **{name: name for name in STATUSES},
}
"""What people write for each status."""


class RecommendationsProblem(GoalmapError):
    """A list of recommendations cannot be taken over; carries one line a problem."""

    exit_code = 3

    def __init__(self, path: Path, problems: Iterable[str]) -> None:
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"{path} cannot be taken over:\n{lines}\nMend these rows and try again; nothing was written.")


@dataclass(frozen=True, slots=True)
class Raw:
    """A row of a list as it was read, with its place in the file."""

    place: str
    cells: Mapping[str, str]


# Read


def read_recommendations(path: Path, goals: Iterable[Goal], made_on: str | None = None) -> tuple[Recommendation, ...]:
    """The recommendations of a person's list. Raises NotFound, UnknownName, QueueProblem or RecommendationsProblem."""
    reader = READERS.get(path.suffix.casefold())
    if reader is None:
        raise UnknownName("form of a list of recommendations", path.suffix or path.name, READERS)
    if not path.is_file():
        raise NotFound(f"There is no file {str(path)!r}.")
    known = {key: goal.id for goal in goals for key in map(name_key, (goal.id, goal.code, goal.name, goal.label))}
    problems: list[str] = []
    found = [one for raw in reader(path) if (one := _recommendation(raw, known, path, made_on, problems))]
    doubled = sorted({one.id for one in found if sum(other.id == one.id for other in found) > 1})
    problems += [f"the id {id} stands in several rows" for id in doubled]
    if problems or not found:
        raise RecommendationsProblem(path, problems or ["there is no row with a text"])
    return tuple(found)


def _recommendation(
    raw: Raw, goals: Mapping[str, str], path: Path, made_on: str | None, problems: list[str]
) -> Recommendation | None:
    cells = raw.cells
    text, goal = cells.get("text", ""), name_key(cells.get("goal", "").removeprefix("Goal "))
    status = " ".join(cells.get("status", "").casefold().split())
    if not text and not cells.get("status") and not cells.get("note"):
        return None
    if not text:
        problems.append(f"{raw.place}: the text is empty")
    if goal and goal not in goals:
        problems.append(f"{raw.place}: no goal is called {cells['goal']!r}")
    if status and status not in SPELLINGS:
        problems.append(f"{raw.place}: no status is called {cells['status']!r}; there are: {', '.join(STATUSES)}")
    if (day := cells.get("made_on", "")) and not is_day(day):
        problems.append(f"{raw.place}: made_on is {day!r}; write it as 2023, 2023-06 or 2023-06-15")
    return Recommendation(
        id=cells.get("id") or stable_id("r", name_key(text)),
        text=text,
        goal=goals.get(goal),
        made_on=day or made_on,
        status=SPELLINGS.get(status, ""),
        note=cells.get("note", ""),
        reviewer=cells.get("reviewer", ""),
        source=cells.get("source", "") or path.name,
        more={name: cell for name, cell in cells.items() if name not in (*OWN, *OURS, "source")},
    )


def _rows_of_sheet(path: Path) -> Iterator[Raw]:
    for line in read_sheet(path, frozenset({"text"})).lines:
        yield Raw(f"line {line.number}", {name: cell.strip() for name, cell in line.cells.items()})


def _rows_of_toml(path: Path) -> Iterator[Raw]:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:  # the second where it is nested too deep
        raise RecommendationsProblem(path, [f"it is no TOML file: {error}"]) from error
    return _rows_of(path, data.get("recommendations"), "[[recommendations]]")


def _rows_of_json(path: Path) -> Iterator[Raw]:
    return _rows_of(path, _json(path).get("recommendations"), '"recommendations"')


def _rows_of(path: Path, rows: object, name: str) -> Iterator[Raw]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RecommendationsProblem(path, [f"it has no list {name} with an entry for each"])
    for number, row in enumerate(rows, start=1):
        texts = {str(name).casefold(): _cell(value) for name, value in row.items()}
        yield Raw(f"entry {number}", texts)


def _cell(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(_cell, value))
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return "" if value is None else plain(value).strip()


READERS: dict[str, Callable[[Path], Iterator[Raw]]] = {
    ".csv": _rows_of_sheet,
    ".xlsx": _rows_of_sheet,
    ".toml": _rows_of_toml,
    ".json": _rows_of_json,
}


# A report that was made earlier


@dataclass(frozen=True, slots=True)
class Known:
    """An activity as an earlier state has it."""

    id: str
    title: str
    goals: tuple[str, ...]
    stage: str
    passages: frozenset[str]


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """A report of ours that was written as JSON."""

    title: str
    made_on: str
    framework: str
    activities: tuple[Known, ...]
    recommendations: tuple[Recommendation, ...]


def read_earlier(path: Path, goals: Iterable[Goal]) -> EarlierReport:
    """The earlier report. Raises NotFound or RecommendationsProblem."""
    if not path.is_file():
        raise NotFound(f"There is no file {str(path)!r}.")
    top = _json(path)
    inner = top.get("data")
    data: dict[str, Any] = inner if isinstance(inner, dict) else top
    made_on = str(data.get("made_on") or top.get("made_on") or "")
    if not is_day(made_on) or not isinstance(data.get("activities"), list):
        raise RecommendationsProblem(
            path, ["it is no report that goalmap wrote as JSON (goalmap report impact -o x.json)"]
        )
    framework = data.get("framework")
    named = framework.get("id") if isinstance(framework, dict) else framework
    rows = data.get("recommendations") or ()
    known = {key: goal.id for goal in goals for key in (goal.id, name_key(goal.code), name_key(goal.label))}
    return EarlierReport(
        title=str(top.get("title") or data.get("title") or path.name),
        made_on=made_on,
        framework=str(named or ""),
        activities=tuple(_known(row) for row in data["activities"] if isinstance(row, dict)),
        recommendations=tuple(_earlier(row, known, made_on, path) for row in rows if isinstance(row, dict)),
    )


def _json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise RecommendationsProblem(path, [f"it is no JSON file: {error}"]) from error
    if not isinstance(data, dict):
        raise RecommendationsProblem(path, ["it holds no JSON object"])
    return data


def _known(row: Mapping[str, Any]) -> Known:
    return Known(
        id=str(row.get("id") or ""),
        title=str(row.get("title") or ""),
        goals=tuple(str(goal.get("id") if isinstance(goal, dict) else goal) for goal in _list(row.get("goals"))),
        stage=str(row.get("stage") or ""),
        passages=frozenset(_passages(row)),
    )


def _passages(row: Mapping[str, Any]) -> Iterator[str]:
    for name in ("citations", "passages"):
        for cited in _list(row.get(name)):
            yield str(cited.get("passage_id") or cited.get("passage") or "") if isinstance(cited, dict) else str(cited)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _earlier(row: Mapping[str, Any], goals: Mapping[str, str], made_on: str, path: Path) -> Recommendation:
    text, goal = _cell(row.get("text")), _cell(row.get("goal"))
    day = _cell(row.get("made_on"))
    return Recommendation(
        id=_cell(row.get("id")) or stable_id("r", name_key(text)),
        text=text,
        goal=goals.get(goal) or goals.get(name_key(goal)),
        made_on=day if is_day(day) else made_on,
        status=SPELLINGS.get(_cell(row.get("status")).casefold(), "") if row.get("status_by_person") else "",
        note=_cell(row.get("note")) if row.get("status_by_person") else "",
        source=path.name,
        kind=_cell(row.get("kind")),
        basis=frozenset(_basis(row.get("basis"))),
    )


def _basis(rows: object) -> Iterator[str]:
    for row in _list(rows):
        if isinstance(row, dict):
            yield _cell(row.get("activity"))
            yield from map(_cell, _list(row.get("citations")))


# Write


def write_recommendations(path: Path, answers: Iterable[Answer], goals: Iterable[Goal]) -> int:
    """Write the list for a person to correct; what a person wrote into the file that is there is kept. Gives the rows."""
    goals = tuple(goals)
    before = read_recommendations(path, goals) if path.is_file() else ()
    found = {answer.recommendation.id: answer for answer in answers}
    kept = with_words_of((answer.recommendation for answer in found.values()), before)
    more = tuple(dict.fromkeys(name for one in kept for name in one.more))
    codes = {goal.id: goal.code for goal in goals}
    rows = [_row(one, found.get(one.id), codes, more) for one in kept]
    return write_sheet(path, (*OWN, *OURS, "source", *more), rows)


def _row(one: Recommendation, answer: Answer | None, codes: Mapping[str, str], more: Iterable[str]) -> list[object]:
    proposed: tuple[object, ...] = ("", "", "")
    if answer:
        told = dict.fromkeys(match.telling.passage_id for match in answer.matches)
        proposed = (answer.proposed, answer.why, "; ".join(told))
    goal = Words(codes.get(one.goal or "", one.goal or ""))
    own = (
        Words(one.id),
        Words(one.text),
        goal,
        Words(one.made_on or ""),
        one.status,
        Words(one.note),
        Words(one.reviewer),
    )
    return [*own, *proposed, Words(one.source), *(Words(one.more.get(name, "")) for name in more)]
