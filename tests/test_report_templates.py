"""Report templates: those that are shipped, those of one's own, and what is said of faults in them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.classify.goals import frameworks
from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.report.outlines.faults import faults
from goalmap.report.outlines.templates import Template, TemplateProblem, find, names, read, text_of
from goalmap.report.section import Kind, Option, Row
from goalmap.report.sections.table import SECTIONS

HEAD = 'name = "ours"\ntitle = "Report on {organisation}"\n'


def problem(text: str) -> str:
    with pytest.raises(TemplateProblem) as raised:
        read(text, SECTIONS, "ours.toml")
    return str(raised.value)


def test_four_templates_are_shipped_and_each_can_be_used() -> None:
    assert names() == ("breaking-down-barriers", "impact", "progress", "social-mobility")
    for name in names():
        template = find(name, SECTIONS)
        assert template.name == name
        assert template.description
        assert "{organisation}" in template.title
        assert {"goals", "gaps", "recommendations", "method", "sources"} <= {row.use for row in template.rows}


def test_the_impact_report_has_the_order_of_real_ones() -> None:
    uses = [row.use for row in find("impact", SECTIONS).sections]
    parts = ["own-words", "organisation", "framework", "strengths", "mapping", "goals", "outcomes", "practice", "gaps"]
    assert [use for use in uses if use in parts] == parts
    assert uses[-4:] == ["recommendations", "people-quoted", "method", "sources"]


def test_a_template_is_no_framework() -> None:
    assert not [name for name in frameworks.names() if name.startswith("report-")]
    with pytest.raises(UnknownName, match="purpose-goals"):
        frameworks.load("report-impact")


def test_a_template_of_ones_own_may_nest_and_order_sections_as_it_likes() -> None:
    template = read(
        HEAD
        + """
[[sections]]
use = "sources"
title = "Where this is from"

[[sections]]
use = "own-words"
title = "All the rest"

[[sections.sections]]
use = "strengths"
title = "What goes well"
most = 2
""",
        SECTIONS,
    )
    assert [(row.id, row.use) for row in template.rows] == [
        ("s-1", "sources"),
        ("s-2", "own-words"),
        ("s-2-1", "strengths"),
    ]
    strengths = template.sections[1].sections[0]
    assert (strengths.number("most"), strengths.number("least"), strengths.yes("rule")) == (2, 3, True)


def test_a_section_that_is_not_known_is_refused_with_those_there_are_and_its_line() -> None:
    told = problem(
        HEAD + '\n[[sections]]\nuse = "goals"\ntitle = "A"\n\n[[sections]]\nuse = "strenghts"\ntitle = "B"\n'
    )
    assert told.startswith("The template ours.toml cannot be used: line 9: No section is called 'strenghts'.")
    assert "Is 'strengths' meant? There are: own-words, summary," in told


def test_an_option_that_is_not_known_is_refused_with_those_of_its_section() -> None:
    told = problem(HEAD + '\n[[sections]]\nuse = "strengths"\ntitle = "A"\nmots = 3\n')
    assert told.endswith(
        "line 7: No option of the section 'strengths' is called 'mots'. Is 'most' meant? There are: most, least, rule."
    )


FAULTS = (
    ("most = -1", "line 6: most must be a whole number, 0 or more."),
    ("most = true", "line 6: most must be a whole number, 0 or more."),
    ('rule = "yes"', "line 6: rule must be true or false."),
    ("text = 3", "line 6: text must be a text in quotes."),
    ('text = "Written for {reader}"', "line 6: Nothing can stand for {reader} in text."),
    ('text = "Written for {organisation"', "line 6: The braces in text do not close."),
    ('text = "{organisation!r}"', "line 6: Nothing can stand for {organisation} in text."),
    ('sections = "none"', "line 6: sections must be tables"),
)


@pytest.mark.parametrize(("line", "expected"), FAULTS)
def test_a_value_that_makes_no_sense_is_refused_with_its_line(line: str, expected: str) -> None:
    assert expected in problem(f'{HEAD}[[sections]]\nuse = "strengths"\ntitle = "A"\n{line}\n')


def test_a_column_that_is_not_known_is_refused() -> None:
    told = problem(f'{HEAD}[[sections]]\nuse = "mapping"\ntitle = "A"\ncolumns = ["goal", "titel"]\n')
    assert "line 6: No value of columns is called 'titel'." in told
    assert "output, outcome, evidence, standing" in told


def test_all_faults_are_told_at_once() -> None:
    told = problem('name = ""\nsubtitle = "x"\n\n[[sections]]\nuse = "goals"\n')
    assert told.split("\n")[1:] == [
        "- It lacks 'title'.",
        "- line 1: name must be a text in quotes.",
        "- line 2: No key is called 'subtitle'. Is 'title' meant? There are: name, title, description, sections.",
        "- line 4: A section needs 'title', a text in quotes.",
    ]


def test_a_template_without_sections_or_that_is_not_toml_is_refused() -> None:
    assert "It has no sections" in problem(HEAD)
    assert "It has no sections" in problem(HEAD + "sections = 3\n")
    assert "is not TOML" in problem(HEAD + "[[sections]\n")


def test_lines_in_a_long_text_are_not_taken_for_sections() -> None:
    text = f'{HEAD}[[sections]]\nuse = "goals"\ntitle = "A"\ntext = """\n[[sections]]\nmost = 3\n"""\nmots = 1\n'
    assert "line 10: No option of the section 'goals' is called 'mots'" in problem(text)


def test_sections_stand_three_deep_at_most() -> None:
    rows = "".join(f'[[{".".join(["sections"] * depth)}]]\nuse = "own-words"\ntitle = "A"\n' for depth in range(1, 5))
    assert problem(HEAD + rows).endswith("line 13: Sections may stand 3 deep, not deeper.")


def test_a_file_of_ones_own_is_found_by_its_path(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("\ufeff" + text_of("impact"), "utf-8")
    assert find(str(file), SECTIONS).sections == find("impact", SECTIONS).sections
    with pytest.raises(NotFound, match="goalmap report templates show impact"):
        find(str(tmp_path / "none.toml"), SECTIONS)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TemplateProblem, match="Save it as UTF-8"):
        find(str(file), SECTIONS)


def test_a_name_that_is_not_shipped_is_answered_with_those_that_are() -> None:
    with pytest.raises(UnknownName, match="breaking-down-barriers, impact, progress, social-mobility"):
        find("annual", SECTIONS)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
keys = st.sampled_from(["name", "title", "use", "text", "sections", "most", "columns"]) | st.text(max_size=8)
rows = st.dictionaries(keys, values | st.sampled_from(["goals", "mapping", "own-words"]), max_size=6)


@given(st.dictionaries(keys, values | st.lists(rows, max_size=3), max_size=6))
def test_whatever_a_template_holds_is_used_or_refused(data: dict[str, object]) -> None:
    found = faults(data, SECTIONS)
    assert found or {"name", "title", "sections"} <= set(data)
    assert all(str(fault) for fault in found)


def test_every_option_that_is_offered_has_a_default_of_its_own_kind() -> None:
    for kind in SECTIONS.values():
        for option in kind.options.values():
            assert option.help.endswith(".")
            if option.choices and isinstance(option.default, tuple):
                assert set(option.default) <= set(option.choices)


def test_an_option_of_texts_with_choices_takes_only_these() -> None:
    kinds = {
        "tone": Kind(
            "Says something.",
            lambda material, row: row.section(),
            {"voice": Option("plain", "How.", ("plain", "warm"))},
        )
    }
    good = read(f'{HEAD}[[sections]]\nuse = "tone"\ntitle = "A"\nvoice = "warm"\n', kinds)
    assert isinstance(good, Template)
    assert isinstance(good.sections[0], Row)
    assert good.sections[0].options["voice"] == "warm"
    with pytest.raises(TemplateProblem, match="No value of voice is called 'loud'"):
        read(f'{HEAD}[[sections]]\nuse = "tone"\ntitle = "A"\nvoice = "loud"\n', kinds)
