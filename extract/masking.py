"""Passages with their names replaced by signs, so that a pattern can say `a person, comma, a title, of, a body`."""

from collections.abc import Iterable, Mapping, Sequence

from goalmap.extract.names import EntityKind, Mention, Reference
from goalmap.ingest.document import Passage

SIGNS: Mapping[EntityKind, str] = {EntityKind.PERSON: "P", EntityKind.ORGANISATION: "O", EntityKind.INITIATIVE: "I"}

PERSON = r"⟨P(\d+)⟩"
BODY = r"⟨O(\d+)⟩"
INITIATIVE = r"⟨I(\d+)⟩"
_BRACKETS = str.maketrans("⟨⟩", "()")


def mask(text: str, named: Iterable[Mention | Reference], kinds: Sequence[EntityKind]) -> str:
    """`Ann Lee, Chair of X Trust` becomes `⟨P0⟩, Chair of ⟨O1⟩`; the numbers are the entities'."""
    parts: list[str] = []
    end = 0
    for name in sorted(named, key=lambda name: (name.span.start, -name.span.end)):
        if name.span.start < end:
            continue
        sign = f"⟨{SIGNS[kinds[name.entity]]}{name.entity}⟩"
        parts += [text[end : name.span.start].translate(_BRACKETS), sign]
        end = name.span.end
    return "".join([*parts, text[end:].translate(_BRACKETS)])


def masked_passages(
    passages: Sequence[Passage], named: Iterable[Mention | Reference], kinds: Sequence[EntityKind]
) -> list[str]:
    """Every passage masked."""
    by_passage: list[list[Mention | Reference]] = [[] for _ in passages]
    for name in named:
        by_passage[name.span.passage].append(name)
    return [mask(passage.text, names, kinds) for passage, names in zip(passages, by_passage, strict=True)]


def headings_of(passages: Sequence[Passage], masked: Sequence[str]) -> list[str]:
    """The heading over each passage, masked."""
    known = {passage.text: text for passage, text in zip(passages, masked, strict=True)}
    return [known.get(passage.heading or "", "") for passage in passages]
