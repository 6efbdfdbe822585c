"""Bodies by a short form that is no mention: `Principal of Dunmere`, `Corran’s Cabinet Member`, where the text also has the whole name."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from goalmap.extract.ordinary import is_ordinary
from goalmap.extract.roles.bodies import KINDS
from goalmap.extract.roles.post import Post
from goalmap.extract.roles.sharing import sharing_bodies

_BODY = re.compile(r"⟨O(\d+)⟩")
_OWNER = re.compile(r"^(?P<owner>[A-Z][\w-]*(?: [A-Z][\w-]*)?)[’']s (?P<rest>.+)$")
_HEADS = r"principal|chief executive|head ?teacher|head|chair\w*|leader|vice-chancellor|president|secretary|governor|trustee|director"
_AT = re.compile(rf"(?i:^(?P<title>(?:[\w-]+ ){{0,2}}?(?:{_HEADS}))) (?:of|at) (?:the )?(?P<body>[A-Z].*)$")
_AFTER = re.compile(r"^ (?:of|at) (?:the )?(?P<body>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3})(?=[,.;)]|$)")


class ShortNames:
    """The bodies that a document names, by how their names begin."""

    def __init__(self, names: Sequence[str], masked: Iterable[str]) -> None:
        bodies = dict.fromkeys(int(number) for text in masked for number in _BODY.findall(text))
        self._names = {body: names[body] for body in bodies}

    def settled(self, posts: Sequence[Post]) -> list[Post]:
        """Posts with the bodies that their words name in short, and those that they share with others beside them."""
        settled = [self._settled(post) for post in posts]
        if settled == list(posts):
            return settled
        return [
            post for sentence, group in groupby(settled, _sentence) for post in sharing_bodies(list(group), sentence)
        ]

    def _settled(self, post: Post) -> Post:
        """The post with the body that its words name in short; else as it was."""
        if match := _OWNER.match(post.title):
            body = self._called(match["owner"], post.title)
            return post if body is None else post.at(body, match["rest"])
        if post.body is not None:
            return post
        if match := _AT.match(post.title):
            body = self._called(match["body"], post.title)
            return post if body is None else post.at(body, match["title"])
        after = _AFTER.match(post.sentence[post.end :]) if post.end else None
        body = self._called(after["body"], post.title) if after else None
        return post if body is None else post.at(body, post.title)

    def _called(self, words: str, title: str) -> int | None:
        """The one body whose name begins with these words, or has them for initials; of several, that which can have the post."""
        if all(is_ordinary(word) for word in words.split()):
            return None
        called = [
            body for body, name in self._names.items() if name.startswith(words + " ") or words == _initials(name)
        ]
        kind = next((name for post, name in KINDS if post.search(title.rpartition("’s ")[2])), None)
        if kind and len(called) > 1:
            called = [body for body in called if kind.search(self._names[body])]
        whole = [body for body, name in self._names.items() if name == words]
        return called[0] if len(called) == 1 else whole[0] if len(whole) == 1 else None


def _sentence(post: Post) -> str:
    return post.sentence


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())
