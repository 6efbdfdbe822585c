"""Pictures: what they show stands in them, whatever it is called, and they are the same every time."""

import re
from collections.abc import Callable
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from goalmap.pictures import inks
from goalmap.pictures.bars import stacked
from goalmap.pictures.grid import grid
from goalmap.pictures.layout import Spot, laid_out
from goalmap.pictures.lines import moment, over_time, told_of
from goalmap.pictures.model import Bar, GridRow, Node, Point, Series, Tie
from goalmap.pictures.network import network
from goalmap.pictures.svg import INK, PAPER, QUIET, leads
from goalmap.pictures.text import UNNAMED, clean, shortened, width_of, wrapped

STAGES = ("delivered", "ongoing", "planned", "aspiration")
HOSTILE = (
    "<script>alert('x')</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "\u202egnorw eht yaw dnuor\u202c",
    "bell \x07 null \x00 lone \ud800",
    "مرحبا بكم",
    "word " * 500,
    "W" * 5000,
    "",
    "]]>&amp;<!--",
)


def bars_of(label: str, href: str = "") -> Markup:
    return stacked(label, label, [label, *STAGES], [Bar(label, (1, 2, 0, 3, 4), href, (href, "", "", "", ""))])


def grid_of(label: str, href: str = "") -> Markup:
    return grid(label, label, [label, "8"], [GridRow(label, (3, None), (href, ""), href)])


def lines_of(label: str, href: str = "") -> Markup:
    points = (Point("2022", 3.0, label, href), Point("2023-03-31", 5.0, "5"), Point(label, 1.0, label))
    return over_time(label, label, [Series(label, label, points, href)])


def network_of(label: str, href: str = "") -> Markup:
    nodes = [Node("a", label, label, href), Node("b", "Ada Ray", "person"), Node("c", "Alone", "initiative")]
    return network(label, label, nodes, [Tie("b", "a", label, True), Tie("a", "z", "to nobody"), Tie("a", "a", "self")])


PICTURES: tuple[Callable[..., Markup], ...] = (bars_of, grid_of, lines_of, network_of)
EMPTY = (
    stacked("None", "None", STAGES, []),
    stacked("None", "None", [], []),
    grid("None", "None", [], []),
    grid("None", "None", ["8"], []),
    over_time("None", "None", []),
    over_time("None", "None", [Series("Jobs", "", ())]),
    network("None", "None", [], []),
)


def parsed(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)


def words_in(picture: str) -> list[str]:
    return ["".join(found.itertext()) for found in parsed(picture).iter("{http://www.w3.org/2000/svg}text")]


def names_in(picture: str) -> list[str]:
    return [found.text or "" for found in parsed(picture).iter("{http://www.w3.org/2000/svg}title")]


@pytest.mark.parametrize("label", HOSTILE)
@pytest.mark.parametrize("draw", PICTURES)
def test_hostile_names_are_shown_as_they_are_and_do_nothing(draw: Callable[..., Markup], label: str) -> None:
    picture = draw(label, label)
    root = parsed(picture)
    assert {found.tag.rpartition("}")[2] for found in root.iter()} <= {
        *("svg", "title", "desc", "rect", "text", "g", "a", "defs", "pattern", "path", "circle", "polygon")
    }
    assert not [name for found in root.iter() for name in found.attrib if name.startswith("on")]
    assert not re.search("[\x00-\x08\u202a-\u202e\ud800-\udfff]", picture)
    assert clean(label) in names_in(picture)


@given(st.text(max_size=60), st.sampled_from(PICTURES))
@settings(max_examples=150, deadline=None)
def test_a_picture_of_any_name_can_be_opened_by_itself(label: str, draw: Callable[..., Markup]) -> None:
    assert parsed(draw(label, label)).tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("draw", PICTURES)
def test_the_same_is_drawn_the_same_and_two_pictures_share_no_id(draw: Callable[..., Markup]) -> None:
    one, same, other = draw("Jobs"), draw("Jobs"), draw("Homes")
    assert one == same
    ids = [re.findall(r' id="([^"]+)"', picture) for picture in (one, other)]
    assert len(set(ids[0])) == len(ids[0]) >= 2
    assert not set(ids[0]) & set(ids[1])
    used = re.findall(r"url\(#([^)]+)\)", one)
    assert set(used) <= set(ids[0])


@pytest.mark.parametrize("draw", PICTURES)
def test_a_picture_is_an_image_until_it_holds_links(draw: Callable[..., Markup]) -> None:
    image, linked = parsed(draw("Jobs")), parsed(draw("Jobs", "/db/-/activities?goal=8&stage=planned"))
    assert image.get("role") == "img"
    assert linked.get("role") == "group"
    for root in (image, linked):
        assert root.find(f"*[@id='{root.get('aria-labelledby')}']") is not None
        assert root.find(f"*[@id='{root.get('aria-describedby')}']") is not None
    links = list(linked.iter("{http://www.w3.org/2000/svg}a"))
    assert links
    assert all(link.get("aria-label") and link.get("href", "").endswith("goal=8&stage=planned") for link in links)


@pytest.mark.parametrize("picture", EMPTY)
def test_a_picture_of_nothing_is_a_picture(picture: Markup) -> None:
    root = parsed(picture)
    assert float(root.get("height", "0")) > 0
    assert "nan" not in picture


def test_a_link_leads_to_this_site_or_the_web_only() -> None:
    assert all(leads(address) for address in ("/db/-/activities?a=1", "#p3", "?goal=8", "https://example.org", "a/b"))
    assert not any(
        leads(address) for address in ("", "javascript:alert(1)", "JavaScript:x", "\x00data:text/html,x", "vbscript:x")
    )


def test_every_number_of_the_bars_is_told() -> None:
    counts = (1234, 1, 0, 3)
    picture = stacked("Coverage", "By stage", STAGES, [Bar("8 Health", counts), Bar("9 Enterprise", (0, 0, 0, 0))])
    assert {"8 Health, delivered: 1,234", "8 Health, ongoing: 1", "8 Health, aspiration: 3"} <= set(names_in(picture))
    assert {"8 Health: 1,238 (1,234 delivered, 1 ongoing, 3 aspiration)", "9 Enterprise: none"} <= set(
        names_in(picture)
    )
    assert {"1,238", "1,234", "0", *STAGES} <= set(words_in(picture))


@given(st.lists(st.tuples(*[st.integers(0, 10**6)] * 4), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_bars_are_as_long_as_their_numbers_and_stay_inside(counts: list[tuple[int, ...]]) -> None:
    picture = parsed(stacked("Coverage", "", STAGES, [Bar(str(place), row) for place, row in enumerate(counts)]))
    pieces = [one for one in picture.iter("{http://www.w3.org/2000/svg}rect") if one.get("height") == "18"]
    most = max(map(sum, counts))
    drawn = [count for row in counts for count in row if count]
    assert len(pieces) == len(drawn)
    for piece, count in zip(pieces, drawn, strict=True):
        assert float(piece.attrib["width"]) == pytest.approx(384 * count / most, abs=0.02)
        assert float(piece.attrib["x"]) + float(piece.attrib["width"]) <= 392.02


def test_stages_are_told_apart_by_what_is_drawn_and_not_by_colour_alone() -> None:
    drawn = [(one.mark, one.mark or luminance(one.ground) > 0.5) for one in map(inks.ink, range(6))]
    assert len(set(drawn)) == 6


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_text_has_the_contrast_that_it_needs() -> None:
    assert min(contrast(INK, PAPER), contrast(QUIET, PAPER)) >= 4.5
    row = GridRow("Trust", tuple(range(1, 101)))
    cells = re.findall(
        r'<rect[^>]* fill="(#[0-9a-f]{6})"[^>]*/><text[^>]* fill="(#[0-9a-f]{6})"', grid("", "", ["8"] * 100, [row])
    )
    assert len(set(cells)) == 5
    assert all(contrast(ground, ink) >= 4.5 for ground, ink in cells)


@pytest.mark.parametrize("colour", [inks.BLUE, inks.VERMILION, inks.GREEN, inks.PURPLE])
def test_shapes_have_the_contrast_that_they_need(colour: str) -> None:
    assert contrast(colour, PAPER) >= 3


def test_a_grid_shows_each_number_and_a_dash_where_there_is_nothing() -> None:
    rows = [GridRow("Ashwick NHS Trust", (1, None, 1_234_567)), GridRow("Marlow College", (0, 12, 4))]
    picture = grid("Organisations by goals", "", ["8 Health", "9 Enterprise", "12 " + "Homes " * 30], rows)
    shown = words_in(picture)
    assert shown.count("–") == 2
    assert {"1", "12", "4", "1,234k", "Marlow College"} <= set(shown)
    assert {"Ashwick NHS Trust, 8 Health: 1", "Ashwick NHS Trust, 9 Enterprise: none"} <= set(names_in(picture))
    assert any(name.endswith(": 1,234,567") for name in names_in(picture))


def test_rows_must_have_a_number_for_each_column() -> None:
    with pytest.raises(ValueError, match="zip"):
        grid("", "", ["8", "9"], [GridRow("Trust", (1,))])
    with pytest.raises(ValueError, match="zip"):
        stacked("", "", STAGES, [Bar("8", (1, 2))])


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2024", "2024"),
        ("2024-03", "Mar 2024"),
        ("2024-03-31", "31 Mar 2024"),
        ("spring", "spring"),
        ("2024-13", "2024-13"),
    ],
)
def test_times_are_told_as_people_write_them(when: str, told: str) -> None:
    assert told_of(when) == told


def test_times_stand_in_order() -> None:
    times = ["2023", "2024-01-01", "2024-02-29", "2024-03", "2024", "2024-12-31", "2025-01"]
    placed = [moment(when) for when in times]
    assert placed == sorted(placed, key=lambda when: when or 0)
    assert [moment(when) for when in ("", "soon", "2024-13", "2024-00", "last year")] == [None] * 5


def test_the_newest_value_keeps_its_words_and_no_number_is_cut() -> None:
    points = tuple(Point(str(2010 + year), float(year), f"{year * 1111:,} apprentices started") for year in range(14))
    picture = over_time("Apprentices", "", [Series("Apprentices", "", points)])
    assert "14,443 apprentices started" in words_in(picture)
    assert not any(text.endswith("…") for text in words_in(picture))
    assert {f"Apprentices, {2010 + year}: {year * 1111:,} apprentices started" for year in range(14)} <= set(
        names_in(picture)
    )


def test_a_missing_year_is_bridged_by_dots_only() -> None:
    def lines(*years: str) -> list[str | None]:
        points = tuple(Point(year, 5.0, "5") for year in years)
        found = parsed(over_time("", "", [Series("", "", points)])).iter("{http://www.w3.org/2000/svg}path")
        return [one.get("stroke-dasharray") for one in found if one.get("stroke") == inks.BLUE]

    assert lines("2020", "2021", "2023") == [None, "2 4"]
    assert lines("2020") == []


def test_values_that_are_no_numbers_are_left_out() -> None:
    values = (float("nan"), float("inf"), -3.0)
    points = tuple(Point(str(2020 + place), value, str(value)) for place, value in enumerate(values))
    picture = over_time("", "", [Series("Pay gap", "%", points)])
    assert len(list(parsed(picture).iter("{http://www.w3.org/2000/svg}circle"))) == 1
    assert "Pay gap (%)" in words_in(picture)


def test_former_ties_are_dashed_and_ties_to_unknown_things_are_left_out() -> None:
    nodes = [Node("a", "Ashwick NHS Trust", "organisation"), Node("b", "Joan Field", "person")]
    picture = network("", "", nodes, [Tie("b", "a", "chair", True), Tie("b", "x", "member of")])
    assert "Joan Field – former chair – Ashwick NHS Trust" in names_in(picture)
    assert not any("member of" in name for name in names_in(picture))
    assert 'stroke-dasharray="5 4"' in picture
    assert "former" in words_in(picture)


def test_kinds_have_shapes_of_their_own() -> None:
    nodes = [Node(kind, kind, kind) for kind in ("person", "organisation", "initiative", "place")]
    drawn = [network("", "", [node], []) for node in nodes]
    shapes = [re.findall(r'<circle|<polygon points="[^"]+"', picture)[0] for picture in drawn]
    assert len(set(shapes)) == 4


def overlap(one: Spot, other: Spot) -> bool:
    beside = abs(one.x - other.x) >= one.half + other.half - 0.02
    return not (beside or one.foot <= other.top + 0.02 or other.foot <= one.top + 0.02)


def ties_among(most: int) -> st.SearchStrategy[tuple[int, set[tuple[int, int]]]]:
    def pairs(count: int) -> st.SearchStrategy[tuple[int, set[tuple[int, int]]]]:
        ends = st.integers(0, count - 1)
        return st.tuples(st.just(count), st.sets(st.tuples(ends, ends), max_size=2 * count))

    return st.integers(1, most).flatmap(pairs)


@given(ties_among(60))
@settings(max_examples=40, deadline=None)
def test_no_name_of_a_network_stands_on_another(drawn: tuple[int, set[tuple[int, int]]]) -> None:
    count, pairs = drawn
    labels = {
        f"e{place}": "Saltmarsh and Estuary Hospitals NHS Foundation Trust"[: 8 + place] for place in range(count)
    }
    spots, width, depth = laid_out(labels, {(f"e{one}", f"e{other}") for one, other in pairs})
    assert set(spots) == set(labels)
    assert not [pair for pair in combinations(spots.values(), 2) if overlap(*pair)]
    for spot in spots.values():
        assert min(spot.x - spot.half, spot.top) >= -0.01
        assert spot.x + spot.half <= width + 0.01
        assert spot.foot <= depth + 0.01


def test_a_network_is_the_same_in_whatever_order_it_comes() -> None:
    nodes = [Node(f"e{place}", f"Body {place}", "organisation") for place in range(20)]
    ties = [Tie(f"e{place}", f"e{place * 7 % 20}", "part of") for place in range(20)]
    assert network("", "", nodes, ties) == network("", "", nodes[::-1], ties[::-1])


@given(st.text(min_size=1, max_size=80), st.floats(20, 400))
def test_shortened_words_fit_and_are_the_beginning(text: str, room: float) -> None:
    found = shortened(text, room, 12)
    assert found == text or (found.endswith("…") and text.startswith(found[:-1]))
    assert width_of(found, 12) <= room or len(found) <= 2


def test_words_are_wrapped_at_spaces_and_the_last_line_is_shortened() -> None:
    lines = wrapped("Saltmarsh and Estuary Hospitals NHS Foundation Trust", 120, 12, 3)
    assert lines == ["Saltmarsh and", "Estuary Hospitals", "NHS Foundation T…"]
    assert wrapped("A B", 120, 12, 3) == ["A B"]


def test_what_has_no_name_is_said_to_have_none() -> None:
    assert [clean(None), clean(""), clean("\x00\u202e \n")] == [UNNAMED] * 3


@pytest.mark.parametrize("count", [60, 101, 400])
def test_a_crowd_and_a_long_chain_stay_readable(count: int) -> None:
    labels = {f"e{place:03}": f"Professor Name Surname {place}" for place in range(count)}
    names = sorted(labels)
    spots, width, _ = laid_out(labels, set(pairwise(names)))
    assert width < 1600
    assert not [pair for pair in combinations(spots.values(), 2) if overlap(*pair)]
