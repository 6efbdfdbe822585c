"""The pipeline: one file in, one result out; the same file and settings give the same result."""

from pathlib import Path

import pytest

from goalmap.classify.manner import Manner
from goalmap.classify.pipeline import Settings, analyse
from goalmap.extract.names import EntityKind
from goalmap.ingest.document import Status

EXAMPLES = Path(__file__).parent.parent / "examples"


def test_a_release_gives_its_names_and_goals() -> None:
    result = analyse(EXAMPLES / "lockgate-trust-press-release-2023-03.txt", Settings())
    people = {entity.name for entity in result.names.entities if entity.kind is EntityKind.PERSON}
    assert result.document.status is Status.OK
    assert {"Elin Prosser", "Amara Nwosu", "Yasmin Rahmani", "Alan Birtwhistle"} <= people
    assert "5" in {proposal.code for proposal in result.proposals}


@pytest.mark.parametrize(
    ("name", "publisher"),
    [
        ("university-press-release-2024-03-18.pdf", "University of Severnholme"),
        ("shft-impact-report-2024.pdf", "Severnholme Hospitals NHS Foundation Trust"),
        ("shft-board-paper-2024-09-26.docx", "Severnholme Hospitals NHS Foundation Trust"),
        ("news-opportunity-compact-doors-open-2024.html", "The Opportunity Compact"),
        ("harrowmead-bulletin-2024-10.eml", "Harrowmead Homes"),
    ],
)
def test_a_document_s_publisher_is_stated_or_named_most_tellingly(name: str, publisher: str) -> None:
    found = analyse(EXAMPLES / name, Settings()).document.publisher or ""
    assert found.removeprefix("The ") == publisher.removeprefix("The ")


def test_the_same_file_gives_the_same_result() -> None:
    path = EXAMPLES / "harrowmead-bulletin-2024-10.eml"
    assert analyse(path, Settings()) == analyse(path, Settings())


def test_several_frameworks_run_on_the_same_passages() -> None:
    result = analyse(EXAMPLES / "shft-board-paper-2024-09-26.docx", Settings(("purpose-goals", "un-sdgs")))
    assert {proposal.framework for proposal in result.proposals} == {"purpose-goals", "un-sdgs"}


def test_every_span_lies_inside_its_passage() -> None:
    result = analyse(EXAMPLES / "shft-impact-report-2024.pdf", Settings())
    texts = [passage.text for passage in result.document.passages]
    assert all(
        texts[mention.span.passage][mention.span.start : mention.span.end] == mention.surface
        for mention in result.names.mentions
    )
    assert all(
        0 <= start < end <= len(texts[proposal.passage])
        for proposal in result.proposals
        for start, end in proposal.evidence
    )
    assert all(
        0 <= quotation.span.start < quotation.span.end <= len(texts[quotation.span.passage])
        for quotation in result.names.quotations
    )


@pytest.mark.parametrize("name", ["no-such-file.txt", "."])
def test_what_cannot_be_opened_is_a_result_with_a_reason(tmp_path: Path, name: str) -> None:
    result = analyse(tmp_path / name, Settings())
    assert result.document.status in (Status.FAILED, Status.REFUSED)
    assert result.document.problem


def test_settings_that_differ_have_different_fingerprints() -> None:
    settings = [Settings(), Settings(("un-sdgs",)), Settings(manner=Manner("topics"))]
    assert len({one.fingerprint for one in settings}) == len(settings)
    assert Settings().fingerprint == Settings().fingerprint
