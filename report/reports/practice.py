"""The compendium of best practice: the strongest activities of many organisations, with the rule that picked each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from goalmap.classify.activities.model import Activity
from goalmap.classify.activities.owners import body_key
from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.report.bodies import body_of
from goalmap.report.draft.model import Block, Cell, Draft, Items, Notice, Paragraph, Section, Table, plain
from goalmap.report.evidence import Evidence, find_evidence
from goalmap.report.excerpt import excerpt
from goalmap.report.practice.grounds import RULES
from goalmap.report.practice.picks import CAP, Pick, Picked, picked
from goalmap.report.practice.profiles import find_profiles
from goalmap.report.sections.practice_bodies import coverage, profiles
from goalmap.report.sections.practice_entries import GROUPINGS, shown_under
from goalmap.report.sections.telling import STAGES, cites_of, fact, goal_title, listed
from goalmap.report.wording import count


@dataclass(frozen=True, slots=True)
class Asked:
    """What a compendium is asked for."""

    made_on: date
    framework: str = "purpose-goals"
    goal: str | None = None
    region: str | None = None
    cap: int = CAP
    most: int | None = None
    by: str = "goal"


def compendium(db: Database, asked: Asked) -> Draft:
    """The compendium of a database. Raises NotFound, UnknownName or NotVerbatim."""
    evidence = find_evidence(db, goal=asked.goal, framework=asked.framework)
    activities = tuple(of_region(evidence.shown, asked.region))
    found = picked(activities, asked.cap, asked.most)
    groups = tuple(GROUPINGS[asked.by](found.picks, evidence.goals))
    after = (profiles(found.picks, activities, find_profiles(db), evidence.goals),) if found.picks else ()
    return Draft(
        kind="practice",
        title="Best practice across organisations",
        subtitle=_subtitle(evidence, found, asked),
        made_on=asked.made_on.isoformat(),
        notices=tuple(_notices(evidence, found)),
        sections=(
            _overview(evidence, activities, found, asked),
            *groups,
            *after,
            _left_out(evidence, found, activities),
        ),
        data=_data(evidence, found, asked),
        rows=_rows(evidence, found.picks),
    )


def of_region(activities: Sequence[Activity], region: str | None) -> Iterable[Activity]:
    """The activities of a region. Raises UnknownName, with the regions there are, or NotFound where none is known."""
    if region is None:
        return activities
    found = [one for one in activities if one.region.casefold() == region.strip().casefold() and one.region]
    known = sorted({one.region for one in activities if one.region})
    if not known:
        raise NotFound("No activity has a region that is known. Leave out --region, or write the regions by hand.")
    if not found:
        raise UnknownName("region of an activity", region, known)
    return found


def _subtitle(evidence: Evidence, found: Picked, asked: Asked) -> str:
    goals = tuple(evidence.goals.values())
    parts = (
        evidence.framework.title,
        goal_title(goals[0]) if asked.goal and goals else "",
        asked.region or "",
        f"{count(len(found.picks), 'entry', 'entries')} from {count(len(found.bodies), 'organisation')}",
    )
    return " · ".join(part for part in parts if part)


def _notices(evidence: Evidence, found: Picked) -> Iterable[Notice]:
    if evidence.is_undecided and evidence.proposed:
        yield Notice(
            plain(
                "Nobody has decided on anything here yet. All entries are proposals: review them before this is sent on"
                " (goalmap serve, or goalmap review export)."
            ),
            "warning",
        )
    elif evidence.proposed:
        waiting = count(len(evidence.proposed), "proposed activity waits", "proposed activities wait")
        yield Notice(plain(f"Only what reviewers decided is shown. {waiting} for a decision."))
    if not found.picks:
        yield Notice(plain("There is no activity with a ground to show it as good practice."), "warning")


# How it was picked


def _overview(evidence: Evidence, activities: Sequence[Activity], found: Picked, asked: Asked) -> Section:
    picture = coverage("Organisations by goals", activities, evidence.goals)
    blocks: tuple[Block, ...] = (
        Paragraph(plain(_rule(asked))),
        Items(tuple(plain(words) for words, _ in RULES.values()), numbered=True),
        Paragraph(plain(ORDER)),
    )
    return Section("rule", "How entries were picked", (*blocks, *((picture,) if picture else ())))


ORDER = (
    "Every entry prints its grounds with the passage that shows each. What a reviewer marked stands first; then whatever has"
    " more grounds; of equals, whatever has the grounds higher on this list; then the larger number of people. Awards that"
    " were only hoped for, short-lists and commendations are no grounds."
)


def _rule(asked: Asked) -> str:
    turns = (
        "No organisation has a second entry before every other one has had its first, and second entries go first to goals"
        " that have none."
        if asked.cap > 1
        else ""
    )
    most = f" At most {count(asked.most, 'entry', 'entries')} in all." if asked.most is not None else ""
    return (
        f"At most {count(asked.cap, 'entry', 'entries')} for each organisation.{most} {turns} An activity is an entry only if"
        " it has at least one of these grounds:"
    ).replace("  ", " ")


def _left_out(evidence: Evidence, found: Picked, activities: Sequence[Activity]) -> Section:
    items = [plain(text) for number, text in _counts(found) if number]
    if found.bodies_without:
        keys = set(map(body_key, found.bodies_without))
        own = tuple({key: one for one in activities if (key := body_key(body_of(one))) in keys}.values())
        items.append((fact(f"No activity of {listed(found.bodies_without)} has a ground.", own, cites_of(own)),))
    empty = [goal.label for id, goal in evidence.goals.items() if id not in _covered(evidence, found)]
    if empty:
        items.append(plain(f"No entry stands under {listed(empty)}."))
    searched = (
        f"{count(len(evidence.library.read), 'document')} with {count(evidence.library.searched, 'passage')} that could report"
        " an activity were searched."
    )
    return Section("left-out", "What was left out", (Items((plain(searched), *items)),))


def _counts(found: Picked) -> Iterable[tuple[int, str]]:
    activities = "activity", "activities"
    yield (
        found.over_cap,
        f"{count(found.over_cap, *activities)} with grounds left out: their organisations have as many entries as"
        " the cap allows.",
    )
    yield found.over_most, f"{count(found.over_most, *activities)} left out by the number of entries asked for."
    yield found.without_grounds, f"{count(found.without_grounds, *activities)} left out for want of a ground."


def _covered(evidence: Evidence, found: Picked) -> set[str]:
    return {shown_under(pick, evidence.goals) for pick in found.picks}


# As data

COLUMNS = (
    "turn",
    "organisation",
    "region",
    "goal",
    "activity",
    "stage",
    "status",
    "why_picked",
    "quotation",
    "document",
    "publisher",
    "published",
    "page",
    "passage_id",
)


def _rows(evidence: Evidence, picks: Sequence[Pick]) -> Table:
    return Table(
        f"Best practice, {evidence.framework.title}",
        COLUMNS,
        tuple(tuple(Cell(plain(str(value))) for value in _row(evidence, pick)) for pick in picks),
    )


def _row(evidence: Evidence, pick: Pick) -> tuple[object, ...]:
    one = pick.activity
    main = one.main
    return (
        pick.turn,
        pick.body,
        one.region,
        evidence.goals[shown_under(pick, evidence.goals)].label,
        one.title,
        STAGES[one.stage][1],
        one.status,
        "; ".join(ground.words for ground in pick.grounds),
        excerpt(main.text, (span for filing in main.filings for span in filing.evidence)),
        main.document.title,
        main.document.publisher or "",
        main.document.published or "",
        main.page or "",
        main.passage_id,
    )


def _data(evidence: Evidence, found: Picked, asked: Asked) -> dict[str, object]:
    return {
        "framework": evidence.framework.id,
        "cap": asked.cap,
        "region": asked.region,
        "decided": not evidence.is_undecided,
        "rules": {name: words for name, (words, _) in RULES.items()},
        "entries": [_entry(evidence, pick) for pick in found.picks],
        "left_out": {
            "over_cap": found.over_cap,
            "over_most": found.over_most,
            "without_grounds": found.without_grounds,
            "organisations": list(found.bodies_without),
        },
    }


def _entry(evidence: Evidence, pick: Pick) -> dict[str, object]:
    one = pick.activity
    return {
        "turn": pick.turn,
        "activity": one.id,
        "title": one.title,
        "organisation": pick.body,
        "region": one.region,
        "goals": [evidence.goals[goal].code for goal in one.goals if goal in evidence.goals],
        "stage": one.stage,
        "status": one.status,
        "grounds": [
            {"rule": ground.rule, "words": ground.words, "passages": list(ground.cites)} for ground in pick.grounds
        ],
        "passages": list(one.passages),
    }
