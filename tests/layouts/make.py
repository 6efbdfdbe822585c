"""Make the PDFs of the layout test set and what is to be read in them: python -m tests.layouts.make [NAME ...]"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.layouts import browser, canvas, further, office, sheets, styles
from tests.layouts.wanted import Margins, Wanted, truth

FOLDER = Path(__file__).parent


def main(names: list[str]) -> None:
    """Write every file and its truth, or those named; the makers that are not on this machine are left out."""
    for name, data, flow, margins in _made(names):
        (FOLDER / "files" / f"{name}.pdf").write_bytes(data)
        text = json.dumps(truth(data, flow, margins), indent=1, ensure_ascii=False) + "\n"
        (FOLDER / "truth" / f"{name}.json").write_text(text, encoding="utf-8")


def _made(names: list[str]) -> Iterator[tuple[str, bytes, list[Wanted], Margins]]:
    for name, draw in canvas.SHEETS.items():
        if not names or name in names:
            drawn = draw()
            yield name, drawn.data, drawn.flow, drawn.margins
    for name, sheet in {**sheets.SHEETS, **styles.SHEETS, **further.SHEETS}.items() if browser.program() else ():
        if not names or name in names:
            yield name, browser.printed(sheet), sheet.flow, sheet.margins
    for name, letter in office.SHEETS.items() if office.program() else ():
        if not names or name in names:
            yield name, office.printed(letter), letter.flow, letter.margins


if __name__ == "__main__":
    main(sys.argv[1:])
