"""Roles: the posts that people hold or held, as the text around their names says."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goalmap.extract.masking import BODY, PERSON
from goalmap.extract.titles import CAPITAL_TITLE, HAS_HEAD, HEAD, SAYING
from goalmap.extract.words import CAPITAL

FORMER_WORDS = re.compile(r"^(?:former(?:ly)?|ex|previously|then|late|retired|one-time|erstwhile|past)\b[ -]?", re.I)


class Post(NamedTuple):
    """A title that the text gives a person, with the body where it names one."""

    person: int
    title: str
    body: int | None
    former: bool


_VERBS = re.compile(
    rf"\s(?:{SAYING}|who|whose|which|that|is|was|were|are|has|had|have|will|would|told|met|spent|read|gave|took|made|came|cut|put|led|leads|joined|joins|visited|opened|opens|"
    r"hosted|attended|thanked|urged|spoke|presented|launched|officially|pedalled|asked|called|calls|where|when|after|before|since|from|with|on \d|in \d|in an?|in (?:January|February|March|April|May|June|July|August|September|October|November|December)|while|but|as|about|by)\b"
)
_PIECES = re.compile(
    rf"[,;](?: and| then)?(?=\s)|(?<=⟩)\s(?:and|&)\s(?=Deputy\b)|\s(?:and|&)(?: (?:also|now|later|formerly))?\s(?!Deputy\b|Company Secretary)(?=(?:an?|the|our|its|formerly|former|now|later|previously|co-)\b|(?:of|at) |[^,]*?\b(?i:{HEAD})\b)|\s/\s|\s\|\s|\s[–—]\s"
)
_LEAD = re.compile(
    r"^\W*(?:(?:and|also|now|later|currently|then|an?|the|our|its|their|his|her|is|was|becomes|became|remains|as|one of (?:the|our|its)|until [\w ]+?,|for the past \w+ years)\s+)*",
    re.I,
)
_TAIL = re.compile(
    r"\s+(?:until|since|from|for the past|between|in \d{4}|on behalf|here|there|today|at the time)\b.*$|[\s.:]+$"
)
_LINK = re.compile(
    r"[,\s]+(?:(?:of|at|for|with|in|to|across|on|from)\b(?:\s+(?:the|its|our|their|an?|parent|industry|body|charity|company|group|firm|union|regulator|local|national|corporation|board|of|[’']s|and|,))*)?\s*$"
)
_GENERIC = re.compile(
    r"(?:^|\s)(?:he|she|they|we|it|i|you|who|whose|which|that|this|these|those|said|will|has|have|was|is|are|my|your|can|not|people|years?|daughter|son|mother|father|old|aged)(?:\s|$)"
)

_AFTER_PERSON = re.compile(
    rf"{PERSON}(?: \([^()⟨⟩]*\))?(?P<link>, | [–—-] |: | \| | \(| (?:is|was|are|were|becomes|became|serves? as|has been|as|acts as|works as|has joined as|is now|remains)(?: currently| now| appointed| elected| also| as)* )(?=(?P<segment>.{{3,260}}))"
)
_POSSESSED = re.compile(
    rf"(?:{BODY}(?:[’']s)? |[’']s )(?P<title>(?:(?:then|former|new|current|interim|acting|own) )?(?:{CAPITAL_TITLE}|(?:[a-z-]+ ){{0,3}}(?i:{HEAD})(?: of [a-z]+)?)),? {PERSON}"
)
_TITLE_FIRST = re.compile(
    rf"(?:^|[\s(“\"])(?P<former>(?:[Ff]ormer|[Ee]x-|[Tt]hen|[Pp]revious|[Rr]etired) ?)?(?P<title>{CAPITAL_TITLE}|(?:[a-z]+-?[a-z]+ ){{0,3}}(?:{HEAD})(?: for [a-z]+)?)(?:(?: of| at| for)(?: the)? {BODY})?(?P<comma>,|:)? {PERSON}"
)
_CHAIRS = re.compile(
    rf"{PERSON}(?:, who [^.,⟨]{{1,80}}(?:⟨O\d+⟩)?,)?(?:,? who)?(?: [a-z]+ly| also| currently| now)? (?P<verb>chairs|co-chairs|leads|heads|founded|co-founded|runs|manages|directs|edits)(?: (?:the|our|its|their|and))* (?:work of (?:the )?)?{BODY}"
)
_BY = re.compile(
    rf"{BODY}[^.⟨]{{0,60}}?(?P<verb>chaired|co-chaired|led|founded|co-founded|headed|edited|run) by (?:the )?(?:(?:former )?[^.,;⟨]{{0,60}})?{PERSON}(?: and(?: by)? {PERSON})?"
)
_CHAIRED_BY = re.compile(
    rf"\b(?P<verb>chaired|co-chaired) by (?:the )?(?:(?:former )?[^.,;⟨]{{0,60}})?{PERSON}(?: and(?: by)? {PERSON})?"
)
_SITS = re.compile(
    rf"{PERSON}[^.]{{0,120}}?,? who(?: also)? (?P<what>sits on the (?:board|corporation|council|panel|committee)) of (?:the )?{BODY}"
)
_IN_CHAIR = re.compile(rf"{PERSON}[^.]{{0,60}}, was in the chair")
_RETIRED = re.compile(
    rf"{PERSON},? who (?:retired|stepped down|left) as (?P<title>(?:our |the |its )?[a-z -]*?{HEAD}(?: of [a-z ]+)?)\b"
)
_LEAVING = re.compile(
    rf"{PERSON},? who is (?:leaving|stepping down|retiring)[^.⟨]{{0,30}} as (?:the |our )?(?P<title>{CAPITAL_TITLE})"
)
_BECOME = re.compile(rf"{PERSON}[^.⟨]{{0,50}} to become (?P<title>{CAPITAL_TITLE})(?: (?:of|at) (?:the )?{BODY})?")
_PRONOUN = re.compile(
    r"(?<=[.!?] )(?:He|She|They)(?= (?:is|was|chairs|co-chairs|leads|heads|also|has|founded|co-founded|joined|serves|sits|currently|previously|became|became)\b)"
)

VERB_TITLES = {
    "chairs": "chair",
    "co-chairs": "co-chair",
    "leads": "lead",
    "heads": "head",
    "founded": "founder",
    "co-founded": "co-founder",
    "runs": "head",
    "manages": "manager",
    "directs": "director",
    "edits": "editor",
    "chaired": "chair",
    "co-chaired": "co-chair",
    "led": "lead",
    "headed": "head",
    "edited": "editor",
    "run": "head",
}


_GOES_ON = re.compile(
    r"(?P<start>(?:^|(?<=[.!?] ))(?P<person>⟨P\d+⟩)[^.!?“”\"⟨]{0,120}(?:⟨O\d+⟩[^.!?“”\"⟨]{0,80})?),? and (?P<verb>is|was|chairs|leads) "
)
"""`⟨P⟩ chairs ⟨O⟩ and is a trustee …`: the second verb has the same person."""


def posts_in(masked: str) -> Iterator[Post]:
    """Every post that one masked passage gives to its people."""
    if "⟨P" not in masked:
        return
    text = _with_pronouns(masked)
    yield from _posts_after(text)
    yield from _posts_before(text)
    yield from _posts_by_verb(text)
    yield from _posts_left(text)


def _with_pronouns(text: str) -> str:
    """He and She at the start of a sentence stand for the last person named before."""

    def person_before(match: re.Match[str]) -> str:
        people = re.findall(r"⟨P\d+⟩", text[: match.start()])
        return people[-1] if people else match.group()

    return _GOES_ON.sub(
        lambda match: f"{match['start']}. {match['person']} {match['verb']} ", _PRONOUN.sub(person_before, text)
    )


def _posts_after(text: str) -> Iterator[Post]:
    """`⟨P⟩, Chief Executive of ⟨O⟩`, `⟨P⟩ is a Director of ⟨O⟩`."""
    for match in _AFTER_PERSON.finditer(text):
        past = bool(re.match(r" (?:was|were|has been) $", match["link"]))
        yield from _posts_of_segment(int(match[1]), _segment(match["segment"], match["link"]), past)


def _segment(segment: str, link: str) -> str:
    segment = re.sub(r"\s\((?=and\b|also\b|former)", ", ", segment)
    kept = re.split(r"(?<=[\w⟩)])[.!?](?:\s|$)|[“\"”]|⟨P|:\s|\s\||\s\(", segment)[0]
    if segment[len(kept) :].startswith("⟨P"):
        return re.sub(
            r"(?:,|(?:^| )and )(?!.*(?:,| and )).*$", "", kept
        )  # what stands right before a person is that person's title
    return kept


def _posts_of_segment(person: int, segment: str, past: bool) -> list[Post]:
    """The posts listed one after another; the list ends at the first piece that is none."""
    posts: list[Post] = []
    for piece in _PIECES.split(segment):
        if _FILLER.fullmatch(piece):
            continue
        if posts and (grown := _grown(posts[-1], piece)):
            posts[-1] = grown
        elif post := _post_of_piece(person, piece, posts[-1].title if posts else None, past):
            posts.append(post)
        elif posts or len(piece.split()) > 4:
            break
        if _VERBS.search(_LEAD.sub("", piece)):
            break
    return posts


def _grown(post: Post, piece: str) -> Post | None:
    """The post with what the next piece adds: `…, Vice-Chancellor, ⟨O⟩` its body, `…, Director, Learning and Skills` its field."""
    if body := _BARE_BODY.match(piece):
        return post._replace(body=int(body[1]))
    if _PORTFOLIO.match(piece) and not HAS_HEAD.search(piece):
        return post._replace(title=f"{post.title}, {piece.strip()}")
    return None


_FILLER = re.compile(r"\W*(?:(?:and|also|until \w+(?: \w+)?)\W*)?")
_PORTFOLIO = re.compile(rf"\s*{CAPITAL}(?:(?: and| of|,)? {CAPITAL}){{0,5}}\s*$")
_BARE_BODY = re.compile(rf"\s*(?:the )?{BODY}(?:[\s,]*$|\s+{SAYING}\b)")


def _post_of_piece(person: int, piece: str, title_before: str | None, past: bool) -> Post | None:
    piece = _LEAD.sub("", piece)
    former = FORMER_WORDS.match(piece) or re.search(r"\buntil (?!now)", piece)
    piece = FORMER_WORDS.sub("", piece)
    piece = _cut_at_verb(piece)
    body = re.search(BODY, piece)
    title = _LINK.sub("", piece[: body.start()]) if body else piece
    title = _TAIL.sub("", title).strip(" ,.-–")
    if body and title_before and not title and re.match(r"\s*(?:of|at|for)\b", piece):
        title = title_before
    if not _is_title(title):
        return None
    return Post(person, title, int(body[1]) if body else None, bool(former) or past)


def _cut_at_verb(piece: str) -> str:
    match = _VERBS.search(" " + piece)
    return piece[: max(0, match.start() - 1)] if match and match.start() > 0 else ("" if match else piece)


_STARTS_AS_PLACE = re.compile(r"(?:in|on|at|from|with|by|to|for|of)\b", re.I)


def _is_title(title: str) -> bool:
    return (
        bool(title)
        and not _STARTS_AS_PLACE.match(title)
        and len(title.split()) <= 12
        and bool(HAS_HEAD.search(title))
        and not _GENERIC.search(title)
        and "⟨" not in title
    )


def _posts_before(text: str) -> Iterator[Post]:
    """`Chief Executive ⟨P⟩`, `former Education Secretary ⟨P⟩`, `⟨O⟩’s then Managing Director, ⟨P⟩`."""
    for match in _POSSESSED.finditer(text):
        title, former = _without_former(match["title"])
        yield Post(int(match[3]), title, int(match[1]) if match[1] else None, former)
    for match in _TITLE_FIRST.finditer(text):
        if match["comma"] == ":" and not re.search(r"(?i)officer|executive|director$|manager|chair$", match["title"]):
            continue
        if "lead" in match["title"].lower() and match["comma"] == ":":
            continue
        title, former = _without_former(match["title"])
        title = re.sub(
            r"^(?:The|Our|Its|A|An|By|Foreword by|And|With|From|the|our|its|a|an|by|from|with|and|to|said|says|of|as|new)\s+",
            "",
            title,
        )
        if _is_title(title):
            yield Post(int(match[5]), title, int(match[3]) if match[3] else None, former or bool(match["former"]))


def _without_former(title: str) -> tuple[str, bool]:
    bare = FORMER_WORDS.sub("", title)
    return bare, bare != title


def _posts_by_verb(text: str) -> Iterator[Post]:
    for match in _CHAIRS.finditer(text):
        yield Post(int(match[1]), VERB_TITLES[match["verb"]], int(match[3]), False)
    for match in _BY.finditer(text):
        for person in (match[3], match[4]):
            if person:
                yield Post(int(person), VERB_TITLES[match["verb"]], int(match[1]), False)
    for match in _SITS.finditer(text):
        yield Post(int(match[1]), match["what"].replace("sits on the", "member of the"), int(match[3]), False)
    for match in _IN_CHAIR.finditer(text):
        bodies = re.findall(BODY, text[: match.start()])
        yield Post(int(match[1]), "Chair", int(bodies[0]) if bodies else None, False)
    for match in _CHAIRED_BY.finditer(text):
        before = re.findall(BODY, text[: match.start()])
        for person in (match[2], match[3]):
            if person and before:
                yield Post(int(person), VERB_TITLES[match["verb"]], int(before[-1]), False)


def _posts_left(text: str) -> Iterator[Post]:
    for match in _RETIRED.finditer(text):
        yield Post(int(match[1]), re.sub(r"^(?:our|the|its) ", "", match["title"]), None, True)
    for match in _LEAVING.finditer(text):
        yield Post(int(match[1]), match["title"], None, False)
    for match in _BECOME.finditer(text):
        yield Post(int(match[1]), match["title"], int(match[3]) if match[3] else None, False)


_STATE = re.compile(
    r"\b(?:minister|secretary of state|education secretary|home secretary|health secretary|mp|peer|magistrate|chancellor of the exchequer|prime minister|\w+ secretary|caretaker$|graduate|apprentice)\b",
    re.I,
)


def held_elsewhere(title: str) -> bool:
    """Posts that no publisher gives: ministers, members of Parliament."""
    return (
        bool(_STATE.search(title))
        and "permanent secretary" not in title.casefold()
        and "caretaker" not in title.casefold()
    )


def without_repeats(posts: Sequence[Post]) -> list[Post]:
    """Each post once; one without a body goes where the same title also comes with one."""
    placed = {post[:2] + post[3:] for post in posts if post.body is not None}
    return list(dict.fromkeys(post for post in posts if post.body is not None or post[:2] + post[3:] not in placed))
