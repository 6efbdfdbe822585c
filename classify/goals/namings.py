"""Mentions of goals and frameworks by name: "Goal 8", "SDG 4", "Open Recruitment". A name is not evidence."""

import re
from collections.abc import Iterable

from goalmap.classify.goals.frameworks import Framework

GENERAL = "goal"
"""What goals are called, whatever their framework calls them."""
TARGET = "target"
"""What goals below others are called."""
SMALL = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "through", "to", "with"}
"""Words that stay small in a title."""
NUMBERED = r"(?:{nouns})s?\s{{0,2}}(?:number\s|no\.?\s)?(?:{codes})(?:(?:\s?[,/&]\s?|\s?[–-]\s?|\s(?:and|or|to)\s|,\s(?:and|or)\s)(?:{codes}))*"
NAMED = r"(?:\s?[:–—-]\s?|\s?\(|,?\s[“‘\"']?)(?:{names})"
BY_NUMBER = re.compile(r"[^\W\d]+\s?\d+")
WORD = re.compile(r"[^\W_]+")
WORD_BEFORE = re.compile(r"([^\W_]+)[^\S\n]+\Z")
WORD_AFTER = re.compile(r"[^\S\n]+[A-Z]")
LABEL_AFTER = re.compile(r"\s*(?:[:–—|\n”’\"']|\Z)")
SENTENCE_BEFORE = re.compile(r"(?:\A|[.!?:|\n•“‘\"'–—])\s*\Z")
LOOK_BACK = 40
"""Characters before a name that are looked at."""


class GoalNames:
    """Finds where a text names a framework or its goals; the same words in ordinary prose are no name."""

    def __init__(self, framework: Framework) -> None:
        frameworks = [name for name in (framework.name, *framework.aliases) if name.strip()]
        goals = [goal for goal in framework.goals if goal.parent is None]
        names = [
            name
            for goal in goals
            for name in (goal.name, *goal.aliases)
            if name.strip() and not BY_NUMBER.fullmatch(name)
        ]
        nouns = {noun for name in frameworks if (noun := _noun(name))} | {GENERAL}
        numbered = "|".join(
            (
                _numbered(nouns, framework.codes),
                _numbered({TARGET}, [goal.code for goal in framework.goals if goal.parent is not None]),
            )
        )
        called = _any_of(
            [name for name in frameworks if _noun(name)] + [name for name in names if name.split()[-1] in nouns]
        )
        titles = _any_of(
            _without_article(name)
            for name in (*names, *frameworks)
            if len(_without_article(name).split()) > 1 and not _noun(name)
        )
        self._pattern = re.compile(
            rf"\b(?:(?i:(?P<number>(?:{_firsts(frameworks)})?"
            rf"(?:{numbered})(?![\w%]|[.,]\d)"
            rf"(?:{NAMED.format(names=_any_of(names))}(?!\w))?))"
            rf"|(?i:(?P<framework>{called})(?!\w))"
            rf"|(?P<title>(?=[A-Z])(?i:{titles})(?!\w)))"
        )

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the names stand, in order."""
        return [match.span() for match in self._pattern.finditer(text) if match["title"] is None or _is_title(match)]

    def masked(self, text: str) -> str:
        """The text with spaces for the names, as long as before."""
        pieces, end = [], 0
        for start, stop in self.spans(text):
            pieces += [text[end:start], " " * (stop - start)]
            end = stop
        return "".join([*pieces, text[end:]])


def _numbered(nouns: Iterable[str], codes: Iterable[str]) -> str:
    """A pattern for goals by their numbers."""
    longest = "|".join(sorted(map(re.escape, codes), key=len, reverse=True))
    return NUMBERED.format(nouns=_any_of(sorted(nouns)), codes=longest or r"(?!)")


def _noun(name: str) -> str:
    """What a framework calls its goals, by its name: mission, of Levelling Up missions."""
    last = name.split()[-1]
    return last[:-1].casefold() if last.endswith("s") and len(last) > 3 else ""


def _firsts(frameworks: Iterable[str]) -> str:
    """What stands before the noun: Purpose, of Purpose Goals."""
    firsts = {" ".join(name.split()[:-1]) for name in frameworks if _noun(name)} - {""}
    return "|".join(f"{_spaced(first)}\\s+" for first in sorted(firsts, key=len, reverse=True)) or r"\b"


def _any_of(names: Iterable[str]) -> str:
    """A pattern for any of some names, the longest first; one that nothing fits where there are none."""
    patterns = dict.fromkeys(_spaced(name) for name in sorted(names, key=len, reverse=True))
    return "|".join(patterns) or r"(?!)"


def _spaced(name: str) -> str:
    """A name with any space between its words, and with or without the comma."""
    words = [r"(?:and|&)" if word in ("and", "&") else re.escape(word) for word in name.replace("-", " ").split()]
    return r"[\s-]+".join(word.replace(",", ",?") for word in words)


def _without_article(name: str) -> str:
    return re.sub(r"^(?:the|an?)\s", "", name, flags=re.I)


def _is_title(match: re.Match[str]) -> bool:
    """Whether words are written as a name and are not a part of a longer one."""
    text, (start, end) = match.string, match.span()
    words = [word for word in WORD.findall(match.group()) if word.casefold() not in SMALL]
    before = text[max(0, start - LOOK_BACK) : start]
    opens = SENTENCE_BEFORE.search(before) is not None
    if all(word[0].isupper() or word[0].isdigit() for word in words):
        return not (WORD_AFTER.match(text, end) or _follows_name(before))
    return bool(LABEL_AFTER.match(text, end)) or not opens


def _follows_name(before: str) -> bool:
    """Whether the word before is part of a longer name: it has a capital though it opens no sentence."""
    word = WORD_BEFORE.search(before)
    return word is not None and word[1][0].isupper() and not SENTENCE_BEFORE.search(before[: word.start()])
