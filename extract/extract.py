"""The names of a document: proposals, one reading of them, and what ties them together."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from goalmap.extract.candidates import Candidate, Label, Sure, best_of
from goalmap.extract.figures.find import find_figures
from goalmap.extract.figures.measures import find_measures
from goalmap.extract.initiatives.frames import FRAMES, FRAMES_OF_CAPITALS, FRAMES_OF_TITLES, Frame
from goalmap.extract.linking.acronyms import acronyms_of, whole_names
from goalmap.extract.linking.again import find_again, index_of
from goalmap.extract.linking.known import known_names
from goalmap.extract.linking.references import in_order, named_bodies, own_words, references_in
from goalmap.extract.linking.register import Register, link
from goalmap.extract.linking.settling import settle
from goalmap.extract.masking import headings_of, masked_passages
from goalmap.extract.names import EntityKind, Mention, Names
from goalmap.extract.pieces import Piece, in_pieces, put_back
from goalmap.extract.proposals import proposals
from goalmap.extract.publishers import named_itself, own_names, speaker_of
from goalmap.extract.roles.bodies import Scene
from goalmap.extract.roles.roles import roles_in
from goalmap.extract.speech.find import find_quotations
from goalmap.extract.tagger.labels import labels_of
from goalmap.extract.ties.memberships import memberships_in
from goalmap.extract.ties.owners import owners_in
from goalmap.extract.words import folded
from goalmap.ingest.document import Document, Kind, Passage

if TYPE_CHECKING:
    from spacy.language import Language

TOGETHER = 1024
"""Passages that the tagger is given at once, where documents are read together."""
IN_CAPITALS = frozenset({Kind.HEADING, Kind.TABLE_ROW, Kind.CAPTION, Kind.BIO})
"""Passages in which capitals say little."""


def extract_names(document: Document, nlp: "Language") -> Names:
    """The names of one document."""
    return next(extract_batch([document], nlp))


def extract_batch(documents: Iterable[Document], nlp: "Language") -> Iterator[Names]:
    """The names of each document, in order; many passages go through the tagger together, long ones in pieces."""
    gathered: list[tuple[Document, tuple[Piece, ...]]] = []
    for document in documents:
        gathered.append(in_pieces(document))
        if sum(len(pieces) for _, pieces in gathered) >= TOGETHER:
            yield from _names_of(gathered, nlp)
            gathered = []
    yield from _names_of(gathered, nlp)


def _names_of(documents: Sequence[tuple[Document, tuple[Piece, ...]]], nlp: "Language") -> Iterator[Names]:
    """The names of each document, given with its pieces; what may introduce no name is not tagged."""
    wanted = [passage.text for document, _ in documents for passage in document.passages if _may_introduce(passage)]
    labels = iter(labels_of(wanted, nlp))
    for document, pieces in documents:
        said = [next(labels) if _may_introduce(passage) else [] for passage in document.passages]
        yield put_back(names_in(document, said), pieces)


def names_in(document: Document, labels: Sequence[Sequence[Label]]) -> Names:
    """All that the rules make of a document, given what the model says of its passages.

    In menus and in other languages, only names that the rest of the document knows are found.
    """
    passages = document.passages
    texts = [passage.text for passage in passages]
    acronyms = acronyms_of(texts)
    own = own_names(document)
    found = [
        _kept([*named_itself(passage, own), *proposals(passage.text, said, _frames_for(passage))])
        if _may_introduce(passage)
        else []
        for passage, said in zip(passages, labels, strict=True)
    ]
    acronyms = whole_names(acronyms, found, texts)
    found = _without_strangers(found, texts, acronyms)
    found = settle(found, texts, acronyms)
    index = index_of(known_names(found, texts, acronyms))
    found = [find_again(text, index, kept) for text, kept in zip(texts, found, strict=True)]
    register, mentions = link(found, texts, acronyms)
    return tied(
        document, register, mentions, [_posts_said(p.text, said) for p, said in zip(passages, labels, strict=True)]
    )


def _posts_said(text: str, labels: Sequence[Label]) -> frozenset[str]:
    """What the model holds to be posts."""
    return frozenset(text[label.start : label.end] for label in labels if label.label == "POST")


def _may_introduce(passage: Passage) -> bool:
    return passage.is_english and passage.kind is not Kind.NAVIGATION


def _kept(proposed: list[Candidate]) -> list[Candidate]:
    """The best reading of a passage, with the bodies that stand inside the names of their initiatives."""
    best = best_of(proposed)
    outer = [c for c in best if c.kind is EntityKind.INITIATIVE]
    inner = best_of(
        c
        for c in proposed
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


def _frames_for(passage: Passage) -> Sequence[Frame]:
    if passage.kind is Kind.TITLE:
        return FRAMES_OF_TITLES
    return FRAMES_OF_CAPITALS if passage.is_furniture or passage.kind in IN_CAPITALS else FRAMES


def tied(
    document: Document, register: Register, mentions: Sequence[Mention], posts: Sequence[Collection[str]] = ()
) -> Names:
    """What ties the names of a document together; `posts` are titles known in each passage beyond the word tables."""
    passages = document.passages
    by_passage: list[list[Mention]] = [[] for _ in passages]
    for mention in mentions:
        by_passage[mention.span.passage].append(mention)
    speaker = speaker_of(document, register, mentions)
    body = speaker.body if speaker else None
    publisher = speaker.body if speaker and speaker.is_publisher else None
    references = references_in(passages, named_bodies(by_passage, register, body))
    masked = masked_passages(passages, [*mentions, *references], register.kinds)
    roles = roles_in(passages, Scene(masked, headings_of(passages, masked), register.names, body), mentions, posts)
    quotations = tuple(find_quotations(document, by_passage, register.kinds))
    figures = tuple(find_figures(document))
    return Names(
        entities=register.entities(),
        mentions=tuple(mentions),
        references=in_order(references, own_words(passages, quotations, roles, publisher)),
        roles=roles,
        quotations=quotations,
        memberships=tuple(memberships_in(masked, roles)),
        figures=figures,
        measures=tuple(find_measures(document, figures, by_passage, register.kinds, publisher)),
        owners=tuple(owners_in(masked, publisher)),
        publisher=publisher,
    )
