"""The package around a document for Word: its parts, always the same bytes for the same draft."""

import re
from datetime import date
from importlib import resources
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from goalmap.report.draft import reading
from goalmap.report.draft.model import Draft
from goalmap.report.draft.word_text import escaped
from goalmap.store.sheets.sheet import in_its_place

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = "word-styles.xml"
BULLETS, FIRST_NUMBERED = 1, 2
"""Numbers of lists: one for all with bullets, one for each that counts."""
SHORT, LONG, MARGIN, NARROW_MARGIN = 11_906, 16_838, 1_134, 850
"""A4, in twentieths of a point."""
SIZE = re.compile(r'(<w:szC?s? w:val=")(\d+)(")')
SPACE_AROUND = re.compile(r'(w:(?:before|after)=")(\d+)(")')
SMALLER, SMALLEST, LARGEST, MOST_SPACE = 4, 15, 25, 90
"""Letters on a single page, in half points, and the space around its paragraphs."""
OLDEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP can tell; a package made of the same is the same at any time."""


def page(is_landscape: bool = False, is_first: bool = False, margin: int = MARGIN) -> str:
    """How the pages of a part are laid out; the first begins with a title page, which bears no number."""
    turned = ' w:orient="landscape"' if is_landscape else ""
    width, height = (LONG, SHORT) if is_landscape else (SHORT, LONG)
    edges = "".join(f' w:{edge}="{margin}"' for edge in ("top", "right", "bottom", "left"))
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar{edges} w:header="600" w:footer="600" w:gutter="0"/>{"<w:titlePg/>" if is_first else ""}</w:sectPr>'
    )


def write_package(path: Path, draft: Draft, body: str, numbered_lists: int) -> None:
    """Write the parts of the document; characters that XML cannot hold are left out. Raises NotFound."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            (f"{RELATIONS}/officeDocument", "word/document.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(draft),
        "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            *((f"{RELATIONS}/{name}", f"{name}.xml") for name in ("styles", "numbering", "settings", "footer"))
        ),
        "word/styles.xml": _styles(draft),
        "word/numbering.xml": _numbering(numbered_lists),
        "word/settings.xml": _settings(),
        "word/footer.xml": _footer(),
    }
    with in_its_place(path) as temporary, ZipFile(temporary, "w", ZIP_DEFLATED) as package:
        for name, part in parts.items():
            entry = ZipInfo(name, OLDEST)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 0, 0
            package.writestr(entry, reading.printable(HEAD + part).encode("utf-8"))


def _styles(draft: Draft) -> str:
    """The styles, smaller and closer where the draft should fit one page."""
    styles = (resources.files("goalmap.report") / "templates" / STYLES).read_text("utf-8")
    if not draft.is_page:
        return styles
    sizes = SIZE.sub(
        lambda found: f"{found[1]}{min(max(int(found[2]) - SMALLER, SMALLEST), LARGEST)}{found[3]}", styles
    )
    return SPACE_AROUND.sub(lambda found: f"{found[1]}{min(int(found[2]) // 3, MOST_SPACE)}{found[3]}", sizes)


def _content_types() -> str:
    kinds = {"document": "document.main", "styles": "styles", "numbering": "numbering", "settings": "settings"}
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}.{kind}+xml"/>'
        for name, kind in {**kinds, "footer": "footer"}.items()
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    made = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{made}</Relationships>'


def _properties(draft: Draft) -> str:
    day = f"{date.fromisoformat(draft.made_on).isoformat()}T00:00:00Z"
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(draft.title)}</dc:title><dc:subject>{escaped(draft.subtitle)}</dc:subject>"
        "<dc:creator>goalmap</dc:creator><dc:language>en-GB</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )


def _numbering(numbered_lists: int) -> str:
    bullets, numbers = _kind_of_list(0, "bullet", "•"), _kind_of_list(1, "decimal", "%1.")
    restarted = "".join(
        f'<w:num w:numId="{FIRST_NUMBERED + place}"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for place in range(numbered_lists)
    )
    plain = f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>'
    return f"<w:numbering {WORD}>{bullets}{numbers}{plain}{restarted}</w:numbering>"


def _kind_of_list(id: int, form: str, text: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="454" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>'
    )


def _settings() -> str:
    return (
        f'<w:settings {WORD}><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _footer() -> str:
    field = "".join(f'<w:r><w:fldChar w:fldCharType="{part}"/></w:r>' for part in ("begin", "end"))
    code = '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    return (
        f'<w:ftr {WORD}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{field.replace("</w:r><w:r>", f"</w:r>{code}<w:r>", 1)}'
        "</w:p></w:ftr>"
    )
