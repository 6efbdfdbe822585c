"""Rich Text Format: paragraphs, headings, lists, rows of tables, text boxes, notes, headers and footers.

The file is a run of groups in braces, words that begin with a backslash, and text. A group inherits all that its parent has
set, so the way through the file is a pile of states, never a recursion, however deep the groups lie.
"""

import re
from collections.abc import Callable
from copy import copy

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind, Metadata, Reading
from goalmap.ingest.errors import NoText, ReadProblem
from goalmap.ingest.office.rtf_state import BODY_LEVEL, Group, Style, Text
from goalmap.ingest.office.rtf_tables import (
    CHARACTERS,
    CHARSETS,
    DOCUMENT_CODECS,
    IGNORED,
    KEPT,
    SYMBOLS,
    codec_of_page,
)
from goalmap.ingest.office.styled import Paragraph
from goalmap.ingest.watch import Watch

TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z])|"
    r"(?P<brace>[{}])|(?P<text>[^\\{}]+)|\\",
    re.S,
)
LINE_ENDS = str.maketrans("", "", "\r\n\0")
MAX_DEPTH = 10_000
"""Groups in groups; deeper ones are taken for the one that they lie in."""
MAX_BASES = 20
MARGINS = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), Kind.HEADER),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), Kind.FOOTER),
}
BOXES = ("shptxt", "dptxbxtext")
LIST_MARKS = ("listtext", "pntext")
OTHER_STYLES = ("cs", "ts", "ds")
"""Styles of characters, tables and sections."""
NOT_RTF = "The file is not RTF, though it is named so. Open it in Word and save it as .docx."
BROKEN_OFF = "The file breaks off before its end; what stood there is lost. Get the file again."


def read_rtf(data: bytes, watch: Watch) -> Reading:
    """The blocks of an RTF file. Raises NoText or ReadProblem."""
    if not data.lstrip()[:5].lower() == b"{\\rtf":
        raise ReadProblem(NOT_RTF)
    reading = _Reading(data)
    reading.read()
    blocks = (*dict.fromkeys(reading.margins), *reading.body.blocks, *reading.notes)
    if not reading.body.blocks:
        raise NoText("The RTF file holds no text.")
    metadata = Metadata(title=clean("".join(reading.title)) or None)
    return Reading(blocks, metadata, problem=BROKEN_OFF if reading.pile else None)


class _Reading:
    """The way through one file."""

    def __init__(self, data: bytes) -> None:
        self.source = data.lstrip().decode("latin-1")
        self.position = 0
        self.body = Text()
        self.margins: list[Block] = []
        self.notes: list[Block] = []
        self.title: list[str] = []
        self.codec = "cp1252"
        self.fonts: dict[int, str | None] = {}
        self.font = 0
        self.styles: dict[int, Style] = {}
        self.style: Style | None = None
        self.group = Group(self.body)
        self.pile: list[Group] = []
        self.excess = 0
        self.waiting = bytearray()
        self.to_skip = 0

    def read(self) -> None:
        while match := TOKEN.match(self.source, self.position):
            self.position = match.end()
            if match.lastgroup == "text":
                self._take(match["text"].translate(LINE_ENDS).encode("latin-1"))
            elif match.lastgroup == "hex":
                self._take(bytes.fromhex(match["hex"]))
            else:
                self._flush()
                self._obey(match)
            if not self.pile:
                break
        self._flush()
        while self.pile and self.group.text is not self.body:  # broken off in a note or a box
            self._close(self.pile.pop())
        self._end_paragraph(self.body)
        self.body.end_row()

    def _obey(self, match: re.Match[str]) -> None:
        if match["brace"] == "{":
            self._open()
        elif match["brace"] == "}":
            self._shut()
        elif match["symbol"]:
            self._symbol(match["symbol"])
        elif match["word"]:
            self._word(match["word"], int(match["number"]) if match["number"] else None)

    # Groups

    def _open(self) -> None:
        self.to_skip = 0
        if len(self.pile) >= MAX_DEPTH:
            self.excess += 1
            return
        self.pile.append(self.group)
        self.group = copy(self.group)
        self.group.is_optional = False
        if self.group.role == "stylesheet":
            self.style = self.styles.setdefault(0, Style())

    def _shut(self) -> None:
        self.to_skip = 0
        if self.excess:
            self.excess -= 1
        elif self.pile:
            self._close(self.pile.pop())

    def _close(self, outer: Group) -> None:
        text = self.group.text
        if text is not None and text is not outer.text:
            self._end_paragraph(text)
            text.end_row()
            self._keep(text, outer)
        self.group = outer

    def _keep(self, text: Text, outer: Group) -> None:
        """Put what a header, a note or a box holds where it is read."""
        if text.kind is not None:
            self.margins += text.blocks
        elif outer.text is not None and self.group.role != "footnote":
            outer.text.blocks += text.blocks
        else:
            self.notes += text.blocks

    # Text

    def _take(self, data: bytes) -> None:
        skipped = min(self.to_skip, len(data))
        self.to_skip -= skipped
        if self.group.text is not None or self.group.role in ("stylesheet", "title"):
            self.waiting += data[skipped:]

    def _flush(self) -> None:
        if self.waiting:
            self._add(self.waiting.decode(self.group.codec or self.codec, "replace"))
            self.waiting.clear()

    def _add(self, text: str) -> None:
        if self.group.role == "title":
            self.title.append(text)
        elif self.group.role == "stylesheet":
            if self.style:
                self.style.name += text.split(";")[0].casefold()
        elif self.group.text is not None and not self.group.is_hidden and not self.group.is_deleted:
            self.group.text.add(text, self.group.is_bold)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self.group.is_optional = True
        elif symbol in "\r\n":
            self._par()
        elif symbol in SYMBOLS:
            self._add(SYMBOLS[symbol])

    # Words

    def _word(self, word: str, number: int | None) -> None:
        self.to_skip = 0
        if self._begins_group(word):
            return
        if word in CHARACTERS:
            self._add(CHARACTERS[word])
        elif word in PLAIN_WORDS:
            PLAIN_WORDS[word](self)
        elif word in NUMBERED_WORDS:
            NUMBERED_WORDS[word](self, 1 if number is None else number)
        elif word in DOCUMENT_CODECS:
            self.codec = DOCUMENT_CODECS[word]

    def _begins_group(self, word: str) -> bool:
        """Whether the word says what the group is; those that are not of the text are told from those that are."""
        group, was_optional = self.group, self.group.is_optional
        group.is_optional = False
        if group.text is None:
            if group.role == "info" and word == "title":
                group.role = "title"
            elif was_optional and word not in OTHER_STYLES:
                group.role = ""
            return False
        if word in IGNORED or (was_optional and word not in KEPT):
            group.text, group.role = None, ""
        elif word in ("fonttbl", "stylesheet", "info"):
            group.text, group.role = None, word
        elif word in MARGINS:
            group.text = Text(MARGINS[word])
        elif word in BOXES or word == "footnote":
            group.text, group.role = Text(), word
            self._pard()
        elif word in LIST_MARKS:
            group.text.is_item = True
        else:
            return False
        return True

    def _par(self) -> None:
        if self.group.text is not None:
            self._end_paragraph(self.group.text)

    def _end_paragraph(self, text: Text) -> None:
        text.end_paragraph(self._paragraph(text), self.group.in_table)

    def _paragraph(self, text: Text) -> Paragraph | None:
        names: list[str] = []
        level, number = self.group.level, self.group.style
        for _ in range(MAX_BASES):
            style = self.styles.get(number)
            if style is None:
                break
            names.append(style.name.strip())
            level = style.level if level is None and style.level < BODY_LEVEL else level
            if style.base is None or style.base == number:
                break
            number = style.base
        is_heading = level is not None and 0 <= level < BODY_LEVEL
        return text.take_paragraph(tuple(names), is_heading, self.group.is_item)

    def _cell(self) -> None:
        if (text := self.group.text) is not None:
            text.end_paragraph(self._paragraph(text), in_table=True)
            text.cells.append(text.cell)
            text.cell = []

    def _nested_cell(self) -> None:
        if (text := self.group.text) is not None:
            text.end_paragraph(self._paragraph(text), in_table=True)

    def _row(self) -> None:
        if self.group.text is not None:
            self.group.text.end_row()

    def _pard(self) -> None:
        group = self.group
        group.style, group.level, group.is_item, group.in_table = 0, None, False, False

    def _plain(self) -> None:
        group = self.group
        group.is_bold = group.is_hidden = group.is_deleted = False
        group.codec = None

    def _in_table(self) -> None:
        self.group.in_table = True

    def _unicode(self, number: int) -> None:
        self._add(chr(number % 0x10000))
        self.to_skip = self.group.skip

    def _binary(self, number: int) -> None:
        """So many bytes that are not text; a number beyond the end of the file is not believed."""
        if 0 < number <= len(self.source) - self.position:
            self.position += number

    def _font(self, number: int) -> None:
        self.font = number
        self.group.codec = self.fonts.get(number)

    def _charset(self, number: int) -> None:
        if self.group.role == "fonttbl":
            self.fonts[self.font] = CHARSETS.get(number)

    def _code_page(self, number: int) -> None:
        self.codec = codec_of_page(number)

    def _style(self, number: int) -> None:
        self.group.style = number
        if self.group.role == "stylesheet":
            self.style = self.styles[number] = Style()

    def _other_style(self, number: int) -> None:
        self.style = None

    def _based_on(self, number: int) -> None:
        if self.style:
            self.style.base = number

    def _level(self, number: int) -> None:
        self.group.level = number
        if self.group.role == "stylesheet" and self.style:
            self.style.level = number

    def _bold(self, number: int) -> None:
        self.group.is_bold = number != 0

    def _hidden(self, number: int) -> None:
        self.group.is_hidden = number != 0

    def _deleted(self, number: int) -> None:
        self.group.is_deleted = number != 0

    def _skip(self, number: int) -> None:
        self.group.skip = max(0, number)

    def _list(self, number: int) -> None:
        self.group.is_item = number > 0

    def _table_depth(self, number: int) -> None:
        self.group.in_table = number > 0


PLAIN_WORDS: dict[str, Callable[[_Reading], None]] = {
    "par": _Reading._par,
    "sect": _Reading._par,
    "cell": _Reading._cell,
    "nestcell": _Reading._nested_cell,
    "row": _Reading._row,
    "pard": _Reading._pard,
    "plain": _Reading._plain,
    "intbl": _Reading._in_table,
}
NUMBERED_WORDS: dict[str, Callable[[_Reading, int], None]] = {
    "u": _Reading._unicode,
    "uc": _Reading._skip,
    "bin": _Reading._binary,
    "f": _Reading._font,
    "fcharset": _Reading._charset,
    "ansicpg": _Reading._code_page,
    "s": _Reading._style,
    **dict.fromkeys(OTHER_STYLES, _Reading._other_style),
    "sbasedon": _Reading._based_on,
    "outlinelevel": _Reading._level,
    "b": _Reading._bold,
    "v": _Reading._hidden,
    "deleted": _Reading._deleted,
    "ls": _Reading._list,
    "itap": _Reading._table_depth,
}
