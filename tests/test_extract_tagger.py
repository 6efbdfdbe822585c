"""The trained name tagger: what it is trained on, that it can be made again, and that nobody changed it."""

import json
from functools import cache
from importlib import resources
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.classify.evaluation.alignment import shingles_of, words_of
from goalmap.classify.evaluation.gold import gold_documents
from goalmap.extract.candidates import Label
from goalmap.extract.tagger import model, training
from goalmap.extract.tagger.markup import LABELS, Marked, marked_passages, read_marked
from goalmap.extract.tagger.variation import further_names, look_of, pool_of, varied
from goalmap.ingest.errors import ModelProblem

DATA = Path(__file__).parent / "data"
FEW = 120
RUN = 8
"""Words in a row that two writers do not share by chance."""

plain = st.text(st.characters(codec="utf-8", exclude_characters="[]", exclude_categories=("Cs", "Cc")), max_size=20)
names = plain.filter(lambda words: words.strip() == words and words != "")


@given(st.lists(st.tuples(plain, names, st.sampled_from(sorted(LABELS))), max_size=6), plain)
def test_marks_give_the_words_and_places_that_were_marked(parts: list[tuple[str, str, str]], end: str) -> None:
    line = "".join(f"{before}[{words}]({letter})" for before, words, letter in parts) + end
    passage = read_marked(line, "voice")
    assert passage.text == "".join(before + words for before, words, _ in parts) + end
    assert [(passage.text[n.start : n.end], n.label) for n in passage.names] == [
        (words, LABELS[letter]) for _, words, letter in parts
    ]


def test_every_mark_of_the_training_passages_is_well_formed() -> None:
    passages = marked_passages()
    assert len(passages) > 3000
    assert not [p.text for p in passages if "](" in p.text or "[" in p.text]
    for passage in passages:
        for name in passage.names:
            words = passage.text[name.start : name.end]
            assert words == words.strip(), passage.text
            assert words


def test_no_training_passage_is_in_two_voices() -> None:
    texts = [passage.text for passage in marked_passages()]
    assert len(texts) == len(set(texts))


def test_nothing_of_the_gold_sets_is_among_the_training_passages() -> None:
    trained = {run for passage in marked_passages() for run in shingles_of(passage.text, RUN)}
    for folder in ("gold", "second", "third"):
        for document in gold_documents(DATA / folder):
            for passage in document.passages:
                runs = shingles_of(passage.text, RUN)
                if len(words_of(passage.text)) > 2 * RUN:
                    assert len(runs & trained) <= 0.2 * len(runs), passage.text


passages_once = cache(marked_passages)


@given(st.integers(0, 10_000))
def test_a_variant_has_names_of_the_same_labels_and_look_in_the_same_order(seed: int) -> None:
    random = Random(seed)
    passage = random.choice(passages_once())
    variant = varied(passage, pool_of([passage]), random)
    assert [name.label for name in variant.names] == [name.label for name in passage.names]
    for ours, theirs in zip(variant.names, passage.names, strict=True):
        assert 0 <= ours.start < ours.end <= len(variant.text)
        if variant.text != variant.text.upper():
            assert look_of(variant.text[ours.start : ours.end]) == look_of(passage.text[theirs.start : theirs.end])


def test_one_name_is_exchanged_for_the_same_other_throughout() -> None:
    passage = read_marked("[Ann Lee](P) met [Bo Dunn](P). [Ann Lee](P) left.", "v")
    for seed in range(40):
        variant = varied(passage, pool_of([passage]), Random(seed))
        surfaces = [variant.text[name.start : name.end].casefold() for name in variant.names]
        assert surfaces[0] == surfaces[2]


def test_the_list_of_further_names_holds_people_bodies_and_schemes() -> None:
    found = further_names()
    assert {label for label, _ in found} == {"PERSON", "ORG", "INITIATIVE"}
    assert len(found) == len(set(found)) > 2000


def test_the_shipped_tagger_is_the_one_that_its_card_describes() -> None:
    card = model.card()
    assert card.facts["passages"] == _by_voice(marked_passages())
    assert set(card.facts["figures"]) == set(LABELS.values())
    assert model.load_model().pipe_names == ["ner"]


def _by_voice(passages: list[Marked]) -> dict[str, int]:
    voices = [passage.voice for passage in passages]
    return {voice: voices.count(voice) for voice in sorted(set(voices))}


def test_an_altered_tagger_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (model.Card.MODEL, model.Card.FILE, model.HASHES):
        (tmp_path / name).write_bytes((resources.files("goalmap.models") / name).read_bytes())
    card = json.loads((tmp_path / model.Card.FILE).read_text("utf-8"))
    (tmp_path / model.Card.FILE).write_text(json.dumps({**card, "fingerprint": "0000000000"}), "utf-8")
    monkeypatch.setattr(model, "models_folder", lambda: tmp_path)
    with pytest.raises(ModelProblem, match="make models"):
        model.load_model()


@pytest.mark.slow
def test_the_same_data_and_seed_give_the_same_tagger() -> None:
    passages = marked_passages()[:: len(marked_passages()) // FEW]
    first, second = (training.train(passages, rounds=3) for _ in range(2))
    texts = [passage.text for passage in passages]
    assert [training.labels_of(first, text) for text in texts] == [training.labels_of(second, text) for text in texts]
    assert any(training.labels_of(first, text) for text in texts)


@pytest.mark.slow
def test_the_shipped_tagger_knows_what_it_was_taught() -> None:
    nlp = model.load_model()
    passages = marked_passages()[::10]
    wanted = {(p.text, name) for p in passages for name in p.names}
    found = {
        (p.text, name) for p in passages for name in training.labels_of(nlp, p.text) if name.label in LABELS.values()
    }
    assert len(wanted & found) > 0.9 * len(wanted)


def test_labels_are_of_the_words_they_stand_on() -> None:
    nlp = model.load_model()
    text = "Dame Olwen Price chairs Severn Hills NHS Trust, which runs the Kettle On programme."
    labels = training.labels_of(nlp, text)
    assert Label(5, 16, "PERSON") in labels or Label(0, 16, "PERSON") in labels
    assert Label(text.index("Severn"), text.index(","), "ORG") in labels
