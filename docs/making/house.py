"""The picture of the house: each room with what stands in it, what imports what, and the way of one passage through it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docs.making.tree import ROOMS, ROOT, floors, says, ways_between
from goalmap.pictures.svg import FAINT, FONT, INK, PAPER, QUIET, element, words

FILE = ROOT / "docs" / "explanation" / "house.svg"
WIDTH, EDGE, ARCS = 1180.0, 16.0, 150.0
HEAD, LINE, GAP, LETTER = 26.0, 30.0, 10.0, 6.6
FOLDER, PLAIN, WAY = "#dbe7f3", "#f4f4f4", "#b3541e"
STOPS = (
    ("goalmap.store.loading.plan", "plan"),
    ("goalmap.ingest.read", "read_document"),
    ("goalmap.ingest.passages", "cut"),
    ("goalmap.extract.extract", "names_in"),
    ("goalmap.classify.proposals", "Classifier"),
    ("goalmap.store.loading.save", "save"),
    ("goalmap.store.review.taking", "import_queue"),
    ("goalmap.store.activities.tellings", "read_tellings"),
    ("goalmap.classify.activities.bringing", "activities"),
    ("goalmap.report.evidence", "find_evidence"),
    ("goalmap.report.sections.goals", "goals"),
    ("goalmap.report.draft.lock", "locked"),
    ("goalmap.report.draft.files", "write_draft"),
)
"""The way of one passage from its file to a report: the function or class that takes it on, in order."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A file or folder in the picture, from its left upper corner."""

    room: str
    name: str
    text: str
    is_folder: bool
    x: float
    y: float
    width: float


def picture() -> str:
    """The house as one SVG, the same for the same code."""
    tops: dict[str, tuple[float, float]] = {}
    shapes: list[str] = []
    y = EDGE
    for room in ROOMS:
        chips, height = _laid(room, y + HEAD)
        shapes += [*_room(room, y, height), *(shape for chip in chips for shape in _drawn(chip))]
        tops[room] = (y, height)
        y += height + HEAD + 2 * GAP
    shapes += _arcs(tops)
    height = y + EDGE
    title = element("title", "The rooms of goalmap, what stands in each, and the way of a passage through them")
    paper = element("rect", width=WIDTH, height=height, fill=PAPER)
    return str(
        element(
            "svg",
            title,
            paper,
            *shapes,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {WIDTH:g} {height:g}",
            font_family=FONT,
            role="img",
        )
    )


def _laid(room: str, top: float) -> tuple[list[Chip], float]:
    """What stands in a room, line by line, that which others stand on first; and how high all lines are together."""
    chips, x, y = [], EDGE + GAP, top + 4
    folders = {path.name for path in (ROOT / room).iterdir() if path.is_dir()}
    for names in floors(f"goalmap.{room}"):
        for name in names:
            text = f"{name}/" if name in folders else name
            width = 14 + LETTER * len(text) + 19 * len(_stops_in(room, name))
            if x + width > WIDTH - ARCS - GAP:
                x, y = EDGE + GAP, y + LINE
            chips.append(Chip(room, name, text, name in folders, x, y, width))
            x += width + 6
    return chips, y + LINE - top


def _stops_in(room: str, name: str) -> list[int]:
    """The numbers of the stops that are in a file or folder."""
    place = f"goalmap.{room}.{name}."
    return [number for number, (module, _) in enumerate(STOPS, 1) if f"{module}.".startswith(place)]


def _room(room: str, y: float, height: float) -> Iterator[str]:
    width = WIDTH - ARCS - EDGE
    yield element("rect", x=EDGE, y=y, width=width, height=height + HEAD, rx=6, fill="none", stroke=QUIET)
    yield words(f"{room}/", EDGE + GAP, y + 19, 15, font_weight="bold", fill=INK)
    yield words(says(room), EDGE + GAP + 100, y + 19, 12, fill=QUIET)


def _drawn(chip: Chip) -> Iterator[str]:
    fill = FOLDER if chip.is_folder else PLAIN
    yield element("rect", x=chip.x, y=chip.y, width=chip.width, height=24, rx=4, fill=fill, stroke=FAINT)
    yield words(chip.text, chip.x + 7, chip.y + 16, 11, fill=INK)
    stops = _stops_in(chip.room, chip.name)
    for place, number in enumerate(stops):
        x = chip.x + chip.width - 12 - 19 * (len(stops) - 1 - place)
        yield element("circle", cx=x, cy=chip.y + 12, r=8.5, fill=WAY)
        yield words(str(number), x, chip.y + 15.5, 10, fill=PAPER, text_anchor="middle", font_weight="bold")


def _arcs(tops: dict[str, tuple[float, float]]) -> Sequence[str]:
    """For each pair of rooms, an arrow from the one that imports to the one that is imported, with how many files do."""
    left = WIDTH - ARCS
    shapes = []
    for room, other, users in ways_between():
        start, end = (tops[one][0] + HEAD / 2 + 6 * (one is room) for one in (room, other))
        out = left + 16 + 19 * (ROOMS.index(room) - ROOMS.index(other))
        path = f"M{left:g} {start:g}C{out:g} {start:g} {out:g} {end:g} {left + 3:g} {end:g}"
        shapes.append(element("path", d=path, fill="none", stroke=QUIET, stroke_width=0.6 + users / 60))
        shapes.append(element("path", d=f"M{left:g} {end:g}l7 -3.5v7z", fill=QUIET))
    return shapes


def write() -> None:
    """Write the picture anew."""
    FILE.write_text(picture() + "\n", encoding="utf-8")
