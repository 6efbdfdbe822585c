"""What users read is British: the spelling, and days such as 4 March 2026."""

import ast
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import click
import pytest

from goalmap.cli import main

ROOT = Path(__file__).parent.parent
AMERICAN = """
    apologiz authoriz categoriz centraliz characteriz civiliz criticiz customiz decentraliz digitiz emphasiz equaliz
    familiariz finaliz formaliz generaliz harmoniz hospitaliz idealiz immuniz initializ institutionaliz itemiz legaliz
    liberaliz localiz maximiz memoriz minimiz mobiliz moderniz monetiz nationaliz neutraliz normaliz optimiz organiz
    penaliz personaliz polariz prioritiz privatiz publiciz randomiz rationaliz realiz recogniz regulariz reorganiz
    revitaliz scrutiniz serializ socializ specializ stabiliz standardiz subsidiz summariz sympathiz synchroniz
    synthesiz theoriz tokeniz utiliz vandaliz vectoriz visualiz
    analyz catalyz paralyz
    behavior color demeanor endeavor favor flavor glamor harbor honor$ honors$ honored honoring humor labor neighbor odor parlor rigor rumor
    savior tumor vapor vigor
    caliber center fiber liter$ liters$ meager somber specter theater
    canceled canceling channeled counseled counseling counselor dialed fueled fueling funneled initialed labeled
    labeling leveled leveling marshaled marvelous modeled modeling paneled penciled quarreled reveled rivaled signaled
    signaling totaled totaling traveled traveler traveling tunneled
    enroll$ enrollment enrolls$ fulfill$ fulfills$ fulfillment installment skillful willful
    defense offense pretense license$ licenses$ practicing practiced
    catalog$ catalogs$ dialog$ dialogs$ analog$ acknowledgment judgment$ aging$ artifact skeptic plow$ gray$ grayer
    cozy aluminum anesthe archeolog estrogen fetus gynecolog leukemia maneuver orthopedic pediatric
    airplane checkbook jewelry mom$ mustache math$ specialty gotten$ burglarize thru$ sidewalk freeway zipper vacation$
    percent$ afterward$ toward$ someplace anyplace
"""
"""How words begin that are spelt so in America; with $ the whole word."""
ENDS = {True: r"\b", False: ""}
WORDS = re.compile(
    rf"(?<![\w.-])(?:{'|'.join(word.rstrip('$') + ENDS[word.endswith('$')] for word in AMERICAN.split())})\w*", re.I
)
DAY = re.compile(
    r"(?<![\w-])(?:\d{4}-\d\d-\d\d|(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2},? \d{4})(?![\w-])"
)
"""A day as computers or Americans write it."""
NAMES = re.compile(
    r"charset-normalizer|colorama|vectorizers?|organization name|percent\(|Apache License|MIT License|BSD License|License[-:] ?\w|LICENSE|center for|color-scheme|artifacts?\.",
    re.I,
)
"""Names of others, which they spell themselves."""
CODE = re.compile(
    r"```.*?```|~~~.*?~~~|``[^`]+``|`[^`]+`|\]\([^)]*\)|<https?:[^>]*>|<!--.*?-->|^---\n.*?\n---\n", re.S | re.M
)
MARKUP = re.compile(
    r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<style.*?</style>|<script.*?</script>|<(?!/?(?:h\d|p|li|td|th)\b)[^>]*>", re.S
)
TOLD = re.compile(r'(?:title|alt|placeholder|aria-label)="([^"]*)"')
PAGES = [path for path in (*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))) if "_build" not in path.parts]
HAS_DAYS_AS_DATA = ROOT / "docs" / "reference"
TEMPLATES = [
    *sorted((ROOT / "store/browse/templates").glob("*.html")),
    *sorted((ROOT / "report/templates").glob("*.html")),
]
ROOMS = ("commands", "report", "store", "ingest", "classify", "pictures")
MODULES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def american(text: str) -> list[str]:
    """What in a text is not British."""
    plain = NAMES.sub(" ", text)
    return [*WORDS.findall(plain), *DAY.findall(plain)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_of_the_documentation_is_british(path: Path) -> None:
    found = american(CODE.sub(" ", path.read_text("utf-8")))
    assert [one for one in found if not (HAS_DAYS_AS_DATA in path.parents and DAY.fullmatch(one))] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_page_in_the_browser_is_british(path: Path) -> None:
    html = path.read_text("utf-8")
    shown = " ".join((unescape(MARKUP.sub(" ", html)), *TOLD.findall(html)))
    assert american(shown) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_module_says_is_british(path: Path) -> None:
    assert [found for text in sentences(path) for found in WORDS.findall(NAMES.sub(" ", text))] == []


def sentences(path: Path) -> Iterator[str]:
    """The strings of a module that read as sentences: what it may say to people, and its documentation."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SENTENCE.search(node.value):
            yield CODE.sub(" ", node.value)


SENTENCE = re.compile(r"^\s*[A-Z“][a-z]* [a-z]+ [a-z]|[a-z] [a-z]+ [a-z]+\.$")


def test_help_is_british() -> None:
    def texts(command: click.Command) -> Iterator[str]:
        yield command.help or ""
        yield from (option.help or "" for option in command.params if isinstance(option, click.Option))
        if isinstance(command, click.Group):
            for one in command.commands.values():
                yield from texts(one)

    assert [found for text in texts(main) for found in WORDS.findall(text)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The organization labeled its program.", ["organization", "labeled"]),
        ("The organisation recognised a licence, and licensed a centre towards the practice.", []),
        ("Made on 2026-03-04, or March 4, 2026.", ["2026-03-04", "March 4, 2026"]),
        ("Made on 4 March 2026; the size of a prize.", []),
    ],
)
def test_the_words_looked_for_are_found(text: str, found: list[str]) -> None:
    assert american(text) == found
