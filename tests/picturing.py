"""The pictures of the documentation: made by the tests of the pages that they show, and checked against them.

A picture holds, beside its pixels, an outline of what could be seen: headings, buttons and the heads of tables. A page
that has another outline has outgrown its picture: `GOALMAP_WRITE_DOCS=1 pytest tests/test_tutorial.py` takes it anew.
"""

import io
import os
import re
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngImageFile, PngInfo

from tests.documented import ROOT

WRITES = bool(os.environ.get("GOALMAP_WRITE_DOCS"))
"""Whether pages and pictures are made anew, after a change that is meant."""
PICTURES = ROOT / "docs" / "pictures"
WIDTH = 1200
MOST_BYTES = 150_000
COLOURS = 64
OUTLINE = "outline"
TOLD = re.compile(r"^\s*- '?(?:heading|button|columnheader) \"[^\"]*\"", re.M)


def keep(tab: Any, name: str, height: int, top: int = 0) -> None:
    """Takes the picture where pictures are made, else holds the page against it."""
    file = PICTURES / f"{name}.png"
    outline = outline_of(tab)
    if WRITES:
        clip = {"x": 0, "y": top, "width": WIDTH, "height": height}
        save(tab.screenshot(clip=clip, full_page=True), outline, file)
    assert kept_outline(file) == outline, f"{file.name} shows the page as it was; see tests/picturing.py"


def outline_of(tab: Any) -> str:
    """The headings, buttons and heads of tables, as a screen reader is told of them."""
    return "\n".join(line.strip(" -'") for line in TOLD.findall(tab.locator("body").aria_snapshot()))


def save(shot: bytes, outline: str, file: Path) -> None:
    """Writes a screenshot with few colours, so that it is small."""
    told = PngInfo()
    told.add_itxt(OUTLINE, outline, zip=True)
    file.parent.mkdir(exist_ok=True)
    drawn = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    drawn.save(file, optimize=True, pnginfo=told)


def kept_outline(file: Path) -> str:
    """The outline of the page when its picture was taken."""
    with PngImageFile(file) as picture:
        picture.load()
        return str(picture.text[OUTLINE])
