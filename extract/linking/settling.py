"""One kind for each name of a document."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from goalmap.extract.candidates import Candidate, Sure
from goalmap.extract.linking.short_forms import GENERIC_END_ANY, PLACE_BODY
from goalmap.extract.names import EntityKind
from goalmap.extract.people.find import bare_name
from goalmap.extract.words import folded


def settle(
    found: Sequence[list[Candidate]], texts: Sequence[str], acronyms: Mapping[str, str]
) -> list[list[Candidate]]:
    """One kind for each name of the document: the surest proposal decides, then the commonest."""
    votes: dict[str, Counter[EntityKind | None]] = defaultdict(Counter)
    for text, candidates in zip(texts, found, strict=True):
        for c in candidates:
            votes[folded(text[c.start : c.end])][c.kind] += 10 ** (c.sure - 1)
    kinds = {name: counts.most_common(1)[0][0] for name, counts in votes.items()}
    parts = _parts_of_names(kinds) | _kinds_of_acronyms(kinds, acronyms)
    return [
        [_settled(c, folded(text[c.start : c.end]), kinds, parts) for c in candidates]
        for text, candidates in zip(texts, found, strict=True)
    ]


def _settled(
    c: Candidate, name: str, kinds: Mapping[str, EntityKind | None], parts: Mapping[str, EntityKind | None]
) -> Candidate:
    """A guess about a word that also is part of a surer name gives way to that name."""
    if c.rule == "place":
        return c
    if c.sure <= Sure.PHRASE and name in parts:
        return c._replace(kind=parts[name])
    return c._replace(kind=kinds[name])


def _kinds_of_acronyms(
    kinds: Mapping[str, EntityKind | None], acronyms: Mapping[str, str]
) -> dict[str, EntityKind | None]:
    return {folded(acronym): kinds[key] for acronym, name in acronyms.items() if (key := folded(name)) in kinds}


def _parts_of_names(kinds: Mapping[str, EntityKind | None]) -> dict[str, EntityKind | None]:
    """Surnames and given names, the short forms of bodies, and the places that bodies are named for (no kind)."""
    parts: dict[str, EntityKind | None] = {}
    for name, kind in kinds.items():
        words = name.split()
        if kind is EntityKind.ORGANISATION and len(words) > 1:
            for form in _lower_short_forms(name):
                parts[form] = None if PLACE_BODY.search(name.title()) or _is_shared(form, kinds) else kind
    for name, kind in kinds.items():
        if kind is EntityKind.PERSON and len(bare := bare_name(name.title()).split()) > 1:
            parts |= {bare[0].casefold(): kind, bare[-1].casefold(): kind}
    return parts


def _is_shared(form: str, kinds: Mapping[str, EntityKind | None]) -> bool:
    """A word that a council, a college or the University of it bears too is their place."""
    bodies = (name for name, kind in kinds.items() if kind is EntityKind.ORGANISATION and form in name.split())
    return any(PLACE_BODY.search(name.title()) or name.endswith(f" of {form}") for name in bodies)


def _lower_short_forms(name: str) -> Iterator[str]:
    core = GENERIC_END_ANY.sub("", name)
    if core != name and len(core) > 2:
        yield core
