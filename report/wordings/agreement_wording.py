"""How far readers agree, in tables and words; and what they differ in."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goalmap.report.wording import SHOWN, count, filled, message_lines, shortened
from goalmap.report.wordings.accuracy_wording import Row, Table
from goalmap.store.days import moment
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from goalmap.classify.measuring.agreement import Agreement
    from goalmap.store.review.disagreements import Account, Figures, Successive
    from goalmap.store.review.readings import BlindReading

QUESTIONS = {
    "right": "is the proposed goal right",
    "goal": "which goal, if any",
    "stage": "at what stage",
    "best_practice": "best practice",
}
PASSAGE_WIDTH = 40
NAME_WIDTH = 38
WHAT_IT_IS = (
    "{coefficient} is agreement beyond chance: 1 is always, 0 is what readers reach who give the same answers as often, but "
    "blindly. Where one answer is far commoner than the others it is low though readers nearly always agree, so look at "
    "both. Stage and best practice are compared where a goal was given. The interval is Wilson's, of the share of same "
    "answers, with chance as it was found; proposals of one passage are taken together."
)
UNDEFINED = (
    "A dash: everybody gave one and the same answer throughout, and so would chance; nothing can be said beyond it."
)
SAW = (
    "These decisions were made one after another: the second reviewer saw what the first had said. And where the second "
    "left an answer as it was, nothing was written down, so that agreement counts less than there was. For agreement in "
    "earnest begin a blind reading: goalmap review readers"
)
NO_PAIRS = "No proposal was decided on by two reviewers. For two readers: goalmap review readers"


# A reading is begun


def begun_lines(begun: "BlindReading", files: Mapping[str, Path], db: Place) -> Iterator[str]:
    """What was begun, for whom, and what to do with the files."""
    yield from filled(f"Reading {begun.id}: {count(begun.slots, 'proposal')} for {_listed(begun.readers)}.")
    for reader, path in files.items():
        yield f"  {path}  for {reader}"
    yield "Each reader fills in their own file, without seeing the others'. Then:"
    for path in files.values():
        yield f"  goalmap review import {path} --db {db}"
    yield f"  goalmap review agreement {begun.id} --db {db}"


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]])


# How far they agree


def account_lines(
    account: "Account", goals: Mapping[str, str], shown: "Sequence[Row]", db: Place, others: int = 0
) -> Iterator[str]:
    """A reading: who answered what, how far they agree, what they differ in. `shown` has a row for each disagreement."""
    begun = account.reading
    yield from filled(f"Reading {begun.id} by {_listed(begun.readers)}{_about(begun.note)}.")
    yield from filled(_progress(account))
    yield ""
    yield from figure_lines(account.figures, begun.readers, goals)
    yield from _disagreement_lines(account, shown, db)
    if others:
        yield f"There {'is' if others == 1 else 'are'} {count(others, 'other reading')}; give its id to see it, or --list."


def _about(note: str) -> str:
    return f" ({note})" if note else ""


def _progress(account: "Account") -> str:
    answered = ", ".join(f"{reader} {number:,}" for reader, number in account.answered.items())
    added = {reader: number for reader, number in account.added.items() if number}
    by_whom = ", ".join(f"{reader} {number:,}" for reader, number in added.items())
    more = f" Goals added: {by_whom}." if added else ""
    return f"{count(account.reading.slots, 'proposal')}; answered: {answered}; by all: {account.complete:,}.{more}"


def figure_lines(figures: "Figures", readers: Sequence[str], goals: Mapping[str, str]) -> Iterator[str]:
    """The agreement on each question, and goal by goal, with what the figures mean."""
    judged = {name: found for name, found in figures.questions.items() if found.units}
    if not judged:
        yield "Nothing was answered by two readers yet."
        return
    coefficient = "kappa" if len(readers) == 2 else "alpha"
    columns = ("judged", "same answer", coefficient, "95 % interval", f"commonest answer ({' / '.join(readers)})")
    rows = tuple((QUESTIONS[name], *_cells(found)) for name, found in judged.items())
    yield from Table("Agreement", ("question", *columns), rows).lines()
    if figures.goals:
        by_goal = tuple(
            (shortened(name, NAME_WIDTH), *_cells(figures.goals[goal]))
            for goal, name in goals.items()
            if goal in figures.goals
        )
        yield from Table(f"Goals: {QUESTIONS['right']}", ("goal", *columns), by_goal).lines()
    yield from filled(WHAT_IT_IS.format(coefficient=coefficient.capitalize()), indent="")
    if any(found.coefficient is None for found in (*judged.values(), *figures.goals.values())):
        yield from filled(UNDEFINED, indent="")
    yield ""


def _cells(found: "Agreement") -> Row:
    interval = found.interval and f"{found.interval.low:.2f} to {found.interval.high:.2f}"
    coefficient = "-" if found.coefficient is None else f"{found.coefficient:.2f}"
    answer, shares = next(iter(found.given.items()))
    commonest = f"{answer.rpartition('/')[2]}: {' / '.join(f'{share:.0%}' for share in shares)}"
    return (f"{found.units:,}", f"{found.observed:.0%}", coefficient, interval or "-", commonest)


def _disagreement_lines(account: "Account", shown: "Sequence[Row]", db: Place) -> Iterator[str]:
    readers = account.reading.readers
    if not shown:
        yield "Nothing to settle: what all have answered is agreed on, or was settled."
        return
    columns = ("passage", "goal", *(f"{reader} says" for reader in readers), "differ in")
    rows = tuple((shortened(row[0], PASSAGE_WIDTH), *row[1:]) for row in shown[:SHOWN])
    yield from Table(f"To settle: {count(len(shown), 'disagreement')}", columns, rows).lines()
    if len(shown) > SHOWN:
        yield f"and {len(shown) - SHOWN:,} more."
    yield "Settle them in a spreadsheet; the answers then count like any other:"
    yield f"  goalmap review agreement {account.reading.id} -o settle.csv --db {db}"
    yield f"  goalmap review import settle.csv --reviewer NAME --db {db}"
    if any("record" in row[-1] for row in shown):
        yield from filled(
            "Where they differ from the record, the record's answer stands in the row. To let it stand, say why in the note."
        )


def reading_lines(readings: "Sequence[BlindReading]") -> Iterator[str]:
    """The readings that were begun."""
    columns = ("id", "begun", "readers", "proposals", "note")
    rows = tuple((one.id, moment(one.created), ", ".join(one.readers), f"{one.slots:,}", one.note) for one in readings)
    yield from Table("Readings", columns, rows).lines()


# What was decided twice on record


def successive_lines(pairs: "Sequence[Successive]", goals: Mapping[str, str]) -> Iterator[str]:
    """How far reviewers agree who decided one after another."""
    if not pairs:
        yield from message_lines(NO_PAIRS)
        return
    yield from filled(SAW, indent="")
    yield ""
    for pair in pairs:
        yield f"{pair.first}, then {pair.second}"
        yield from figure_lines(pair.figures, (pair.first, pair.second), goals)
