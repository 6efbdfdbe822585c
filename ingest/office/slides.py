"""Presentations (PPTX): a slide is a page; its title, its texts in the order in which they are read, its tables, its speaker's notes."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind, Metadata, Reading
from goalmap.ingest.errors import NeedsPassword, NoText, ReadProblem, Refused
from goalmap.ingest.layout.tables.tables import table_blocks
from goalmap.ingest.marks import NEXT_SENTENCE, is_caption, item_kind, may_head, without_bullet
from goalmap.ingest.office.charts import chart_blocks
from goalmap.ingest.office.checked import checked_copy
from goalmap.ingest.office.plain import blocks_in_parts, blocks_of_xml
from goalmap.ingest.watch import Watch

SLIDE_PARTS = re.compile(r"^ppt/slides/slide\d+\.xml$", re.I)
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
DATA_OF_DIAGRAM = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
PLACEHOLDERS = {
    PP_PLACEHOLDER.SUBTITLE: Kind.HEADING,
    PP_PLACEHOLDER.FOOTER: Kind.FOOTER,
    PP_PLACEHOLDER.DATE: Kind.FOOTER,
    PP_PLACEHOLDER.SLIDE_NUMBER: Kind.FOOTER,
    PP_PLACEHOLDER.HEADER: Kind.HEADER,
}
"""Places on a slide whose texts are all of one kind."""
BULLETED = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY, PP_PLACEHOLDER.VERTICAL_OBJECT)
"""Places whose paragraphs have bullets unless they say otherwise."""
NOTES = "Notes"
"""The heading over what the speaker says to a slide."""
MOST_SHAPES = 200
"""More shapes than this on a slide are a drawing, read from the top."""
DEFAULT_TITLE = re.compile(r"^(?:powerpoint presentation|presentation\d*|slide \d+)$", re.I)
BROKEN = "The PowerPoint file is broken or of a kind that cannot be read. Open it in PowerPoint and save it as .pptx."
CUT_OFF = (
    "The file is cut off or damaged; the text that was found in it is read, some may be missing. Get the file again."
)
NOT_OPENED = (
    "The file is built so that only the plain text of its slides can be read; titles and notes are not told apart or "
    "are missing. Open it in PowerPoint and save it anew."
)


def read_slides(data: bytes, watch: Watch) -> Reading:
    """The blocks of a PPTX file. Raises NoText, Refused, NeedsPassword or ReadProblem."""
    try:
        return _read(checked_copy(data, watch), watch)
    except (NoText, Refused, NeedsPassword):
        raise
    except Exception as error:  # python-pptx may raise anything on what PowerPoint itself would repair
        return _plain(data, watch, error)


def _plain(data: bytes, watch: Watch, error: Exception) -> Reading:
    """What can be read where the presentation cannot be opened as it should."""
    found = blocks_in_parts(data, SLIDE_PARTS, watch)
    blocks = tuple(Block(block.text, block.kind, page) for page, part in enumerate(found.parts, 1) for block in part)
    if not blocks:
        raise ReadProblem(BROKEN) from error
    return Reading(blocks, pages=len(found.parts), problem=CUT_OFF if found.is_cut else NOT_OPENED)


def _read(file: io.BytesIO, watch: Watch) -> Reading:
    presentation = pptx.Presentation(file)
    slides = list(enumerate(presentation.slides, 1))
    shown = [(number, slide) for number, slide in slides if slide._element.get("show") not in ("0", "false")]
    blocks: list[Block] = []
    left_out: list[int] = []
    for number, slide in shown:
        if watch.is_late or not watch.may_read(f"page {number}"):
            left_out.append(number)
        else:
            blocks.extend(_slide(slide, number, is_first=not blocks, follows_notes=_ends_in_notes(blocks)))
    if not blocks and not left_out:
        raise NoText("The presentation holds no text; its slides may be pictures. Print it to PDF and ingest that.")
    title = clean(presentation.core_properties.title or "")
    return Reading(
        tuple(blocks),
        Metadata(title=None if DEFAULT_TITLE.match(title) else title or None),
        pages=len(slides),
        problem=_listed("Slides that took too long are left out", left_out),
        note=_listed(
            "Hidden slides are not read", [number for number, slide in slides if (number, slide) not in shown]
        ),
    )


def _listed(what: str, numbers: Sequence[int]) -> str | None:
    return f"{what}: {', '.join(map(str, numbers))}." if numbers else None


def _ends_in_notes(blocks: Sequence[Block]) -> bool:
    """Whether the heading that holds now is that of a speaker's notes."""
    last = next((block for block in reversed(blocks) if block.kind is Kind.HEADING), None)
    return last is not None and last.text == NOTES


def _slide(slide: Any, number: int, is_first: bool, follows_notes: bool) -> Iterator[Block]:
    _unwrap_choices(slide.shapes._spTree)
    shapes = [placed for shape in slide.shapes for placed in _placed(shape)]
    titles = [shape for shape in shapes if shape.role in TITLES and shape.texts]
    if follows_notes and not titles:
        yield Block(f"Slide {number}", Kind.HEADING, number)
    for shape in titles:
        yield Block(" ".join(shape.texts), Kind.TITLE if is_first else Kind.HEADING, number)
    for shape in _in_reading_order([shape for shape in shapes if shape.role not in TITLES]):
        yield from (Block(block.text, block.kind, number) for block in _blocks(shape, slide.part))
    if notes := list(_notes(slide)):
        yield Block(NOTES, Kind.HEADING, number)
        yield from (Block(text, item_kind(text) or Kind.BODY, number) for text in notes)


def _unwrap_choices(tree: Any) -> None:
    """Shapes of newer kinds stand in wrappers that python-pptx passes over; put the first choice in place of each."""
    for choice in list(tree.iter(CHOICE)):
        wrapper = choice.getparent()
        if wrapper.getparent() is not None:
            for shape in choice:
                wrapper.addprevious(shape)
            wrapper.getparent().remove(wrapper)


def _notes(slide: Any) -> Iterator[str]:
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    return filter(None, (clean(paragraph.text) for paragraph in frame.paragraphs)) if frame is not None else iter(())


# Shapes


@dataclass(frozen=True, slots=True)
class Placed:
    """A shape, where it lies on its slide, and the place of the layout that it fills."""

    shape: Any
    left: int
    top: int
    right: int
    bottom: int
    role: Any = None

    @property
    def texts(self) -> list[str]:
        return [text for paragraph in self.shape.text_frame.paragraphs if (text := clean(paragraph.text))]


def _placed(shape: Any) -> Iterator[Placed]:
    """A shape; of a group, those in it, all at the place of the group in their own order."""
    left, top = shape.left or 0, shape.top or 0
    right, bottom = left + (shape.width or 0), top + (shape.height or 0)
    if hasattr(shape, "shapes"):
        yield from (Placed(shape, left, top, right, bottom),) if _has_members(shape) else ()
    elif shape.has_text_frame or shape._element.tag.endswith("}graphicFrame"):
        role = shape.placeholder_format.type if shape.is_placeholder else None
        yield Placed(shape, left, top, right, bottom, role)


def _has_members(group: Any) -> bool:
    return any(True for member in group.shapes for _ in _placed(member))


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty strip that runs through all shapes of a group: where it begins, along which side."""

    width: int
    start: int
    side: Callable[[Placed], tuple[int, int]]


def _in_reading_order(shapes: Sequence[Placed]) -> list[Placed]:
    """Cut along the widest empty strip, level or upright, and read one side before the other."""
    gaps = [gap for side in (_height, _width) if (gap := _widest_gap(shapes, side))]
    if not gaps or len(shapes) > MOST_SHAPES:
        return sorted(shapes, key=lambda shape: (shape.top, shape.left))
    widest = max(gaps, key=lambda gap: gap.width)
    before = [shape for shape in shapes if widest.side(shape)[1] <= widest.start]
    after = [shape for shape in shapes if widest.side(shape)[1] > widest.start]
    return _in_reading_order(before) + _in_reading_order(after)


def _height(shape: Placed) -> tuple[int, int]:
    return shape.top, shape.bottom


def _width(shape: Placed) -> tuple[int, int]:
    return shape.left, shape.right


def _widest_gap(shapes: Sequence[Placed], side: Callable[[Placed], tuple[int, int]]) -> Gap | None:
    spans = sorted(map(side, shapes))
    reached = accumulate((stop for _, stop in spans), max)
    gaps = (Gap(start - end, end, side) for end, (start, _) in zip(reached, spans[1:], strict=False) if start > end)
    return max(gaps, key=lambda gap: gap.width, default=None)


def _blocks(placed: Placed, part: Any) -> Iterator[Block]:
    shape = placed.shape
    if hasattr(shape, "shapes"):
        members = [member for inner in shape.shapes for member in _placed(inner)]
        for member in _in_reading_order(members):
            yield from _blocks(member, part)
    elif shape.has_text_frame:
        yield from _texts(placed)
    elif shape.has_table:
        rows = shape.table.rows
        yield from table_blocks([["" if cell.is_spanned else cell.text for cell in row.cells] for row in rows])
    elif shape.has_chart:
        yield from chart_blocks(shape.chart_part.blob)
    else:
        for diagram in shape._element.iter(DIAGRAM):
            yield from map(_item, blocks_of_xml(part.related_part(diagram.get(DATA_OF_DIAGRAM)).blob))


def _item(block: Block) -> Block:
    """A text in a diagram stands for itself, as an item does, unless it is a text of several sentences."""
    is_text = block.kind is not Kind.BODY or NEXT_SENTENCE.search(block.text) is not None
    return block if is_text else block.as_kind(Kind.LIST_ITEM)


def _texts(placed: Placed) -> Iterator[Block]:
    paragraphs = [paragraph for paragraph in placed.shape.text_frame.paragraphs if clean(paragraph.text)]
    for paragraph in paragraphs:
        text = clean(paragraph.text)
        kind = PLACEHOLDERS.get(placed.role) or _kind(paragraph, text, placed.role in BULLETED and len(paragraphs) > 1)
        yield Block(without_bullet(text) if kind is Kind.LIST_ITEM else text, kind)


def _kind(paragraph: Any, text: str, is_listed: bool) -> Kind:
    if is_caption(text):
        return Kind.CAPTION
    if NEXT_SENTENCE.search(text):
        return item_kind(text) or Kind.BODY
    if _has_bullet(paragraph, is_listed):
        return Kind.LIST_ITEM
    if _is_bold(paragraph) and may_head(text):
        return Kind.HEADING
    return item_kind(text) or Kind.BODY


def _has_bullet(paragraph: Any, is_listed: bool) -> bool:
    properties = paragraph._p.pPr
    marks = set() if properties is None else {child.tag.removeprefix(DRAWING) for child in properties}
    return not marks.isdisjoint(("buChar", "buAutoNum", "buBlip")) or (is_listed and "buNone" not in marks)


def _is_bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.font.bold for run in runs)
