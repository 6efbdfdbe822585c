"""goalmap in a spaCy pipeline gives what goalmap gives, and the pipeline can be saved, copied and run in batches."""

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import goalmap
from goalmap.api.documents import of_passages
from goalmap.api.spacy_components import paragraphs
from goalmap.extract.tagger.model import load_stock

TEXT = goalmap.read(goalmap.example_folder() / "lockgate-trust-press-release-2023-03.txt").text
OWN = """
id = "lending"
name = "Lending"
version = "1"
extends = "purpose-goals"
"""


@pytest.fixture(scope="module")
def pipeline() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("goalmap_names")
    nlp.add_pipe("goalmap_goals", config={"fast": True})
    return nlp


@pytest.fixture(scope="module")
def doc(pipeline: Language) -> Doc:
    return pipeline(TEXT)


def test_the_goals_are_those_of_goalmap_on_the_same_passages(doc: Doc) -> None:
    wanted = goalmap.propose_goals(of_passages(TEXT.split("\n\n")), fast=True)
    assert [(one.code, one.score, one.stage, one.reason) for one in doc._.goals] == [
        (one.code, one.score, one.stage, one.reason) for one in wanted
    ]
    assert [doc.text[one.start : one.end] for one in doc._.goals] == [one.text for one in wanted]
    assert [tuple(doc.text[start:end] for start, end in one.evidence) for one in doc._.goals] == [
        one.words for one in wanted
    ]
    assert len(wanted) > 3


def test_each_goal_is_a_span_too(doc: Doc) -> None:
    spans = [(span.label_, span.kb_id_, span.text) for span in doc.spans["goals"]]
    assert spans == [(one.code, one.name, doc.text[one.start : one.end]) for one in doc._.goals]


def test_the_names_are_those_of_goalmap_on_the_same_passages(doc: Doc) -> None:
    wanted = goalmap.find_names(of_passages(TEXT.split("\n\n")))
    found = [(span.label_, span.kb_id_, span.id_, span.text) for span in doc.spans["goalmap"]]
    assert found == [
        (
            wanted.entities[mention.entity].kind.value.upper(),
            wanted.entities[mention.entity].name,
            str(mention.entity),
            mention.surface,
        )
        for mention in wanted.mentions
    ]
    assert ("INITIATIVE", "Doors Open") in {(span.label_, span.kb_id_) for span in doc.ents}


def test_batches_give_what_single_texts_give(pipeline: Language, doc: Doc) -> None:
    docs = list(pipeline.pipe([TEXT, "", "We opened a nursery for 40 families.", TEXT], batch_size=3))
    assert [one._.goals for one in (docs[0], docs[3])] == [doc._.goals] * 2
    assert [one.code for one in docs[2]._.goals] == ["1"]
    assert (docs[1]._.goals, list(docs[1].ents)) == ((), [])
    assert [str(span) for span in docs[3].spans["goalmap"]] == [str(span) for span in doc.spans["goalmap"]]


@pytest.mark.slow
def test_processes_give_what_one_gives(pipeline: Language, doc: Doc) -> None:
    docs = list(pipeline.pipe([TEXT, TEXT], n_process=2))
    assert [one._.goals for one in docs] == [doc._.goals] * 2


def test_a_document_keeps_what_was_found_when_it_is_saved(pipeline: Language, doc: Doc) -> None:
    assert Doc(pipeline.vocab).from_bytes(doc.to_bytes())._.goals == doc._.goals
    (again,) = DocBin(store_user_data=True, docs=[doc]).get_docs(pipeline.vocab)
    assert again._.goals == doc._.goals


def test_a_pipeline_is_the_same_once_it_is_saved_and_loaded(pipeline: Language, doc: Doc, tmp_path: Path) -> None:
    pipeline.to_disk(tmp_path / "pipeline")
    assert spacy.load(tmp_path / "pipeline")(TEXT)._.goals == doc._.goals
    loaded = spacy.blank("en")
    loaded.add_pipe("goalmap_names")
    loaded.add_pipe("goalmap_goals", config={"fast": True})
    assert loaded.from_bytes(pipeline.to_bytes())(TEXT)._.goals == doc._.goals


def test_a_pipeline_brings_its_own_framework_along(tmp_path: Path) -> None:
    file = tmp_path / "lending.toml"
    file.write_text(OWN, encoding="utf-8")
    nlp = spacy.blank("en")
    nlp.add_pipe("goalmap_goals", config={"framework": str(file), "fast": True})
    nlp.to_disk(tmp_path / "pipeline")
    kept = nlp.to_bytes()
    file.unlink()
    for loaded in (spacy.load(tmp_path / "pipeline"), spacy.load(tmp_path / "pipeline").from_bytes(kept)):
        (goal,) = loaded("We opened a nursery for 40 families.")._.goals
        assert (goal.framework, goal.code) == ("lending", "1")


def test_settings_are_those_of_goalmap() -> None:
    text = "Our volunteers read with children in three schools every week."
    nlp = spacy.blank("en")
    nlp.add_pipe("goalmap_goals", config={"framework": "un-sdgs", "fast": True, "threshold": 0.05})
    wanted = goalmap.propose_goals(text, "un-sdgs", fast=True, threshold=0.05)
    assert [one.code for one in nlp(text)._.goals] == [one.code for one in wanted]
    assert len(wanted) > 0


@pytest.mark.parametrize("overwrites", [False, True])
def test_after_another_tagger_its_names_stand_unless_ours_are_asked_for(overwrites: bool) -> None:
    text = "Amara Nwosu, chief executive of Lockgate Trust, opened Doors Open in Severnholme."
    nlp = load_stock()
    stock = {(one.start, one.end, one.label_) for one in nlp(text).ents}
    nlp.add_pipe("goalmap_names", config={"overwrite_ents": overwrites})
    doc = nlp(text)
    ents = {(one.start, one.end, one.label_) for one in doc.ents}
    ours = {(one.start, one.end, one.label_) for one in doc.spans["goalmap"]}
    assert (ours if overwrites else stock) <= ents
    assert stock
    assert ours


@pytest.mark.parametrize(
    ("framework", "advice"),
    [("sdg", "No framework is called 'sdg'. There are:"), ("none.toml", "There is no file 'none.toml'")],
)
def test_a_framework_that_is_not_there_is_told(framework: str, advice: str) -> None:
    with pytest.raises(goalmap.GoalmapError, match=advice):
        with_goals(framework)("A text of four words.")


def with_goals(framework: str) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("goalmap_goals", config={"framework": framework})
    return nlp


@given(st.lists(st.text(alphabet=" \n\tab\u00a0\r", max_size=12), max_size=6).map("\n\n".join))
def test_paragraphs_hold_every_word_in_order_and_no_blank_line(text: str) -> None:
    parts = [text[start:end] for start, end in paragraphs(text)]
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part == part.strip() and part for part in parts)
    assert not any(line.strip() == "" for part in parts for line in part.split("\n"))
