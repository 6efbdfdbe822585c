"""A draft as a document to edit in Word or LibreOffice."""

from collections.abc import Iterable, Iterator
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
    Words,
)
from goalmap.report.draft.word_package import BULLETS, FIRST_NUMBERED, MARGIN, NARROW_MARGIN, page, write_package
from goalmap.report.draft.word_tables import is_wide, table
from goalmap.report.draft.word_text import (
    QUOTED,
    Texts,
    bookmark_name,
    kept_together,
    link,
    paragraph,
    run,
    styled,
)
from goalmap.store.days import day

DEEPEST = 6
NEW_PAGE = "<w:pageBreakBefore/>"
LARGE = '<w:sz w:val="34"/><w:szCs w:val="34"/>'
CONTENTS = 'TOC \\o "1-2" \\h \\z'
"""The field that makes the contents: of headings to the second level, as links."""


def write_word(draft: Draft, path: Path) -> None:
    """Raises NotVerbatim where a passage was not checked."""
    body = Body(draft)
    write_package(path, draft, "".join(body.parts()), body.numbered_lists)


class Body:
    """What stands in the document, in its order."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.evidence = reading.evidence(draft)
        self.sections = reading.outline_of(draft)
        self.texts = Texts(draft)
        self.numbered_lists = 0
        self.pages_begun = 0

    def parts(self) -> Iterator[str]:
        yield from self._top_of_page() if self.draft.is_page else self._cover()
        for notice in self.draft.notices:
            yield self._notice(notice)
        for place, one in enumerate(self.sections):
            yield from self._section(one, NEW_PAGE if place == 0 and not self.draft.is_page else "")
        if self.evidence:
            yield from self._evidence()
        yield self._page()

    # Before the sections

    def _cover(self) -> Iterator[str]:
        yield paragraph("Title", run(self.draft.title))
        if self.draft.subtitle:
            yield paragraph("Subtitle", run(self.draft.subtitle))
        yield paragraph("Made", run(f"Draft of {day(self.draft.made_on)}, made with goalmap"))
        yield from self._contents()

    def _top_of_page(self) -> Iterator[str]:
        """The title of what should fit one page."""
        yield paragraph("Title", run(self.draft.title, LARGE), '<w:spacing w:before="0" w:after="60"/>')
        made = f"Draft of {day(self.draft.made_on)}, made with goalmap"
        yield paragraph("Made", run(f"{self.draft.subtitle}. {made}" if self.draft.subtitle else made))

    def _contents(self) -> Iterator[str]:
        entries = list(_entries(self.sections))
        if self.evidence:
            entries.append((1, "Evidence", Draft.EVIDENCE))
        yield paragraph("ContentsHeading", run("Contents"), NEW_PAGE)
        for place, (level, title, id) in enumerate(entries):
            begin = _field_begins(CONTENTS) if place == 0 else ""
            yield paragraph(f"TOC{level}", f"{begin}{link(bookmark_name(id), run(title))}")
        if entries:
            yield paragraph("TOC1", '<w:r><w:fldChar w:fldCharType="end"/></w:r>')

    # Sections and blocks

    def _section(self, one: reading.Numbered, properties: str = "") -> Iterator[str]:
        level = min(one.level, DEEPEST)
        yield paragraph(f"Heading{level}", self.texts.place(one.section.id, run(_title(one))), properties)
        for block in one.section.blocks:
            yield from self._block(block, level)
        for inner in one.inner:
            yield from self._section(inner)

    def _block(self, block: Block, level: int) -> Iterator[str]:
        match block:
            case Paragraph(runs):
                yield paragraph("BodyText", self.texts.text(runs))
            case Items():
                yield from self._items(block)
            case Quote(words):
                yield kept_together(list(self._quotation(words)))
            case Card():
                yield self._card(block, level)
            case Table():
                yield from self._table(block)
            case Picture():
                yield paragraph("PictureTitle", run(block.title), "<w:keepNext/>")
                yield paragraph("BodyText", run(block.description), "<w:keepNext/>")
                yield from self._table(block.numbers, is_drawn=True)
            case Notice():
                yield self._notice(block)

    def _notice(self, block: Notice) -> str:
        name = "Please note." if block.kind == "warning" else "Note."
        style = "Warning" if block.kind == "warning" else "Notice"
        return paragraph(style, f"{run(f'{name} ', '<w:b/>')}{self.texts.text(block.runs)}")

    def _items(self, block: Items) -> Iterator[str]:
        number = BULLETS
        if block.numbered:
            number = FIRST_NUMBERED + self.numbered_lists
            self.numbered_lists += 1
        listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        for item in block.items:
            yield paragraph("ListParagraph", self.texts.text(item), listed)

    def _quotation(self, words: Words, is_told: bool = False) -> Iterator[tuple[str, str]]:
        cites = f"{self.texts.cites(words.cites)}{self.texts.tag(words.proposed and not is_told)}"
        if words.by:
            yield "Quote", run(words.text)
            yield "Attribution", f"{run(words.by)}{cites}"
        else:
            yield "Quote", f"{run(words.text)}{cites}"

    def _card(self, block: Card, level: int) -> str:
        is_told = any(badge.kind == reading.PROPOSED for badge in block.badges)
        parts = [(f"Card{min(level + 1, DEEPEST)}", self.texts.place(block.id, run(block.title)))]
        if block.badges:
            parts.append(("Badges", run("  ").join(styled(f" {badge.text} ", "Badge") for badge in block.badges)))
        if block.text:
            parts.append(("BodyText", self.texts.text(block.text, is_told)))
        for words in block.quotes:
            parts.extend(self._quotation(words, is_told))
        for name, runs in block.facts:
            if runs:
                parts.append(("Fact", f"{styled(name, 'FactName')}{run(chr(9))}{self.texts.text(runs, is_told)}"))
        return kept_together(parts)

    def _table(self, block: Table, is_drawn: bool = False) -> Iterator[str]:
        if not block.columns:
            return
        if is_wide(block):
            yield paragraph("AfterTable", "", self._page())
        yield table(self.texts, block, is_drawn)
        if is_wide(block):
            yield paragraph("AfterTable", "", self._page(is_landscape=True))

    def _page(self, is_landscape: bool = False) -> str:
        """How the pages up to here are laid out."""
        self.pages_begun += 1
        margin = NARROW_MARGIN if self.draft.is_page else MARGIN
        return page(is_landscape, is_first=self.pages_begun == 1, margin=margin)

    # Evidence

    def _evidence(self) -> Iterator[str]:
        heading = self.texts.bookmark(bookmark_name(Draft.EVIDENCE), run("Evidence"))
        yield paragraph("Heading1", heading, "" if self.draft.is_page else NEW_PAGE)
        if self.draft.is_page:
            yield from map(self._source, self.evidence)
            return
        yield paragraph(
            "BodyText",
            run(
                "Each passage that a number in the text leads to, as it stands in its document;"
                " what the text quotes is underlined."
            ),
        )
        for one in self.evidence:
            yield self._passage(one)

    def _source(self, one: reading.Evidence) -> str:
        """Where a passage stands, and its words where the text does not quote them."""
        words = "" if one.is_known else run(f" {reading.quoted(one.cited.text)}")
        where = run(f"; {one.file}, passage {one.cited.passage_id}.")
        return paragraph("Where", f"{self._document(one)}{where}{words}")

    def _document(self, one: reading.Evidence) -> str:
        document = run(f"{one.number}", "<w:b/>") + run("\t") + run(one.cited.document.title, "<w:b/>")
        return self.texts.bookmark(bookmark_name(one.cited.passage_id), f"{document}{run(f', {one.place}')}")

    def _passage(self, one: reading.Evidence) -> str:
        source = self._document(one)
        passage = "".join(run(piece.text, QUOTED if piece.marked else "") for piece in one.pieces)
        where = run(f"{one.file} · passage {one.cited.passage_id} · ")
        back = link(f"cited_{one.number}", styled("back to the text", "Link"))
        return kept_together([("Source", source), ("Passage", passage), ("Where", f"{where}{back}")])


def _title(one: reading.Numbered) -> str:
    return f"{one.number} {one.section.title}".lstrip()


def _entries(sections: Iterable[reading.Numbered]) -> Iterator[tuple[int, str, str]]:
    """The sections to the second level: depth, title, id."""
    for one in sections:
        yield one.level, _title(one), one.section.id
        if one.level == 1:
            yield from _entries(one.inner)


def _field_begins(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
