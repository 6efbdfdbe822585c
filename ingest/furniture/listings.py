"""Pages that are no prose: contents, indexes and glossaries, told from lists and tables that report something."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from goalmap.ingest.document import Block, Kind
from goalmap.ingest.furniture.accounts import is_of_figures

CONTENTS = re.compile(
    r"^(?:(?:table of |list of |our )?contents(?: page)?|in this (?:report|issue|document|section|plan|edition)|"
    r"what[’']?s inside|inside(?: this (?:issue|report))?|on this page|cynnwys|list of (?:tables|figures))\s*:?$",
    re.I,
)
INDEX = re.compile(r"^(?:subject |alphabetical |general )?index$", re.I)
GLOSSARY = re.compile(
    r"^(?:appendix \w+\s*[:.–-]\s*)?(?:a )?(?:glossary|(?:list of )?(?:abbreviations|acronyms))"
    r"(?: (?:of|and) (?:terms|abbreviations|acronyms|definitions|terms and \w+)| used(?: in this \w+)?)?\s*:?$",
    re.I,
)
LEADERS = re.compile(r"(?:\s?[.·_]){4,}\s?|\s?…{2,}\s?")
NUMBER = r"(?:page |p\.? ?)?(?P<place>\d{1,3}|[ivxl]{1,6})"
AFTER = re.compile(rf"^(?P<title>\S.{{1,140}}?)[\s|]+{NUMBER}(?:\s?[–-]\s?\d{{1,3}})?$", re.I)
BEFORE = re.compile(rf"^{NUMBER}[\s|]+(?P<title>[^\W\d].{{1,140}})$", re.I)
LONGEST_TITLE = 90
SEVERAL = re.compile(rf"([^\d|]{{3,{LONGEST_TITLE}}}?)[\s|.…]+(\d{{1,3}})(?=[\s|]|$)")
MAY_BE_PLACE = re.compile(r"[\s|.…·_]\d{1,3}(?=[\s|.…·_]|$)")
COVERED = 0.85
"""Share of a paragraph that must be entries."""
PLACES = re.compile(r"\b\d{1,3}(?:\s?[–-]\s?\d{1,3})?(?=[,;\s]|$)")
TERM = re.compile(
    r"^(?:[A-Z][\w&/.’'-]{0,11}|(?:[\w’'/()-]+ ){0,5}[\w’'/()-]+)\s*(?:\||[:–—=]|\s-\s)\s*\S|^[A-Z][A-Z0-9&/]{1,9}s?\s+[A-Z]\w+"
)
LETTER = re.compile(r"^[A-Z](?:\s?[–-]\s?[A-Z])?$")
LETTERS = re.compile(r"[^\W\d_]{2}")
NUMBERING = re.compile(
    r"^(?:(?:part|section|chapter|appendix)\s+)?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,5})?[.):|\s]+(?=\S)", re.I
)
SENTENCE = re.compile(r"[.!?]$")
BAR = " | "
DIGIT = re.compile(r"\d")
ROMAN_END = re.compile(r"\b[ivxl]+$", re.I)
LONGEST_ROMAN = 40
HEADINGS = frozenset((Kind.HEADING, Kind.TITLE))
MARGINS = frozenset((Kind.HEADER, Kind.FOOTER, Kind.NAVIGATION))
ENTRY_WORDS = 18
PART_WORDS = 10
"""Most words in a line of a contents page that has no page number: the name of a part."""
TERM_WORDS = 60
FEWEST_ENTRIES = 4
"""Entries that make a contents page that does not call itself one."""
NAMED_AGAIN = 0.3
"""Share of their titles that must head something in the document, where they have no dots either."""
LONGEST = 3000
"""Most characters in a paragraph of entries that were run together."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a contents page: what it names and where that stands."""

    title: str
    place: int
    """The page; 0 for those that are numbered in Roman figures."""
    dotted: bool = False


def mark(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks; contents and indexes marked as navigation, glossaries and tables of accounts as boilerplate."""
    inside = [i for i, block in enumerate(blocks) if block.kind not in MARGINS]
    shown = [blocks[i] for i in inside]
    found = dict.fromkeys(is_of_figures(shown), Kind.BOILERPLATE)
    for marks, kind in MARKS:
        found.update(dict.fromkeys(marks(shown), kind))
    kinds = {inside[place]: kind for place, kind in found.items()}
    return tuple(block.as_kind(kinds.get(i, block.kind)) for i, block in enumerate(blocks))


# Contents


def _contents(blocks: Sequence[Block]) -> Iterator[int]:
    headings = Counter(_plain(block.text) for block in blocks if block.kind in HEADINGS)
    place = 0
    while place < len(blocks):
        named = CONTENTS.match(blocks[place].text) is not None
        run, entries = _run(blocks, place + named)
        if len(entries) > 1 and (named or _is_contents(entries, [blocks[i] for i in run], headings)):
            yield from range(run[0] - named, run[-1] + 1)
        elif named:
            yield from _unnumbered(blocks, place, headings)
        place = max([place, *run]) + 1


def _run(blocks: Sequence[Block], start: int) -> tuple[list[int], list[Entry]]:
    """Where entries stand from here on, names of parts between them included, and the entries."""
    run: list[int] = []
    entries: list[Entry] = []
    reached, parts = 0, 0
    for place in range(start, len(blocks)):
        found = entries_in(blocks[place].text)
        run.append(place)
        if found and (not entries or entries[-1].place <= found[-1].place):
            entries += found
            reached, parts = len(run), 0
        elif parts or not _may_name_part(blocks[place]):
            break
        else:
            parts = 1
    return run[:reached], entries


def entries_in(text: str) -> list[Entry]:
    """The entries in a block that is nothing but entries of a contents page: one, one a column, or several run together."""
    if len(text) > LONGEST or not (DIGIT.search(text) or ROMAN_END.search(text[-LONGEST_ROMAN:])):
        return []
    if several := _entries_across(text.split(BAR)) or _entries_in_a_row(text):
        return several
    entry = entry_of(text)
    return [entry] if entry else []


def _entries_across(cells: Sequence[str]) -> list[Entry]:
    """The entries in a row of a contents page that has two or more columns; the first column's place comes last."""
    pairs = zip(cells[::2], cells[1::2], strict=False)
    entries = [entry for pair in pairs if (entry := entry_of(BAR.join(pair)))]
    return entries[::-1] if 3 < len(cells) == 2 * len(entries) else []


def _entries_in_a_row(text: str) -> list[Entry]:
    """Entries that were run together as one paragraph."""
    places = len(MAY_BE_PLACE.findall(text))
    if places < 2:
        return []
    plain = LEADERS.sub(" ", text)
    if places * (LONGEST_TITLE + 4) <= COVERED * len(plain):  # a title, a space and a number at the most
        return []
    found = SEVERAL.findall(plain)
    entries = [Entry(title.strip(), int(number), plain != text) for title, number in found]
    covered = sum(len(title) + len(number) + 1 for title, number in found)
    named = len(found) > 1 and all(LETTERS.search(title) and ". " not in title for title, _ in found)
    climbs = all(above.place <= below.place for above, below in pairwise(entries))
    return entries if named and climbs and covered > COVERED * len(plain) else []


def entry_of(text: str) -> Entry | None:
    """The entry that a line is, if it is one.

    >>> entry_of("Our people ........ 12").dotted, entry_of("12 | Our people").title, entry_of("We trained 12 people.")
    (True, 'Our people', None)
    """
    plain = LEADERS.sub(" ", text)
    if len(plain.split()) > ENTRY_WORDS or SENTENCE.search(plain):
        return None
    match = AFTER.match(plain) or BEFORE.match(plain)
    if match is None or not LETTERS.search(match["title"]):
        return None
    place = int(match["place"]) if match["place"].isdigit() else 0
    return Entry(match["title"].strip(" |"), place, plain != text)


def _may_name_part(block: Block) -> bool:
    words = len(block.text.split())
    return words <= PART_WORDS and not SENTENCE.search(block.text) and not CONTENTS.match(block.text)


def _is_contents(entries: Sequence[Entry], run: Sequence[Block], headings: Counter[str]) -> bool:
    """Whether entries without a heading are a contents page: dots lead to the numbers, or the titles stand in the text."""
    if len({entry.place for entry in entries}) < FEWEST_ENTRIES:
        return False
    if 2 * sum(entry.dotted for entry in entries) > len(entries):
        return True
    counted = all(below.place - above.place == 1 for above, below in pairwise(entries))
    own = Counter(_plain(block.text) for block in run if block.kind in HEADINGS)
    again = sum(headings[title] > own[title] for title in (_plain(entry.title) for entry in entries))
    return not counted and again >= max(2, NAMED_AGAIN * len(entries))


def _unnumbered(blocks: Sequence[Block], place: int, headings: Counter[str]) -> Iterator[int]:
    """A list of what the document's headings say, as web pages have it under "Contents"."""
    run = []
    for later in range(place + 1, len(blocks)):
        listed = blocks[later].kind in (Kind.LIST_ITEM, Kind.BODY) or blocks[later].linked
        if not (listed and _plain(blocks[later].text) in headings):
            break
        run.append(later)
    if len(run) > 1:
        yield from (place, *run)


def _plain(text: str) -> str:
    """A heading's letters, its number taken off."""
    return re.sub(r"[\W_]+", " ", NUMBERING.sub("", text.casefold(), count=1)).strip()


# Indexes and glossaries


def _under(heading: re.Pattern[str], belongs: Callable[[Block], bool]) -> Callable[[Sequence[Block]], Iterator[int]]:
    """Finds the blocks under such a heading, heading included, as long as they belong to it."""

    def find(blocks: Sequence[Block]) -> Iterator[int]:
        for place, block in enumerate(blocks):
            if heading.match(block.text):
                end = place + 1
                while end < len(blocks) and (belongs(blocks[end]) or LETTER.match(blocks[end].text)):
                    end += 1
                yield from range(place, end) if end > place + 2 else ()

    return find


def _is_of_index(block: Block) -> bool:
    """Whether a block holds words and the numbers of the pages on which they stand, and little else."""
    places = PLACES.findall(block.text)
    words = len(re.findall(r"[^\W\d_]{2,}", block.text))
    return bool(places) and words <= 5 * len(places) and not SENTENCE.search(block.text)


def _is_term(block: Block) -> bool:
    return (
        block.kind is not Kind.HEADING and len(block.text.split()) <= TERM_WORDS and TERM.match(block.text) is not None
    )


MARKS = (
    (_under(GLOSSARY, _is_term), Kind.BOILERPLATE),
    (_under(INDEX, _is_of_index), Kind.NAVIGATION),
    (_contents, Kind.NAVIGATION),
)
"""What finds the places of blocks that are no prose, and what they are; the last to find a block tells its kind."""
