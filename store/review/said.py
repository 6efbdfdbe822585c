"""What the rows of a returned queue say: each beside what was exported of it, or what is wrong with it."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from sqlite_utils import Database

from goalmap.store.decisions import Answer, Slot, answer_of
from goalmap.store.masking.marks import fits
from goalmap.store.review.answers import Fault, Goals, Hearing, answer_in, check_written
from goalmap.store.review.columns import ANSWERS, NEEDED
from goalmap.store.review.drawn import Drawn, drawn_in
from goalmap.store.sheets.sheet import Line, Sheet

BATCH = 2_000
STATES = """
with asked (export_id, proposal_id) as (
    select distinct json_extract(value, '$[0]'), json_extract(value, '$[1]') from json_each(?)
)
select e.*, p.replaced_by, substr(p.text, 1, 200) text, a.framework_id
from asked cross join export_rows e using (export_id, proposal_id) join passages p on p.id = e.passage_id
left join audit_passages a on a.id = e.proposal_id
"""
REPLACED = """
with recursive places (id, place) as (
    select value, value from json_each(?)
    union
    select places.id, p.replaced_by from places join passages p on p.id = places.place where p.replaced_by is not null
)
select places.id, places.place from places join passages p on p.id = places.place where p.replaced_by is null
"""
UNKNOWN_ROW = (
    "no export of this database has proposal {!r} (base {!r}); export the queue again and copy the answer over"
)
MISMATCH = (
    "the passage in this row ({!r}) is not the one that {} names ({!r}); were columns sorted apart from each other? "
    "Export the queue again and copy the answers over"
)
TOO_MANY = "the row has more cells than the header ({!r} is too many); a quotation mark or a delimiter may be missing"
CUT = "the row has {} of {} cells; the file may have been cut off here"
NO_END = "the file ends in this row without a line end, and {} may be cut off; look at it and save the file again"
CONTRADICTION = "another answer to the same proposal stands in line {}; keep one of them"
COMPARED = 40
ALIKE = 0.6
LETTERS = re.compile(r"[^a-z0-9]+")

Row = dict[str, Any]
Problem = tuple[int, str]
"""A line and what is wrong with it."""
Tell = Callable[[int, int], None]
"""Told how many rows of how many are understood."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says of a proposal, beside what was exported of it."""

    line: int
    proposal_id: str
    slot: Slot
    exported: Answer
    answer: Answer


@dataclass(slots=True)
class Heard:
    """What the rows of a file say."""

    said: list[Said] = field(default_factory=list)
    """Rows in which something was answered."""
    drawn: list[Drawn] = field(default_factory=list)
    """Rows of passages that were drawn at random and are answered."""
    problems: list[Problem] = field(default_factory=list)
    decided_before: int = 0
    """Rows left as they were with a decision of before the export."""
    undecided: int = 0


def heard(db: Database, sheet: Sheet, reviewer: str, tell: Tell | None = None) -> Heard:
    """What each row says, or what is wrong with it."""
    goals = Goals(db.query("select id, framework_id, code, name from goals order by framework_id, position"))
    hearing = Hearing(goals, reviewer, sheet.encoding)
    result = Heard()
    for start in range(0, len(sheet.lines), BATCH):
        _hear(db, sheet, sheet.lines[start : start + BATCH], hearing, result)
        if tell:
            tell(min(start + BATCH, len(sheet.lines)), len(sheet.lines))
    return result


def _hear(db: Database, sheet: Sheet, lines: Sequence[Line], hearing: Hearing, result: Heard) -> None:
    cells = [(line, _cells(line, sheet)) for line in lines]
    asked = [(row.get("base", ""), row.get("proposal_id", "")) for _, row in cells]
    states = _states(db, asked)
    for line, row in cells:
        try:
            _check_cells(line, row, sheet)
            _take_in(line.number, row, _state(row, states), hearing, result)
        except Fault as fault:
            result.problems.append((line.number, str(fault)))


def _states(db: Database, asked: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Row]:
    """What was exported, by export and proposal, with the passage that stands in the place of the one shown."""
    rows = list(db.query(STATES, [json.dumps(asked)]))
    replaced = json.dumps([row["passage_id"] for row in rows if row["replaced_by"]])
    standing = dict(db.execute(REPLACED, [replaced]).fetchall())
    return {
        (row["export_id"], row["proposal_id"]): {**row, "standing": standing.get(row["passage_id"], row["passage_id"])}
        for row in rows
    }


def _cells(line: Line, sheet: Sheet) -> dict[str, str]:
    """The cells of a row; workbooks do not keep those that are blank at its end."""
    return {**dict.fromkeys(line.columns, ""), **line.cells} if sheet.is_workbook else line.cells


def _check_cells(line: Line, cells: Mapping[str, str], sheet: Sheet) -> None:
    if line.extra:
        raise Fault(TOO_MANY.format(line.extra[0][:40]))
    if any(name not in cells for name in (*NEEDED, *line.columns) if name in NEEDED or name in ANSWERS):
        raise Fault(CUT.format(line.width, len(sheet.columns)))
    if line is sheet.lines[-1] and not sheet.is_ended and sheet.columns[-1] in ANSWERS:
        raise Fault(NO_END.format(sheet.columns[-1]))
    check_written(cells)


def _state(cells: Mapping[str, str], states: Mapping[tuple[str, str], Row]) -> Row:
    proposal_id, base = cells["proposal_id"], cells["base"]
    if (state := states.get((base, proposal_id))) is None:
        raise Fault(UNKNOWN_ROW.format(proposal_id[:40], base[:40]))
    return state


def _take_in(line: int, cells: Mapping[str, str], state: Row, hearing: Hearing, result: Heard) -> None:
    """Add what a row says to the result. Raises Fault."""
    if not state["proposed_goal_id"]:
        drawn = drawn_in(line, cells, state, hearing)
        if drawn is None:
            result.undecided += 1
        else:
            _check_passage(cells, state)
            result.drawn.append(drawn)
        return
    said = _said(line, cells, state, hearing)
    if said.answer != said.exported:
        _check_passage(cells, state)
        result.said.append(said)
    elif said.exported.verdict:
        result.decided_before += 1
    else:
        result.undecided += 1


def _said(line: int, cells: Mapping[str, str], state: Row, hearing: Hearing) -> Said:
    exported, proposed = answer_of(state), state["proposed_goal_id"]
    answer = answer_in(cells, exported, proposed, hearing)
    if answer.verdict == "added" and answer.goal_id != proposed:
        proposed, exported = answer.goal_id, Answer()
    return Said(line, cells["proposal_id"], (state["standing"], proposed), exported, answer)


def _check_passage(cells: Mapping[str, str], state: Row) -> None:
    """An answer beside another passage than that of its id belongs to who knows what. Raises Fault."""
    shown, known = cells.get("passage", ""), state["text"]
    one, other = _letters(shown), _letters(known)
    length = min(len(one), len(other))
    if fits(known[: len(shown)], shown[: len(known)]):
        return
    if not _is_alike(one[:length], other[:length]):
        raise Fault(MISMATCH.format(shown[:40], cells["proposal_id"], known[:40]))


def _is_alike(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _letters(text: str) -> str:
    return LETTERS.sub("", text.casefold())[:COMPARED]


def agreed(said: Sequence[Said]) -> tuple[list[Said], list[Problem]]:
    """One answer for each proposal; where rows contradict each other none is taken."""
    by_slot: dict[Slot, list[Said]] = {}
    for row in said:
        by_slot.setdefault(row.slot, []).append(row)
    one_each = [rows[-1] for rows in by_slot.values() if _is_one(rows)]
    return one_each, list(_contradictions(rows for rows in by_slot.values() if not _is_one(rows)))


def _is_one(rows: Sequence[Said]) -> bool:
    return len({row.answer.without_reviewer() for row in rows}) == 1


def _contradictions(groups: Iterator[Sequence[Said]]) -> Iterator[Problem]:
    for rows in groups:
        for row in rows[1:]:
            yield row.line, CONTRADICTION.format(rows[0].line)
