"""What the commands say in plain words: figures in, lines out."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from goalmap.store.contents.summary import GoalCount, Problem, Summary, Unattached
    from goalmap.store.demo import Demo
    from goalmap.store.doctor import Check
    from goalmap.store.load import Outcome
    from goalmap.store.review.export import Exported
    from goalmap.store.review.taking import Imported

WIDTH = 78
SHOWN = 20
"""Problems that are listed one by one; --json has them all."""
KINDS = {
    "person": ("person", "people"),
    "organisation": ("organisation", "organisations"),
    "initiative": ("initiative", "initiatives"),
}


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> count(1, "file"), count(1200, "file")
    ('1 file', '1,200 files')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def seconds(duration: float) -> str:
    """A time as people say it.

    >>> seconds(3.21), seconds(125)
    ('3.2 seconds', '2 minutes 5 seconds')
    """
    if duration < 60:
        return f"{duration:.1f} seconds"
    minutes, rest = divmod(round(duration), 60)
    return f"{count(minutes, 'minute')} {count(rest, 'second')}"


def shortened(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def filled(text: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


BRACKETED = re.compile(r"\(goalmap [^()]{1,60}\)")
"""A command in the middle of a sentence, which no line end breaks."""
HARD_SPACE = "\u00a0"


def message_lines(text: str) -> Iterator[str]:
    """A message in lines for a terminal; a command at the end of one is never broken, so that it can be copied.

    >>> *_, command = message_lines(f"{'No reading was begun. ' * 3}Begin one with: goalmap review readers queue.csv")
    >>> command
    '  goalmap review readers queue.csv'
    """
    for line in BRACKETED.sub(lambda found: found[0].replace(" ", HARD_SPACE), text).splitlines():
        prose, colon, command = line.rpartition(": goalmap ")
        if colon and len(line) > WIDTH and ". " not in command:
            yield from (one.replace(HARD_SPACE, " ") for one in filled(f"{prose}:"))
            yield f"  goalmap {command.rstrip('.')}"
        elif line.startswith("  goalmap "):
            yield line
        else:
            lines = filled(line, " " * (len(line) - len(line.lstrip()) + 2)) or [""]
            yield from (one.replace(HARD_SPACE, " ") for one in lines)


# After ingest


def outcome_lines(outcome: "Outcome", summary: "Summary", duration: float, db: Place) -> Iterator[str]:
    """What an ingest did, what the database now holds, what to do next."""
    if not outcome.found:
        yield "There are no files in that folder."
        return
    inside = f", with {outcome.inside:,} more in them" if outcome.inside else ""
    yield from filled(f"{count(outcome.found, 'file')} found{inside}: {_read(outcome)}, in {seconds(duration)}.")
    yield from _holdings(summary, db)
    yield from problem_lines(summary.problems)
    yield from _lost_lines(summary)
    if summary.undecided:
        yield "Next, one of:"
        yield f"  goalmap review export queue.csv --db {db}"
        yield f"  goalmap serve --db {db}"


def _read(outcome: "Outcome") -> str:
    parts = [
        f"{number:,} {STATUS_WORDS[status]}"
        for status, number in sorted(outcome.statuses.items(), key=lambda item: -item[1])
    ]
    if outcome.copies:
        parts.append(count(outcome.copies, "copy of another", "copies of others"))
    if outcome.unchanged:
        parts.append(f"{outcome.unchanged:,} unchanged since the last run")
    return ", ".join(parts)


STATUS_WORDS = {
    "ok": "read",
    "partial": "read in part",
    "no_text": "without text",
    "needs_password": "need a password",
    "unsupported": "of a kind that is not read",
    "refused": "refused",
    "failed": "failed",
    "skipped": "skipped",
}


def _holdings(summary: "Summary", db: Place) -> Iterator[str]:
    names = [count(number, *KINDS[kind]) for kind, number in summary.names.items()]
    yield from filled(
        f"{db} holds {count(summary.documents, 'document')} in {count(summary.passages, 'passage')}; "
        f"{', '.join(names) or 'no names'}; {count(summary.quotations, 'quotation')}."
    )
    if summary.passages_proposed:
        goals = sum(goal.proposed > 0 for goal in summary.goals)
        yield from filled(
            f"{count(summary.proposals, 'proposal')} for {goals} of {count(len(summary.goals), 'goal')}, on "
            f"{summary.passages_proposed:,} of {count(summary.content, 'passage')} that could report an activity; {_waiting(summary)}."
        )
        if summary.near_copies:
            yield from filled(
                f"{count(summary.near_copies, 'document is a near copy', 'documents are near copies')} of another; "
                "what both say is asked once."
            )
    elif summary.content:
        yield from filled(
            f"No goal is proposed: none of {count(summary.content, 'passage')} reports an activity that serves one."
        )


def _waiting(summary: "Summary") -> str:
    if not summary.undecided:
        return "all are decided"
    return f"{summary.undecided:,} wait for a decision" if summary.decisions else "none is decided yet"


def problem_lines(problems: "Sequence[Problem]") -> Iterator[str]:
    """Files that were not read, or not wholly, with what to do."""
    if not problems:
        return
    yield f"Not read, or not wholly ({len(problems)}):"
    for problem in problems[:SHOWN]:
        yield from filled(f"- {Path(problem.path).name} ({problem.status}): {problem.problem}", "    ")
    if len(problems) > SHOWN:
        yield f"- and {len(problems) - SHOWN} more: goalmap status lists them all"


def _lost_lines(summary: "Summary") -> Iterator[str]:
    if summary.missing:
        yield from filled(
            f"{count(len(summary.missing), 'file is', 'files are')} no longer there; what was read of them is kept."
        )
    if summary.unattached:
        yield from filled(
            f"{count(len(summary.unattached), 'decision')} could not be attached to the new text; goalmap status lists "
            f"{'it' if len(summary.unattached) == 1 else 'them'}."
        )


# Status


def status_lines(summary: "Summary") -> Iterator[str]:
    """The state of a database."""
    statuses = ", ".join(f"{number:,} {STATUS_WORDS[status]}" for status, number in summary.statuses.items())
    yield f"Documents     {summary.documents:,}" + (f" ({statuses})" if statuses else "")
    if copies := _copies(summary):
        yield f"Copies        {', '.join(copies)}"
    yield f"Passages      {summary.passages:,}, of which {summary.content:,} could report an activity"
    yield f"Names         {', '.join(count(number, *KINDS[kind]) for kind, number in summary.names.items()) or 'none'}"
    if summary.suggested:
        pairs = count(summary.suggested, "pair of names may be one", "pairs of names may be one each")
        yield f"              {pairs}: goalmap entities list --suggested"
    yield f"Quotations    {summary.quotations:,}"
    yield f"Proposals     {summary.proposals:,} on {count(summary.passages_proposed, 'passage')}"
    waiting = count(summary.undecided, "proposal waits", "proposals wait")
    yield f"Decisions     {summary.decisions:,}; {waiting}"
    if summary.forgotten:
        yield f"Removed       {count(summary.forgotten, 'person', 'people')}: goalmap forget --list"
    yield from _goal_lines(summary.goals)
    yield from _listed(f"{problem.path} ({problem.status}): {problem.problem}" for problem in summary.problems)
    yield from _listed((f"{note.path}: {note.problem}" for note in summary.notes), "Read, with a note:")
    yield from _listed(f"{path}: no longer there; what was read of it is kept" for path in summary.missing)
    yield from _listed(
        (_unattached(decision) for decision in summary.unattached),
        "Decisions whose passage is no longer in its file (the passage was deleted or rewritten):",
    )


def _goal_lines(goals: "Sequence[GoalCount]") -> Iterator[str]:
    """A table of goals for each framework, headed by its name where there are several."""
    by_framework = {name: list(found) for name, found in groupby(goals, lambda goal: goal.framework)}
    for framework, found in by_framework.items():
        yield ""
        heading = framework if len(by_framework) > 1 else "Goal"
        yield f"{shortened(heading, 50):<52}{'proposed':>10}{'decided':>10}"
        for goal in found:
            yield f"{shortened(goal.goal, 50):<52}{goal.proposed:>10,}{goal.decided:>10,}"


def _copies(summary: "Summary") -> list[str]:
    exact = [count(summary.exact_copies, "exact copy", "exact copies")] if summary.exact_copies else []
    near = [count(summary.near_copies, "near copy", "near copies")] if summary.near_copies else []
    return [*exact, *near, *(count(number, f"{language} twin") for language, number in summary.twins.items())]


def _listed(items: Iterable[str], title: str = "") -> Iterator[str]:
    for number, item in enumerate(items):
        if not number:
            yield from ("", title) if title else ("",)
        yield from filled(f"- {item}", "    ")


def _unattached(decision: "Unattached") -> str:
    by = f" by {decision.reviewer}" if decision.reviewer else ""
    note = f" Note: {decision.note}" if decision.note else ""
    return f"{decision.verdict}{by} for {decision.goal}, in {decision.path}: “{shortened(decision.passage, 100)}”{note}"


# Review


def export_lines(exported: "Exported", queue: Path, db: Place) -> Iterator[str]:
    """What an export wrote and what to do with it."""
    proposals = count(exported.rows - exported.drawn, "proposal")
    drawn = f" and {count(exported.drawn, 'passage')} drawn at random" if exported.drawn else ""
    yield from filled(f"{proposals}{drawn} written to {queue}.")
    if exported.rows:
        yield from message_lines(f"Fill in the verdict column, then: goalmap review import {queue} --db {db}")
    else:
        yield "No proposal is like that; goalmap status says how many there are."


def import_lines(result: "Imported", dry_run: bool, partial: bool, conflicts: Path | None) -> Iterator[str]:
    """What an import did, or would do."""
    refused = bool(result.problems) and not partial
    taken = "not taken over" if refused else "would be taken over" if dry_run else "taken over"
    withdrawn = f"{count(result.withdrawn, 'decision')} to take back, " if result.withdrawn else ""
    drawn = f"{count(result.drawn, 'passage')} drawn at random, " if result.drawn else ""
    yield from filled(
        f"{count(result.rows, 'row')}: {count(result.decided, 'decision')} {taken}, {withdrawn}{drawn}"
        f"{result.unchanged:,} as they were, {result.undecided:,} undecided."
    )
    if result.settled:
        yield from filled(f"All readers agree now on {count(result.settled, 'more proposal')}: decided in their names.")
    yield from (line for warning in result.warnings for line in filled(warning))
    yield from _fault_lines(result.problems, refused, dry_run)
    if result.conflicts:
        where = f" They are listed in {conflicts}." if conflicts else ""
        yield from filled(
            f"{count(len(result.conflicts), 'conflict')}: the file and the database were changed to different things "
            f"since the export. The database was left as it is.{where} To settle them, export the queue again and "
            "answer those rows there."
        )


def _fault_lines(problems: Sequence[str], refused: bool, dry_run: bool) -> Iterator[str]:
    if not problems:
        return
    yield f"{count(len(problems), 'row')} with faults{'; nothing was written' if refused or dry_run else ''}:"
    for problem in problems[:SHOWN]:
        yield from filled(f"- {problem}", "    ")
    if len(problems) > SHOWN:
        yield f"- and {len(problems) - SHOWN} more: --json lists them all"
    if refused:
        yield "Mend them and import again, or add --partial to take the good rows."


# Checks


def check_lines(checks: "Sequence[Check]") -> Iterator[str]:
    for check in checks:
        mark = "ok " if check.ok else "-- " if check.optional else "NO "
        yield from filled(f"{mark} {check.name}: {check.detail}", "     ")
        if check.remedy and (not check.ok or check.name.startswith("Framework")):
            yield from filled(f"     {check.remedy}", "     ")
    missing = [check for check in checks if not check.ok and not check.optional]
    yield "All is well." if not missing else f"{count(len(missing), 'thing')} to mend, marked NO."


def demo_lines(files: "Demo", proposals: int, activities: int, publisher: str, duration: float) -> Iterator[str]:
    """What a demonstration left behind and what to do with it."""
    yield ""
    yield f"Done in {seconds(duration)}. In the folder {files.db.parent}:"
    yield f"  {files.queue.name:<12} the review queue, {count(proposals, 'proposal')}: open it in a spreadsheet,"
    yield f"{'':15}answer in the column verdict, then"
    yield f"{'':15}goalmap review import {files.queue} --db {files.db}"
    yield f"  {files.map.name:<12} the activity map, {count(activities, 'activity', 'activities')}: open it in a browser"
    yield f"  {files.impact.name:<12} a draft Impact Report, of proposals until you decide, on"
    yield f"{'':15}{publisher}"
    yield f"  {files.db.name:<12} everything found, to browse with"
    yield f"{'':15}goalmap serve --db {files.db}"
    yield "Then try a folder of your own: goalmap ingest FOLDER"
