"""Two histories of one proposal brought together: what the file says further is added, what stands here is not overwritten."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goalmap.store.exchange.records import Content, Said

NEW, KNOWN = "new", "known"
EARLIER, AGREES, CONFLICT = "earlier", "agrees", "conflict"


@dataclass(frozen=True, slots=True)
class Here:
    """Something that was said in this database, and whether it was taken back."""

    id: int
    content: Content
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of something that a file says; `against` is what stands here."""

    said: Said
    word: str
    against: Content | None = None


def outcomes(here: Sequence[Here], said: Sequence[Said]) -> Iterator[Outcome]:
    """What becomes of each thing said of a proposal, given all that was said of it here, both in their order."""
    known = {one.content for one in here}
    standing = next((one.content for one in reversed(here) if not one.withdrawn), None)
    latest = next((one.content for one in reversed(said) if not one.withdrawn), None)
    later = _later_than(standing, said)
    for number, one in enumerate(said):
        if one.content in known:
            yield Outcome(one, KNOWN)
        elif later is not None:
            yield Outcome(one, NEW if number >= later else EARLIER, standing)
        else:
            yield Outcome(one, _beside(one, standing, latest), standing)


def _later_than(standing: Content | None, said: Sequence[Said]) -> int | None:
    """From which place on the file goes on from what stands here; none where it does not know of that."""
    if standing is None:
        return 0
    return next((number + 1 for number, one in enumerate(said) if one.content == standing), None)


def _beside(said: Said, standing: Content | None, latest: Content | None) -> str:
    """What something is beside an answer here that the file does not know of."""
    if standing is None or said.content != latest:
        return EARLIER
    return AGREES if said.content.answer.without_reviewer() == standing.answer.without_reviewer() else CONFLICT


def taken_back(here: Sequence[Here], said: Sequence[Said]) -> Iterator[tuple[int, Said]]:
    """What stands here and was taken back where the file comes from."""
    ids = {one.content: one.id for one in here if not one.withdrawn}
    yield from ((ids[one.content], one) for one in said if one.withdrawn and one.content in ids)
