"""Stories as files: PDF, DOCX, HTML, plain text and e-mail. The same story gives the same bytes."""

import io
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from random import Random
from typing import Any

import docx
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, ListFlowable, ListItem, PageTemplate, Paragraph, Spacer
from reportlab.platypus import Table as Grid

from benchmarks.corpus.sentences import COOKIES
from benchmarks.corpus.stories import Block, Form, Story

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10.5, leading=14, spaceAfter=7)
HEADING = ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=13, leading=16, spaceBefore=8, spaceAfter=5)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=18, leading=22, spaceAfter=10)
MARGIN, GAP = 62, 20
LINED = [("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("FONTSIZE", (0, 0), (-1, -1), 9)]
THEN = (2024, 1, 1, 0, 0, 0)


# PDF


def pdf(story: Story) -> bytes:
    """Pages with a running header and footer; long reports sometimes in two columns."""
    columns = 2 if story.kind in ("annual", "impact", "bulletin") and len(story.title) % 2 else 1
    target = io.BytesIO()
    page = PageTemplate("page", list(_frames(columns)), onPage=_furniture(story))
    document = BaseDocTemplate(target, pagesize=A4, pageTemplates=[page], title=story.title, invariant=1)
    document.build([Paragraph(escape(story.title), TITLE), Paragraph(story.date, BODY), *_flow(story, columns)])
    return target.getvalue()


def _frames(columns: int) -> Iterator[Frame]:
    wide = (A4[0] - 2 * MARGIN - GAP * (columns - 1)) / columns
    for place in range(columns):
        left = MARGIN + place * (wide + GAP)
        yield Frame(left, MARGIN, wide, A4[1] - 2 * MARGIN, leftPadding=0, rightPadding=0)


def _furniture(story: Story) -> Callable[[Any, Any], None]:
    def draw(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        if story.kind != "press":
            canvas.drawString(MARGIN, A4[1] - 40, f"{story.publisher.name} | {story.title}"[:100])
        canvas.drawString(MARGIN, 36, story.publisher.name)
        canvas.drawRightString(A4[0] - MARGIN, 36, f"Page {document.page}")

    return draw


def _flow(story: Story, columns: int) -> Iterator[Flowable]:
    for block in story.blocks:
        yield from _FLOWS[block.form](block, columns)


def _grid(block: Block, columns: int) -> list[Flowable]:
    rows = [[Paragraph(row[0], BODY), *row[1:]] for row in block.rows]
    first = (A4[0] - 2 * MARGIN) / columns - 170
    return [Grid(rows, colWidths=[first, 50, 50, 50], style=LINED), Spacer(1, 8)]


def _bullets(block: Block, columns: int) -> list[Flowable]:
    items = [ListItem(Paragraph(escape(one), BODY)) for one in block.items]
    return [ListFlowable(items, bulletType="bullet", start="•"), Spacer(1, 6)]


_FLOWS: dict[Form, Callable[[Block, int], list[Flowable]]] = {
    Form.HEADING: lambda block, columns: [Paragraph(escape(block.text), HEADING)],
    Form.TEXT: lambda block, columns: [Paragraph(escape(block.text), BODY)],
    Form.LIST: _bullets,
    Form.TABLE: _grid,
}


# Word


def word(story: Story) -> bytes:
    """A document with heading styles, lists and tables, and the publisher in its header."""
    document = docx.Document()
    document.core_properties.title = story.title
    document.core_properties.author = story.publisher.name
    document.sections[0].header.paragraphs[0].text = story.publisher.name
    document.add_heading(story.title, 1)
    document.add_paragraph(story.date)
    for block in story.blocks:
        _add(document, block)
    written = io.BytesIO()
    document.save(written)
    return _undated(written)


def _add(document: Any, block: Block) -> None:
    if block.form is Form.HEADING:
        document.add_heading(block.text, 2)
    elif block.form is Form.TEXT:
        document.add_paragraph(block.text)
    elif block.form is Form.LIST:
        for item in block.items:
            document.add_paragraph(item, style="List Bullet")
    else:
        _add_table(document, block)


def _add_table(document: Any, block: Block) -> None:
    table = document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
    for row, cells in zip(table.rows, block.rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def _undated(written: io.BytesIO) -> bytes:
    """The same archive with one fixed date on every part."""
    target = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(zipfile.ZipInfo(info.filename, THEN), old.read(info), zipfile.ZIP_DEFLATED)
    return target.getvalue()


# Web, text and mail


def web(story: Story) -> bytes:
    """A news page with the navigation, the cookie banner and the teasers of a site."""
    name = escape(story.publisher.name)
    body = "\n".join(_tag(block) for block in story.blocks)
    before = "".join(f"<div class='banner'>{one}</div>" for one in COOKIES)
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{escape(story.title)} | {name}</title>"
        f"</head><body>{before}<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li>"
        f"<li><a href='/about'>About us</a></li></ul></nav>\n<main><article><h1>{escape(story.title)}</h1>\n"
        f"<p class='date'>{story.date}</p>\n{body}\n</article></main>\n<aside><h3>Read next</h3>"
        f"<a href='/news/1'>More news from {name}</a></aside><footer>© {name}. Privacy | Accessibility</footer></body></html>"
    ).encode()


def _tag(block: Block) -> str:
    if block.form is Form.HEADING:
        return f"<h2>{escape(block.text)}</h2>"
    if block.form is Form.TEXT:
        return f"<p>{escape(block.text)}</p>"
    if block.form is Form.LIST:
        return f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in block.items)}</ul>"
    rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def plain(story: Story) -> bytes:
    return "\n\n".join((story.title, story.date, *(_lines(block) for block in story.blocks))).encode()


def _lines(block: Block) -> str:
    rows = ["\t".join(row) for row in block.rows]
    return "\n".join((*([block.text] if block.text else []), *(f"- {one}" for one in block.items), *rows))


def mail(story: Story) -> bytes:
    """A bulletin as text and as a page, with fixed boundaries."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "bulletin@body.example", "readers@body.example"
    message["Subject"], message["Date"] = story.title, "Fri, 18 Oct 2024 10:00:00 +0100"
    message.set_content(plain(story).decode())
    message.add_alternative(web(story).decode(), subtype="html")
    message.set_boundary(f"part-{Random(story.title).getrandbits(64):x}")
    return message.as_bytes()


WRITERS: dict[str, Callable[[Story], bytes]] = {"pdf": pdf, "docx": word, "html": web, "txt": plain, "eml": mail}
"""How a story is written, by the ending of its file."""
