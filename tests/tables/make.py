"""Make the PDFs of the table test set and what is to be read in them: python -m tests.tables.make"""

import json
from pathlib import Path
from typing import Any

from tests.tables import browser, printed

FOLDER = Path(__file__).parent


def main() -> None:
    """Write every file and its truth; those of the browser only where there is one."""
    for name, make in printed.DOCUMENTS.items():
        _write(name, make().save(_file(name)))
    for name, sheet in browser.SHEETS.items() if browser.browser() else ():
        _write(name, browser.print_sheet(sheet, _file(name)))


def _file(name: str) -> Path:
    return FOLDER / "files" / f"{name}.pdf"


def _write(name: str, truth: dict[str, Any]) -> None:
    text = json.dumps(truth, indent=1, ensure_ascii=False) + "\n"
    (FOLDER / "truth" / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
