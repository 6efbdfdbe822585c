"""The page of an evidence pack: what it is, who leads it, what came of it, figures, and up to three voices."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from goalmap.classify.activities.model import STAGES_FURTHEST_FIRST, Activity, Body, Reading
from goalmap.report.draft.model import (
    Block,
    Card,
    Cell,
    Fact,
    Paragraph,
    Quote,
    Run,
    Section,
    Table,
    Text,
    Words,
    plain,
)
from goalmap.report.material import Material, Spoken
from goalmap.report.people.posts import Tie, ties_of
from goalmap.report.sections.cards import attribution
from goalmap.report.sections.telling import STAGES, badges, detail, fact, quoted, separated
from goalmap.store.contents.people import Told, passages_on
from goalmap.store.days import day

Posts = Mapping[str, Sequence[Told]]
"""Posts by the document that tells them."""
MOST_QUOTATIONS = 3
MOST_FIGURES = 6
MOST_PEOPLE = 4
MOST_DETAILS = 4
LEAST_SAID, MOST_SAID = 8, 70
"""Words of a quotation that stands by itself."""
MOST_WORDS = 60
"""Of the sentence that says what it is."""


def page(material: Material, ones: Sequence[Activity], posts: Posts, goal: str | None) -> Iterator[Section]:
    """The sections of a pack; what is not known is left out."""
    yield Section("what-it-is", "What it is", tuple(_what(material, ones, posts, goal)))
    if figures := tuple(_figure_rows(ones)):
        yield Section("figures", "Figures", (_figures(figures),))
    if voices := _voices(material, ones):
        yield Section("voices", "In their words", tuple(map(Quote, voices)))


# What it is


def _what(material: Material, ones: Sequence[Activity], posts: Posts, goal: str | None) -> Iterator[Block]:
    one = _main(ones)
    yield Paragraph((quoted(one.main, not one.is_reviewed, goal, MOST_WORDS),))
    facts = tuple((name, runs) for name, runs in _facts(material, ones, posts) if runs)
    yield Card(one.id, one.title, facts, badges(one))


def _main(ones: Sequence[Activity]) -> Activity:
    """The activity of which most is told, at the furthest stage."""
    places = {stage: place for place, stage in enumerate(STAGES_FURTHEST_FIRST)}
    return min(
        ones, key=lambda one: (not one.best_practice, places.get(one.stage, len(places)), -one.citations, one.id)
    )


def _facts(material: Material, ones: Sequence[Activity], posts: Posts) -> Iterator[tuple[str, Text]]:
    yield "Led by", separated(_bodies(ones, lambda one: (one.owner,) if one.owner else ()))
    yield "People named", separated(_people(ones, posts))
    yield "With", separated(_bodies(ones, lambda one: one.partners))
    yield "Who benefits", separated([detail(one, part) for one in ones for part in one.beneficiaries][:MOST_DETAILS])
    yield "Where", separated([detail(one, part) for one in ones for part in one.places][:MOST_DETAILS])
    yield "When", separated([detail(one, one.period) for one in ones if one.period][:MOST_DETAILS])
    stages = list(_stages(ones))
    yield "Stages", separated(stages if len(stages) > 1 else ())
    yield "What came of it", separated(tuple(_outcomes(ones)))
    yield "Goals", separated([fact(material.label(id), own, _all(own)) for id, own in _by_goal(ones)])


def _bodies(ones: Iterable[Activity], of: Callable[[Activity], Sequence[Body]]) -> list[Run]:
    """Bodies of the activities, each once, with the passages that name it."""
    found: dict[str, list[Activity]] = {}
    for one in ones:
        for body in of(one):
            found.setdefault(body.name, []).append(one)
    return [fact(name, own, _naming(own, name)) for name, own in found.items()]


def _naming(ones: Iterable[Activity], name: str) -> tuple[str, ...]:
    told = [telling for one in ones for telling in one.tellings]
    naming = [telling.passage_id for telling in told if any(named.entity.name == name for named in telling.named)]
    return tuple(dict.fromkeys(naming or [telling.passage_id for telling in told]))[:1]


def _people(ones: Iterable[Activity], posts: Posts) -> Sequence[Run]:
    """Those whom its passages name, with the post that the same document gives them."""
    tellings = {telling.passage_id: telling for one in ones for telling in one.tellings}.values()
    named = {(telling.document.id, one.entity.id) for telling in tellings for one in telling.of_kind("person")}
    documents = dict.fromkeys(telling.document.id for telling in tellings)
    told = (post for id in documents for post in posts.get(id, ()) if (id, post.source_id) in named and not post.former)
    held: dict[str, Tie] = {}
    for tie in ties_of(told):
        held.setdefault(tie.source_id, tie)
    return [Fact(f"{tie.source}, {tie.phrase} ({tie.when})", tie.cites) for tie in held.values()][:MOST_PEOPLE]


def _stages(ones: Iterable[Activity]) -> Iterator[Run]:
    found: dict[str, list[Activity]] = {}
    for one in ones:
        if one.stage:
            found.setdefault(one.stage, []).append(one)
    for stage in STAGES_FURTHEST_FIRST:
        if own := found.get(stage):
            yield fact(STAGES[stage][1], own)


def _by_goal(ones: Iterable[Activity]) -> Iterable[tuple[str, list[Activity]]]:
    found: dict[str, list[Activity]] = {}
    for one in ones:
        for id in one.goals:
            found.setdefault(id, []).append(one)
    return found.items()


def _all(ones: Iterable[Activity]) -> tuple[str, ...]:
    """Every passage of these activities, copies included."""
    tellings = [telling for one in ones for telling in one.tellings]
    copies = (copy.passage_id for telling in tellings for copy in telling.copies)
    return tuple(dict.fromkeys((*(telling.passage_id for telling in tellings), *copies)))


# Figures, outcomes, voices

FIGURES, WIDTHS = ("What is counted", "Newest", "When", "Before"), (0.4, 0.2, 0.2, 0.2)


def _figures(rows: tuple[tuple[Cell, ...], ...]) -> Table:
    """The figures, with what they were before where that is told of any."""
    shown = len(FIGURES) if any(row[-1].runs for row in rows) else len(FIGURES) - 1
    caption = "Figures, the newest first; older ones beside it." if shown == len(FIGURES) else "Figures."
    return Table(caption, FIGURES[:shown], tuple(row[:shown] for row in rows), WIDTHS[:shown])


def _figure_rows(ones: Iterable[Activity]) -> Iterator[tuple[Cell, ...]]:
    told = [(one, measure) for one in ones for measure in one.figures if measure.what]
    for one, measure in sorted(told, key=lambda pair: -len(pair[1].readings))[:MOST_FIGURES]:
        older = [reading for reading in measure.readings[1:] if reading.value != measure.newest.value]
        before = separated([fact(_dated(reading), [one], [reading.passage_id]) for reading in older])
        yield (
            Cell((fact(measure.what or "", [one], [measure.newest.passage_id]),), heading=True),
            Cell((fact(measure.newest.words, [one], [measure.newest.passage_id]),), number=True),
            Cell(_told(_when(measure.newest), one, measure.newest)),
            Cell(before),
        )


def _told(text: str, one: Activity, reading: Reading) -> Text:
    return (fact(text, [one], [reading.passage_id]),) if text else ()


def _dated(reading: Reading) -> str:
    when = _when(reading)
    return f"{reading.words} ({when})" if when else reading.words


def _when(reading: Reading) -> str:
    return reading.period or day(reading.as_of)


def _outcomes(ones: Iterable[Activity]) -> Iterator[Run]:
    for one in ones:
        if one.outcome:
            yield detail(one, one.outcome, verbatim=True)


def _voices(material: Material, ones: Sequence[Activity]) -> tuple[Words, ...]:
    """What named people say of it: in its own passages first, and each person once before anybody speaks again."""
    proposed = not any(one.is_reviewed for one in ones)
    initiatives = [one.initiative.id for one in ones if one.initiative and one.initiative.id]
    passages = (*_all(ones), *(passages_on(material.db, initiatives) if initiatives else ()))
    said = {one.text: one for id in dict.fromkeys(passages) for one in material.quotations.get(id, ())}
    voices = [one for one in said.values() if LEAST_SAID <= len(one.text.split()) <= MOST_SAID]
    turns = Counter[Body]()
    order: list[tuple[int, int, Spoken]] = []
    for place, one in enumerate(voices):
        order.append((turns[one.speaker], place, one))
        turns[one.speaker] += 1
    return tuple(
        Words(one.passage_id, one.start, one.end, one.text, attribution(material, one), proposed)
        for _, _, one in sorted(order, key=lambda turn: turn[:2])[:MOST_QUOTATIONS]
    )


# As one table


def sheet(ones: Iterable[Activity], label: Callable[[str], str]) -> Table:
    """A row for each passage that tells of it, for spreadsheets."""
    rows = tuple(
        (
            Cell(plain(one.title), heading=True),
            Cell(plain("; ".join(map(label, one.goals)))),
            Cell(plain(one.stage)),
            Cell((quoted(telling, not one.is_reviewed),)),
            Cell(plain(telling.document.title)),
            Cell(plain(day(telling.document.published))),
        )
        for one in ones
        for telling in one.tellings
    )
    return Table("Evidence", ("Activity", "Goals", "Stage", "Evidence", "Document", "Date"), rows)
