"""The roles of a document: posts of all its passages, each with its body and its time."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from goalmap.extract.names import Mention, Role
from goalmap.extract.roles.bodies import Scene
from goalmap.extract.roles.phrases import phrases_in
from goalmap.extract.roles.post import Post
from goalmap.extract.roles.ranks import ranks_in
from goalmap.extract.roles.reading import posts_in
from goalmap.extract.roles.settling import OF_VERBS, settled
from goalmap.extract.roles.sharing import BESIDE
from goalmap.extract.roles.short_names import ShortNames
from goalmap.extract.roles.tables import Columns, columns_of, posts_of_heading, posts_of_row
from goalmap.extract.roles.tokens import tokens_of
from goalmap.extract.words import CAPITAL
from goalmap.ingest.document import Kind, Passage

_ALONE = re.compile(r"^⟨P\d+⟩[\w, ]{0,12}$")
"""A passage that is a name: the post may stand in the next."""
_UNDER_A_QUOTATION = re.compile(r"^[–—-] (?:[A-Z][\w ]{2,30} )?⟨P\d+⟩")
"""A line that only says who spoke: `— ⟨P⟩, clerk`."""
LONGEST_SIGNATURE = 100
_SEAT = re.compile(rf"[ ]for[ ](?:the[ ])?{CAPITAL}(?:[ ](?:and[ ]|of[ ]|the[ ]){{0,2}}{CAPITAL}){{0,6}}")
SEATS = ("MP", "MSP", "MLA")
"""Letters after a name that are a post."""


def roles_in(
    passages: Sequence[Passage], scene: Scene, mentions: Iterable[Mention], titles: Sequence[Collection[str]] = ()
) -> tuple[Role, ...]:
    """Every role that a document states; `titles` are further posts known in each passage."""
    mentions = list(mentions)
    told = settled(list(_posts(passages, scene, titles)))
    held = {post.person for posts in told for post in posts if _is_job(post)}
    ranks = ranks_in(passages, scene.masked, mentions, held)
    short = ShortNames(scene.names, scene.masked)
    roles: list[Role] = []
    of_deputies: int | None = None
    last: int | None = None
    for place, posts in enumerate(told):
        placed: list[Post] = []
        for post in short.settled([*posts, *ranks.get(place, ())]):
            body = scene.body_of(post, place, of_deputies)
            if body is not None and post.person != last:
                of_deputies, last = body, post.person
            placed.append(replace(post, body=body))
        roles += [_role(post, place) for post in without_repeats(placed)]
    return (*roles, *_seats(passages, mentions))


def _is_job(post: Post) -> bool:
    """A post of today that leaves no room for a rank: a sergeant may chair a network beside it."""
    return not post.former and post.title not in OF_VERBS and not BESIDE.search(post.title)


def _posts(passages: Sequence[Passage], scene: Scene, titles: Sequence[Collection[str]]) -> Iterator[list[Post]]:
    masked = scene.masked
    columns: Columns | None = None
    topic: int | None = None
    read: list[Post] = []
    for place, (passage, text) in enumerate(zip(passages, masked, strict=True)):
        heads = columns_of(text) if passage.kind is Kind.TABLE_ROW else None
        columns = heads or (columns if passage.kind is Kind.TABLE_ROW else None)
        if columns:
            yield [] if heads else list(posts_of_row(text, columns))
            continue
        known = titles[place] if titles else ()
        if place and "⟨P" not in text and _ALONE.match(masked[place - 1]) and _is_signature(text):
            posts = posts_in(f"{masked[place - 1]}, {text}", known)
        else:
            posts = posts_in(text, known, topic, read)
            posts += posts_of_heading(text, scene.headings[place])
        read += posts
        goes_on = (passage.is_content or passage.kind in _ABOUT) and not _UNDER_A_QUOTATION.match(text)
        topic = _only_person(text, topic) if goes_on else None
        yield posts


_ABOUT = frozenset({Kind.BIO, Kind.HEADING, Kind.CAPTION})
"""Kinds of passages, beside the content, that the next goes on from."""


def _only_person(text: str, before: int | None) -> int | None:
    """The one person of a passage, whom `she` may mean at the start of the next."""
    people = set(re.findall(r"⟨P(\d+)⟩", text))
    if not people:
        return before if len(text) < LONGEST_SIGNATURE else None
    return int(people.pop()) if len(people) == 1 else None


def _is_signature(text: str) -> bool:
    """Nothing but posts."""
    if len(text) > LONGEST_SIGNATURE:
        return False
    phrases = phrases_in(tokens_of(text), text)
    return bool(phrases) and phrases[0].start == 0 and not re.search(r"[.!?]\s*\w", text)


def _role(post: Post, passage: int) -> Role:
    return Role(post.person, post.title, passage, post.body, post.former, post.since, post.until)


def without_repeats(posts: Sequence[Post]) -> list[Post]:
    """Each post once; one without a body goes where the same title also comes with one."""
    placed = {(post.person, post.title, post.former) for post in posts if post.body is not None}
    once: dict[tuple[int, str, bool, int | None], Post] = {}
    for post in posts:
        if post.body is not None or (post.person, post.title, post.former) not in placed:
            once.setdefault((post.person, post.title, post.former, post.body), post)
    return list(once.values())


def _seats(passages: Sequence[Passage], mentions: Iterable[Mention]) -> Iterator[Role]:
    """Letters after a name that are a post: MP, MSP for a place."""
    for mention in mentions:
        letters = mention.surface.rsplit(" ", 1)[-1]
        if letters in SEATS and " " in mention.surface:
            place = _SEAT.match(passages[mention.span.passage].text, mention.span.end)
            yield Role(mention.entity, letters + (place.group() if place else ""), mention.span.passage)
