"""Paths of files that name somebody: masked, and still each its own."""

import re
from dataclasses import replace
from hashlib import blake2b

from goalmap.store.masking.finding import Words
from goalmap.store.masking.marks import MARK

ENDING = re.compile(r"(?:\.\w{1,5})?$")


def in_path(path: str, words: Words) -> str:
    """A path whose folders and file bear marks, each beside a word that tells it from others."""
    any_case = replace(words, any_case=True)
    return "/".join(_part(part, any_case) for part in path.split("/"))


def _part(part: str, words: Words) -> str:
    masked = words(part)
    if masked == part:
        return part
    own = blake2b(part.encode("utf-8", "surrogatepass"), key=words.roll.key, digest_size=4).hexdigest()
    return ENDING.sub(f" [{own}]\\g<0>", masked, count=1)


def is_masked(path: str) -> bool:
    """Whether a path is not the one on disk."""
    return MARK in path
