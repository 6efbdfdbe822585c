"""What `import goalmap` gives: a verb for each stage, and errors that say what to do."""

import inspect
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import goalmap
from goalmap.api.tables import MOST_SHOWN, WIDTH, table_of
from goalmap.classify.pipeline import Settings, analyse
from goalmap.classify.proposals import classifier
from goalmap.extract.extract import extract_names
from goalmap.ingest.document import Kind, Passage
from goalmap.ingest.read import read_document

ROOT = Path(__file__).parent.parent
RELEASE = goalmap.example_folder() / "lockgate-trust-press-release-2023-03.txt"
HOSTILE = "<script>alert(1)</script> & <b>We opened a nursery for 40 families and trained 12 child-minders.</b>"
HEAVY = ("numpy", "spacy", "sklearn", "onnxruntime", "sqlite_utils", "rich", "jinja2")


@pytest.fixture(scope="module")
def document() -> goalmap.Document:
    return goalmap.read(RELEASE)


# The names


def test_all_that_is_exported_is_there_and_nothing_public_is_missing() -> None:
    assert {name for name in goalmap.__all__ if not hasattr(goalmap, name)} == set()
    public = {name for name, thing in vars(goalmap).items() if name[0] != "_" and not inspect.ismodule(thing)}
    assert public == set(goalmap.__all__) - {"__version__"}


def test_no_exported_name_is_that_of_a_room_which_would_take_its_place_once_it_is_imported() -> None:
    rooms = {path.name for path in ROOT.iterdir() if path.is_dir()} | {path.stem for path in ROOT.glob("*.py")}
    assert rooms.isdisjoint(goalmap.__all__)


def test_all_that_is_exported_says_what_it_is_and_has_types() -> None:
    things = [getattr(goalmap, name) for name in goalmap.__all__ if name != "__version__"]
    assert [thing for thing in things if not inspect.getdoc(thing)] == []
    verbs = [thing for thing in things if inspect.isfunction(thing)]
    assert len(verbs) >= 6
    for verb in verbs:
        signature = inspect.signature(verb)
        assert signature.return_annotation is not inspect.Signature.empty
        assert all(one.annotation is not inspect.Parameter.empty for one in signature.parameters.values())


def test_an_attribute_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'extrakt'"):
        goalmap.extrakt  # noqa: B018


def test_the_import_brings_nothing_heavy_along() -> None:
    script = f"import sys, goalmap; print([name for name in {HEAVY!r} if name in sys.modules], goalmap.__version__)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", goalmap.__version__]


# The stages


def test_a_file_is_read_as_the_pipeline_reads_it(document: goalmap.Document) -> None:
    assert document.passages == read_document(RELEASE).passages
    assert document.name == RELEASE.name
    assert document.text.startswith(document.passages[0].text)


def test_names_and_proposals_are_those_of_the_pipeline(document: goalmap.Document) -> None:
    result = analyse(RELEASE, Settings())
    names, proposals = goalmap.find_names(document), goalmap.propose_goals(document)
    assert names.entities == result.names.entities
    assert names.mentions == result.names.mentions
    assert names.quotations == result.names.quotations
    assert tuple(one.proposal for one in proposals) == result.proposals
    assert len(proposals) > 3


def test_names_lead_back_into_the_text(document: goalmap.Document) -> None:
    names = goalmap.find_names(document)
    assert {entity.name for entity in names.people} >= {"Elin Prosser", "Amara Nwosu"}
    assert any(entity.name == "Doors Open" for entity in names.initiatives)
    assert any(post.person == "Amara Nwosu" and post.title == "Chief Executive" for post in names.posts)
    assert any(one.speaker == "Elin Prosser" and one.words.startswith("Nobody on our courses") for one in names.said)
    for mention in names.mentions:
        text = document.passages[mention.span.passage].text
        assert text[mention.span.start : mention.span.end] == mention.surface


def test_a_proposal_tells_its_goal_its_words_and_its_passage(document: goalmap.Document) -> None:
    for one in goalmap.propose_goals(document, fast=True):
        assert one.passage in document.passages
        assert 0 < one.score <= 1
        assert one.name in one.reason
        assert all(words in one.text for words in one.words)


def test_texts_are_judged_one_by_one_whatever_stands_beside_them() -> None:
    texts = [
        "We opened a nursery for 40 families and trained 12 child-minders.",
        "Rydym wedi agor meithrinfa.",
        "Thanks.",
    ]
    together = goalmap.propose_goals(texts, fast=True)
    apart = [one.proposal.score for text in texts for one in goalmap.propose_goals(text, fast=True)]
    assert [one.proposal.score for one in together] == apart
    assert together.codes == ("1",)


def test_a_lower_threshold_proposes_more() -> None:
    text = "Our volunteers read with children in three schools every week."
    usual, low = (goalmap.propose_goals(text, fast=True, threshold=limit) for limit in (None, 0.01))
    assert len(low) > len(usual)
    assert {one.code for one in usual} <= {one.code for one in low}


def test_several_frameworks_are_there_and_each_has_its_goals() -> None:
    assert goalmap.frameworks().column("name") == tuple(row["name"] for row in goalmap.frameworks())
    assert goalmap.goals("nhs-anchor").columns == ("code", "name", "scope")
    found = goalmap.propose_goals("We pay the real living wage to every cleaner.", "nhs-anchor", fast=True)
    assert found.framework.id == "nhs-anchor"


def test_an_own_framework_is_taken_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    toml = 'id = "mine"\nname = "Mine"\nversion = "1"\nextends = "purpose-goals"\n'
    file.write_text(toml, encoding="utf-8")
    found = goalmap.propose_goals("We opened a nursery for 40 families.", str(file), fast=True)
    usual = goalmap.propose_goals("We opened a nursery for 40 families.", fast=True)
    assert (found.framework.name, found.codes) == ("Mine", usual.codes)
    assert goalmap.goals(str(file)).column("code") == goalmap.goals().column("code")


def test_a_document_in_an_archive_is_shown_like_any_other(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "letters.zip", "w") as archive:
        archive.write(RELEASE, "july/release.txt")
    (inside,) = goalmap.read(tmp_path / "letters.zip").parts
    assert isinstance(inside, goalmap.Document)
    assert repr(inside).startswith("<Document 'release.txt', ok, 16 passages")


# What goes wrong


@pytest.mark.parametrize(
    ("call", "advice"),
    [
        (lambda: goalmap.read("nothing.pdf"), "There is no file 'nothing.pdf'. Check the spelling"),
        (lambda: goalmap.read(RELEASE.parent), r"is a folder. Read it into a store: goalmap.open\('work.db'\).ingest"),
        (lambda: goalmap.find_names(str(RELEASE)), "is a file, not a text. Read it first: goalmap.read"),
        (lambda: goalmap.propose_goals(str(RELEASE)), "is a file, not a text"),
        (lambda: goalmap.propose_goals("A text.", "sdg"), "No framework is called 'sdg'. There are: levelling-up"),
        (lambda: goalmap.propose_goals("A text.", "none.toml"), "There is no file 'none.toml'"),
        (lambda: goalmap.goals("sdg"), "No framework is called 'sdg'"),
        (lambda: goalmap.frameworks().column("nome"), "No column is called 'nome'.* There are: name, goals"),
    ],
)
def test_an_error_says_what_to_do(call: Callable[[], object], advice: str) -> None:
    with pytest.raises(goalmap.GoalmapError, match=advice):
        call()


def test_a_file_that_cannot_be_read_is_a_document_that_says_why(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    document = goalmap.read(tmp_path / "empty.pdf")
    assert document.status == "no_text"
    assert "The file is empty." in repr(document)
    assert "The file is empty." in document._repr_html_()
    assert len(goalmap.propose_goals(document)) == 0
    assert goalmap.find_names(document).entities == ()


# How it is shown


def test_all_is_shown_in_a_line_or_a_few(document: goalmap.Document) -> None:
    names, proposals = goalmap.find_names(document), goalmap.propose_goals(document)
    assert repr(document).startswith(f"<Document '{RELEASE.name}', ok, 16 passages")
    assert repr(names).startswith(f"<Names in '{RELEASE.name}': 5 people, ")
    lines = repr(proposals).splitlines()
    assert lines[0].startswith("Purpose Goals 2022: ")
    assert len(lines) == 2 + len(proposals)
    assert max(map(len, lines)) <= WIDTH
    assert repr(proposals[0]).startswith(f"<{proposals[0].code} ")
    assert repr(proposals[:0]).endswith("0 proposals on 0 of 16 passages")


def test_rich_prints_the_parts(document: goalmap.Document) -> None:
    from rich.pretty import pretty_repr

    assert "title='Charity and hospital promise" in pretty_repr(document)
    assert "organisations=[" in pretty_repr(goalmap.find_names(document))
    assert "stage='" in pretty_repr(goalmap.propose_goals(document, fast=True)[0])
    assert "nothing read yet" in pretty_repr(goalmap.open("nothing.db"))


def test_a_notebook_shows_the_words_that_speak_for_a_goal_marked() -> None:
    (one, *_) = proposals = goalmap.propose_goals("We opened a nursery for 40 families and trained 12 child-minders.")
    html = proposals._repr_html_()
    assert one.words
    assert all(f'<mark class="evidence" title="evidence">{words}</mark>' in html for words in one.words)
    assert one._repr_html_().count("<tr>") == 2


def test_no_markup_of_a_document_reaches_a_notebook(tmp_path: Path) -> None:
    file = tmp_path / "hostile<img src=x onerror=alert(2)>.txt"
    file.write_text(
        f"<h1>{HOSTILE}</h1>\n\n{HOSTILE}\n\nAmara <i>Nwosu</i>, chief executive of <u>Lockgate</u> Trust, spoke."
    )
    document = goalmap.read(file)
    found = goalmap.propose_goals([HOSTILE], fast=True, threshold=0.001)
    assert len(found) > 0
    shown = [document, goalmap.find_names(document), found, found[0], found.table(), table_of(["<b>"], [[HOSTILE]])]
    for html in (one._repr_html_() for one in (*shown, goalmap.open(f"{tmp_path}/<b>.db"))):  # type: ignore[attr-defined]
        assert not any(tag in html for tag in ("<script", "<b>", "<img", "<i>", "<u>", "<h1"))
    assert "&lt;script&gt;" in found._repr_html_()


# Tables


def test_a_table_is_rows_to_go_through() -> None:
    table = table_of(("a", "b"), ((number, "x" * 500) for number in range(30)))
    assert (len(table), table[3]["a"], table[-1]["a"], table[2:4].column("a")) == (30, 3, 29, (2, 3))
    assert [row["a"] for row in table] == list(range(30))


def test_a_table_shows_what_it_leaves_out() -> None:
    table = table_of("abcdefgh", ([number, "x\ny" * 500, b"12", None, *"efgh"] for number in range(30)))
    lines = repr(table).splitlines()
    assert lines[-1] == "10 more rows; columns not shown: g, h"
    assert len(lines) == MOST_SHOWN + 2
    assert max(map(len, lines)) <= WIDTH
    assert "2 bytes" in lines[1]
    assert "10 more rows" in table._repr_html_()
    assert repr(table_of(("a",), ())) == "a\nno rows"


def test_probabilities_are_nought_for_passages_that_cannot_report_an_activity() -> None:
    texts = ("We opened a nursery for 40 families.", "Page 2 of 8", "Contact the press office.")
    kinds = (Kind.BODY, Kind.FOOTER, Kind.CONTACT)
    passages = [Passage(place, kind, text) for place, (kind, text) in enumerate(zip(kinds, texts, strict=True))]
    found = classifier("purpose-goals").probabilities(passages)
    assert found.shape == (3, 14)
    assert found[0].max() > 0.5
    assert found[1:].max() == 0


def test_names_are_those_of_the_rules_for_a_text_too(document: goalmap.Document) -> None:
    from goalmap.classify.pipeline import name_tagger

    assert goalmap.find_names(document).roles == extract_names(document, name_tagger()).roles
