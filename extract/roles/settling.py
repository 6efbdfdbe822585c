"""What all the posts of a document together say of one of them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from goalmap.extract.roles.post import Post

OF_VERBS = frozenset({"lead", "head", "manager"})
"""Titles that may only stand for a verb: who leads has a post of another name."""
_VERB = re.compile(r"(?:led|leads?|heads|headed|runs|ran|manages|managed)\b")
_STARTED = re.compile(r"\b(?:joined|started|began|came to)\b[^.;“”]{0,60}\bas $")


def settled(told: Sequence[Sequence[Post]]) -> list[list[Post]]:
    """The posts of each passage without those that others replace, and with the first ones of a career as past."""
    titles: dict[int, set[str]] = {}
    for post in (post for posts in told for post in posts):
        if not post.former and not _of_verb(post) and not _first(post):
            titles.setdefault(post.person, set()).add(post.title)
    return [
        [
            replace(post, former=True) if post.person in titles and _first(post) else post
            for post in posts
            if not (_of_verb(post) and post.person in titles)
        ]
        for posts in told
    ]


def _of_verb(post: Post) -> bool:
    return post.title in OF_VERBS and _VERB.match(post.sentence, post.place) is not None


def _first(post: Post) -> bool:
    """`joined as a cleaner`: what somebody was at the start."""
    return not post.former and post.article in ("a", "an") and bool(_STARTED.search(post.sentence[: post.place]))
