"""Who says a quoted stretch, by the words around it."""

import re
from enum import Enum

from goalmap.extract.names import Mention
from goalmap.extract.speech import frames
from goalmap.extract.speech.around import BACK, REACH, Around, the_one
from goalmap.extract.speech.lines import is_of_oneself, is_own_words, is_post
from goalmap.extract.speech.marks import Quoted
from goalmap.extract.speech.verbs import SAYING

SHORTEST = 4
"""Words of a quoted stretch that nobody says in so many words; a shorter one is a scare quote."""
_LONG = 6
"""Words of a quotation that is known by nothing but its place."""
_POST_WORD = re.compile(
    r"(?:[A-Z].*|.+[’']s|the|our|its|his|her|new|of|and|for|at|to|in|with|co-\w+|former|vice-\w+|\w+,)"
)

_NEXT = re.compile(r"[.?!;]\s[A-Z]|[“\"]")
"""Between a quotation and a name that belongs to another sentence."""


class Source(Enum):
    """How the words around a quotation give it to somebody."""

    NAMED = "named"
    PRONOUN = "pronoun"
    UNNAMED = "unnamed"
    """A verb of saying whose subject is no person of the document: `a spokesman said`."""
    NONE = "none"


Said = tuple[Source, int | None]
NOBODY: Said = (Source.NONE, None)


class Reader(Around):
    """A passage that tells who speaks in it."""

    def said(self, quote: Quoted) -> Said:
        """Who says a quoted stretch: by the words right after it, else by those before, else by the sentences beside it."""
        words = self.words(quote)
        lead, tail = self.lead(quote), self.tail(quote)
        is_short = len(words.split()) < SHORTEST
        if is_short and not frames.ENDS_LIKE_SPEECH.search(words):
            return NOBODY
        is_name = frames.TITLE_NOUN.search(lead.rstrip(" “\"‘'")) or _is_title_case(words)
        if is_name or frames.READ_ON_THING.search(lead):
            return NOBODY
        beside = [self._said_after(quote, words, tail), self._said_before(quote, lead)]
        if self._opens_next(words, tail):
            beside.reverse()
        for said in beside:
            if said[0] is not Source.NONE:
                return said
        return self._said_beside(quote, words)

    def _said_after(self, quote: Quoted, words: str, tail: str) -> Said:
        if frames.PRONOUN_AFTER.match(tail) and not self._opens_next(words, tail):
            return Source.PRONOUN, None
        is_speech = frames.ENDS_LIKE_SPEECH.search(words) or len(words.split()) >= _LONG or is_own_words(words)
        if is_speech and frames.DASH_AFTER.match(tail) and (person := self._first_after(quote, 60)) is not None:
            return Source.NAMED, person
        if (person := self._signed(quote, words)) is not None:
            return Source.NAMED, person
        is_headline = frames.SAID_AT_ONCE.match(tail) and len(words.split()) >= SHORTEST
        is_open = frames.ENDS_LIKE_SPEECH.search(words) or tail.startswith(",") or is_headline
        if not is_open or frames.LEADS_ON.match(tail):
            return NOBODY
        if self._opens_next(words, tail):
            person = self._said_at_once(quote)
            return NOBODY if person is None else (Source.NAMED, person)
        if not (frames.VERB_AFTER.match(tail) or frames.ACCORDING_AFTER.match(tail) or self._said_at_once(quote)):
            return NOBODY
        person = self._first_after(quote, REACH)
        if person is not None and self.is_joint(person, quote.end, quote.end + REACH):
            return Source.UNNAMED, None
        if person is None and (frames.SAID_BY_THING.match(tail) or len(words.split()) < SHORTEST):
            return NOBODY
        return (Source.UNNAMED, None) if person is None else (Source.NAMED, person)

    def _opens_next(self, words: str, tail: str) -> bool:
        """What follows is a sentence of its own, which may speak of something else."""
        return bool(frames.END.search(words) and frames.NEXT_SENTENCE.match(tail))

    def _said_at_once(self, quote: Quoted) -> int | None:
        """`“…,” Ann Lee, porter, offered`: the name comes first and its verb at once."""
        mention = self.next_after(quote)
        if mention is None:
            return None
        lead = self.text[quote.end + 1 : mention.span.start].strip(" ,.")
        is_said = _is_title(lead) and frames.SAID_AFTER_NAME.match(self.text, mention.span.end)
        return mention.entity if is_said else None

    def _signed(self, quote: Quoted, words: str) -> int | None:
        """`“….” Ann Lee, porter` at the end of a passage, or `“….” (Ann Lee, porter)` anywhere."""
        mention = self.next_after(quote)
        if mention is None:
            return None
        between = self.text[quote.end + 1 : mention.span.start].strip(" .\n")
        rest = self.text[mention.span.end :].strip()
        if between == "(" and ")" in rest:
            post = rest[: rest.index(")")]
            return mention.entity if post[:1] in ("", ",") and is_post(post) else None
        is_name = not between and rest[:1] in ("", ",", "(") and frames.ENDS_LIKE_SPEECH.search(words)
        return mention.entity if is_name and is_post(rest) else None

    def _said_before(self, quote: Quoted, lead: str) -> Said:
        start = quote.start - len(lead)
        if (person := self._written_by(quote, lead)) is not None or (person := self._by_whom(quote, start)) is not None:
            return Source.NAMED, person
        if frames.TOLD.search(lead) or frames.QUOTES_ANOTHER.search(lead):
            return Source.UNNAMED, None
        is_unnamed = self.subject(start, quote.start) is None
        if frames.PRONOUN_BEFORE.search(lead) or (is_unnamed and frames.PRONOUN_WITH_COLON.match(lead)):
            return Source.PRONOUN, None
        verb = frames.VERB_BEFORE.search(lead) or frames.ACCORDING.search(lead)
        if not (verb or frames.COLON_BEFORE.search(lead) or frames.CALLED.search(lead) or self._labelled(quote, lead)):
            return NOBODY
        said = start + verb.start() if verb else quote.start
        person = self.subject(start, said)
        person = person if person is not None else self.subject(said, quote.start)
        if person is not None and self.is_joint(person, start, said):
            return Source.UNNAMED, None
        if person is None:
            if verb and frames.THING.search(lead, 0, verb.start()):
                return NOBODY
            is_long = len(self.words(quote).split()) >= SHORTEST
            return (Source.UNNAMED, None) if verb and is_long else NOBODY
        return Source.NAMED, person

    def _written_by(self, quote: Quoted, lead: str) -> int | None:
        """`Bob Dunn read out a letter from Ann Lee: “…”`."""
        if not frames.COLON_BEFORE.search(lead):
            return None
        start = quote.start - len(lead)
        for mention in self.between(start, quote.start):
            if frames.WRITTEN_BY.search(self.text[start : mention.span.start]):
                return mention.entity
        return None

    def _by_whom(self, quote: Quoted, start: int) -> int | None:
        """`Bob Dunn was put forward by Ann Lee, who wrote: “…”`, `is remembered by Ann Lee as “…”`."""
        for mention in self.between(start, quote.start):
            end = mention.span.end
            is_agent = frames.AS.fullmatch(self.text, end, quote.start) and frames.BY_WHOM.search(
                self.text, start, mention.span.start
            )
            if is_agent or frames.WHO_SAID.fullmatch(self.text, end, quote.start):
                return mention.entity
        return None

    def _labelled(self, quote: Quoted, lead: str) -> bool:
        """`Ann Lee, porter – “…”`: nothing stands before the dash but a name and a post."""
        dash = frames.DASH_BEFORE.search(lead.rstrip("“\"‘'"))
        first = self.people[0] if self.people else None
        if not dash or first is None or self.text[: first.span.start].strip(" •*-–—"):
            return False
        post = self.text[first.span.end : quote.start - len(lead) + dash.start()].strip()
        return len(lead) <= quote.start <= len(lead) + 1 and post[:1] in ("", ",", "(") and is_post(post)

    def _said_beside(self, quote: Quoted, words: str) -> Said:
        """Who is spoken of in the sentence before or after a quotation that is a sentence of its own."""
        follows = self.text[quote.end + 1 :].strip()[:1]
        is_sentence = (frames.END.search(words) or follows == ".") and self._begins_sentence(quote)
        if not is_sentence or follows.islower():
            return NOBODY
        if frames.COUNSEL_OF_PRONOUN.search(self.text[max(0, quote.start - 90) : quote.start]):
            return Source.PRONOUN, None
        for person in (
            self._counsel(quote),
            self._owned(quote),
            self._spoken_of_before(quote, words),
            self._spoken_of_after(quote, words),
        ):
            if person is not None:
                return Source.NAMED, person
        return NOBODY

    def _begins_sentence(self, quote: Quoted) -> bool:
        begins = max(0, quote.start - 1)
        return (
            not self.text[:begins].strip()
            or self.start_of(begins + 1) == begins
            or self.text[begins - 2 : begins] in (": ", "? ")
        )

    def _counsel(self, quote: Quoted) -> int | None:
        """`Ann Lee’s advice? “…”`, `A word of warning from Ann Lee. “…”`."""
        mention = self.last_before(quote.start)
        if mention is None:
            return None
        rest = self.text[mention.span.end : quote.start - 1]
        start = self.start_of(mention.span.start + 1)
        is_from = rest.strip() in (".", ":") and frames.COUNSEL_FROM.search(self.text, start, mention.span.start)
        return mention.entity if is_from or frames.COUNSEL.match(rest) else None

    def _owned(self, quote: Quoted) -> int | None:
        """`“….” That was the verdict of Ann Lee`."""
        mention = self.next_after(quote)
        if mention is None or not frames.OWNED_AFTER.match(self.text[quote.end + 1 : mention.span.start]):
            return None
        return mention.entity

    def _spoken_of_before(self, quote: Quoted, words: str) -> int | None:
        """`Ann Lee was blunt. “I shall say it again.”`: the one person of the sentence before, or the subject who says something in it."""
        start = max(self.start_of(max(0, quote.start - 2)), quote.start - BACK)
        named = self.between(start, quote.start)
        if len(words.split()) < _LONG or not named:
            return None
        if the_one(named) is None:
            return self._reports(named[0], start)
        if is_of_oneself(words) and self.only_person is not None:
            return named[0].entity
        rest = self.text[named[0].span.end : quote.start]
        is_speaker = is_own_words(words) or frames.SAID_OF_NAME.match(rest)
        is_subject = _is_title(self.text[start : named[0].span.start])
        return named[0].entity if is_speaker and is_subject else self._reports(named[0], start)

    def _reports(self, mention: Mention, start: int) -> int | None:
        """`Speaking for the crew, Ann Lee, mate, said Bob Dunn was missed. “…”`: the subject of a sentence with a verb of saying."""
        lead = self.text[start : mention.span.start].strip()
        is_aside = lead.endswith(",") and frames.OPENS_ASIDE.match(lead)
        is_subject = (not lead or is_aside) and frames.SAID_OF_NAME.match(self.text, mention.span.end)
        return mention.entity if is_subject and self.may_speak(mention) else None

    def _spoken_of_after(self, quote: Quoted, words: str) -> int | None:
        """`“I never thought I would.” Ann Lee is now a porter.`: at the start of a passage, the subject of the next sentence."""
        mention = self.next_after(quote)
        opens = not self.text[: max(0, quote.start - 1)].strip()
        if mention is None or not opens or len(words.split()) < _LONG or not is_own_words(words):
            return None
        is_subject = not self.text[quote.end + 1 : mention.span.start].strip()
        return mention.entity if is_subject and re.match(r",|\s[a-z]", self.text[mention.span.end :]) else None

    def _first_after(self, quote: Quoted, reach: int) -> int | None:
        for mention in filter(self.may_speak, self.between(quote.end, quote.end + reach)):
            if not _NEXT.search(self.text, quote.end + 1, mention.span.start):
                return mention.entity
        return None

    def follows(self, quote: Quoted, end: int) -> bool:
        """`“…,” said Ann. “…”`: the second half belongs to what ended before."""
        if quote.end - quote.start < 8:
            return False
        between = self.text[end : quote.start]
        return len(between) < 200 and (bool(re.search(SAYING, between)) or not between.strip(" ”“\"‘’'"))


def _is_title(lead: str) -> bool:
    """Whether the words before a name can be its title: `The Students’ Union President`."""
    words = lead.split()
    return len(words) < 3 or (len(words) <= 8 and all(_POST_WORD.fullmatch(word) for word in words))


def _is_title_case(words: str) -> bool:
    long = [word for word in words.split() if len(word) > 3]
    return len(long) > 1 and not frames.ENDS_LIKE_SPEECH.search(words) and all(word[0].isupper() for word in long)
