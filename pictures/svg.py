"""The parts that every picture is made of: elements, words, links, and the whole with its title and description."""

import hashlib
import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from goalmap.pictures.text import clean, is_clean

INK, QUIET, FAINT, PAPER = "#1b1b1b", "#565656", "#d0d0d0", "#ffffff"
FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"
_COLUMN = 480.0
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WEB = re.compile(r"https?:", re.IGNORECASE)
Attribute = str | float | int | None


def element(name: str, *children: str, **attributes: Attribute) -> Markup:
    """Return an element; an underscore in an attribute's name is a hyphen, one at its end is left out."""
    parts = [
        f' {key.rstrip("_").replace("_", "-")}="{_written(value)}"'
        for key, value in attributes.items()
        if value is not None
    ]
    inside = "".join(escape(child) for child in children)
    return Markup(f"<{name}{''.join(parts)}>{inside}</{name}>" if inside else f"<{name}{''.join(parts)}/>")


def _written(value: Attribute) -> str:
    return f"{round(value, 2):g}" if isinstance(value, float) else str(escape(value))


def words(text: str, x: float, y: float, size: float, **attributes: Attribute) -> Markup:
    """Return a line of text whose foot stands at a point."""
    return element("text", text, x=x, y=y, font_size=size, **attributes)


def haloed(text: str, x: float, y: float, size: float) -> Markup:
    """Return a line of text about a point, on a ground of paper so that it is read where lines cross it."""
    halo: dict[str, Attribute] = {"stroke": PAPER, "stroke_width": 3, "paint_order": "stroke"}
    return words(text, x, y, size, text_anchor="middle", stroke_linejoin="round", **halo)


def rectangle(x: float, y: float, width: float, height: float, **attributes: Attribute) -> Markup:
    return element("rect", x=x, y=y, width=width, height=height, **attributes)


def told(name: str, *parts: str, href: str = "") -> Markup:
    """Return parts that tell their name when pointed at, and lead somewhere when they are told where."""
    inside = (element("title", name), *parts)
    if not leads(href):
        return element("g", *inside)
    return element("a", *inside, href=href, aria_label=name)


def leads(href: str) -> bool:
    """Return whether an address is one that a picture may lead to: of this site, of this page, or of the web."""
    return is_clean(href) and (not _SCHEME.match(href.strip()) or bool(_WEB.match(href)))


def unseen(*parts: str) -> Markup:
    """Return parts that a screen reader passes over, since the links beside them say the same."""
    return element("g", *parts, aria_hidden="true")


def group(parts: Iterable[str]) -> Markup:
    return Markup("").join(parts)


def whole(title: str, description: str, width: float, height: float, body: Markup, wide: bool = False) -> Markup:
    """Return a whole picture, which shrinks with its page; one with links is a named group, one without an image."""
    name = named(title, description, body)
    linked = "<a " in body
    return element(
        "svg",
        element("title", clean(title), id=f"{name}-title"),
        element("desc", clean(description), id=f"{name}-about"),
        rectangle(0, 0, width, height, fill=PAPER),
        Markup(body.replace(_OWN, name)),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_written(float(width))} {_written(float(height))}",
        width=width if wide else _COLUMN,
        height=height if wide else height * _COLUMN / width,
        class_="picture wide" if wide else "picture",
        role="group" if linked else "img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-about",
        font_family=FONT,
        fill=INK,
        style="max-width:100%;height:auto",
    )


_OWN = "own-name-of-the-picture"


def own(part: str) -> str:
    """Return the id of a part of a picture, which becomes the picture's own when it is whole."""
    return f"{_OWN}-{part}"


def named(title: str, description: str, body: str) -> str:
    """Return a name for a picture, made of all that it shows, so that two on one page never share their ids."""
    seen = "\x00".join((title or "", description or "", body)).encode("utf-8", "replace")
    return f"picture-{hashlib.sha256(seen).hexdigest()[:10]}"
