"""Presentations: slides are pages, and what stands on them is read in order, notes and diagrams too."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RELATION_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Inches

from goalmap.ingest.document import Kind, Reading
from goalmap.ingest.errors import NoText, ReadProblem
from goalmap.ingest.office.slides import read_slides
from goalmap.ingest.watch import Watch

TITLE_SLIDE, CONTENT_SLIDE, TITLE_ONLY, BLANK = 0, 1, 5, 6
TWO_SENTENCES = "The hub opened in May. It has helped 240 people into work."
SHAPE = """<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><mc:Choice Requires="a14"><p:sp><p:nvSpPr>
 <p:cNvPr id="9" name="New"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>Of a newer kind</a:t></a:r></a:p>
 </p:txBody></p:sp></mc:Choice><mc:Fallback/></mc:AlternateContent>"""
DIAGRAM_FRAME = """<p:graphicFrame xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
 <p:nvGraphicFramePr><p:cNvPr id="8" name="Diagram"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>
 <p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic>
 <a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram">
 <dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="{id}"/></a:graphicData></a:graphic></p:graphicFrame>"""
DIAGRAM = b"""<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Recruit locally</a:t></a:r></a:p></dgm:t>
 </dgm:pt><dgm:pt><dgm:t><a:p><a:r><a:t>Train together</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"""


new_data: Any = CategoryChartData


def saved(presentation: Any) -> bytes:
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def read(write: Callable[[Any], object]) -> Reading:
    presentation = pptx.Presentation()
    write(presentation)
    return read_slides(saved(presentation), Watch.over())


def texts(reading: Reading) -> list[tuple[str, Kind]]:
    return [(block.text, block.kind) for block in reading.blocks]


def slide_of(presentation: Any, layout: int, *texts: str) -> Any:
    """A new slide with these texts in its places."""
    slide = presentation.slides.add_slide(presentation.slide_layouts[layout])
    for place, text in zip(slide.placeholders, texts, strict=False):
        place.text = text
    return slide


def box(slide: Any, text: str, left: float, top: float, width: float = 3, height: float = 1) -> None:
    slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height)).text_frame.text = text


def test_titles_and_points_are_told_apart() -> None:
    def write(presentation: Any) -> None:
        slide_of(presentation, TITLE_SLIDE, "Our people plan", "Board, May 2024")
        slide_of(presentation, CONTENT_SLIDE, "What we did", f"Opened a hub\nTrained 40 mentors\n{TWO_SENTENCES}")

    reading = read(write)
    assert texts(reading) == [
        ("Our people plan", Kind.TITLE),
        ("Board, May 2024", Kind.HEADING),
        ("What we did", Kind.HEADING),
        ("Opened a hub", Kind.LIST_ITEM),
        ("Trained 40 mentors", Kind.LIST_ITEM),
        (TWO_SENTENCES, Kind.BODY),
    ]
    assert [block.page for block in reading.blocks] == [1, 1, 2, 2, 2, 2]
    assert reading.pages == 2


def test_notes_are_read_and_their_heading_ends_with_the_slide() -> None:
    def write(presentation: Any) -> None:
        slide = slide_of(presentation, TITLE_ONLY, "Results")
        slide.notes_slide.notes_text_frame.text = TWO_SENTENCES
        box(slide_of(presentation, BLANK), TWO_SENTENCES, 1, 1)

    assert texts(read(write)) == [
        ("Results", Kind.TITLE),
        ("Notes", Kind.HEADING),
        (TWO_SENTENCES, Kind.BODY),
        ("Slide 2", Kind.HEADING),
        (TWO_SENTENCES, Kind.BODY),
    ]


def test_a_table_and_a_chart_are_read_by_rows() -> None:
    def write(presentation: Any) -> None:
        slide = slide_of(presentation, BLANK)
        table = slide.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
        for cell, text in zip(table.iter_cells(), ("Measure", "2024", "Apprentices", "453"), strict=True):
            cell.text = text
        data = new_data()
        data.categories = ["2023", "2024"]
        data.add_series("Apprentices", (410, 453))
        chart = slide.shapes.add_chart(
            XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(4), Inches(4), Inches(3), data
        ).chart
        chart.chart_title.text_frame.text = "Apprentices by year"

    assert texts(read(write)) == [
        ("Measure | 2024", Kind.TABLE_ROW),
        ("Apprentices | 453", Kind.TABLE_ROW),
        ("Apprentices by year", Kind.CAPTION),
        ("Apprentices", Kind.TABLE_ROW),
        ("2023 | 410", Kind.TABLE_ROW),
        ("2024 | 453", Kind.TABLE_ROW),
    ]


def test_columns_are_read_one_after_the_other_and_rows_too() -> None:
    def columns(presentation: Any) -> None:
        slide = slide_of(presentation, BLANK)
        for left, top, text in ((6, 1, "C"), (1, 2.1, "B"), (6, 2.1, "D"), (1, 1, "A")):
            box(slide, text, left, top)

    def rows(presentation: Any) -> None:
        slide = slide_of(presentation, BLANK)
        for left, top, text in ((4.1, 4, "D"), (1, 4, "C"), (4.1, 1, "B"), (1, 1, "A")):
            box(slide, text, left, top)

    for write in (columns, rows):
        assert [text for text, _ in texts(read(write))] == ["A", "B", "C", "D"]


def test_groups_diagrams_and_shapes_of_newer_kinds_are_read() -> None:
    def write(presentation: Any) -> None:
        slide = slide_of(presentation, BLANK)
        group = slide.shapes.add_group_shape()
        box(group, "In a group", 1, 1)
        part = Part(PackURI("/ppt/diagrams/data1.xml"), "application/xml", slide.part.package, DIAGRAM)
        slide.shapes._spTree.append(
            parse_xml(DIAGRAM_FRAME.format(id=slide.part.relate_to(part, RELATION_TYPE.DIAGRAM_DATA)))
        )
        slide.shapes._spTree.append(parse_xml(SHAPE))

    assert sorted(texts(read(write))) == [
        ("In a group", Kind.BODY),
        ("Of a newer kind", Kind.BODY),
        ("Recruit locally", Kind.LIST_ITEM),
        ("Train together", Kind.LIST_ITEM),
    ]


def test_what_stands_at_the_foot_of_a_slide_is_a_footer() -> None:
    def write(presentation: Any) -> None:
        slide = slide_of(presentation, TITLE_ONLY, "Results")
        for place in presentation.slide_layouts[TITLE_ONLY].placeholders:
            if "Footer" in place.name:
                slide.shapes.clone_placeholder(place)
        footer = next(place for place in slide.placeholders if "Footer" in place.name)
        footer.text = "Tarn Hill Trust"

    assert texts(read(write)) == [("Results", Kind.TITLE), ("Tarn Hill Trust", Kind.FOOTER)]


def test_a_hidden_slide_is_left_out_and_told() -> None:
    def write(presentation: Any) -> None:
        slide_of(presentation, TITLE_ONLY, "Shown")
        slide_of(presentation, TITLE_ONLY, "Hidden")._element.set("show", "0")

    reading = read(write)
    assert texts(reading) == [("Shown", Kind.TITLE)]
    assert (reading.note, reading.problem) == ("Hidden slides are not read: 2.", None)


def test_a_slide_that_ended_a_worker_before_is_left_out() -> None:
    presentation = pptx.Presentation()
    for title in ("One", "Two"):
        slide_of(presentation, TITLE_ONLY, title)
    reading = read_slides(saved(presentation), Watch.over(without=["page 1"]))
    assert texts(reading) == [("Two", Kind.TITLE)]
    assert reading.problem == "Slides that took too long are left out: 1."


def test_the_slides_of_a_broken_presentation_are_read_as_plain_text() -> None:
    presentation = pptx.Presentation()
    for title in ("One", "Two"):
        slide_of(presentation, TITLE_ONLY, title)
    whole = io.BytesIO(saved(presentation))
    broken = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            if name != "ppt/presentation.xml":
                new.writestr(name, old.read(name))
    reading = read_slides(broken.getvalue(), Watch.over())
    assert [(block.text, block.page) for block in reading.blocks] == [("One", 1), ("Two", 2)]
    assert "only the plain text" in (reading.problem or "")


def test_a_presentation_without_text_and_one_that_is_none_have_advice() -> None:
    with pytest.raises(NoText, match="Print it to PDF"):
        read(lambda presentation: slide_of(presentation, BLANK))
    with pytest.raises(ReadProblem, match=r"save it as \.pptx"):
        read_slides(b"PK\x03\x04 ppt/", Watch.over())
