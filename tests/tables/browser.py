"""Tables as browsers print them: pages in HTML, printed by Chromium where it is on PATH."""

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from tests.tables import content
from tests.tables.content import Rows

PAGE = """<!doctype html><meta charset="utf-8"><title>Progress</title><style>
@page {{ size: A4 {turn}; margin: 18mm }}
body {{ font: 10.5pt/1.35 "Liberation Sans", Arial, sans-serif }} table {{ border-collapse: collapse; width: 100%; font-size: 9pt }}
td, th {{ padding: 4px 6px; text-align: left; vertical-align: top }} h1 {{ font-size: 17pt }} {style}
</style><body><h1>Progress in the year</h1><div class="flow"><p>{intro}</p>{tables}<p>{after}</p></div>"""
RULED = "td, th { border: 1px solid #444 } thead th { background: #14506e; color: #fff }"
BANDED = "tbody tr:nth-child(odd) { background: #e6eef2 } thead { background: #14506e; color: #fff }"
UNDERLINED = "thead th { border-bottom: 2px solid #222 } tr { break-inside: avoid }"
HAIRLINES = "tr { border-bottom: 1px solid #bbb }"
FIGURES = " td:not(:first-child), th:not(:first-child) { text-align: right }"
RATINGS = " td:last-child { background: #f2c14e } .Green td:last-child { background: #66b27d }"
COLUMNS = " .flow { columns: 2; column-gap: 9mm } table { font-size: 8pt; break-inside: avoid }"
MIDDLE = " td, th { vertical-align: middle }"
ROOMY = " td, th { padding: 7px 6px }"


@dataclass(frozen=True)
class Sheet:
    """One printed page: its tables, their style, and whether it lies across."""

    tables: tuple[Rows, ...]
    style: str
    turn: str = ""
    body: str = ""
    """Rows in HTML where the cells are more than text."""
    prose: tuple[str, ...] = (content.INTRO, content.AFTER)


LISTED = """<tbody><tr><td>Schools</td><td><ul><li>Breakfast clubs in nine schools</li><li>Mentors for 60 pupils</li></ul></td>
<td>Head of Learning</td></tr><tr><td>Homes</td><td><ul><li>Loft insulation in 1,204 homes</li><li>A repair van for tenants</li>
</ul></td><td>Asset Manager</td></tr></tbody>"""
LISTED_ROWS = [
    ["Theme", "What we did", "Lead"],
    ["Schools", "• Breakfast clubs in nine schools • Mentors for 60 pupils", "Head of Learning"],
    ["Homes", "• Loft insulation in 1,204 homes • A repair van for tenants", "Asset Manager"],
]

SHEETS = {
    "browser-grid-sentences": Sheet((content.ACTIONS,), RULED),
    "browser-grid-ratings": Sheet((content.RISKS,), RULED + RATINGS),
    "browser-grid-lists": Sheet((LISTED_ROWS,), RULED, body=LISTED),
    "browser-grid-landscape": Sheet((content.WIDE,), RULED, "landscape"),
    "browser-grid-merged-middle": Sheet((content.THEMES,), RULED + MIDDLE),
    "browser-form": Sheet((content.PAPER,), "td { border: 1px solid #444 } td:first-child { font-weight: bold }"),
    "browser-bands-figures": Sheet((content.KPI,), BANDED + FIGURES),
    "browser-bands-sentences": Sheet((content.ACTIONS,), BANDED),
    "browser-underlined-header": Sheet((content.GRANTS,), UNDERLINED + ROOMY),
    "browser-hairlines": Sheet((content.ACTIONS,), HAIRLINES),
    "browser-bare-figures": Sheet((content.GAP,), FIGURES),
    "browser-in-columns": Sheet((content.WARDS, content.PROMISES), RULED + COLUMNS),
    "browser-hairlines-in-columns": Sheet((content.WARDS, content.PROMISES), HAIRLINES + COLUMNS),
    "browser-two-pages": Sheet((content.GRANTS[:1] + content.GRANTS[1:] * 4,), RULED + " td { padding: 12px 6px }"),
}


def print_sheet(sheet: Sheet, path: Path) -> dict[str, Any]:
    """Print a sheet to a PDF, and say what is to be read in it."""
    tables = "<br>".join(_table(rows, sheet) for rows in sheet.tables)
    html = PAGE.format(turn=sheet.turn, style=sheet.style, intro=sheet.prose[0], tables=tables, after=sheet.prose[1])
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(html, encoding="utf-8")
        printed = Path(folder) / "page.pdf"
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={printed}"]
        subprocess.run([str(browser()), *flags, source.as_uri()], check=True, capture_output=True, timeout=120)
        with pikepdf.open(printed) as pdf:
            pdf.save(path, deterministic_id=True)
    return {
        "rows": [[cell for cell in row if cell] for rows in sheet.tables for row in rows],
        "prose": list(sheet.prose),
    }


def browser() -> str | None:
    """Where Chromium is; None where it is not on PATH."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def _table(rows: Rows, sheet: Sheet) -> str:
    head = "".join(f"<th>{cell}</th>" for cell in rows[0])
    body = sheet.body or "<tbody>" + "".join(_rows(rows[1:])) + "</tbody>"
    if rows is content.PAPER:
        return "<table><tbody>" + "".join(_rows(rows)) + "</tbody></table>"
    return f"<table><thead><tr>{head}</tr></thead>{body}</table>"


def _rows(rows: Rows) -> list[str]:
    """Rows in HTML; an empty first cell belongs to the one above it."""
    lines = []
    for i, row in enumerate(rows):
        below = next((n for n, later in enumerate(rows[i + 1 :], 1) if later[0]), len(rows) - i)
        cells = [f'<td rowspan="{below}">{row[0]}</td>' if row[0] else "", *(f"<td>{cell}</td>" for cell in row[1:])]
        lines.append(f'<tr class="{row[-1].split()[0]}">{"".join(cells)}</tr>')
    return lines
