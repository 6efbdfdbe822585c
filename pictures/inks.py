"""Fills that are told apart without colour: by pattern in print, by colour too on a screen (after Okabe and Ito)."""

from dataclasses import dataclass

from markupsafe import Markup

from goalmap.pictures.svg import INK, PAPER, element, group, own, rectangle

BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY = "#0072b2", "#b34700", "#007a5a", "#8f4371", "#e69f00", "#56b4e9"


@dataclass(frozen=True, slots=True)
class Ink:
    """A way to fill a shape: its paper, and what is drawn on it again and again."""

    name: str
    ground: str
    mark: str = ""
    colour: str = PAPER


INKS = (
    Ink("full", BLUE),
    Ink("stripes", SKY, "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4", INK),
    Ink("dots", "#ffe3b0", "M2,2 h2 v2 h-2 z M6,6 h2 v2 h-2 z", INK),
    Ink("empty", PAPER),
    Ink("lines", "#cfe8dd", "M0,2 h8 M0,6 h8", GREEN),
    Ink("squares", "#efd9e6", "M0,4 h8 M4,0 v8", PURPLE),
    Ink("dark", "#3d3d3d"),
)


def ink(number: int) -> Ink:
    """Return the ink of a kind by its place among the kinds."""
    return INKS[number % len(INKS)]


def fill(number: int) -> str:
    """Return the fill of a kind, as an attribute says it."""
    chosen = ink(number)
    return f"url(#{own(chosen.name)})" if chosen.mark else chosen.ground


def patterns(kinds: int) -> Markup:
    """Return the patterns that a picture of so many kinds draws with."""
    drawn = (_pattern(one) for one in INKS[:kinds] if one.mark)
    return element("defs", group(drawn))


def _pattern(one: Ink) -> Markup:
    paint = (
        {"fill": one.colour} if one.name == "dots" else {"fill": "none", "stroke": one.colour, "stroke_width": "1.3"}
    )
    return element(
        "pattern",
        rectangle(0, 0, 8, 8, fill=one.ground),
        element("path", d=one.mark, **paint),
        id=own(one.name),
        width=8,
        height=8,
        patternUnits="userSpaceOnUse",
    )
