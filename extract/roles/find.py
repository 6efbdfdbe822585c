"""Roles: the posts that people hold or held, as the text around their names says."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from goalmap.extract.masking import BODY
from goalmap.extract.roles import frames
from goalmap.extract.roles.titles import HAS_HEAD, may_name_a_post


class Post(NamedTuple):
    """A title that the text gives a person, with the body where it names one."""

    person: int
    title: str
    body: int | None
    former: bool


class _Tense(Enum):
    """What the verb between a person and a post says of the time."""

    PAST = "past"
    PRESENT = "present"
    UNTOLD = "untold"


LONGEST_TITLE = 12
"""Words."""
REACH = 160
"""How far before a person a title is looked for."""


def posts_in(masked: str) -> Iterator[Post]:
    """Every post that one masked passage gives to its people."""
    if "⟨P" not in masked:
        return
    text = _spelled_out(masked)
    yield from _posts_after(text)
    yield from _posts_before(text)
    yield from _posts_by_verb(text)
    yield from _posts_left(text)
    yield from _posts_where(text)


def _spelled_out(text: str) -> str:
    """Each verb with its person before it: pronouns, relative clauses and second verbs get the name that they stand for."""
    text = frames.BEFORE_THAT.sub(", formerly", text)
    text = frames.PRONOUN.sub(_person_before, text)
    for pattern in (frames.RELATIVE, frames.GOES_ON):
        text = pattern.sub(r"\g<start>. \g<person> \g<verb> ", text)
    return text


def _person_before(match: re.Match[str]) -> str:
    people = re.findall(r"⟨P\d+⟩", match.string[: match.start()])
    return people[-1] if people else match.group()


# The post after the person


def _posts_after(text: str) -> Iterator[Post]:
    """`⟨P⟩, Chief Executive of ⟨O⟩`, `⟨P⟩ is a Director of ⟨O⟩`."""
    for match in frames.AFTER_PERSON.finditer(text):
        tense = _Tense.PAST if match["past"] else _Tense.PRESENT if match["verb"] else _Tense.UNTOLD
        yield from _posts_of_segment(int(match[1]), _segment(_inside(match)), tense)


def _inside(match: re.Match[str]) -> str:
    """A post in brackets ends with them."""
    return match["segment"].split(")")[0] + "." if match["link"] == " (" else match["segment"]


def _segment(segment: str) -> str:
    """The words that can belong to this person; what stands right before the next person is that one's title."""
    segment = re.sub(r"\s\((?=and\b|also\b|former)", ", ", segment)
    kept = re.split(r"(?<=[\w⟩)])[.!?](?:\s|$)|[“\"”]|⟨P|:\s|\s\||\s\((?![a-z]+\))", segment)[0]
    if not segment[len(kept) :].startswith("⟨P"):
        return kept
    if re.search(r"\band (?:the|our|its)\b[^,]*,\s*$", kept):
        return re.sub(r",?\s*and (?:the|our|its)\b[^,]*,\s*$", "", kept)
    return re.sub(r"(?:,|(?:^| )and )(?!.*(?:,| and )).*$", "", kept)


def _posts_of_segment(person: int, segment: str, tense: _Tense) -> list[Post]:
    """The posts listed one after another; the list ends at the first piece that is none."""
    posts: list[Post] = []
    for piece in frames.PIECES.split(segment):
        if frames.FILLER.fullmatch(piece):
            continue
        if posts and (grown := _grown(posts[-1], piece)):
            posts[-1] = grown
        elif post := _post_of_piece(person, piece, posts[-1].title if posts else None, tense):
            posts.append(post)
        elif posts or len(piece.split()) > 4:
            break
        if frames.VERBS.search(frames.LEAD.sub("", piece)):
            break
    return posts


def _grown(post: Post, piece: str) -> Post | None:
    """The post with what the next piece adds: `…, Vice-Chancellor, ⟨O⟩` its body, `…, Director, Learning and Skills` its field."""
    if body := frames.BARE_BODY.match(piece):
        return post._replace(body=int(body[1]))
    if frames.PORTFOLIO.match(piece) and not HAS_HEAD.search(piece):
        return post._replace(title=f"{post.title}, {piece.strip()}")
    return None


def _post_of_piece(person: int, piece: str, title_before: str | None, tense: _Tense) -> Post | None:
    piece = frames.LEAD.sub("", piece)
    ended = tense is _Tense.UNTOLD and re.search(r"\buntil (?!now)", piece)
    former = bool(frames.FORMER_WORDS.match(piece) or ended or tense is _Tense.PAST)
    piece = frames.LEAD.sub("", frames.FORMER_WORDS.sub("", piece))
    piece = _cut_at_verb(piece)
    body = re.search(BODY, piece)
    title = frames.LINK.sub("", piece[: body.start()]) if body else piece
    title = frames.TAIL.sub("", title).strip(" ,.-–")
    if body and title_before and not title and re.match(r"\s*(?:of|at|for)\b", piece):
        title = title_before
    if not (is_title(title) or (body and _MEMBER.fullmatch(title))):
        return None
    return Post(person, title, int(body[1]) if body else None, former)


_MEMBER = re.compile(r"(?i)(?:[a-z]+ )?member")
"""A post only with its body: a member of ⟨O⟩."""


def _cut_at_verb(piece: str) -> str:
    match = frames.VERBS.search(" " + piece)
    return piece[: max(0, match.start() - 1)] if match else piece


def is_title(title: str) -> bool:
    """A few words with the name of a post at their end or before its field."""
    return (
        bool(title)
        and not frames.STARTS_AS_PLACE.match(title)
        and len(title.split()) <= LONGEST_TITLE
        and bool(frames.ENDS_AS_TITLE.search(title))
        and not frames.NO_TITLE.search(title)
        and "⟨" not in title
    )


# The post before the person


def _posts_before(text: str) -> Iterator[Post]:
    """`Chief Executive ⟨P⟩`, `former Education Secretary ⟨P⟩`, `⟨O⟩’s then Managing Director, ⟨P⟩`."""
    for match in frames.POSSESSED.finditer(text):
        title, former = _without_former(match["title"])
        yield Post(int(match[3]), title, _number(match[1]), former)
    for match in _titles_first(text):
        if match["comma"] != ":" or _LABEL.search(match["title"]):
            title, former = _without_former(_without_lead(_singular(match["title"])))
            if is_title(title):
                yield Post(int(match[5]), title, _number(match[3]), former or bool(match["former"]))
    for match in frames.PAIR.finditer(text) if "s ⟨P" in text else ():
        for person in (match[3], match[4]):
            yield Post(int(person), match["title"], _number(match[2]), False)


def _titles_first(text: str) -> Iterator[re.Match[str]]:
    for person in _PERSON_SIGN.finditer(text):
        before = text.rfind("⟨P", 0, person.start())
        window = text[max(0, person.start() - REACH, before) : person.end()]
        if may_name_a_post(window) and (match := frames.TITLE_FIRST.search(window)):
            yield match


_PERSON_SIGN = re.compile(r"⟨P\d+⟩")
_LABEL = re.compile(
    r"(?i)(?:officer|executive|director|manager|chair|editor|secretary|treasurer|clerk|convener|principal|headteacher)$"
)
"""Posts that stand as a label before a name: `Editor: ⟨P⟩`."""


def _singular(title: str) -> str:
    return title.removesuffix("s") if title.casefold().endswith("chairs") else title


def _without_lead(title: str) -> str:
    before = title
    while (title := frames.BEFORE_TITLE.sub("", title)) != before:
        before = title
    return title


def _without_former(title: str) -> tuple[str, bool]:
    bare = frames.FORMER_WORDS.sub("", title)
    return bare, bare != title


def _number(group: str | None) -> int | None:
    return int(group) if group else None


# Posts in verbs


def _posts_by_verb(text: str) -> Iterator[Post]:
    for match in frames.CHAIRS.finditer(text):
        yield Post(int(match[1]), frames.VERB_TITLES[match["verb"]], int(match[3]), False)
    for match in frames.LED_BY.finditer(text):
        yield from _posts_of_each((match[3], match[4]), match["verb"], int(match[1]))
    for match in frames.CHAIRED_BY.finditer(text):
        if bodies := re.findall(BODY, text[: match.start()]):
            yield from _posts_of_each((match[2], match[3]), match["verb"], int(bodies[-1]))
    for match in frames.SITS.finditer(text):
        yield Post(int(match[1]), match["what"].replace("sits on the", "member of the"), int(match[3]), False)
    for match in frames.IN_CHAIR.finditer(text):
        bodies = re.findall(BODY, text[: match.start()])
        yield Post(int(match[1]), "Chair", int(bodies[0]) if bodies else None, False)


def _posts_of_each(people: Sequence[str | None], verb: str, body: int) -> Iterator[Post]:
    for person in people:
        if person:
            yield Post(int(person), frames.VERB_TITLES[verb], body, False)


def _posts_left(text: str) -> Iterator[Post]:
    for match in frames.LEFT.finditer(text):
        yield Post(int(match[1]), frames.LEAD.sub("", match["title"]), None, True)
    for match in frames.LEAVING.finditer(text):
        yield Post(int(match[1]), match["title"], None, False)
    for match in frames.BECOMING.finditer(text):
        yield Post(int(match[1]), match["title"], _number(match[3]), False)


def _posts_where(text: str) -> Iterator[Post]:
    for match in frames.WHERE.finditer(text):
        people = re.findall(r"⟨P(\d+)⟩", text[: match.start()])
        title = frames.TAIL.sub("", _cut_at_verb(frames.LEAD.sub("", match["title"])))
        if people and is_title(title):
            yield Post(int(people[-1]), title, int(match[1]), bool(match["past"]))


def held_elsewhere(title: str) -> bool:
    """Posts that no publisher gives: ministers, members of Parliament."""
    return bool(frames.STATE.search(title))


def without_repeats(posts: Sequence[Post]) -> list[Post]:
    """Each post once; one without a body goes where the same title also comes with one."""
    placed = {post[:2] + post[3:] for post in posts if post.body is not None}
    return list(dict.fromkeys(post for post in posts if post.body is not None or post[:2] + post[3:] not in placed))
