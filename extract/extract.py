"""The names of a document: proposals, one reading of them, and what ties them together."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from goalmap.extract.bodies.find import find_organisations
from goalmap.extract.candidates import Candidate, Label, Sure, best_of
from goalmap.extract.figures.amounts import amounts_in
from goalmap.extract.initiatives.find import find_initiatives
from goalmap.extract.initiatives.frames import FRAMES, FRAMES_OF_CAPITALS, FRAMES_OF_TITLES, Frame
from goalmap.extract.linking.acronyms import acronyms_of, whole_names
from goalmap.extract.linking.again import find_again, index_of
from goalmap.extract.linking.known import known_names
from goalmap.extract.linking.register import Register, link
from goalmap.extract.linking.settling import settle
from goalmap.extract.masking import mask
from goalmap.extract.names import EntityKind, Figure, Membership, Mention, Names, Quotation, Role, Span
from goalmap.extract.people.find import find_people
from goalmap.extract.publishers import named_itself, own_names, speaker_of
from goalmap.extract.roles.find import held_elsewhere, posts_in, without_repeats
from goalmap.extract.roles.titles import TITLE_WORDS
from goalmap.extract.speech.marks import Quoted, quoted_in
from goalmap.extract.speech.quotations import Before, Utterance, announces, utterances_in
from goalmap.extract.ties.memberships import tie_of_post, ties_in
from goalmap.extract.words import CAPITAL, folded
from goalmap.ingest.document import Document, Kind, Passage

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

IN_CAPITALS = frozenset({Kind.HEADING, Kind.TABLE_ROW, Kind.CAPTION, Kind.BIO})
"""Passages in which capitals say little."""

LONGEST = 20_000
"""Characters of a passage that are read for names; a longer one is no prose."""
NO_WORD = re.compile(r"\S{1000}")
"""What no passage is read beyond: the tagger takes a minute over twenty thousand signs without a space."""


def extract_names(document: Document, nlp: "Language") -> Names:
    """The names of one document."""
    return next(extract_batch([document], nlp))


def extract_batch(documents: Iterable[Document], nlp: "Language") -> Iterator[Names]:
    """The names of each document, in order; all passages go through the model in one stream."""
    waiting: list[Document] = []

    def passages() -> Iterator[str]:
        for document in documents:
            waiting.append(document)
            yield from (_legible(passage.text) for passage in document.passages)

    read = nlp.pipe(passages(), batch_size=64)
    yield from _by_document(waiting, (_labels(doc) for doc in read))


def _by_document(waiting: list[Document], read: Iterator[list[Label]]) -> Iterator[Names]:
    gathered: list[list[Label]] = []
    for labels in read:
        gathered.append(labels)
        while waiting and len(gathered) >= len(waiting[0].passages):
            document = waiting.pop(0)
            count = len(document.passages)
            yield names_in(document, gathered[:count])
            del gathered[:count]
    for document in waiting:
        yield names_in(document, [])


def _labels(doc: "Doc") -> list[Label]:
    return [Label(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents]


def names_in(document: Document, labels: Sequence[Sequence[Label]]) -> Names:
    """All that the rules make of a document, given what the model says of its passages.

    In menus and in other languages, only names that the rest of the document knows are found.
    """
    document = _shortened(document)
    passages = document.passages
    texts = [passage.text for passage in passages]
    acronyms = acronyms_of(texts)
    own = own_names(document)
    found = [
        _kept([*named_itself(passage, own), *_proposals(passage, said)]) if _may_introduce(passage) else []
        for passage, said in zip(passages, labels, strict=True)
    ]
    acronyms = whole_names(acronyms, found, texts)
    found = _without_strangers(found, texts, acronyms)
    found = settle(found, texts, acronyms)
    index = index_of(known_names(found, texts, acronyms))
    found = [find_again(text, index, kept) for text, kept in zip(texts, found, strict=True)]
    register, mentions = link(found, texts, acronyms)
    return _names(document, register, mentions)


def _may_introduce(passage: Passage) -> bool:
    return passage.is_english and passage.kind is not Kind.NAVIGATION


def _shortened(document: Document) -> Document:
    passages = tuple(replace(passage, text=_legible(passage.text)) for passage in document.passages)
    return replace(document, passages=passages)


def _legible(text: str) -> str:
    """The part of a passage that is read for names; places in it are those in the whole."""
    match = NO_WORD.search(text, 0, LONGEST)
    return text[: match.start() if match else LONGEST]


def _kept(proposals: list[Candidate]) -> list[Candidate]:
    """The best reading of a passage, with the bodies that stand inside the names of their initiatives."""
    best = best_of(proposals)
    outer = [c for c in best if c.kind is EntityKind.INITIATIVE]
    inner = best_of(
        c
        for c in proposals
        if c.kind is EntityKind.ORGANISATION and c.sure >= Sure.FORM and any(_holds(o, c) for o in outer)
    )
    return sorted([*best, *inner], key=lambda c: (c.start, -c.end))


def _without_strangers(
    found: Sequence[list[Candidate]], texts: Sequence[str], acronyms: Mapping[str, str]
) -> list[list[Candidate]]:
    """A body inside the name of an initiative counts only where the document, or everybody, knows it by itself."""
    known = {folded(name) for name in acronyms.values()}
    inner = [_inner(candidates) for candidates in found]
    for text, candidates, inside in zip(texts, found, inner, strict=True):
        known |= {folded(text[c.start : c.end]) for c in candidates if c not in inside}
    return [
        [c for c in cs if c not in inside or c.rule == "known body" or folded(text[c.start : c.end]) in known]
        for text, cs, inside in zip(texts, found, inner, strict=True)
    ]


def _inner(candidates: Sequence[Candidate]) -> frozenset[Candidate]:
    """Those inside the name of an initiative."""
    outer = [c for c in candidates if c.kind is EntityKind.INITIATIVE]
    return frozenset(c for c in candidates if any(_holds(o, c) for o in outer))


def _holds(outer: Candidate, inner: Candidate) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer[1:3] != inner[1:3]


def _proposals(passage: Passage, labels: Sequence[Label]) -> Iterator[Candidate]:
    yield from find_people(passage.text, labels)
    yield from find_organisations(passage.text, labels)
    yield from _titles(passage.text)
    yield from find_initiatives(passage.text, labels, _frames_for(passage))


def _frames_for(passage: Passage) -> Sequence[Frame]:
    if passage.kind is Kind.TITLE:
        return FRAMES_OF_TITLES
    return FRAMES_OF_CAPITALS if passage.is_furniture or passage.kind in IN_CAPITALS else FRAMES


def _titles(text: str) -> Iterator[Candidate]:
    """The words of a post name nothing by themselves: `Cabinet Member for Housing` holds no body called Housing."""
    for match in TITLE_WORDS.finditer(text):
        yield Candidate(None, match.start(), match.end(), "title", Sure.CONTEXT)


def _names(document: Document, register: Register, mentions: Sequence[Mention]) -> Names:
    by_passage: list[list[Mention]] = [[] for _ in document.passages]
    for mention in mentions:
        by_passage[mention.span.passage].append(mention)
    masked = [mask(p.text, ms, register.kinds) for p, ms in zip(document.passages, by_passage, strict=True)]
    speaker = speaker_of(document, register, mentions)
    body = speaker.body if speaker else None
    roles = tuple(_roles([p.text for p in document.passages], masked, mentions, body, _council(register)))
    return Names(
        entities=register.entities(),
        mentions=tuple(mentions),
        roles=roles,
        quotations=tuple(_quotations(document, by_passage, register)),
        memberships=tuple(_memberships(masked, roles)),
        figures=tuple(_figures(document)),
        publisher=speaker.body if speaker and speaker.is_publisher else None,
    )


def _default_body(title: str, publisher: int | None, council: int | None) -> int | None:
    """A cabinet member speaks for the council, everybody else for the publisher."""
    return (
        council
        if council is not None and re.search(r"(?i)cabinet member|portfolio holder|councillor", title)
        else publisher
    )


def _council(register: Register) -> int | None:
    names = enumerate(zip(register.kinds, register.names, strict=True))
    return next(
        (place for place, (kind, name) in names if kind is EntityKind.ORGANISATION and name.endswith("Council")), None
    )


def _roles(
    texts: Sequence[str], masked: Sequence[str], mentions: Sequence[Mention], publisher: int | None, council: int | None
) -> Iterator[Role]:
    for passage, text in enumerate(masked):
        for post in without_repeats(list(posts_in(text))):
            body = (
                post.body
                if post.body is not None or held_elsewhere(post.title)
                else _default_body(post.title, publisher, council)
            )
            yield Role(post.person, post.title, passage, body, post.former)
    yield from _seats(texts, mentions)


_SEAT = re.compile(rf"[ ]for[ ](?:the[ ])?{CAPITAL}(?:[ ](?:and[ ]|of[ ]|the[ ]){{0,2}}{CAPITAL}){{0,6}}")


def _seats(texts: Sequence[str], mentions: Iterable[Mention]) -> Iterator[Role]:
    """Letters after a name that are a post: MP, MSP for a place."""
    for mention in mentions:
        letters = mention.surface.rsplit(" ", 1)[-1]
        if letters in ("MP", "MSP", "MLA") and " " in mention.surface:
            place = _SEAT.match(texts[mention.span.passage], mention.span.end)
            yield Role(mention.entity, letters + (place.group() if place else ""), mention.span.passage)


def _quotations(document: Document, mentions: Sequence[Sequence[Mention]], register: Register) -> Iterator[Quotation]:
    before = Before()
    for passage, here in zip(document.passages, mentions, strict=True):
        people = [mention for mention in here if register.kinds[mention.entity] is EntityKind.PERSON]
        quoted = quoted_in(passage.text)
        spoken = utterances_in(passage.text, quoted, people, before, passage.kind is Kind.QUOTE)
        for utterance in spoken:
            yield Quotation(Span(passage.position, utterance.start, utterance.end), utterance.speaker)
        before = _after(passage, quoted, spoken, people, before)


def _after(
    passage: Passage,
    quoted: Sequence[Quoted],
    spoken: Sequence[Utterance],
    people: Sequence[Mention],
    before: Before,
) -> Before:
    """Who may go on speaking, or be meant by `she`, in the next passage."""
    if spoken:
        return Before(spoken[-1].speaker, any(quote.open_ended for quote in quoted))
    if announces(passage.text):
        return Before(people[0].entity if people else before.speaker, goes_on=True)
    if passage.is_furniture:
        return before
    return Before(people[-1].entity if people else before.speaker)


def _memberships(masked: Sequence[str], roles: Iterable[Role]) -> Iterator[Membership]:
    """Each tie once, at the first passage that states it: in so many words, or by a post that is not past."""
    seen: set[tuple[int, int, str]] = set()
    stated = [Membership(*tie, passage) for passage, text in enumerate(masked) for tie in ties_in(text)]
    for tie in (*stated, *_ties_of_posts(roles)):
        if (key := (tie.member, tie.organisation, tie.kind)) not in seen:
            seen.add(key)
            yield tie


def _ties_of_posts(roles: Iterable[Role]) -> Iterator[Membership]:
    for role in roles:
        kind = tie_of_post(role.title)
        if kind and role.organisation is not None and not role.former:
            yield Membership(role.person, role.organisation, kind, role.passage)


def _figures(document: Document) -> Iterator[Figure]:
    for passage in document.passages:
        for amount in amounts_in(passage.text):
            yield Figure(
                Span(passage.position, amount.start, amount.end), amount.value, amount.unit, amount.what, amount.period
            )
