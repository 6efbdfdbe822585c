"""Who follows whom in a post."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from goalmap.extract.roles.links import LEAVING
from goalmap.extract.roles.phrases import phrases_in
from goalmap.extract.roles.post import Post
from goalmap.extract.roles.tokens import tokens_of

HANDING_OVER = re.compile(r"\bsucce(?:ed|ss)|\bpredecessor|\breplac|\bover\b|\bfollow(?:s|ed by)\b|\bin place of\b")
"""Without these words nobody follows anybody."""
_PERSON = r"⟨P(\d+)⟩"
_FOLLOWS = re.compile(
    r"⟨P(?P<newcomer>\d+)⟩(?:[^.;“”⟨]{0,60}(?:⟨O\d+⟩[^.;“”⟨]{0,40})?)\b(?:succeeds|succeeded(?! by)|succeeding|replaces|replaced(?! by)|replacing|takes over|took over|will take over|taking over|will replace|will succeed|follows|in place of|in succession to)(?P<as>[^.;“”⟨]{0,60}?)(?: from| in succession to)?[^.;“”⟨]{0,30} ?(?:[\w ]{0,40} )?⟨P(?P<holder>\d+)⟩(?P<after>[^.;“”⟨]{0,80})"
)
"""The newcomer, then the one who held the post."""
_FOLLOWED = re.compile(
    rf"(?:\b(?:is|was|will be|has been|be|being)\s+)?(?:succeeded|replaced|followed as [\w ]{{2,40}})(?: [\w ]{{0,40}})? by[^.;“”⟨]{{0,40}}{_PERSON}"
)


_SUCCESSOR = re.compile(
    rf"(?:⟨P(?P<of>\d+)⟩[’']s|\b(?:[Hh]is|[Hh]er|[Tt]heir)) (?P<which>successor|predecessor)(?: as [^.,;“”⟨]{{2,50}})?,? {_PERSON}"
)


def successions(text: str, posts: Sequence[Post]) -> Iterator[Post]:
    """The posts that `succeeds`, `takes over from` and `replaced by` say, given those already read."""
    for match in _FOLLOWS.finditer(text):
        title = _title_in(match["as"] + " " + match["after"])
        stays = LEAVING.search(match["after"]) is not None
        handed = _handed_over(int(match["newcomer"]), int(match["holder"]), title, posts)
        yield from (replace(post, former=False) if stays else post for post in handed)
    for match in _SUCCESSOR.finditer(text):
        people = [int(match["of"])] if match["of"] else [post.person for post in reversed(posts)]
        other = next((person for person in people if person != int(match[3])), None)
        held = [post for post in posts if post.person == other]
        model = next((post for post in held if post.former), held[-1] if held else None)
        if model is not None:
            former = match["which"] == "predecessor"
            yield replace(model, person=int(match[3]), former=former, since=None, until=None)
    for match in _FOLLOWED.finditer(text):
        people = re.findall(_PERSON, text[: match.start()])
        if people:
            yield from _handed_over(int(match[1]), int(people[-1]), None, posts)


_OWN_FOR_GOOD = ("founder", "co-founder", "lead", "head", "manager")
"""What nobody hands over: the first for its sense, the others as they only stand for a verb."""


def _handed_over(newcomer: int, holder: int, said: str | None, posts: Sequence[Post]) -> Iterator[Post]:
    """The newcomer has the post that the other held."""
    if newcomer == holder:
        return
    of_holder = [post for post in posts if post.person == holder and post.title not in _OWN_FOR_GOOD]
    of_holder.sort(key=lambda post: not post.former)
    of_newcomer = [post for post in posts if post.person == newcomer and not post.former]
    if said:
        model = next((post for post in (*of_newcomer, *of_holder) if post.title.casefold() == said.casefold()), None)
        start = model or Post(newcomer, said)
        yield replace(start, person=newcomer, former=False, title=said, since=None, until=None)
        yield replace(start, person=holder, former=True, title=said, since=None, until=None)
    elif of_holder:
        yield replace(of_holder[-1], person=newcomer, former=False, since=None, until=None)
        yield replace(of_holder[-1], former=True)
    elif of_newcomer:
        yield replace(of_newcomer[-1], person=holder, former=True, since=None, until=None)


def _title_in(words: str) -> str | None:
    if not (match := re.search(r"\bas (.*)", words)):
        return None
    phrases = phrases_in(tokens_of(match[1]), match[1])
    return phrases[0].title if phrases else None
