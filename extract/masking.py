"""A passage with its names replaced by signs, so that a pattern can say `a person, comma, a title, of, a body`."""

from collections.abc import Iterable, Mapping, Sequence

from goalmap.extract.names import EntityKind, Mention

SIGNS: Mapping[EntityKind, str] = {EntityKind.PERSON: "P", EntityKind.ORGANISATION: "O", EntityKind.INITIATIVE: "I"}

PERSON = r"⟨P(\d+)⟩"
BODY = r"⟨O(\d+)⟩"
_BRACKETS = str.maketrans("⟨⟩", "()")


def mask(text: str, mentions: Iterable[Mention], kinds: Sequence[EntityKind]) -> str:
    """`Ann Lee, Chair of X Trust` becomes `⟨P0⟩, Chair of ⟨O1⟩`; the numbers are the entities'."""
    parts: list[str] = []
    end = 0
    for mention in sorted(mentions, key=lambda mention: mention.span.start):
        sign = f"⟨{SIGNS[kinds[mention.entity]]}{mention.entity}⟩"
        parts += [text[end : mention.span.start].translate(_BRACKETS), sign]
        end = mention.span.end
    return "".join([*parts, text[end:].translate(_BRACKETS)])
