"""The goals now beside what was known earlier: how many activities are new, went further or are told no more, and which."""

from collections.abc import Iterable, Mapping, Sequence

from goalmap.extract.words import name_key
from goalmap.pictures.bars import stacked
from goalmap.pictures.model import Bar
from goalmap.report.draft.model import Cell, Fact, Items, Paragraph, Picture, Plain, Section, Table, Text, plain
from goalmap.report.progress.then_and_now import AGAIN, CHANGES, FURTHER, GONE, NEW, NOT_SINCE, Change, by_goal, of_kind
from goalmap.report.section import Row
from goalmap.report.sections.telling import STAGES, capital, counted, listed

LABELS = {
    NEW: "New",
    FURTHER: "Gone further",
    AGAIN: "Told again",
    NOT_SINCE: "Not told since",
    GONE: "No longer there",
}
TITLES = {
    NEW: "New activities",
    FURTHER: "Gone further",
    NOT_SINCE: "Not told since",
    GONE: "In the earlier report only",
}
"""The kinds that are listed one by one; what was told again at the same stage is only counted."""
MEANINGS = {
    NEW: "Told only in what came later.",
    FURTHER: "Told at a stage nearer to being delivered than before.",
    NOT_SINCE: "Known earlier, and not told of in anything later. That does not say that they ended.",
    GONE: "The earlier report has them; no reviewed or proposed activity of the database continues them.",
}
HOW = (
    "“New” activities are told only in what came later; “gone further” are those told at a stage nearer to being delivered;"
    " “told again” those told later at the same stage; “not told since” says nothing about whether they go on."
    " An activity that serves two goals counts under both."
)


def goals_then_and_now(row: Row, changes: Sequence[Change], goals: Mapping[str, str], then: str) -> Section:
    """The section on goals; `goals` has the label of each goal by id, `then` says what the comparison is with."""
    if not changes:
        return row.section(Paragraph(plain("No activities were found to compare.")))
    shown = tuple(kind for kind in CHANGES if kind != GONE or of_kind(changes, GONE))
    told = Paragraph(plain(f"Compared with {then}. {_sum(changes)} {HOW}"))
    inner = tuple(_listed(row, kind, changes, goals) for kind in TITLES if of_kind(changes, kind))
    return row.section(told, picture(changes, goals, shown), sections=inner)


def _sum(changes: Sequence[Change]) -> str:
    told = [f"{len(found):,} {kind}" for kind in CHANGES if (found := of_kind(changes, kind))]
    return f"{capital(counted(len(changes), 'activity', 'activities'))}: {listed(told)}."


def picture(changes: Sequence[Change], goals: Mapping[str, str], kinds: Sequence[str]) -> Picture:
    """Activities of each goal by how they stand beside what was known."""
    counts = by_goal(changes)
    labels = [LABELS[kind] for kind in kinds]
    bars = [Bar(label, tuple(counts[id][kind] if id in counts else 0 for kind in kinds)) for id, label in goals.items()]
    title, description = (
        "Activities then and now, by goal",
        "How many activities of each goal are new, went further, or were told again.",
    )
    rows = tuple(
        (Cell(plain(bar.label), heading=True), *(Cell(plain(f"{count:,}"), number=True) for count in bar.counts))
        for bar in bars
    )
    return Picture(title, description, stacked(title, description, labels, bars), Table(title, ("Goal", *labels), rows))


def _listed(row: Row, kind: str, changes: Sequence[Change], goals: Mapping[str, str]) -> Section:
    order = {id: place for place, id in enumerate(goals)}
    found = sorted(
        of_kind(changes, kind), key=lambda change: (_first(change, order), name_key(change.title), change.cites)
    )
    items = tuple(_item(change, goals) for change in found)
    return Section(f"{row.id}-{kind.replace(' ', '-')}", TITLES[kind], (Paragraph(plain(MEANINGS[kind])), Items(items)))


def _first(change: Change, order: Mapping[str, int]) -> int:
    return min((order.get(id, len(order)) for id in change.goals[:1]), default=len(order))


def _item(change: Change, goals: Mapping[str, str]) -> Text:
    served = _goals(change.goals, goals)
    text = f"{change.title}: {_stages(change)}{f' ({served})' if served else ''}"
    if change.activity is None:
        return (Plain(text),)
    return (Fact(text, tuple(dict.fromkeys(change.cites)), not change.activity.is_reviewed),)


def _stages(change: Change) -> str:
    """The stage now, and the one then where it was another."""
    now, then = (STAGES.get(stage, (stage, stage))[0] for stage in (change.now, change.then))
    if change.kind == FURTHER:
        return f"{now}, {then} before"
    return then if change.activity is None else now


def _goals(ids: Iterable[str], goals: Mapping[str, str]) -> str:
    return "; ".join(goals.get(id, id.partition("/")[2] or id) for id in ids)
