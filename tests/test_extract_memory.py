"""What the models made of a text is known again, and changes no result."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goalmap.extract import memory
from goalmap.extract.candidates import Label
from goalmap.extract.extract import extract_batch
from goalmap.extract.memory import Forgetful, Key, Reader, recalled
from goalmap.extract.tagger import labels
from goalmap.extract.tagger.labels import packed, unpacked
from goalmap.ingest.document import Document, Kind, Passage, Status

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.usefixtures("nothing_remembered")

READER = Reader("lengths", "1")
SENTENCES = (
    "Ann Lee chairs Marham Council.",
    "Joy Park, chief executive of Hollow Lane Trust, said: “We did it.”",
    "The Kettle On programme helped 40 people into work in 2023.",
    "",
    "Marham Council will open a clinic.",
)


class Shelf:
    """A memory that keeps all, or all but what a test takes out of it."""

    def __init__(self) -> None:
        self.kept: dict[Key, bytes] = {}

    def known(self, reader: Reader, keys: Sequence[Key]) -> Mapping[Key, bytes]:
        return {key: self.kept[key] for key in keys if key in self.kept}

    def keep(self, reader: Reader, made: Mapping[Key, bytes], asked: int) -> None:
        self.kept.update(made)


def lengths_of(texts: Sequence[str], read: list[str]) -> list[int]:
    """A reader that counts letters, and notes what it read."""

    def count(wanted: Sequence[str]) -> Iterator[int]:
        read.extend(wanted)
        return map(len, wanted)

    return recalled(READER, texts, count, lambda length: str(length).encode(), int)


@given(st.lists(st.lists(st.text(max_size=3), max_size=8), max_size=6), st.integers(0, 7))
def test_every_answer_is_the_readers_whatever_is_known_and_forgotten(batches: list[list[str]], forgotten: int) -> None:
    shelf, read = Shelf(), list[str]()
    memory.forget()
    memory.use(shelf)
    for place, texts in enumerate(batches):
        assert lengths_of(texts, read) == [len(text) for text in texts]
        if place % 8 == forgotten:
            memory.forget()
    assert len(read) == len(set(read)), "no text is read twice"


def test_texts_that_another_reader_knows_are_not_known() -> None:
    assert READER.key_of("text") != Reader("lengths", "2").key_of("text") != Reader("labels", "2").key_of("text")


def test_a_process_remembers_only_its_last_answers() -> None:
    read: list[str] = []
    lengths_of([str(number) for number in range(memory.RECENT + 1)], read)
    lengths_of(["0", str(memory.RECENT)], read)
    assert read[memory.RECENT + 1 :] == ["0"]


LABELS = st.builds(Label, st.integers(0, 9000), st.integers(0, 9000), st.sampled_from(["PERSON", "ORG", "GPE"]))


@given(st.lists(LABELS, max_size=9))
def test_labels_are_kept_as_they_are(said: list[Label]) -> None:
    assert unpacked(packed(said)) == said


def document_of(sentences: Sequence[str]) -> Document:
    passages = tuple(Passage(place, Kind.BODY, sentence) for place, sentence in enumerate(sentences))
    return Document("a.txt", Status.OK, passages=passages)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.sampled_from(SENTENCES), max_size=4), max_size=4), st.data())
def test_names_are_the_same_with_and_without_a_memory(
    nlp: "Language", batches: list[list[str]], data: st.DataObject
) -> None:
    documents = [document_of(sentences) for sentences in batches]
    memory.use(Forgetful())
    memory.forget()
    alone = list(extract_batch(documents, nlp))
    shelf = Shelf()
    memory.use(shelf)
    for _ in range(3):
        memory.forget()
        assert list(extract_batch(documents, nlp)) == alone
        for key in data.draw(st.lists(st.sampled_from(sorted(shelf.kept)), max_size=3)) if shelf.kept else []:
            shelf.kept.pop(key, None)


def test_texts_of_any_length_keep_their_own_labels(nlp: "Language", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labels, "BATCH", 3)
    monkeypatch.setattr(labels, "BATCH_LETTERS", 120)
    texts = [sentence * times for times in (3, 1, 2) for sentence in SENTENCES]
    assert labels.labels_of(texts, nlp) == [labels.labels_in(nlp(text)) for text in texts]
