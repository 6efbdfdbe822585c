"""Reading a passage for posts: which phrase belongs to which person, and whether it is past."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from goalmap.extract.roles import links, places
from goalmap.extract.roles.dates import Period
from goalmap.extract.roles.deeds import BY, by_phrase, deeds_in
from goalmap.extract.roles.links import Tense
from goalmap.extract.roles.phrases import Phrase, phrases_in
from goalmap.extract.roles.post import Post
from goalmap.extract.roles.sharing import sharing_bodies
from goalmap.extract.roles.succession import HANDING_OVER, successions
from goalmap.extract.roles.timing import Link, time_of
from goalmap.extract.roles.tokens import sentences_of, tokens_of
from goalmap.extract.roles.topics import topic_after, with_topic

LONGEST_LINK = 200
"""Characters between a person and a post that are still read."""


def posts_in(
    masked: str, titles: Collection[str] = (), topic: int | None = None, earlier: Sequence[Post] = ()
) -> list[Post]:
    """Every post that one masked passage gives to its people.

    `titles` are further words that are known to be posts, `topic` is who `she` is at the start, `earlier` what was read before.
    """
    posts: list[Post] = []
    is_bio = masked.startswith("⟨P") and not places.QUOTED.search(masked)
    for sentence in sentences_of(masked) if "⟨P" in masked or topic is not None else ():
        text = with_topic(sentence, topic, is_bio)
        if "⟨P" in text:
            posts += _Sentence(text, titles).read()
            if HANDING_OVER.search(text):
                handed = list(successions(text, [*earlier, *posts]))
                past = {(post.person, post.title) for post in handed if post.former}
                posts = [post for post in posts if post.former or (post.person, post.title) not in past] + handed
        topic = topic_after(text, topic)
    return posts


@dataclass(slots=True)
class _Sentence:
    """One sentence as it is read from left to right."""

    text: str
    titles: Collection[str]
    posts: list[Post] = field(default_factory=list)
    holders: list[int] = field(default_factory=list)
    """Whom the next words are about: one person, or those of a list."""
    holder_start: int = 0
    holder_end: int = 0
    listed_end: int = 0
    listing: Phrase | None = None
    """A post whose holders are being listed: `Our patrons are …`."""
    pending: list[Phrase] = field(default_factory=list)
    """Posts that wait for their person."""
    tense: Tense = Tense.UNTOLD
    past_list: bool = False
    held: bool = False
    """The last thing read is a post of the holder."""
    bodies: dict[int, int] = field(default_factory=dict)
    """The body that stands beside a person: ⟨P⟩ (⟨O⟩)."""
    end: int = 0

    def read(self) -> list[Post]:
        for anchor in self._anchors():
            if isinstance(anchor, Phrase):
                self._read_post(anchor)
            else:
                self._read_person(anchor)
        posts = [self._with_own_body(post) for post in self.posts]
        return sharing_bodies(posts, self.text)

    def _anchors(self) -> Iterator[Phrase | re.Match[str]]:
        deeds = [deed for deed in deeds_in(self.text)]
        deed_phrases = [replace(deed.phrase, verb="past" if deed.past else "does") for deed in deeds]
        by = [phrase for match in BY.finditer(self.text) if (phrase := by_phrase(match))]
        taken = [(p.start, p.end) for p in (*deed_phrases, *by)]
        phrases = [
            phrase
            for phrase in phrases_in(tokens_of(self.text), self.text, self.titles)
            if not any(a < phrase.end and phrase.start < b for a, b in taken)
        ]
        people = list(places.PERSON.finditer(self.text))
        anchors: list[Phrase | re.Match[str]] = [*deed_phrases, *by, *phrases, *people]
        return iter(sorted(anchors, key=_start))

    # People

    def _read_person(self, match: re.Match[str]) -> None:
        person = int(match[1])
        gap = self.text[self.end : match.start()]
        self._give_pending(person, gap, re.sub(r"\([^()]*\)|⟨O\d+⟩", "", self.text[self.listed_end : match.start()]))
        self.listed_end = match.end()
        if (
            self.holders
            and not self.held
            and self.holder_end <= self.end
            and places.LIST.match(self.text[self.holder_end : match.start()])
        ):
            self.holders.append(person)
        else:
            self.holders = [person]
        self.held = False
        self.tense = Tense.UNTOLD
        self.holder_start = match.start()
        self.holder_end = match.end()
        if acting := places.FOR_BODY.search(self.text[: match.start()]):
            self.bodies[person] = int(acting["acting"] or acting["label"])
        if beside := places.AFFILIATED.match(self.text[match.end() :]):
            self.bodies[person] = int(beside["body"])
            self.holder_end += beside.end()
            if "both" in beside.group() or "all" in beside.group():
                self.bodies |= {post.person: int(beside["body"]) for post in self.posts if post.body is None}
        self.end = self.holder_end
        first = places.RELATIVE.search(self.text[: match.start()])
        if first and re.match(r", (?:is|was|has|chairs|will|now|said|became)\b", self.text[match.end() :]):
            self.holders = [int(first[1])]

    def _give_pending(self, person: int, gap: str, list_gap: str) -> None:
        listed = self.listing
        if self.pending and places.BEFORE.match(gap):
            self._give_those_before(person, gap)
        elif self.pending and self.pending[-1].verb != "by" and places.INVERSE.match(gap):
            phrase = self.pending[-1]
            past = Tense.PAST if re.search(r"\b(?:was|were)\b", gap) and not phrase.plural else Tense.UNTOLD
            self._give(person, phrase, past)
            self.listing = phrase if phrase.plural else None
        if listed is not None:
            self._give_listed(person, listed, list_gap)
        self.pending.clear()

    def _give_those_before(self, person: int, gap: str) -> None:
        """`Chair and trustee ⟨P⟩`: posts that stand before the name."""
        for phrase in self.pending:
            if phrase.title in places.HONORIFICS and gap.isspace():
                continue
            if self._labels(person, gap):
                continue
            self._give(person, phrase, Tense.UNTOLD, waited=True)
            if phrase.plural:
                self.listing = phrase

    def _labels(self, person: int, gap: str) -> bool:
        """`Report author: ⟨P⟩, Energy Manager`: what stands before the colon is no post."""
        after = self.text[self.end + len(gap) :]
        return ":" in gap and bool(re.match(rf"⟨P{person}⟩(?:,| \() ?(?!⟨)\w", after)) and self._has_own_post(person)

    def _give_listed(self, person: int, listed: Phrase, list_gap: str) -> None:
        """`founded by ⟨P⟩, ⟨P⟩ and ⟨P⟩`: the post of a list, for another of its names; or the list has ended."""
        goes_on = (
            (listed.verb == "by" and self.listed_end <= listed.end)
            or places.LIST.match(list_gap)
            or places.SAME_VERB.match(list_gap)
            or self._goes_on_after_post()
        )
        if not goes_on:
            self.listing = None
            return
        self._give(
            person, listed, Tense.PAST if places.GONE.match(self._after(person, self.listed_end)) else Tense.UNTOLD
        )
        if listed.verb == "by":
            self.listing = listed if re.match(r"(?: and|,)", self._after(person, self.end)) else None

    def _after(self, person: int, start: int) -> str:
        """What follows a person's next place in the text."""
        mark = f"⟨P{person}⟩"
        return self.text[self.text.find(mark, start) + len(mark) :]

    def _goes_on_after_post(self) -> bool:
        """`founded by teacher ⟨P⟩ and poet ⟨P⟩`: the list goes on with a post before the name."""
        return bool(self.pending) and bool(places.LIST.match(self.text[self.listed_end : self.pending[0].start]))

    def _has_own_post(self, person: int) -> bool:
        """`Report author: ⟨P⟩, Energy Manager`: the label is none, the post follows."""
        after = self.text[self.text.find(f"⟨P{person}⟩", self.end) :].split("⟩", 1)[1]
        phrases = phrases_in(tokens_of(after[:80]), after[:80])
        return bool(phrases) and bool(re.match(r"^(?:, | \()$", after[: phrases[0].start]))

    # Posts

    def _read_post(self, phrase: Phrase) -> None:
        if phrase.verb == "by":
            self.listing = phrase
            self.end = phrase.end
            return
        if phrase.title == "chair" and re.search(r"\b[Ii]n $", self.text[: phrase.start]):
            return
        tense = self._tense(phrase)
        if tense is not None and _wants_what(phrase):
            return
        if tense is None:
            if self.pending and not places.PAIRED.match(self.text[self.pending[-1].end : phrase.start]):
                self.pending.clear()
            self.pending.append(phrase)
        else:
            people = self.holders if phrase.plural else self.holders[-1:]
            for person in people:
                self._give(person, phrase, tense)
            self.held = True
            self.holder_end = phrase.end
            self.pending.clear()
        self.end = phrase.end

    def _tense(self, phrase: Phrase) -> Tense | None:
        """What links the phrase to the holder, or None where nothing does."""
        if not self.holders or self._belongs_to_next(phrase):
            return None
        gap = self.text[self.holder_end : phrase.start]
        if len(gap) > LONGEST_LINK or "“" in gap or '"' in gap:
            return None
        if phrase.verb:
            return self._tense_of_deed(phrase, gap)
        return self._tense_of_link(gap, phrase)

    def _tense_of_deed(self, phrase: Phrase, gap: str) -> Tense | None:
        if ("my privilege" not in gap and re.search(r"[.;:”]|⟨P|\b(?:that|which|it|they)\b", gap)) or not re.search(
            r"(?:^|who|and|,|\bwill|to|also|now|[a-z]+ly|currently|still|has|have|\d{4}|then|later|and (?:today |now )?(?:he|she|they))\s*$",
            gap,
        ):
            return None
        if phrase.title in ("founder", "co-founder"):
            return Tense.UNTOLD
        over = phrase.verb == "past" and not re.search(r"\b(?:has|have)\s*$", gap)
        return Tense.PAST if over else links.tense_of_words(gap)

    def _tense_of_link(self, gap: str, phrase: Phrase) -> Tense | None:
        if gap == " " and phrase.article == "the" and not self.held:
            return Tense.UNTOLD if places.ENDS.match(self.text[phrase.end :]) else None
        if gap == ": " and phrase.article in ("a", "an"):
            return None
        if self.held and (match := links.LISTED.match(gap)):
            told = links.tense_of_words(re.sub(r"\buntil [\w ]+", "", match["words"]))
            if told is not Tense.UNTOLD:
                self.tense = told
            return self.tense
        if not self.held and (match := links.APPOSED.match(gap)):
            then = match["words"].strip() == "then" and phrase.article in ("a", "an")
            self.tense = Tense.PAST if then else links.tense_of_words(match["words"])
            return self.tense
        if links.LIKENS.search(gap):
            return None
        if match := links.VERB.match(gap):
            self.tense = links.tense_of_verb(match["verb"], links.of_verb(match))
            return self.tense
        if not self.held and links.NOW.match(gap):
            self.tense = Tense.PRESENT
            return self.tense
        if links.NOT_AS.search(gap) or links.FOLLOWED.search(self.text[: self.holder_start]):
            return None
        if match := links.WHERE.search(gap):
            self.tense = links.tense_of_verb(match["verb"], match.group())
            return self.tense
        if links.HAVING.match(gap):
            stays = links.LEAVING.search(gap) and links.HOW_LONG.match(self.text[phrase.end :])
            self.tense = Tense.PRESENT if stays else Tense.PAST
            return self.tense
        if self.held and links.GONE_ON.match(gap):
            return self.tense
        if self.tense is Tense.PAST and self._moved_to(gap, phrase):
            return self.tense
        if (match := links.AS.match(gap)) and not (phrase.plural and len(self.holders) == 1):
            self.tense = Tense.PRESENT if links.TO_BECOME.search(gap) else links.tense_of_as(match["words"])
            return self.tense
        if match := links.GOES_ON.match(gap):
            self.tense = links.tense_of_verb(match["verb"], match.group()[len(match["between"]) :])
            return self.tense
        return None

    def _moved_to(self, gap: str, phrase: Phrase) -> bool:
        """The post stands alone in brackets after the body that somebody moved to."""
        return bool(self.held and links.MOVED_TO.search(gap) and self.text.startswith(")", phrase.end))

    def _belongs_to_next(self, phrase: Phrase) -> bool:
        """Whether the phrase stands before the name of its holder."""
        following = places.NEXT.match(self.text[phrase.end :])
        if not following or phrase.verb:
            return False
        gap = self.text[self.holder_end : phrase.start]
        if following["mark"] is None:
            at_its_body = phrase.bodies and not phrase.possessed and following["after"].startswith(",")
            return not (at_its_body and self.holders and not self.held and links.APPOSED.match(gap))
        if gap == " " and phrase.article == "the" and self.holders:
            return False
        if not self.holders or not (links.APPOSED.match(gap) or (self.held and links.LISTED.match(gap))):
            return True
        its_own = re.match(r"\s*(?:,|\(|:|–)\s", following["after"]) is not None
        owned = phrase.possessed or phrase.article in ("our", "its", "their", "’s", "the", "his", "her")
        return owned and (not its_own or bool(re.search(r"\band\s*$", gap)))

    def _give(self, person: int, phrase: Phrase, tense: Tense, waited: bool = False) -> None:
        inherited = not waited and self.held and self.past_list and tense is Tense.UNTOLD
        inherited = inherited and not phrase.article and not phrase.verb
        before = self.text[self.holder_end : phrase.start] if self.holders else self.text[: phrase.start]
        start = min(phrase.start, self.holder_start) if self.holders and not waited else phrase.start
        link = Link(self.text, phrase, before, start, not self.posts, self.held)
        former, period = time_of(link, tense, inherited)
        self.past_list = former and period == Period()
        if places.AN_AWARD.search(self.text[phrase.start : phrase.end + 14]):
            return
        if re.match(r" by (?:training|background|profession|trade)\b", self.text[phrase.end :]):
            return
        bodies = phrase.bodies or self._bodies_of_gap(before)
        if _wants_what(phrase) and not bodies:
            return
        there = _THERE.match(self.text[phrase.end :]) or (self.held and _THERE.match(before))
        for body in bodies or (None,):
            self.posts.append(
                Post(
                    person,
                    phrase.title,
                    body,
                    former,
                    period.since,
                    period.until,
                    "its" if there else phrase.article,
                    self.text,
                    phrase.start,
                    phrase.end,
                )
            )

    def _bodies_of_gap(self, gap: str) -> tuple[int, ...]:
        """`joined ⟨O⟩ in 2016 as a trainee`."""
        served = places.SERVED.search(gap)
        found = places.BODIES.findall(gap if links.WHERE.search(gap) else gap[served.end() :] if served else "")
        return (int(found[-1]),) if found else ()

    def _with_own_body(self, post: Post) -> Post:
        if post.body is not None or post.person not in self.bodies or _OF_THE_LIST.match(self.text[post.end :]):
            return post
        return replace(post, body=self.bodies[post.person])


_OF_THE_LIST = re.compile(r"\s?[|:] ⟨P")
"""`Treasurer | ⟨P⟩ (⟨O⟩)`: an office of those who list it, not of the body where its holder works."""
_THERE = re.compile(r" there\b")
"""`branch manager there`: at the body named before."""


def _wants_what(phrase: Phrase) -> bool:
    """A member of nothing that is named."""
    return phrase.wants_body and not phrase.bodies and phrase.title.casefold() in ("member", "fellow", "observer")


def _start(anchor: Phrase | re.Match[str]) -> int:
    return anchor.start if isinstance(anchor, Phrase) else anchor.start()
