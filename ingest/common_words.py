"""The English words by which a page is judged."""

from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """English words in lower case."""
    return frozenset(resources.files("goalmap.models").joinpath("common-words.txt").read_text("utf-8").split())
