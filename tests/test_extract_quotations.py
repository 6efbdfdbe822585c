"""Speech and who speaks: between marks, without them, in the words of a reporter; what is quoted and spoken by nobody is left."""

import time
from typing import TYPE_CHECKING

import pytest

from goalmap.extract.extract import extract_names, names_in
from goalmap.extract.names import Names, Speech
from goalmap.extract.speech.marks import quoted_in
from goalmap.ingest.document import Document, Kind, Passage
from tests.labelled import Example, Spoken, people_labels, score, speech_examples

if TYPE_CHECKING:
    from spacy.language import Language


def document_of(*texts: str, kind: Kind = Kind.BODY) -> Document:
    return Document("release.txt", passages=tuple(Passage(place, kind, text) for place, text in enumerate(texts)))


def said(names: Names, document: Document) -> list[tuple[str | None, str]]:
    return [(spoken.speaker, spoken.words) for spoken in spoken_in(names, document)]


def spoken_in(names: Names, document: Document) -> list[Spoken]:
    return [
        Spoken(
            quotation.span.passage,
            document.passages[quotation.span.passage].text[quotation.span.start : quotation.span.end],
            quotation.kind.value,
            None if quotation.speaker is None else names.entities[quotation.speaker].name,
        )
        for quotation in names.quotations
    ]


TUNING, ASIDE = speech_examples("tuning"), speech_examples("aside")


def read(document: Document) -> list[Spoken]:
    return spoken_in(names_in(document, people_labels([*TUNING, *ASIDE], document)), document)


@pytest.mark.parametrize(
    ("examples", "precision", "recall"), [(TUNING, 1.0, 1.0), (ASIDE, 0.92, 0.92)], ids=["tuning", "kept aside"]
)
def test_speech_is_found_with_its_speaker_and_little_else(
    examples: list[Example], precision: float, recall: float
) -> None:
    found = score(examples, read, tuple)
    assert (found.precision >= precision, found.recall >= recall) == (True, True), found.errors


def test_indirect_speech_is_marked_as_such_and_never_wrong() -> None:
    for examples in (TUNING, ASIDE):
        wanted = {spoken for example in examples for spoken in example.expected}
        found = [spoken for example in examples for spoken in read(example.document)]
        indirect = [spoken for spoken in found if spoken.kind == Speech.INDIRECT]
        assert indirect
        assert set(indirect) <= wanted


def test_a_long_passage_without_closing_marks_is_read_in_no_time() -> None:
    texts = ["“Ann said " * 800, "‘it was " * 1000, '"' * 3000, "According to Ann Lee, " * 400, "said, " * 1500]
    started = time.perf_counter()
    for text in texts:
        names_in(document_of(text), [[]])
    assert time.perf_counter() - started < 8


def test_a_quotation_over_two_paragraphs_keeps_its_speaker(nlp: "Language") -> None:
    document = document_of("Ann Lee said: “We began in May.", "“We shall end in June.”", "She added: “Come and see.”")
    assert said(extract_names(document, nlp), document) == [
        ("Ann Lee", "We began in May."),
        ("Ann Lee", "We shall end in June."),
        ("Ann Lee", "Come and see."),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We began,” said Ann Lee. “We shall end.”", [("Ann Lee", "We began,"), ("Ann Lee", "We shall end.")]),
        ('Ann Lee, Chair of Tilney College, said: "We began."', [("Ann Lee", "We began.")]),
        (
            "Ann Lee added: ‘People told us that they wanted a ladder.’",
            [("Ann Lee", "People told us that they wanted a ladder.")],
        ),
        ("We struck out “degree” and “driving licence”.", []),
    ],
)
def test_quotations_have_their_speaker_and_scare_quotes_are_none(
    text: str, expected: list[tuple[str | None, str]], nlp: "Language"
) -> None:
    document = document_of(text)
    assert said(extract_names(document, nlp), document) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            ["“It’s a start,” grinned Tamsin Oyelowo. “Ask me in a year.”"],
            [("Tamsin Oyelowo", "It’s a start,"), ("Tamsin Oyelowo", "Ask me in a year.")],
        ),
        (
            ["A. T. Nwosu writes: 'We couldn't have done it without the parents' help, and that's the truth.'"],
            [("A. T. Nwosu", "We couldn't have done it without the parents' help, and that's the truth.")],
        ),
        (
            ["According to Provost Una Cairns, “the harbour has never been busier than this spring”."],
            [("Una Cairns", "the harbour has never been busier than this spring")],
        ),
        (
            ["“The lift is mended and the stairs are swept at last.” – Mrs Joan Petty, Elm House"],
            [("Joan Petty", "The lift is mended and the stairs are swept at last.")],
        ),
        (
            ["Welcoming Una Cairns’s news, Cllr Bev Adeyemi said: “We shall open in May.”"],
            [("Bev Adeyemi", "We shall open in May.")],
        ),
        (
            ["Tom Hardcastle mends the boats.", "‘I just like the quiet of it,’ he says, ‘and the tea.’"],
            [("Tom Hardcastle", "I just like the quiet of it,"), ("Tom Hardcastle", "and the tea.")],
        ),
        (
            ["Welcoming the news, Cllr Bev Adeyemi said:", "“This is what people asked for.", "“We open in May.”"],
            [("Bev Adeyemi", "This is what people asked for."), ("Bev Adeyemi", "We open in May.")],
        ),
        (
            ["A spokesperson for Marsh Council said: “We do not comment on leaks of this kind.”"],
            [(None, "We do not comment on leaks of this kind.")],
        ),
        (["Staff called it a “game changer”, and the report, “Better Starts for All”, agrees."], []),
    ],
)
def test_speech_has_its_speaker_however_it_is_announced(
    texts: list[str], expected: list[tuple[str | None, str]], nlp: "Language"
) -> None:
    document = document_of(*texts)
    assert said(extract_names(document, nlp), document) == expected


def test_an_answer_in_an_interview_is_speech_and_so_are_the_words_of_others_that_it_repeats(nlp: "Language") -> None:
    document = document_of(
        "Nora Finch runs the night shelter in Marham.",
        "Q. Why did you take it on?",
        "Finch: Tom Hardcastle rang me and said: “It’s the same job but the roof leaks.” So I came.",
    )
    assert said(extract_names(document, nlp), document) == [
        ("Nora Finch", "Tom Hardcastle rang me and said: “It’s the same job but the roof leaks.” So I came."),
        ("Tom Hardcastle", "It’s the same job but the roof leaks."),
    ]


def test_a_relation_who_was_named_earlier_speaks_where_only_the_relation_is_named(nlp: "Language") -> None:
    document = document_of(
        "The branch was opened by my aunt, Perpetua Sykes, with a ledger.",
        "Ann Lee drives the van now.",
        "My aunt looked it up and down. “It’s a biscuit tin with wheels,” she said.",
    )
    assert said(extract_names(document, nlp), document) == [("Perpetua Sykes", "It’s a biscuit tin with wheels,")]


def test_somebody_without_a_name_is_not_taken_for_the_person_named_before(nlp: "Language") -> None:
    document = document_of("Ann Lee opened the hall. A woman in a red coat was waiting. “Am I too late?” she asked.")
    assert said(extract_names(document, nlp), document) == [(None, "Am I too late?")]


def test_what_follows_a_full_stop_speaks_for_itself(nlp: "Language") -> None:
    document = document_of(
        "Ann Lee had one line: “You cannot clap a mortgage.” She gave no figures, and Tom Hardcastle told her so."
    )
    assert said(extract_names(document, nlp), document) == [("Ann Lee", "You cannot clap a mortgage.")]


def test_single_marks_inside_double_ones_open_no_quotation() -> None:
    text = "“She said ‘come in and sit down’ twice,” he recalled, ‘as if she meant it.’"
    assert [text[quote.start : quote.end] for quote in quoted_in(text)] == [
        "She said ‘come in and sit down’ twice,",
        "as if she meant it.",
    ]
