"""Word, PowerPoint, Excel, OpenDocument and EPUB files that mean no good."""

from html import escape

from tests.hostile.case import BOUNDED, CUT, LOCKED, READ, STOPPED, UNKNOWN, Bait, Case
from tests.hostile.zips import Member, bomb, plain, zipped

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAKER = "application/vnd.openxmlformats-officedocument"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PICTURE = f"{OFFICE}/image"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

Parts = tuple[tuple[str, str], ...]


# Word


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def word(
    body: str, *more: Member | tuple[str, bytes | str], doctype: str = "", links: str = "", title: str = ""
) -> bytes:
    """A Word file with this body and these further members."""
    document = f"{XML}{doctype}<w:document {W}><w:body>{body}</w:body></w:document>"
    return zipped([*_clothes("word/document.xml", "wordprocessingml.document.main", title), ("word/document.xml", document),
                   ("word/_rels/document.xml.rels", _links(links)), *more])  # fmt: skip


def _clothes(main: str, kind: str, title: str = "") -> Parts:
    """What makes a zip file an Office file."""
    about = f'<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">{escape(title)}</dc:title>'
    core = f"{PACKAGE}/metadata/core-properties"
    return (
        ("[Content_Types].xml", f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
         f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
         f'<Default Extension="png" ContentType="image/png"/><Override PartName="/{main}" ContentType="{MAKER}.{kind}+xml"/>'
         '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'),
        ("_rels/.rels", _links(f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="{main}"/><Relationship Id="rId2" '
         f'Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>')),
        ("docProps/core.xml", f'{XML}<cp:coreProperties xmlns:cp="{core}">{about}</cp:coreProperties>'),
    )  # fmt: skip


def _links(inside: str) -> str:
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def _media_bomb(bait: Bait) -> bytes:
    media = bomb("word/media/image1.png", "", b"\0", 250, "", declared=4_000_000_000)
    link = f'<Relationship Id="rId9" Type="{PICTURE}" Target="media/image1.png"/>'
    return word(paragraph(bait.sentence()), media, links=link)


def _text_bomb(bait: Bait, declared: int | None = None) -> bytes:
    before = f"{XML}<w:document {W}><w:body>{paragraph(bait.sentence())}"
    text = bomb("word/document.xml", before, b" ", 300 if declared is None else 64, "</w:body></w:document>", declared)
    return zipped([*_clothes("word/document.xml", "wordprocessingml.document.main"), text])


def _stolen_text(bait: Bait) -> bytes:
    doctype = f'<!DOCTYPE d [<!ENTITY secret SYSTEM "{bait.secret.as_uri()}">]>'
    return word(paragraph(bait.sentence()) + "<w:p><w:r><w:t>&secret;</w:t></w:r></w:p>", doctype=doctype)


def _called_home(bait: Bait) -> bytes:
    doctype = f'<!DOCTYPE d SYSTEM "{bait.url}/d.dtd" [<!ENTITY % more SYSTEM "{bait.url}/e.dtd"> %more;]>'
    return word(paragraph(bait.sentence()), doctype=doctype)


def _laughs(bait: Bait) -> bytes:
    steps = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE d [<!ENTITY e0 "and so on ">{steps}]>'
    return word(paragraph(bait.sentence()) + "<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>", doctype=doctype)


def _outside_template(bait: Bait) -> bytes:
    kinds = ("attachedTemplate", "image", "oleObject", "frame")
    links = (f'<Relationship Id="x{n}" Type="{OFFICE}/{kind}" Target="{bait.url}/{kind}" TargetMode="External"/>'
             for n, kind in enumerate(kinds))  # fmt: skip
    return word(paragraph(bait.sentence()), links="".join(links))


def _slip(bait: Bait) -> bytes:
    return word(paragraph(bait.sentence()), ("../../../outside/slip.txt", "out"), (str(bait.secret), "out"))


def _nested(bait: Bait) -> bytes:
    deep = 30_000
    return word("<w:sdt><w:sdtContent>" * deep + paragraph(bait.sentence()) + "</w:sdtContent></w:sdt>" * deep)


def _tables(bait: Bait) -> bytes:
    deep = 150
    inside = "<w:tbl><w:tr><w:tc>" * deep + paragraph(bait.sentence(1)) + "</w:tc></w:tr></w:tbl>" * deep
    return word(paragraph(bait.sentence()) + inside)


def _cut(bait: Bait) -> bytes:
    whole = word("".join(paragraph(bait.sentence(number)) for number in range(400)))
    return whole[: len(whole) * 3 // 5]


def _signs(bait: Bait) -> bytes:
    return word(paragraph(bait.sentence()) + "<w:p><w:r><w:t>a&#0;b&#8;c\x01d</w:t></w:r></w:p>")


def _formula(bait: Bait) -> bytes:
    formula = f'=HYPERLINK("{bait.url}/go","Read")'
    return word(paragraph(formula) + paragraph(bait.sentence()) + paragraph(f"+{bait.sentence(1)}"), title=formula)


# PowerPoint


def _slides(bait: Bait) -> bytes:
    """One slide, its text in groups inside groups, its pictures on another machine."""
    p = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    a, r = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"', f'xmlns:r="{OFFICE}"'
    text = (
        f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{bait.sentence()} &secret;</a:t></a:r></a:p></p:txBody>"
        if bait.path.stem == "entity"
        else f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{bait.sentence()}</a:t></a:r></a:p></p:txBody>"
    )
    named = '<p:cNvPr id="2" name="T"/>'
    shape = f"<p:sp><p:nvSpPr>{named}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>{text}</p:sp>"
    group = f"<p:grpSp><p:nvGrpSpPr>{named}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
    tree = (
        f"<p:nvGrpSpPr>{named}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{group * 60}{shape}{'</p:grpSp>' * 60}"
    )
    doctype = f'<!DOCTYPE d [<!ENTITY secret SYSTEM "{bait.secret.as_uri()}">]>' if bait.path.stem == "entity" else ""
    slide = f"{XML}{doctype}<p:sld {p} {a} {r}><p:cSld><p:spTree>{tree}</p:spTree></p:cSld></p:sld>"
    types, *others = _clothes("ppt/presentation.xml", "presentationml.presentation.main")
    override = f'<Override PartName="/ppt/slides/slide1.xml" ContentType="{MAKER}.presentationml.slide+xml"/></Types>'
    return zipped([
        (types[0], types[1].replace("</Types>", override)), *others,
        ("ppt/presentation.xml", f'{XML}<p:presentation {p} {a} {r}><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>'),
        ("ppt/_rels/presentation.xml.rels", _links(f'<Relationship Id="rId1" Type="{OFFICE}/slide" Target="slides/slide1.xml"/>')),
        ("ppt/slides/slide1.xml", slide),
        ("ppt/slides/_rels/slide1.xml.rels", _links(f'<Relationship Id="rId1" Type="{PICTURE}" Target="{bait.url}/p.png" TargetMode="External"/>')),
    ])  # fmt: skip


# Excel


def workbook(rows: str, *more: Member | tuple[str, bytes | str]) -> bytes:
    sheets = (
        f'<workbook {SHEET} xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    types, *others = _clothes("xl/workbook.xml", "spreadsheetml.sheet.main")
    override = (
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{MAKER}.spreadsheetml.worksheet+xml"/></Types>'
    )
    link = f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    return zipped([
        (types[0], types[1].replace("</Types>", override)), *others, ("xl/workbook.xml", XML + sheets),
        ("xl/_rels/workbook.xml.rels", _links(link)),
        ("xl/worksheets/sheet1.xml", f"{XML}<worksheet {SHEET}><sheetData>{rows}</sheetData></worksheet>"), *more,
    ])  # fmt: skip


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def _formulas(bait: Bait) -> bytes:
    live = f'<c r="B2" t="str"><f>WEBSERVICE("{bait.url}/w")</f><v>seen</v></c>'
    heads = f'<row r="1">{cell("A1", "What was done")}{cell("B1", "Source")}</row>'
    formula = f'<row r="3">{cell("A3", "=cmd|calc!A0")}{cell("B3", "@SUM(1)")}</row>'
    return workbook(f'{heads}<row r="2">{cell("A2", bait.sentence())}{live}</row>{formula}')


def _empty_rows(bait: Bait) -> bytes:
    first, last = cell("A1", bait.sentence()), cell("A1048576", bait.sentence(1))
    return workbook(f'<row r="1">{first}</row>{"<row/>" * 1_000_000}<row r="1048576">{last}</row>')


def _columns(bait: Bait) -> bytes:
    letters = [chr(65 + n) for n in range(26)]
    names = [
        *letters,
        *(a + b for a in letters for b in letters),
        *(a + b + c for a in letters[:23] for b in letters for c in letters),
    ]
    row = "".join(f'<c r="{name}1"><v>1</v></c>' for name in names[1:16_000])
    rows = "".join(f'<row r="{n}">{cell(f"XFD{n}", "x")}</row>' for n in range(2, 300))
    return workbook(f'<row r="1">{cell("A1", bait.sentence())}{row}</row>{rows}')


# OpenDocument and EPUB

ODT = "application/vnd.oasis.opendocument.text"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def _odt(bait: Bait) -> bytes:
    doctype = f'<!DOCTYPE d [<!ENTITY secret SYSTEM "{bait.secret.as_uri()}">]>'
    text = f'<text:p xmlns:text="{ODF}:text:1.0">{bait.sentence()}</text:p><text:p xmlns:text="{ODF}:text:1.0">&secret;</text:p>'
    body = (
        f'<o:document-content xmlns:o="{ODF}:office:1.0"><o:body><o:text>{text}</o:text></o:body></o:document-content>'
    )
    return zipped([plain("mimetype", ODT), ("content.xml", f"{XML}{doctype}{body}")])


def _book(bait: Bait) -> bytes:
    """A book that counts files outside itself among its chapters."""
    container = ('<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="b.opf" '
                 'media-type="application/oebps-package+xml"/></rootfiles></container>')  # fmt: skip
    targets = ("c.xhtml", "../../../outside/secret.txt", bait.secret.as_uri(), f"{bait.url}/chapter", "c.xhtml#again")
    items = "".join(
        f'<item id="i{n}" href="{target}" media-type="application/xhtml+xml"/>' for n, target in enumerate(targets)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(targets)))
    package = (
        f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest><spine>{spine}</spine></package>'
    )
    chapter = f"<html><body><h1>One</h1><p>{bait.sentence()}</p></body></html>"
    return zipped([plain("mimetype", "application/epub+zip"), ("META-INF/container.xml", container), ("b.opf", package), ("c.xhtml", chapter)])  # fmt: skip


CASES = (
    Case("word/media-bomb.docx", _media_bomb, BOUNDED),
    Case("word/text-bomb.docx", _text_bomb, STOPPED, "unpack"),
    Case("word/lying-size.docx", lambda bait: _text_bomb(bait, 500), STOPPED),
    Case("word/entity.docx", _stolen_text, BOUNDED),
    Case("word/entity-http.docx", _called_home, BOUNDED),
    Case("word/laughs.docx", _laughs, CUT),
    Case("word/outside.docx", _outside_template, READ, found=1),
    Case("word/slip.docx", _slip, READ, found=1),
    Case("word/nested.docx", _nested, BOUNDED),
    Case("word/tables.docx", _tables, READ, found=2),
    Case("word/truncated.docx", _cut, CUT),
    Case("word/signs.docx", _signs, READ, found=1),
    Case("word/formula.docx", _formula, READ, found=2),
    Case("word/old.docx", lambda bait: OLE2 + "WordDocument".encode("utf-16-le") + bytes(4000), UNKNOWN, "2007"),
    Case(
        "word/locked.docx", lambda bait: OLE2 + "EncryptedPackage".encode("utf-16-le") + bytes(4000), LOCKED, "password"
    ),
    Case("word/letter.msg", lambda bait: OLE2 + "__properties_version1.0".encode("utf-16-le") + bytes(4000), STOPPED),
    Case("word/really-word.pptx", lambda bait: word(paragraph(bait.sentence())), READ, "read as that", found=1),
    Case("word/really-word.zip", lambda bait: word(paragraph(bait.sentence())), READ, found=1),
    Case("slides/groups.pptx", _slides, READ, found=1),
    Case("slides/entity.pptx", _slides, BOUNDED),
    Case("sheets/formulas.xlsx", _formulas, READ, found=1),
    Case("sheets/empty-rows.xlsx", _empty_rows, READ, found=1),
    Case("sheets/columns.xlsx", _columns, READ, found=1),
    Case("books/entity.odt", _odt, BOUNDED),
    Case("books/outside.epub", _book, READ, found=1),
)
