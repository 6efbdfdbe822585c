"""Prints pages in HTML by Chromium; what is marked with data-k in them is what must be read."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path

import pikepdf
from lxml import html

from tests.layouts.content import paragraphs
from tests.layouts.wanted import Margins, Wanted, no_margins

BASE = """@page { size: A4; margin: 18mm } body { margin: 0; font: 10pt/1.35 "Liberation Sans" }
p { margin: 0 0 7pt } h1 { font-size: 20pt; margin: 0 0 10pt } h2 { font-size: 13pt; margin: 10pt 0 4pt }
.two { columns: 2; column-gap: 8mm } .three { columns: 3; column-gap: 6mm } .justified { text-align: justify }
.indented p { margin: 0; text-indent: 1.4em } .indented h2 + p { text-indent: 0 }
.picture { background: #7aa; height: 45mm } figure { margin: 0 0 8pt; break-inside: avoid }
figcaption { font-size: 8pt } ul, ol { margin: 0 0 7pt; padding-left: 16pt } li { margin-bottom: 3pt }"""
SYLLABLES = re.compile(r"(?<=[^\W\d_]{2}[aeiou][bcdfglmnprst])(?=[bcdfglmnprst][aeiou][^\W\d_]{2})", re.I)
SHY = "\N{SOFT HYPHEN}"


@dataclass(frozen=True)
class Sheet:
    """A document in HTML, its style, and its running lines."""

    body: str
    style: str = ""
    margins: Margins = no_margins

    @property
    def flow(self) -> list[Wanted]:
        """The marked passages in the order in which they stand in the HTML, which is the reading order."""
        marked = html.fromstring(f"<div>{self.body}</div>").xpath("//*[@data-k]")
        return [Wanted(element.get("data-k"), _text(element)) for element in marked]


def _text(element: html.HtmlElement) -> str:
    nested = [child for child in element.iterdescendants() if child.get("data-k")]
    text = element.text_content()
    for child in nested:
        text = text.replace(child.text_content(), "")
    return " ".join((element.get("data-n", "") + " " + text).replace(SHY, "").split())


def program() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))), None)


def printed(sheet: Sheet) -> bytes:
    """The PDF of a sheet. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(
            f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{BASE} {sheet.style}</style>{sheet.body}',
            encoding="utf-8",
        )
        browser = program() or "chromium"
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        subprocess.run([*command, f"--print-to-pdf={pdf}", page.as_uri()], check=True, capture_output=True)
        return small(pdf.read_bytes())


def small(data: bytes) -> bytes:
    """A PDF without what a browser says of its structure."""
    file = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        for name in ("/StructTreeRoot", "/MarkInfo"):
            if name in pdf.Root:
                del pdf.Root[name]
        pdf.remove_unreferenced_resources()
        pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True)
    return file.getvalue()


# Marked HTML


def marked(tag: str, kind: str, text: str, attributes: str = "") -> str:
    return f'<{tag} data-k="{kind}" {attributes}>{escape(text, quote=False)}</{tag}>'


def p(text: str, attributes: str = "") -> str:
    return marked("p", "body", text, attributes)


def h1(text: str) -> str:
    return marked("h1", "heading", text)


def h2(text: str, attributes: str = "") -> str:
    return marked("h2", "heading", text, attributes)


def items(texts: tuple[str, ...]) -> str:
    return "<ul>" + "".join(marked("li", "list_item", text) for text in texts) + "</ul>"


def numbered(texts: tuple[str, ...], kind: str = "1") -> str:
    """A list that the browser numbers 1., 2. or a., b."""
    marks = [str(i + 1) if kind == "1" else chr(ord(kind) + i) for i in range(len(texts))]
    entries = (marked("li", "list_item", text, f'data-n="{mark}."') for mark, text in zip(marks, texts, strict=True))
    return f'<ol type="{kind}">' + "".join(entries) + "</ol>"


def story(start: int, count: int) -> str:
    """So many paragraphs from the bank."""
    return "".join(map(p, paragraphs(start, count)))


def broken(text: str) -> str:
    """HTML whose longer words may be broken between syllables."""
    return SYLLABLES.sub(SHY, text)


def running(header: str = "", footer: str = "{page}") -> Margins:
    """The same running lines on each page, {page} its number."""

    def margins(page: int) -> Iterator[tuple[str, str]]:
        if header:
            yield "header", header.format(page=page)
        if footer:
            yield "footer", footer.format(page=page)

    return lambda page: tuple(margins(page))
