"""An activity as a card: what it is, for whom, how far, with which figures, in whose words."""

from collections.abc import Iterator

from goalmap.classify.activities.model import Activity, Body
from goalmap.report.draft.model import Card, Text
from goalmap.report.material import Material, Spoken
from goalmap.report.sections.telling import (
    all_cites,
    badges,
    beyond,
    capital,
    counted,
    detail,
    fact,
    figures,
    quoted,
    separated,
)
from goalmap.store.days import day

MOST_DETAILS = 4


def card(material: Material, one: Activity, goal: str | None = None, whole: bool = False) -> Card:
    """A card of an activity as evidence for a goal; `whole` quotes every passage that tells of it."""
    told = one.tellings if whole else one.tellings[:1]
    quotes = tuple(quoted(telling, not one.is_reviewed, goal) for telling in told)
    quotes = quotes if whole else tuple(beyond(one.title, words) for words in quotes)
    said = " ".join(words.text for words in quotes)
    return Card(
        id=one.id,
        title=one.title,
        facts=tuple((name, runs) for name, runs in _facts(material, one, goal, said) if runs),
        badges=badges(one),
        quotes=quotes,
    )


def _facts(material: Material, one: Activity, goal: str | None, said: str) -> Iterator[tuple[str, Text]]:
    """What is told of it under names; an outcome that was `said` in a quotation is not told twice."""
    owner = one.owner
    if owner and not material.is_own(owner):
        yield "Led by", (fact(owner.name, [one], _naming(one, owner)),)
    yield "With", separated([fact(partner.name, [one], _naming(one, partner)) for partner in one.partners])
    yield "Who benefits", separated([detail(one, told) for told in one.beneficiaries[:MOST_DETAILS]])
    yield "Where", separated([detail(one, told) for told in one.places[:MOST_DETAILS]])
    if one.period:
        yield "When", (detail(one, one.period),)
    yield "Figures", figures(one)
    if one.outcome and one.outcome.text not in said:
        yield "What came of it", (detail(one, one.outcome, verbatim=True),)
    also = [material.label(id) for id in one.goals if id != goal]
    if also:
        yield "Also serves" if goal else "Serves", (fact("; ".join(also), [one], one.passages),)
    if one.citations > 1:
        yield "Told in", (fact(_tellings(one), [one], all_cites(one)),)


def _naming(one: Activity, body: Body) -> list[str]:
    """The passages that name a body, or that which tells most."""
    named = (told for told in one.tellings if any(named.entity.id == body.id for named in told.named))
    return [told.passage_id for told in named][:1] if body.id else []


def _tellings(one: Activity) -> str:
    documents = f" of {counted(len(one.documents), 'document')}" if len(one.documents) > 1 else ""
    return capital(f"{counted(one.citations, 'passage')}{documents}")


def attribution(material: Material, spoken: Spoken) -> str:
    """Who says something, with the post as it was told and the date of that."""
    post = material.post_of(spoken)
    if post is None:
        return spoken.speaker.name
    of = f", {post.organisation.name}" if post.organisation and post.organisation.name != material.name else ""
    when = f" (as of {day(post.as_of)})" if post.as_of else ""
    return f"{spoken.speaker.name}, {post.title}{of}{when}"
