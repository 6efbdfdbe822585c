"""What was made of a file, without those who are forgotten."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from goalmap.classify.pipeline import FileResult
from goalmap.extract.names import Entity, Membership, Mention, Names, Reference, Role, Span
from goalmap.extract.words import name_key
from goalmap.ingest.document import Document, Passage
from goalmap.store.masking.finding import Words
from goalmap.store.masking.marks import marked
from goalmap.store.masking.people import Roll
from goalmap.store.masking.striking import Bearer, Named, Struck, Written, strike

Places = Mapping[int, int]
"""The new place of each entity that stays, by its old one."""
Placed = TypeVar("Placed", Mention, Reference)


def without(result: FileResult, document_id: str, path: str, roll: Roll) -> tuple[FileResult, bool]:
    """The result with marks in place of names, and whether there are any; files in the file stay as they are."""
    struck = strike(_written(result, document_id, path), roll)
    if not struck.is_struck:
        return result, False
    reasons = replace(struck.words, any_case=True)
    document = _document(result.document, struck)
    proposals = tuple(replace(one, reason=reasons(one.reason)) for one in result.proposals)
    names = _names(result.names, document.passages, struck)
    return replace(result, document=document, names=names, proposals=proposals), True


def _written(result: FileResult, document_id: str, path: str) -> Written[int]:
    document, names = result.document, result.names
    told = (document.title, document.publisher, document.problem, path, *{one.heading for one in document.passages})
    return Written(
        document_id,
        [passage.text for passage in document.passages],
        [text for text in told if text],
        {place: _bearer(names, place) for place in range(len(names.entities))},
        [Named(one.span.passage, one.span.start, one.span.end, one.entity) for one in names.mentions],
    )


def _bearer(names: Names, place: int) -> Bearer:
    own = names.entities[place]
    bodies = (role.organisation for role in names.roles if role.person == place)
    keys = sorted({name_key(names.entities[body].name) for body in bodies if body is not None})
    return Bearer(own.kind, (own.name, *own.aliases), keys)


def _document(document: Document, struck: Struck[int]) -> Document:
    texts = [marked(one.text, spans) for one, spans in zip(document.passages, struck.spans, strict=True)]
    headings = {one.text: text for one, text in zip(document.passages, texts, strict=True) if one.text != text}
    return replace(
        document,
        title=_told(document.title, struck.words, headings),
        publisher=_told(document.publisher, struck.words),
        problem=_told(document.problem, struck.words),
        passages=tuple(
            replace(one, text=text, heading=_told(one.heading, struck.words, headings))
            for one, text in zip(document.passages, texts, strict=True)
        ),
    )


def _told(text: str | None, words: Words, known: Mapping[str, str] | None = None) -> str | None:
    """A text with marks; one that is also a passage with the marks that stand there."""
    return words((known or {}).get(text, text)) if text else text


def _names(names: Names, passages: Sequence[Passage], struck: Struck[int]) -> Names:
    """The names of those who stay, and what is told of them."""
    stay = [place for place in range(len(names.entities)) if place not in struck.entities]
    new = {old: place for place, old in enumerate(stay)}
    words = struck.words
    return Names(
        entities=tuple(_entity(names.entities[place], words) for place in stay),
        mentions=_placed(names.mentions, new, passages),
        references=_placed(names.references, new, passages),
        roles=tuple(_roles(names, new, words)),
        quotations=tuple(
            replace(one, speaker=_new(new, one.speaker)) for one in names.quotations if _stays(new, one.speaker)
        ),
        memberships=tuple(_memberships(names, new)),
        figures=tuple(
            replace(one, what=_told(one.what, words), period=_told(one.period, words)) for one in names.figures
        ),
        measures=tuple(replace(one, organisation=_new(new, one.organisation)) for one in names.measures),
        owners=tuple((new[one], new[owner]) for one, owner in names.owners if one in new and owner in new),
        publisher=_new(new, names.publisher),
    )


def _roles(names: Names, new: Places, words: Words) -> Iterator[Role]:
    for one in names.roles:
        if one.person in new and _stays(new, one.organisation):
            body = _new(new, one.organisation)
            yield replace(one, person=new[one.person], organisation=body, title=words(one.title))


def _memberships(names: Names, new: Places) -> Iterator[Membership]:
    for one in names.memberships:
        if one.member in new and one.organisation in new:
            yield replace(one, member=new[one.member], organisation=new[one.organisation])


def _stays(new: Places, place: int | None) -> bool:
    return place is None or place in new


def _new(new: Places, place: int | None) -> int | None:
    return None if place is None else new.get(place)


def _entity(entity: Entity, words: Words) -> Entity:
    """Somebody or something that stays; a name of it that would name the forgotten is none."""
    return replace(entity, aliases=tuple(one for one in entity.aliases if not words.spans(one)))


def _placed(found: Sequence[Placed], new: Places, passages: Sequence[Passage]) -> tuple[Placed, ...]:
    """Mentions or references of those who stay, with the words that stand there now."""
    return tuple(
        replace(one, entity=new[one.entity], surface=_at(passages, one.span)) for one in found if one.entity in new
    )


def _at(passages: Sequence[Passage], span: Span) -> str:
    return passages[span.passage].text[span.start : span.end]
