"""Goal by goal: what is done towards each, activity by activity."""

from collections.abc import Iterator
from dataclasses import replace

from goalmap.classify.activities.model import DONE, Activity
from goalmap.report.draft.model import Block, Fact, Items, Paragraph, Plain, Quote, Section, Text, Words, plain
from goalmap.report.material import Material, Spoken
from goalmap.report.scope import Goal
from goalmap.report.section import Row
from goalmap.report.sections.cards import attribution, card
from goalmap.report.sections.telling import (
    STAGES,
    capital,
    counted,
    fact,
    goal_title,
    precedence,
    quoted,
    staged,
    stages_told,
    told_briefly,
)

ONE = {
    "delivered": " and has been delivered",
    "ongoing": " and is under way",
    "planned": " and is planned",
    "aspiration": ", as an aspiration",
    "": "",
}
"""How a single activity stands."""
LEAST_WORDS_SPOKEN = 8
"""Shorter quotations say too little to stand by themselves."""
MOST_WORDS_SPOKEN = 60


def goals(material: Material, row: Row) -> Section:
    """A part for each goal with activities; the others in one list at the end."""
    evidence = material.evidence
    found = {id: evidence.of_goal(id) for id in evidence.goals if _is_wanted(evidence.goals[id], row)}
    told = tuple(
        Section(
            f"{row.id}-{evidence.goals[id].code}", goal_title(evidence.goals[id]), tuple(_goal(material, row, id, ones))
        )
        for id, ones in found.items()
        if ones
    )
    empty = [evidence.goals[id] for id, ones in found.items() if not ones]
    rest = (_empty(row, empty, material),) if empty and row.yes("empty") else ()
    return row.section(sections=(*told, *rest))


def _is_wanted(goal: Goal, row: Row) -> bool:
    only = row.texts("only")
    return not only or goal.code in only


def _goal(material: Material, row: Row, goal: str, ones: tuple[Activity, ...]) -> Iterator[Block]:
    own = sorted((one for one in ones if one.goal == goal), key=precedence)
    if not own:
        yield from _only_elsewhere(material, ones)
        return
    yield Paragraph((fact(_count(ones), ones),))
    most = (row.number("most") or len(own)) if row.yes("cards") else 0
    yield from (card(material, one, goal) for one in own[:most])
    if row.yes("quotations") and (quotation := _quotation(material, goal, own)):
        yield Quote(quotation)
    if rest := own[most:]:
        yield from [Paragraph(plain("Further activities, in short:"))] if most else []
        yield Items(tuple(told_briefly(one, goal) for one in rest))
    if others := [one for one in ones if one.goal != goal]:
        yield Paragraph(plain("Told under another goal, and serving this one too:"))
        yield Items(tuple(_elsewhere(material, one) for one in others))


def _only_elsewhere(material: Material, ones: tuple[Activity, ...]) -> Iterator[Block]:
    lead = "Nothing has this as its main goal. What is told under another serves it too:"
    yield Paragraph(plain(lead))
    yield Items(tuple(_elsewhere(material, one) for one in ones))


def _count(ones: tuple[Activity, ...]) -> str:
    if len(ones) == 1:
        return f"One activity serves this goal{ONE[ones[0].stage]}."
    stages = stages_told(ones)
    alike = len({one.stage for one in ones}) == 1
    told = f"{'both' if len(ones) == 2 else 'all'} {staged(ones[0].stage, len(ones))}" if alike else stages
    return capital(f"{counted(len(ones), 'activity', 'activities')} serve this goal: {told}.")


def _elsewhere(material: Material, one: Activity) -> Text:
    stage = f", {STAGES[one.stage][0]}" if one.stage else ""
    return (fact(f"{one.title}{stage} (see goal {material.label(one.goal)}).", [one]),)


def _quotation(material: Material, goal: str, ones: list[Activity]) -> Words | None:
    """The fullest quotation by a named person in the passages of a goal, of which no card quotes a part already."""
    shown = [quoted(one.main, True, goal) for one in ones]
    said = [one for one in material.said_of(ones) if _is_fit(one) and not any(_meet(one, words) for words in shown)]
    best = min(
        said, key=lambda one: (material.post_of(one) is None, -len(one.text.split()), one.passage_id), default=None
    )
    if best is None:
        return None
    undecided = not any(one.is_reviewed for one in ones if best.passage_id in one.passages)
    return Words(best.passage_id, best.start, best.end, best.text, attribution(material, best), undecided)


def _meet(spoken: Spoken, words: Words) -> bool:
    """Whether a quotation and other words of its passage have characters in common."""
    return spoken.passage_id == words.passage_id and spoken.start < words.end and words.start < spoken.end


def _is_fit(spoken: Spoken) -> bool:
    return LEAST_WORDS_SPOKEN <= len(spoken.text.split()) <= MOST_WORDS_SPOKEN


def _empty(row: Row, empty: list[Goal], material: Material) -> Section:
    """The goals without evidence, with how much was searched."""
    library = material.evidence.library
    told = (
        f"{capital(counted(library.searched, 'passage'))} of {counted(len(library.read), 'document')} were searched."
        " No activity was found towards these goals:"
    )
    return Section(
        f"{row.id}-none",
        "Goals without evidence",
        (Paragraph(plain(told)), Items(tuple((Plain(goal.label),) for goal in empty))),
    )


def people_quoted(material: Material, row: Row) -> Section | None:
    """Everybody who may be quoted, with post and date, and the passage that gives the post."""
    said = material.said_of(material.evidence.shown)
    people = {spoken.speaker.id: spoken for spoken in said}
    if not people:
        return None
    items = sorted(people.values(), key=lambda one: (one.speaker.name, one.passage_id))
    return row.section(Items(tuple((_person(material, spoken),) for spoken in items)))


def _person(material: Material, spoken: Spoken) -> Fact:
    post = material.post_of(spoken)
    cites = (spoken.passage_id,) if post is None else tuple(dict.fromkeys((post.passage_id, spoken.passage_id)))
    return Fact(attribution(material, spoken), cites)


def case_studies(material: Material, row: Row) -> Section | None:
    """The activities of which most is told, each with all passages that tell of it."""
    shown = sorted(material.evidence.shown, key=_fullness)[: row.number("most")]
    if not shown:
        return None
    return row.section(*(_case(material, one) for one in shown))


def _fullness(one: Activity) -> tuple[object, ...]:
    told = bool(one.outcome) + bool(one.figures) + bool(one.beneficiaries) + bool(one.partners)
    return not one.best_practice, one.stage not in DONE, -told, -one.citations, one.id


def _case(material: Material, one: Activity) -> Block:
    return replace(card(material, one, whole=True), id=f"case-{one.id}")
