"""Whom a sentence is about that does not name its person."""

from goalmap.extract.roles import places
from goalmap.extract.roles.phrases import phrases_in
from goalmap.extract.roles.tokens import tokens_of

LONGEST = 200
"""Characters of a sentence that is nothing but posts."""
_WORDS_LEFT = 5
"""Words after the last post of a sentence that says nothing else."""


def with_topic(sentence: str, topic: int | None, is_bio: bool) -> str:
    """A sentence whose subject is `she`, or `I` in an interview, with the person; in a biography also one without any."""
    if spoken := places.SPEAKS.match(sentence):
        return f"{spoken['speaker']}{sentence[spoken.end() :]}".replace("then I was ", "then was ")
    if topic is None:
        return sentence
    if match := places.PRONOUN.match(sentence):
        return f"{match['opening']}⟨P{topic}⟩{sentence[match.end() :]}"
    if is_bio and "⟨P" not in sentence and _is_only_a_post(sentence):
        return f"⟨P{topic}⟩, {sentence[0].lower() if places.TIMES.match(sentence) else sentence[0]}{sentence[1:]}"
    return sentence


def _is_only_a_post(sentence: str) -> bool:
    """`Trustee of ⟨O⟩.`, `Formerly head of sales at ⟨O⟩.`: a sentence of a biography without its person."""
    times = places.TIMES.match(sentence)
    start = times.end() if times else 0
    if len(sentence) > LONGEST or places.FINITE.search(sentence):
        return False
    phrases = phrases_in(tokens_of(sentence), sentence)
    if not phrases or phrases[0].start > start or phrases[0].plural:
        return False
    return len(sentence[phrases[-1].end :].split()) < _WORDS_LEFT


def topic_after(text: str, before: int | None) -> int | None:
    """Who `she` is in the next sentence."""
    people = [
        int(match[1])
        for match in places.PERSON.finditer(text)
        if text[match.end() : match.end() + 2] not in ("’s", "'s")
    ]
    return people[0] if people else before
