"""What a paragraph of a Word document is: by its style and those that the style is based on, its numbering, its look."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import docx.oxml
from docx.oxml.ns import qn

from goalmap.ingest.document import Kind
from goalmap.ingest.marks import is_caption, item_kind, may_head

STYLES = (
    ("title", Kind.TITLE),
    ("heading", Kind.HEADING),
    ("subtitle", Kind.HEADING),
    ("toc", Kind.NAVIGATION),
    ("table of figures", Kind.NAVIGATION),
    ("list", Kind.LIST_ITEM),
    ("caption", Kind.CAPTION),
    ("intense quote", Kind.QUOTE),
    ("quote", Kind.QUOTE),
)
BOLD, RUN, VALUE = qn("w:b"), qn("w:r"), qn("w:val")
OFF = ("0", "false", "off")
BODY_LEVEL = "9"
MAX_BASES = 20

Element = Any
"""An lxml element; lxml-stubs are not a dependency."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """Where a paragraph stands in which list; list 0 is none."""

    list_id: str
    level: str


@dataclass(frozen=True, slots=True)
class Style:
    """What a style makes of its paragraphs, where it says so."""

    kind: Kind | None = None
    numbering: Numbering | None = None


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by their ids, and which of its lists have bullets."""

    by_id: Mapping[str, Style]
    bulleted: frozenset[Numbering]

    @classmethod
    def of(cls, document: Any) -> "Styles":
        elements = {style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))}
        return cls({id: _style(element, elements) for id, element in elements.items()}, _bulleted(document))

    def kind(self, paragraph: Element, text: str, is_bold: bool) -> Kind:
        """What a paragraph with this text is."""
        properties = paragraph.find(qn("w:pPr"))
        style = self.by_id.get(_value(properties, "w:pStyle") or "", PLAIN)
        numbering = _numbering(properties) or style.numbering
        kind = style.kind or (Kind.HEADING if _is_outlined(properties) else None)
        return kind or self._kind_by_look(text, numbering, is_bold)

    def _kind_by_look(self, text: str, numbering: Numbering | None, is_bold: bool) -> Kind:
        if is_caption(text):
            return Kind.CAPTION
        if numbering and numbering.list_id != "0":
            return Kind.LIST_ITEM if numbering in self.bulleted else item_kind(f"1. {text}") or Kind.LIST_ITEM
        if is_bold and may_head(text):
            return Kind.HEADING
        return item_kind(text) or Kind.BODY


def is_on(run: Element, switch: str) -> bool:
    """Whether a run is set bold, hidden and so on."""
    found = run.find(f"./{qn('w:rPr')}/{switch}")
    return found is not None and found.get(VALUE) not in OFF


def related(part: Any, kind: str) -> Iterator[Element]:
    """The roots of the parts of a kind that belong to a part."""
    for relation in part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            yield docx.oxml.parse_xml(relation.target_part.blob)


def _style(element: Element, elements: Mapping[str, Element]) -> Style:
    chain = list(_with_bases(element, elements))
    kinds = (_kind_of_style(style) for style in chain)
    numberings = (_numbering(style.find(qn("w:pPr"))) for style in chain)
    return Style(next(filter(None, kinds), None), next(filter(None, numberings), None))


def _with_bases(element: Element | None, elements: Mapping[str, Element]) -> Iterator[Element]:
    """A style and those it is based on; styles of a broken file may be based on each other."""
    for _ in range(MAX_BASES):
        if element is None:
            return
        yield element
        element = elements.get(_value(element, "w:basedOn") or "")


def _kind_of_style(style: Element) -> Kind | None:
    name = (_value(style, "w:name") or "").casefold()
    named = next((kind for start, kind in STYLES if name.startswith(start)), None)
    return named or (Kind.HEADING if _is_outlined(style.find(qn("w:pPr"))) else None)


def _is_outlined(properties: Element | None) -> bool:
    return (_value(properties, "w:outlineLvl") or BODY_LEVEL) != BODY_LEVEL


def _numbering(properties: Element | None) -> Numbering | None:
    found = None if properties is None else properties.find(qn("w:numPr"))
    list_id = _value(found, "w:numId")
    return Numbering(list_id, _value(found, "w:ilvl") or "0") if list_id else None


def _bulleted(document: Any) -> frozenset[Numbering]:
    return frozenset(numbering for root in related(document.part, "numbering") for numbering in _bullets_in(root))


def _bullets_in(root: Element) -> Iterator[Numbering]:
    bullets = {
        abstract.get(qn("w:abstractNumId")): [
            level.get(qn("w:ilvl")) for level in abstract.iter(qn("w:lvl")) if _value(level, "w:numFmt") == "bullet"
        ]
        for abstract in root.iter(qn("w:abstractNum"))
    }
    for number in root.iter(qn("w:num")):
        for level in bullets.get(_value(number, "w:abstractNumId"), ()):
            yield Numbering(number.get(qn("w:numId")), level)


def _value(parent: Element | None, tag: str) -> str | None:
    found = None if parent is None else parent.find(qn(tag))
    value: str | None = None if found is None else found.get(VALUE)
    return value
