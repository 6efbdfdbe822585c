"""What a document says, before it has a format: drawn from the seed and the number of the document alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from benchmarks.corpus import sentences, words
from benchmarks.corpus.words import Gaps

WORDS_A_PAGE = 400
SHORT_DOCUMENTS = {"press": 1.2, "bulletin": 1.6}
LONG_DOCUMENTS = {"board": 5.0, "strategy": 6.0, "annual": 15.0, "impact": 10.0}
"""Pages, in the mean, where a folder has three pages to a document."""
KINDS = {"press": 60, "bulletin": 12, "board": 12, "strategy": 8, "annual": 4, "impact": 4}
"""How many in a hundred are of each kind."""
MOST_PAGES = 30
BODIES_EACH = 40
"""Documents of one publisher, about."""
DENSITY = {"press": 0.55, "bulletin": 0.5, "impact": 0.5, "annual": 0.16, "board": 0.12, "strategy": 0.15}
"""The share of paragraphs that tell an act."""
QUOTED = {"press": 0.2, "bulletin": 0.12, "impact": 0.1, "annual": 0.02, "board": 0.0, "strategy": 0.03}
IDLE = {
    "press": (sentences.CONTEXT, sentences.WISHES),
    "bulletin": (sentences.CONTEXT, sentences.WISHES),
    "impact": (sentences.CONTEXT, sentences.WISHES, sentences.GOVERNANCE),
    "annual": (sentences.GOVERNANCE, sentences.FINANCE, sentences.FINANCE, sentences.CONTEXT),
    "board": (sentences.GOVERNANCE, sentences.GOVERNANCE, sentences.FINANCE, sentences.CONTEXT),
    "strategy": (sentences.CONTEXT, sentences.WISHES, sentences.WISHES, sentences.GOVERNANCE),
}
"""What paragraphs without an act are made of."""


class Form(StrEnum):
    """What a block of a document looks like."""

    HEADING = "heading"
    TEXT = "text"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading or paragraph, the items of a list or the rows of a table."""

    form: Form
    text: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Publisher:
    """A body with its people and the paragraphs that close all that it publishes."""

    name: str
    short: str
    spokespeople: tuple[tuple[str, str], ...]
    about: tuple[str, ...]
    known: dict[str, tuple[str, ...]]
    """Whom and what it names again and again."""

    def gaps(self, draw: Random) -> Gaps:
        return Gaps(draw, {"body": self.name, "short": self.short}, self.known)


@dataclass(frozen=True, slots=True)
class Story:
    """All that a document says."""

    kind: str
    title: str
    date: str
    publisher: Publisher
    blocks: tuple[Block, ...]
    pages: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a corpus."""

    documents: int
    seed: int = 1
    pages: float = 3.0
    copies: float = 0.1


def publisher(seed: int, number: int) -> Publisher:
    """The body of this number: the same wherever it is asked for."""
    draw = Random(f"body {seed} {number}")
    pattern, short = draw.choice(words.KINDS_OF_BODY)
    home, other = words.place(draw).split()[0], words.place(draw).split()[0]
    name = pattern.replace("{place}", home, 1).replace("{place}", other)
    people = tuple((words.titled(draw), role) for role in draw.sample(words.ROLES, 4))
    known = words.neighbourhood(draw)
    gaps = Gaps(draw, {"body": name, "short": short, "n3": f"{draw.randrange(1000):03}"}, known)
    about = tuple(gaps.fill(one) for one in draw.sample(sentences.ABOUT, 3))
    return Publisher(name, short, people, about, known)


def story(wanted: Wanted, number: int) -> Story:
    """What the document of this number says; long kinds are made longer or shorter to come to the pages wanted."""
    draw = Random(f"story {wanted.seed} {number}")
    kind = draw.choices(list(KINDS), list(KINDS.values()))[0]
    bodies = max(3, wanted.documents // BODIES_EACH)
    by = publisher(wanted.seed, int(bodies * draw.random() ** 1.5))
    gaps = by.gaps(draw)
    pages = _pages(kind, wanted.pages, draw)
    title = gaps.fill(draw.choice(sentences.REPORT_TITLES.get(kind, sentences.TITLES)))
    blocks = tuple(_blocks(kind, by, gaps, round(pages * WORDS_A_PAGE)))
    date = f"{draw.randrange(1, 29)} {draw.choice(words.MONTHS)} {draw.randrange(2019, 2026)}"
    return Story(kind, title, date, by, blocks, pages)


def _pages(kind: str, mean: float, draw: Random) -> float:
    spread = draw.uniform(0.5, 1.5)
    if kind in SHORT_DOCUMENTS:
        return SHORT_DOCUMENTS[kind] * spread * min(1.0, mean / 1.3)
    short, long = (sum(KINDS[name] * pages for name, pages in group.items()) / 100 for group in _GROUPS)
    return min(MOST_PAGES, max(0.5, LONG_DOCUMENTS[kind] * spread * (mean - short) / long))


_GROUPS = (SHORT_DOCUMENTS, LONG_DOCUMENTS)


def _blocks(kind: str, by: Publisher, gaps: Gaps, length: int) -> Iterator[Block]:
    """Headings, paragraphs, lists and tables until there are words enough, then what the publisher closes with."""
    draw, written = gaps.draw, 0
    while written < length:
        if written and draw.random() < (0.1 if kind == "press" else 0.35):
            yield Block(Form.HEADING, gaps.fill(draw.choice(sentences.HEADINGS)))
        block = _block(kind, by, gaps)
        written += len(block.text.split()) + sum(len(one.split()) for one in block.items) + 4 * len(block.rows)
        yield block
    if kind in ("press", "bulletin", "impact"):
        yield Block(Form.HEADING, "Notes to editors" if kind == "press" else f"About {by.name}")
        yield from (Block(Form.TEXT, one) for one in by.about)


def _block(kind: str, by: Publisher, gaps: Gaps) -> Block:
    chance = gaps.draw.random()
    if chance < 0.05:
        return Block(Form.LIST, items=tuple(_sentence(kind, gaps) for _ in range(gaps.draw.randrange(3, 6))))
    if chance < 0.08 and kind != "press":
        return Block(Form.TABLE, rows=tuple(_rows(gaps)))
    return Block(Form.TEXT, _paragraph(kind, by, gaps))


def _rows(gaps: Gaps) -> Iterator[tuple[str, ...]]:
    year = gaps.draw.randrange(2018, 2025)
    yield "Measure", str(year), str(year + 1), "Target"
    for measure in gaps.draw.sample(sentences.MEASURES, gaps.draw.randrange(4, 9)):
        yield measure, gaps["n"], gaps["n"], gaps["n"]


def _sentence(kind: str, gaps: Gaps) -> str:
    acts = gaps.draw.random() < DENSITY[kind]
    return gaps.fill(gaps.draw.choice(sentences.ACTS if acts else gaps.draw.choice(IDLE[kind])))


def _paragraph(kind: str, by: Publisher, gaps: Gaps) -> str:
    chance = gaps.draw.random()
    if chance < QUOTED[kind]:
        return _quote(by, gaps)
    if chance < QUOTED[kind] + DENSITY[kind]:
        return _act(gaps)
    pool = gaps.draw.choice(IDLE[kind])
    return " ".join(gaps.fill(one) for one in gaps.draw.sample(pool, gaps.draw.randrange(1, 5)))


def _act(gaps: Gaps) -> str:
    draw = gaps.draw
    first = draw.choice(sentences.PLANS if draw.random() < 0.12 else sentences.ACTS)
    return " ".join(gaps.fill(one) for one in (first, *draw.sample(sentences.DETAILS, draw.randrange(3))))


def _quote(by: Publisher, gaps: Gaps) -> str:
    name, role = gaps.draw.choice(by.spokespeople)
    body = by.name
    if gaps.draw.random() < 0.3:
        name, role, body = gaps["titled"], gaps["role"], gaps["partner"]
    said, more = (gaps.fill(one) for one in gaps.draw.sample(sentences.QUOTES, 2))
    verb = gaps.draw.choice(sentences.SAID)
    return f"{name}, {role} of {body}, {verb}: “{said}. {more}.”"


# Copies


def original_of(wanted: Wanted, number: int) -> int | None:
    """The earlier document that this one tells again, or None where it stands for itself."""
    if not _is_copy(wanted, number):
        return None
    draw = Random(f"original {wanted.seed} {number}")
    earlier = (draw.randrange(number) for _ in range(20))
    return next((one for one in earlier if not _is_copy(wanted, one)), None)


def _is_copy(wanted: Wanted, number: int) -> bool:
    return number > 0 and Random(f"copy {wanted.seed} {number}").random() < wanted.copies


def edited(told: Story, wanted: Wanted, number: int) -> Story:
    """The same story as another site tells it: another title, a paragraph less and one that says where it is from."""
    draw = Random(f"edit {wanted.seed} {number}")
    gaps = told.publisher.gaps(draw)
    blocks = list(told.blocks)
    if len(blocks) > 4:
        del blocks[draw.randrange(1, len(blocks) - 1)]
    blocks.append(Block(Form.TEXT, f"This article first appeared on the website of {told.publisher.name}."))
    again = replace(told.publisher, about=())
    title = told.title if draw.random() < 0.5 else gaps.fill(draw.choice(sentences.TITLES))
    return replace(told, title=title, blocks=tuple(blocks), publisher=again)
