"""Charts: the figures that an Office file keeps beside what is drawn."""

import io
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from goalmap.ingest.document import Kind
from goalmap.ingest.office.charts import MOST_ROWS, chart_blocks

NEW_CATEGORIES: Any = CategoryChartData
NEW_POINTS: Any = XyChartData
BARS = XL_CHART_TYPE.COLUMN_CLUSTERED
EVERY_DAY = [f"Day {day}" for day in range(MOST_ROWS + 1)]


def rows_of(kind: Any, data: Any, title: str = "") -> list[str]:
    """What is read of a chart of these data."""
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    frame: Any = slide.shapes.add_chart(kind, Inches(1), Inches(1), Inches(4), Inches(3), data)
    if title:
        frame.chart.chart_title.text_frame.text = title
    presentation.save(io.BytesIO())
    return [block.text for block in chart_blocks(frame.chart_part.blob) if block.kind is Kind.TABLE_ROW or title]


def categories(labels: list[Any], **series: list[float | None]) -> Any:
    data = NEW_CATEGORIES()
    data.categories = labels
    for name, values in series.items():
        data.add_series(name, values)
    return data


def test_each_label_has_a_row_with_the_figures_of_all_series() -> None:
    data = categories(["Leeds", "Hull"], Apprentices=[41, 12.5], Cadets=[8, None])
    assert rows_of(BARS, data, "Who joined us") == [
        "Who joined us",
        "Apprentices | Cadets",
        "Leeds | 41 | 8",
        "Hull | 12.5",
    ]


def test_shares_are_written_as_percentages() -> None:
    data = NEW_CATEGORIES(number_format="0%")
    data.categories = ["Renewable", "Gas"]
    data.add_series("Energy", [0.62, 0.38])
    assert rows_of(XL_CHART_TYPE.PIE, data) == ["Energy", "Renewable | 62%", "Gas | 38%"]


def test_points_are_read_by_both_their_figures() -> None:
    data = NEW_POINTS()
    series = data.add_series("Trees")
    series.add_data_point(2021, 300)
    series.add_data_point(2022, 450)
    assert rows_of(XL_CHART_TYPE.XY_SCATTER, data) == ["Trees", "2021 | 300", "2022 | 450"]


def test_a_curve_of_many_points_is_no_table() -> None:
    assert rows_of(BARS, categories(EVERY_DAY, Visits=[1.0] * len(EVERY_DAY)), "Visits a day") == ["Visits a day"]
