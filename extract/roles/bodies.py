"""The body at which a post is held where no words right beside the post say it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goalmap.extract.linking.references import out_of_capitals
from goalmap.extract.roles.occupations import LEARNERS, SPORT_AND_STAGE
from goalmap.extract.roles.post import Post
from goalmap.extract.vocabulary.role_words import GOVERNING
from goalmap.extract.words import one_of, table

STATE = re.compile(
    r"\b(?:(?:shadow |deputy |under-?)?minister|secretary of state|permanent secretary|(?:education|home|health|foreign|justice|defence|transport|treasury|environment|business|culture|energy|housing|work and pensions|levelling[- ]up|northern ireland|scottish|welsh)(?: and [\w ]+)? secretary|mp|msp|mla|ms|peer"
    r"|magistrate|chancellor of the exchequer|prime minister|first minister|dean|(?:deputy |lord-|vice )*lieutenant|high sheriff|(?:deputy |lord )?mayor(?:ess)?|bishop|archbishop|archdeacon|ambassador to|chief inspector|duke|consul|hm inspector|majesty[’']s inspector)\b",
    re.IGNORECASE,
)
"""Posts that no publisher gives."""
_OUTSIDE = (
    SPORT_AND_STAGE
    | LEARNERS
    | table(
        """
    graduate mentor author co-author farmer crofter fisherman muralist artist sculptor painter actor poet writer journalist photographer
    editor sub-editor columnist reporter correspondent speaker
    driver builder plumber baker butcher accountant solicitor barrister lawyer magistrate joiner miner carer guest
    """
    )
)
"""What people are by themselves: no word of their body follows from it."""
_OWN_KINDS: tuple[tuple[str, str], ...] = (
    (
        r"\b(?:head ?teacher|headmaster|headmistress|deputy head|assistant head|acting head|head of (?:school|year|sixth form|english|maths|science|history|music)|senco|teacher|careers lead|school)\b|^(?:acting |deputy |assistant )?head$",
        r"\b(?:School|Academy|Primary|Infants|Juniors|High|Grammar|College)\b",
    ),
    (
        r"^(?:[\w-]+ )?governor$",
        r"\b(?:School|Academy|Primary|Infants|Juniors|High|Grammar|College|University|HMP|Prison|NHS|Trust|Hospitals?)\b",
    ),
    (r"\b(?:principal)\b", r"\b(?:College|Academy|School|University|Coleg)\b"),
    (
        r"\b(?:(?:pro[- ])?(?:deputy )?vice[- ]chancellor|registrar|lecturer|professor|provost)\b",
        r"\b(?:University|College|Institute|School)\b",
    ),
    (
        r"^(?:(?:deputy |council |group )*leader\b|cabinet member|portfolio holder|lead member|executive member|(?:parish |town )?councillor\b|monitoring officer|section 151)|\bopposition\b",
        r"Council|Authority|Borough|City of|Corporation",
    ),
    (
        r"\b(?:ward (?:sister|manager)|matron|staff nurse|chief nurse|medical director|midwife|director of nursing|paramedic)\b",
        r"NHS|Hospital|Health|Ambulance|Care|Hospice|Trust",
    ),
    (
        r"\b(?:chief constable|constable|pc|pcso|superintendent|inspector|sergeant|sgt|detective)\b",
        r"Police|Constabulary",
    ),
    (r"\b(?:vicar|rector|curate|churchwarden|verger|warden)\b", r"Church|Parish|Cathedral|Minster|Abbey"),
    (
        r"\b(?:general secretary|shop steward|steward|regional organiser)\b",
        r"Union|UNISON|Unite|GMB|Association|Congress",
    ),
)
"""Posts that only some bodies have: a headteacher is a school's."""
KINDS = tuple((re.compile(title, re.I), re.compile(name)) for title, name in _OWN_KINDS)
_ELECTED = re.compile(r"\b(?:councillor|lead member)\b", re.I)
_ONLY_THERE = re.compile(
    r"(?i)\b(?:teacher|headmaster|headmistress|vicar|rector|curate|churchwarden|verger|pc|pcso|superintendent|constable|inspector|sergeant|sgt)\b"
)
"""Posts that no other body has: better none than a wrong one."""
_GOVERNING = re.compile(
    rf"(?i)\b(?:{one_of(GOVERNING - table('founder co-founder owner proprietor partner patron'))})\b"
)
_BODY = re.compile(r"⟨O(\d+)⟩")
_ENTRY = re.compile(r"^(?:[A-Z][A-Z ]+[.:] )⟨O(?P<body>\d+)⟩(?:[.:–]|, for\b| \(| [A-Z][a-z]+\.)")
"""A passage that begins with a label and a body: `SMALL FIRM. ⟨O⟩, for …`."""
_LIST_OF = re.compile(
    r"⟨O(?P<body>\d+)⟩(?:[’']s)?(?: new)? (?:committee|board|officers|team|trustees|governors|panel)\b[^.;⟨]{0,60}: "
)
"""`⟨O⟩ committee for the year is: chair ⟨P⟩, …`."""
_IN_BRACKETS = re.compile(r"⟨O(?P<body>\d+)⟩ \((?:[^()⟨]*, )?$")
"""`⟨O⟩ (chair ⟨P⟩)`, `⟨O⟩ (the women’s network, chair: ⟨P⟩)`."""
_SHORT = 40
"""Characters at the end of a sentence by which it is found again."""
LOOK_BACK = 3
"""Passages before a post in which its body is looked for."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A document as far as it tells where people work."""

    masked: Sequence[str]
    headings: Sequence[str]
    """The heading over each passage, masked where it is a passage of the document."""
    names: Sequence[str]
    """Of the entities, by place."""
    publisher: int | None

    def body_of(self, post: Post, passage: int, deputy_of: int | None = None) -> int | None:
        """The body of a post that stands in this passage."""
        if post.body is not None:
            return post.body
        if STATE.search(post.title):
            return None
        if self._by_itself(post) or post.article == "by" or (post.article == "my" and not _of_the_writer(post)):
            return None
        if post.article in ("his", "her") and deputy_of is not None:
            return deputy_of
        before = self._bodies_before(post, passage)
        if post.article in ("its", "their", "whose") and before:
            return before[-1]
        for title, name in KINDS:
            if title.search(post.title):
                return self._of_kind(name, passage, before, post)
        if post.former and not (_GOVERNING.search(post.title) and post.article not in ("a", "an")):
            return None
        if (over := _list_of(post)) is not None or (over := self._entry_of(post, passage)) is not None:
            return over
        if not post.former and (subject := self._subject_before(post, passage)) is not None:
            return subject
        return self.publisher

    def _entry_of(self, post: Post, passage: int) -> int | None:
        """The body that a passage is an entry of: `⟨O⟩, for its open day. Collected by ⟨P⟩, manager`."""
        if post.article in ("our", "’s") or _BODY.search(post.sentence[: post.place].split(". ")[-1]):
            return None
        entry = _ENTRY.match(self.masked[passage])
        return int(entry["body"]) if entry else None

    def _by_itself(self, post: Post) -> bool:
        """A novelist, a student, a retired farmer."""
        last = re.findall(r"[\w-]+", post.title.split(" of ")[0].split(" for ")[0].casefold())
        if not last or last[-1] not in _OUTSIDE:
            return False
        return post.article not in ("our", "its", "’s") and last[0] not in (
            "apprentice",
            "lead",
            "chief",
            "head",
            "senior",
        )

    def _bodies_before(self, post: Post, passage: int) -> list[int]:
        """The bodies named before the post in its sentence, else in its passage."""
        near = [int(number) for number in _BODY.findall(post.sentence[: post.place])]
        if near:
            return near
        earlier = self._earlier(post, passage)
        if post.article in ("its", "their", "whose") and "⟨O" not in earlier:
            earlier = next((text for text in reversed(self.masked[max(0, passage - 2) : passage]) if "⟨O" in text), "")
        return [int(number) for number in _BODY.findall(earlier)]

    def _earlier(self, post: Post, passage: int) -> str:
        """What stands in the passage before the sentence of the post, which may have got a name for its `she`."""
        said = post.sentence[post.sentence.find("⟩") + 1 :] if len(post.sentence) < _SHORT else post.sentence
        start = self.masked[passage].find(said[-_SHORT:]) if said else -1
        return self.masked[passage][: max(0, start + len(said[-_SHORT:]) - len(post.sentence))] if start >= 0 else ""

    def _subject_before(self, post: Post, passage: int) -> int | None:
        """The body that the sentence before begins with, where this one only brings its people: `Principal ⟨P⟩ said`."""
        if post.article in ("our", "a", "an") or _BODY.search(post.sentence[: post.place]):
            return None
        earlier = self._earlier(post, passage)
        last = re.search(
            r"(?:^|[.!?]\s)(?:The (?:\w+ ){1,3})?⟨O(\d+)⟩[^.!?⟨]*(?:⟨[OIP]\d+⟩[^.!?⟨]*)*[.!?]\s*$", earlier
        )
        return int(last[1]) if last else None

    def _of_kind(self, name: re.Pattern[str], passage: int, before: Sequence[int], post: Post) -> int | None:
        """The nearest body that can have such a post; the publisher where it can and none is nearer."""
        for found in (reversed(before), self._around(passage, post)):
            body = next((body for body in found if self._fits(name, body)), None)
            counts = body == self.publisher or not self._is_publishers(name) or post.article in ("its", "’s")
            if body is not None and counts:
                return body
        if self._is_publishers(name):
            return self.publisher
        if _ELECTED.search(post.title):
            return None
        earlier = (
            int(n)
            for text in reversed(self.masked[max(0, passage - LOOK_BACK) : passage])
            for n in reversed(_BODY.findall(text))
        )
        near = next((body for body in earlier if self._fits(name, body)), None)
        found_near = near if near is not None else self._most_named(name)
        return self.publisher if found_near is None and not _ONLY_THERE.search(post.title) else found_near

    def _most_named(self, name: re.Pattern[str]) -> int | None:
        """The body of a kind that the document names most, where it is one alone."""
        named = Counter(int(n) for text in self.masked for n in _BODY.findall(text) if self._fits(name, int(n)))
        (best, most), (_, second) = (*named.most_common(2), (None, 0), (None, 0))[:2]
        return best if most > second else None

    def _fits(self, kind: re.Pattern[str], body: int) -> bool:
        """Whether a body is of this kind by its name, which a letterhead may write in capitals."""
        return bool(kind.search(out_of_capitals(self.names[body])))

    def _is_publishers(self, name: re.Pattern[str]) -> bool:
        return self.publisher is not None and self._fits(name, self.publisher)

    def _around(self, passage: int, post: Post) -> Iterator[int]:
        """Bodies in the same passage and over it."""
        yield from (int(number) for number in _BODY.findall(post.sentence))
        yield from (int(number) for number in _BODY.findall(self.headings[passage]))


def _list_of(post: Post) -> int | None:
    """The body whose people the sentence lists, or behind which the post stands in brackets."""
    before = post.sentence[: post.place]
    over = _LIST_OF.search(before) or (_IN_BRACKETS.search(before) if _GOVERNING.search(post.title) else None)
    return int(over["body"]) if over else None


def _of_the_writer(post: Post) -> bool:
    """`my chair` outside quotations is the writer's, who speaks for the publisher."""
    quoted = re.search(r"[“\"]", post.sentence[: post.place])
    return not quoted and bool(_GOVERNING.search(post.title))
