"""Layouts printed by an office program from flat OpenDocument text, which is written here as XML."""

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from tests.layouts.browser import small
from tests.layouts.content import HEADINGS, ITEMS, NOTES, headings, paragraphs
from tests.layouts.wanted import Margins, Wanted, no_margins

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document {spaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>{styles}</office:styles>
<office:automatic-styles>
<style:page-layout style:name="paper"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm"
 fo:margin="18mm">{columns}</style:page-layout-properties>
<style:header-style><style:header-footer-properties fo:margin-bottom="6mm"/></style:header-style><style:footer-style>
<style:header-footer-properties fo:margin-top="6mm"/></style:footer-style></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="paper">{margins}</style:master-page>
</office:master-styles><office:body><office:text>{body}</office:text></office:body></office:document>"""
STYLE = (
    '<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {paragraph}/>'
    '<style:text-properties style:font-name="{font}" fo:font-family="\'{font}\'" fo:language="en" fo:country="GB" {text}/></style:style>'
)
STYLES = (
    ("text", 'fo:margin-bottom="3mm"', "Liberation Serif", 'fo:font-size="11pt"'),
    ("close", 'fo:text-indent="5mm" fo:text-align="justify"', "Liberation Serif", 'fo:font-size="10pt"'),
    (
        "heading",
        'fo:margin-top="4mm" fo:margin-bottom="2mm"',
        "Liberation Sans",
        'fo:font-size="14pt" fo:font-weight="bold"',
    ),
    ("address", 'fo:text-align="end"', "Liberation Serif", 'fo:font-size="11pt"'),
    ("small", "", "Liberation Sans", 'fo:font-size="8pt"'),
    ("Footnote", "", "Liberation Serif", 'fo:font-size="9pt"'),
    (
        "item",
        'fo:margin-left="9mm" fo:text-indent="-6mm" fo:margin-bottom="2mm"',
        "Liberation Serif",
        'fo:font-size="11pt"',
    ),
)
COLUMNS = '<style:columns fo:column-count="{count}" fo:column-gap="8mm"/>'


@dataclass(frozen=True)
class Passage:
    """A paragraph in one of the styles, what it is, and the note it has."""

    text: str
    style: str = "text"
    kind: str = "body"
    mark: str = ""
    note: str = ""


@dataclass(frozen=True)
class Letter:
    """A document of such paragraphs; notes are read after the paragraph that ends their page."""

    passages: tuple[Passage, ...]
    header: str = ""
    footer: str = ""
    columns: int = 1
    notes_after: tuple[int, ...] = ()
    """After which passage each note is read."""
    margins: Margins = no_margins

    @property
    def flow(self) -> list[Wanted]:
        notes = [Wanted("body", f"{i} {passage.note}") for i, passage in enumerate(self._noted, 1)]
        result: list[Wanted] = []
        for place, passage in enumerate(self.passages):
            result.append(Wanted(passage.kind, " ".join(f"{passage.mark} {passage.text}".strip("• ").split())))
            result += [note for after, note in zip(self.notes_after, notes, strict=True) if after == place]
        return result

    @property
    def _noted(self) -> list[Passage]:
        return [passage for passage in self.passages if passage.note]

    def xml(self) -> str:
        header = f'<style:header><text:p text:style-name="small">{escape(self.header)}</text:p></style:header>'
        number = '<text:page-number text:select-page="current"/>'
        footer = f'<style:footer><text:p text:style-name="small">{escape(self.footer)}{number}</text:p></style:footer>'
        return DOCUMENT.format(
            spaces=SPACES,
            styles="".join(
                STYLE.format(name=name, paragraph=paragraph, font=font, text=text)
                for name, paragraph, font, text in STYLES
            ),
            columns=COLUMNS.format(count=self.columns) if self.columns > 1 else "",
            margins=(header if self.header else "") + (footer if self.footer else ""),
            body="".join(_paragraph(passage) for passage in self.passages),
        )


def _paragraph(passage: Passage) -> str:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation/><text:note-body>'
        f'<text:p text:style-name="Footnote">{escape(passage.note)}</text:p></text:note-body></text:note>'
    )
    mark = f"{passage.mark}<text:tab/>" if passage.mark else ""
    text = mark + escape(passage.text).replace("\n", "<text:line-break/>") + (note if passage.note else "")
    return f'<text:p text:style-name="{passage.style}">{text}</text:p>'


def program() -> str | None:
    return shutil.which("soffice")


def printed(letter: Letter) -> bytes:
    """The PDF of a document. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "letter.fodt")
        source.write_text(letter.xml(), encoding="utf-8")
        office = program() or "soffice"
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, str(source)], check=True, capture_output=True)
        return small(Path(folder, "letter.pdf").read_bytes())


def told(start: int, count: int, style: str = "text") -> tuple[Passage, ...]:
    return tuple(Passage(text, style) for text in paragraphs(start, count))


def heading(text: str) -> Passage:
    return Passage(text, "heading", "heading")


def items(texts: tuple[str, ...], marks: tuple[str, ...] = ()) -> tuple[Passage, ...]:
    return tuple(
        Passage(text, "item", "list_item", mark) for text, mark in zip(texts, marks or ("•",) * len(texts), strict=True)
    )


def clauses(start: int, count: int) -> tuple[Passage, ...]:
    """The numbered paragraphs of a paper to a committee."""
    numbers = (f"{i // 4 + 1}.{i % 4 + 1}" for i in range(count))
    return tuple(
        Passage(text, "item", "body", number) for text, number in zip(paragraphs(start, count), numbers, strict=True)
    )


ADDRESS = ("Harrowdale Community Trust", "4 Mill Street", "Harrowdale HD1 4QT", "14 May 2024")
ANNUAL = (("header", "Northmere College Annual review"),)

SHEETS = {
    "letter-address": Letter(
        (
            Passage("\n".join(ADDRESS), "address", "address"),
            Passage("Dear neighbour,"),
            *told(22, 4),
            Passage("Yours sincerely,"),
            Passage("Amina Rowe, chair", kind="address"),
        ),
    ),
    "paper-clauses": Letter(
        (heading("1. Purpose of the paper"), *clauses(0, 12), heading("4. What members are asked to do"), *told(30, 1)),
        header="Lockgate Council: cabinet",
        footer="Page ",
        margins=lambda page: (("header", "Lockgate Council: cabinet"), ("footer", f"Page {page}")),
    ),
    "paper-footnotes": Letter(
        (
            heading(HEADINGS[3]),
            *told(9, 3),
            Passage(paragraphs(28, 1)[0], note=NOTES[0]),
            *told(14, 4),
            Passage(paragraphs(29, 1)[0], note=NOTES[1]),
            *told(20, 6),
        ),
        notes_after=(15, 15),
    ),
    "office-two-columns": Letter(
        tuple(
            passage for i, name in enumerate(headings(1, 4)) for passage in (heading(name), *told(i * 5, 5, "close"))
        ),
        header="Northmere College Annual review",
        columns=2,
        margins=lambda page: ANNUAL,
    ),
    "office-list": Letter(
        (
            Passage("Our offer to employers who join the compact:"),
            *items(ITEMS),
            Passage("In return we ask them to agree to:"),
            *items(ITEMS[:6], ("a)", "b)", "c)", "d)", "e)", "f)")),
            *told(18, 5),
        ),
        footer="The compact, page ",
        margins=lambda page: (("footer", f"The compact, page {page}"),),
    ),
}
