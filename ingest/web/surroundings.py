"""What stands around the article of a web page: menus, banners, feet, and whatever is only for those who hear the page."""

import re
from collections.abc import Iterable, Sequence

from goalmap.ingest.document import Block, Kind
from goalmap.ingest.web.runs import Element, Run, is_spoken

MAIN = ("main", "article")
AROUND = frozenset(("aside", "dialog", "footer", "form", "header", "nav"))
ALWAYS_AROUND = frozenset(("dialog", "nav"))
AROUND_NAMES = re.compile(
    r"\b(?:cookies?|cookie-?bar|consent|gdpr|nav(?:bar|igation)?|menu|breadcrumbs?|crumbs?|shar(?:e|ing)|social|related|"
    r"sidebar|footer|masthead|(?:site|page|global|top)-?(?:header|footer)|subscribe|newsletter|skip|banner|promo|advert|"
    r"pagination|pager|comments?|announcements?(?:-bar)?|alert-bar|top-?bar|toolbar|search|site-?search|logo|tags|topics|"
    r"(?:cat|tag)s?-links|donate(?:-panel)?)\b"
)
OF_SOMETHING_ELSE = re.compile(r"(?<!\S)(?:no|has|with|without|hide|category|tag|tax|term)-(?!links)\S+")
"""Names of what an element lacks or holds, and of the subjects of a post: "no-share", "category-social-care"."""
KEPT_TAGS = frozenset(("body", "html", *MAIN))
MOST_AROUND = 0.4
"""An element with more of the page's text than this does not stand around its article, whatever it is called."""
MOST_OF_MAIN = 0.8
"""Nor does one that holds the heading of the page and so much of its article."""
LEAST_MAIN = 0.25
"""An element with less of the page's text than this is not its article."""
LEAST_TITLED_MAIN = 0.1
"""The same for a main part that holds the heading of the page, beside which there may be long menus or comments."""
ORNAMENT_WORDS = 25
FURNITURE_WORDS = 25
"""Most words in a block that is held to be outside the article because of its place alone."""


class Surroundings:
    """What is known of one page's elements: which hold its article and which stand around it."""

    def __init__(self, root: Element, runs: Sequence[Run], article: frozenset[str]) -> None:
        self.article = article
        self._sizes = _sizes(runs)
        self._size = max(1, sum(len(run.text) + sum(map(len, run.cells)) for run in runs))
        self._mains = {element for element in root.iter(*MAIN) if self._share(element) > _least(element)}
        self._named: dict[Element, bool] = {}

    @property
    def has_main(self) -> bool:
        return bool(self._mains)

    def holds(self, run: Run, text: str) -> bool:
        """Whether a run of text stands around the article."""
        holders = (run.element, *run.element.iterancestors())
        if any(self._is_around(holder) for holder in holders):
            return run.element.tag != "h1" or any(holder.tag in ALWAYS_AROUND for holder in holders)
        if len(text.split()) < ORNAMENT_WORDS and any(is_spoken(holder) for holder in holders):
            return True
        inside = not self._mains.isdisjoint(holders)
        return self.has_main and not inside and bool(self.article) and text not in self.article

    def _is_around(self, element: Element) -> bool:
        if element not in self._named:
            named = element.tag in AROUND or _is_named_around(element)
            inside_main = element.tag == "header" and any(holder in self._mains for holder in element.iterancestors())
            self._named[element] = named and not inside_main and self._is_small(element)
        return self._named[element]

    def _is_small(self, element: Element) -> bool:
        is_within = self._share(element) <= MOST_AROUND and self._mains.isdisjoint(element.iter(*MAIN))
        return is_within and not self._is_most_of_main(element)

    def _is_most_of_main(self, element: Element) -> bool:
        main = next((holder for holder in element.iterancestors() if holder in self._mains), None)
        if main is None or self._sizes.get(element, 0) <= MOST_OF_MAIN * self._sizes[main]:
            return False
        return _is_titled(element)

    def _share(self, element: Element) -> float:
        return self._sizes.get(element, 0) / self._size


def _sizes(runs: Iterable[Run]) -> dict[Element, int]:
    """How many characters each element holds."""
    sizes: dict[Element, int] = {}
    for run in runs:
        size = len(run.text) + sum(map(len, run.cells))
        for holder in (run.element, *run.element.iterancestors()):
            sizes[holder] = sizes.get(holder, 0) + size
    return sizes


def _least(element: Element) -> float:
    """The share of the page's text that an element must have to be its article."""
    return LEAST_TITLED_MAIN if element.tag == "main" and _is_titled(element) else LEAST_MAIN


def _is_titled(element: Element) -> bool:
    return next(element.iter("h1"), None) is not None


def _is_named_around(element: Element) -> bool:
    if element.tag in KEPT_TAGS or not element.attrib:
        return False
    names = " ".join(element.get(attribute) or "" for attribute in ("class", "id", "role"))
    plain = OF_SOMETHING_ELSE.sub("", names.casefold().replace("_", "-"))
    return AROUND_NAMES.search(plain) is not None


def without_surroundings(blocks: Sequence[Block], article: frozenset[str]) -> list[Block]:
    """On a page that does not mark its article: short blocks before the first and after the last of it are around it."""
    inside = [i for i, block in enumerate(blocks) if block.text in article or block.kind is Kind.HEADING]
    first, last = (inside[0], inside[-1]) if article and inside else (0, len(blocks))
    return [
        block.as_kind(Kind.NAVIGATION if not first <= i <= last and _is_short(block) else block.kind)
        for i, block in enumerate(blocks)
    ]


def _is_short(block: Block) -> bool:
    return block.linked and len(block.text.split()) < FURNITURE_WORDS
