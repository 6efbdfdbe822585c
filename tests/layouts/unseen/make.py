"""Make the PDFs of the unseen layouts and what is to be read in them: python -m tests.layouts.unseen.make [NAME ...]"""

import json
import sys
from pathlib import Path

from tests.layouts.unseen import designed, frames, further, slides, variants, written
from tests.layouts.wanted import truth

FOLDER = Path(__file__).parent
SHEETS = {**designed.SHEETS, **written.SHEETS, **slides.SHEETS, **frames.SHEETS, **further.SHEETS, **variants.SHEETS}


def main(names: list[str]) -> None:
    """Write every file and its truth, or those named; the browser and the office program must be on this machine."""
    for name, draw in SHEETS.items():
        if not names or name in names:
            made = draw()
            (FOLDER / "files" / f"{name}.pdf").write_bytes(made.data)
            text = json.dumps(truth(made.data, made.flow, made.margins), indent=1, ensure_ascii=False) + "\n"
            (FOLDER / "truth" / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
