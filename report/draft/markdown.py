"""A draft as Markdown with footnotes; whatever the documents hold stays text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from goalmap.report.draft import reading
from goalmap.report.draft.model import (
    Block,
    Card,
    Draft,
    Items,
    Notice,
    Paragraph,
    Picture,
    Quote,
    Table,
    Text,
    ToWrite,
    Words,
    runs_of,
)
from goalmap.report.files import write_text
from goalmap.report.verbatim import Piece
from goalmap.report.wording import count
from goalmap.store.days import day

SPECIAL = re.compile(r"[\\`*\[\]<|~$]|(?<![^\W_])_|_(?![^\W_])|&(?=#|\w+;)|:(?=[\w+-]+:)")
"""What means something within a line; an underscore only at the edge of a word."""
STARTS = ("#", "+", "=", ">", "-")
START_OF_LIST = re.compile(r"(\d{1,9})([.)])")
CLOSING = re.compile(r"(?<!\S)#+(?=\s*$)")
"""What a heading may end with, and readers of Markdown leave out."""
DEEPEST = 6
SPACE = re.compile(r"\s+")


def write_markdown(draft: Draft, path: Path) -> None:
    write_text(path, as_markdown(draft))


def as_markdown(draft: Draft) -> str:
    """The draft with its evidence as footnotes. Raises NotVerbatim where a passage was not checked."""
    evidence = reading.evidence(draft)
    parts = [*_head(draft), *_Body(draft).parts(), *map(_footnote, evidence)]
    return reading.printable("\n\n".join(parts)) + "\n"


def text(written: str) -> str:
    """Words in one line that no reader of Markdown takes for anything else within it.

    >>> text("*5* snake_case [x] <b>")
    '\\\\*5\\\\* snake_case \\\\[x\\\\] \\\\<b>'
    """
    return SPECIAL.sub(_escaped, SPACE.sub(" ", reading.turned_back(reading.printable(written))))


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def line(written: str) -> str:
    """Markdown that begins a block, so that its first characters make it no heading, list or the like.

    >>> line("# 5"), line("12. x"), line("-5 %")
    ('\\\\# 5', '12\\\\. x', '\\\\-5 %')
    """
    bare = written.lstrip()
    if START_OF_LIST.match(bare):
        return START_OF_LIST.sub(r"\1\\\2", bare, count=1)
    return f"\\{bare}" if bare.startswith(STARTS) else bare


def heading(level: int, written: str) -> str:
    """
    >>> heading(2, "In C #"), heading(9, "5. Plans")
    ('## In C \\\\#', '###### 5. Plans')
    """
    return f"{'#' * min(level, DEEPEST)} {CLOSING.sub(_escaped, written)}"


def _head(draft: Draft) -> Iterator[str]:
    yield heading(1, text(draft.title))
    if draft.subtitle:
        yield line(text(draft.subtitle))
    yield f"Draft of {text(day(draft.made_on))}, made with goalmap"
    if draft.to_write:
        yield f"{count(len(draft.to_write), 'place is', 'places are')} left for you to write: search for “To write”."


def _footnote(one: reading.Evidence) -> str:
    where = (
        f"{text(one.cited.document.title)}, {text(one.place)}; {text(one.file)}, passage {text(one.cited.passage_id)}."
    )
    return f"[^{one.number}]: {where}\n\n    {line(_marked(one.pieces))}"


def _marked(pieces: Sequence[Piece]) -> str:
    """A passage with what is quoted in bold, where Markdown has a way to say so."""
    written = [text(piece.text) for piece in pieces]
    around = [" ", *written, " "]
    return "".join(
        _bold(words, around[place][-1:], around[place + 2][:1]) if piece.marked else words
        for place, (piece, words) in enumerate(zip(pieces, written, strict=True))
    )


def _bold(words: str, before: str, after: str) -> str:
    bare = words.strip()
    starts = words[:1].isspace() or not before.isalnum() or bare[:1].isalnum()
    ends = words[-1:].isspace() or not after.isalnum() or bare[-1:].isalnum()
    if not (bare and starts and ends):
        return words
    return words.replace(bare, f"**{bare}**", 1)


class _Body:
    """The sections of a draft, with the numbers of its citations."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.numbers = draft.cited

    def parts(self) -> Iterator[str]:
        for notice in self.draft.notices:
            yield from self.notice(notice)
        for one in reading.outline_of(self.draft):
            yield from self.section(one)

    def section(self, one: reading.Numbered) -> Iterator[str]:
        yield heading(one.level + 1, f"{one.number} {text(one.section.title)}".lstrip())
        for block in one.section.blocks:
            yield from self.block(block, one.level + 2)
        for inner in one.inner:
            yield from self.section(inner)

    def block(self, block: Block, level: int) -> Iterator[str]:
        match block:
            case Paragraph(runs):
                yield line(self.runs(runs))
            case Items():
                yield "\n".join(self.items(block))
            case Quote(words):
                yield self.quote(words)
            case Card():
                yield from self.card(block, level)
            case Table():
                yield from self.table(block)
            case Picture():
                yield f"**{text(block.title)}** {text(block.description)}"
                yield from self.table(block.numbers)
            case Notice():
                yield from self.notice(block)

    def notice(self, block: Notice) -> Iterator[str]:
        yield f"> **{'Please note' if block.kind == 'warning' else 'Note'}.** {self.runs(block.runs)}"

    def items(self, block: Items) -> Iterator[str]:
        for place, item in enumerate(block.items, start=1):
            yield f"{f'{place}.' if block.numbered else '-'} {line(self.runs(item))}"

    def quote(self, words: Words, told: bool = False) -> str:
        by = f"\n>\n> {line(text(words.by))}" if words.by else ""
        return f"> {line(text(words.text))}{self.cites(words.cites)}{self.tag(words.proposed and not told)}{by}"

    def card(self, block: Card, level: int) -> Iterator[str]:
        told = any(badge.kind == reading.PROPOSED for badge in block.badges)
        yield heading(level, text(block.title))
        if block.badges:
            yield " · ".join(f"*{text(badge.text)}*" for badge in block.badges)
        if block.text:
            yield line(self.runs(block.text, told))
        yield from (self.quote(words, told) for words in block.quotes)
        if facts := [f"- **{text(name)}**: {self.runs(runs, told)}" for name, runs in block.facts if runs]:
            yield "\n".join(facts)

    def table(self, table: Table) -> Iterator[str]:
        told = reading.all_open(runs_of(table))
        yield f"*{text(table.caption)}*{self.tag(told)}"
        yield "\n".join(self.rows(table, told))

    def rows(self, table: Table, told: bool) -> Iterator[str]:
        yield _row(map(text, table.columns))
        yield _row("---:" if number else "---" for number in table.numbers)
        for row in table.rows:
            empty = [""] * (len(table.columns) - len(row))
            yield _row([*(self.runs(cell.runs, told) for cell in row), *empty])

    def runs(self, runs: Text, told: bool = False) -> str:
        return "".join(f"{one.gap}{self.run(one)}" for one in reading.spoken(runs, told))

    def run(self, one: reading.Spoken) -> str:
        if isinstance(one.run, ToWrite):
            return f"**\\[To write: {text(one.text)}\\]**"
        return f"{text(one.text)}{self.cites(one.cites)}{self.tag(one.is_tagged)}"

    def cites(self, passages: Iterable[str]) -> str:
        return "".join(f"[^{number}]" for number in sorted({self.numbers[id] for id in passages}))

    def tag(self, tagged: bool) -> str:
        return f" *({reading.PROPOSED})*" if tagged else ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
