"""The turns of interviews and letters: words without marks after the name, the initials or the `A:` of who says them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from goalmap.extract.names import Mention
from goalmap.extract.speech.lines import OUTSIDE, Turn, is_of_oneself, is_own_words, is_post, opens_quote, spoken_from
from goalmap.ingest.document import Kind, Passage

_QUESTION = re.compile(r"\s*(?:Q|Question)(?:\s?\d{1,2})?\s?[:.]\s+")
_ANSWER = re.compile(r"\s*(?:A|Answer)(?:\s?\d{1,2})?\s?[:.]\s+")
_COLON = re.compile(r"(?:\s\([^)]{2,40}\))?:\s+")
_POST = re.compile(r"(?P<post>,\s[^:“\"]{2,70}):\s+")
_LABEL = re.compile(r"(?P<label>[A-Z][\w’'.-]*(?:\s[A-Z][\w’'-]*){0,2}):\s+")
_FROM = re.compile(r"\s*From\s(?:\w+\s){0,3}?$")
_INTERVIEWER = re.compile(
    r"(?:(?:^|[.|–—]\s*)(?:By|Words|Words\sby)|\b[Ii]nterview(?:er|ed\sby|\sby)?:?|\b[Aa]sked\sby|\b(?:[Pp]hoto|[Pp]icture)\w*:?(?:\sby)?):?\s$"
)
LONGEST_QUESTION = 30
"""Words of a question that an answer stands under."""
FEWEST = 3
"""Questions that make an interview of passages without labels."""


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A passage that begins with the label of who speaks."""

    place: int
    turn: Turn
    is_named: bool
    """The label says by itself that somebody's words follow: `From Ann Lee, daughter:`, `AL:`."""


def turns_in(passages: Sequence[Passage], people: Sequence[Sequence[Mention]]) -> dict[int, Turn]:
    """The turns of interviews, by passage; one line `Ann Lee: …` alone is a turn only where she speaks of herself."""
    labelled = [*_by_name(passages, people), *_by_label(passages, people)]
    asked = sum(1 for one in labelled if one.place and is_question(passages[one.place - 1].text))
    is_interview = len({one.turn.speaker for one in labelled}) > 1 or asked > 1
    named = {
        one.place: one.turn
        for one in labelled
        if is_interview or one.is_named or is_own_words(passages[one.place].text[one.turn.start :])
    }
    answers = dict(_answers(passages, people))
    return named | (answers or ({} if named else dict(_under_questions(passages, people))))


def questions_in(passages: Sequence[Passage]) -> frozenset[int]:
    """The questions of an interview whose answers stand between quotation marks."""
    asked = [
        place
        for place, (one, then) in enumerate(pairwise(passages))
        if is_question(one.text) and opens_quote(then.text)
    ]
    return frozenset(asked if len(asked) >= FEWEST else ())


def is_question(text: str) -> bool:
    """Whether a passage is one question."""
    return bool(_QUESTION.match(text)) or (text.rstrip().endswith("?") and len(text.split()) <= LONGEST_QUESTION)


def _by_name(passages: Sequence[Passage], people: Sequence[Sequence[Mention]]) -> Iterator[_Labelled]:
    for place, (passage, here) in enumerate(zip(passages, people, strict=True)):
        if not here or passage.is_furniture or passage.kind in OUTSIDE:
            continue
        text, first = passage.text, here[0]
        is_letter = bool(_FROM.match(text[: first.span.start]))
        if first.span.start and not is_letter:
            continue
        label = _COLON.match(text, first.span.end) or _with_post(text, first.span.end)
        if label and (said := spoken_from(text, label.end())):
            yield _Labelled(place, Turn(*said, first.entity), is_letter)


def _with_post(text: str, start: int) -> re.Match[str] | None:
    label = _POST.match(text, start)
    return label if label and is_post(label["post"]) else None


def _by_label(passages: Sequence[Passage], people: Sequence[Sequence[Mention]]) -> Iterator[_Labelled]:
    """Turns after initials or one name, where a label comes back and fits one person of the document."""
    found = {
        place: label
        for place, (passage, here) in enumerate(zip(passages, people, strict=True))
        if not (here and here[0].span.start == 0) and not passage.is_furniture and passage.kind not in OUTSIDE
        if (label := _LABEL.match(passage.text))
    }
    often = Counter(label["label"] for label in found.values())
    if max(often.values(), default=0) < 2:
        return
    short = _short_names(people)
    for place, label in found.items():
        speaker = short.get(label["label"].replace(".", ""))
        said = spoken_from(passages[place].text, label.end())
        if said and often[label["label"]] > 1 and speaker is not None:
            yield _Labelled(place, Turn(*said, speaker), label["label"].isupper())


def _short_names(people: Sequence[Sequence[Mention]]) -> Mapping[str, int]:
    """The initials, first and last names that belong to one person only."""
    owners: dict[str, set[int]] = {}
    for mention in (mention for here in people for mention in here):
        words = mention.surface.split()
        for short in {words[0], words[-1], *_initials(words)}:
            owners.setdefault(short, set()).add(mention.entity)
    return {short: next(iter(owner)) for short, owner in owners.items() if len(owner) == 1}


def _initials(words: Sequence[str]) -> Iterator[str]:
    """`Oksana Vale-Hart` is OV, OH or OVH; an honorific may stand before."""
    for rest in (words, words[1:]):
        if len(rest) > 1:
            parts = [word.split("-") for word in rest]
            yield "".join(part[0][0] for part in parts)
            yield "".join(piece[0] for part in parts for piece in part if piece)
            yield rest[0][0] + parts[-1][-1][:1]


def _answers(passages: Sequence[Passage], people: Sequence[Sequence[Mention]]) -> Iterator[tuple[int, Turn]]:
    """What follows `A:` after a `Q:`."""
    asked = False
    for place, passage in enumerate(passages):
        answer = _ANSWER.match(passage.text)
        if answer and asked and (said := spoken_from(passage.text, answer.end(), shortest=1)):
            yield place, Turn(*said, _interviewed(passages[:place], people))
        asked = asked if answer else bool(_QUESTION.match(passage.text))


def _under_questions(passages: Sequence[Passage], people: Sequence[Sequence[Mention]]) -> Iterator[tuple[int, Turn]]:
    """The passages under the questions of an interview that has no labels, if one person is named before the first."""
    asked = [place for place, passage in enumerate(passages) if is_question(passage.text)]
    answers = [place + 1 for place in asked if place + 1 < len(passages) and _is_answer(passages[place + 1])]
    own = sum(1 for place in answers if is_of_oneself(passages[place].text))
    if len(answers) < FEWEST or 2 * own < len(answers):
        return
    speaker = _interviewed(passages[: asked[0]], people)
    for place in answers if speaker is not None else ():
        if said := spoken_from(passages[place].text, 0, shortest=1):
            yield place, Turn(*said, speaker)


def _is_answer(passage: Passage) -> bool:
    return passage.kind in (Kind.BODY, Kind.QUOTE) and not passage.is_furniture and not is_question(passage.text)


def _interviewed(passages: Sequence[Passage], people: Sequence[Sequence[Mention]]) -> int | None:
    """The only person whom these passages name, who asks, writes or takes the pictures aside."""
    named = [
        (passage.text[: m.span.start], m.entity) for passage, here in zip(passages, people, strict=False) for m in here
    ]
    everybody = {person for _, person in named}
    others = {person for lead, person in named if not _INTERVIEWER.search(lead)} or everybody
    return next(iter(others)) if len(others) == 1 else None
