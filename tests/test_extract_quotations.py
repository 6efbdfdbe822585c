"""Speech and who speaks: between marks, without them, in the words of a reporter; what is quoted and spoken by nobody is left."""

import time
from typing import TYPE_CHECKING

import pytest

from goalmap.extract.extract import extract_names, names_in
from goalmap.extract.names import EntityKind, Mention, Names, Span, Speech
from goalmap.extract.speech.find import find_quotations
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
    started = time.process_time()
    for text in texts:
        names_in(document_of(text), [[]])
    assert time.process_time() - started < 8


@pytest.mark.parametrize(
    "unit", ["{} ", "{}, ", "{} said ", "“{},” said {}. ", "“I did it today,” she said. {}. ", "{} said it was. “No.” "]
)
def test_a_name_that_comes_back_thousands_of_times_in_a_passage_costs_no_more_each_time(unit: str) -> None:
    document = document_of(unit.replace("{}", "Ann Lee") * 4000)
    text, people, place = document.passages[0].text, [], -1
    while (place := text.find("Ann Lee", place + 1)) >= 0:
        people.append(Mention(0, Span(0, place, place + 7), "Ann Lee", "test"))
    started = time.process_time()
    list(find_quotations(document, [people], [EntityKind.PERSON]))
    assert time.process_time() - started < 3


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


def laid_out(*passages: tuple[Kind, str]) -> Document:
    return Document("page.html", passages=tuple(Passage(place, *passage) for place, passage in enumerate(passages)))


def test_a_question_that_names_somebody_does_not_make_him_the_speaker_of_the_answer(nlp: "Language") -> None:
    document = laid_out(
        (Kind.BODY, "Jessie Mold runs the yard at Corby Boats."),
        (Kind.HEADING, "Why boats?"),
        (Kind.QUOTE, "“They float,” says Mold."),
        (Kind.HEADING, "What did your landlord, Harold Finch, make of it?"),
        (Kind.QUOTE, "“He asked for the keys back,” she says."),
        (Kind.HEADING, "And the crew?"),
        (Kind.QUOTE, "“They sang, and I asked them not to.”"),
    )
    assert said(extract_names(document, nlp), document) == [
        ("Jessie Mold", "They float,"),
        ("Jessie Mold", "He asked for the keys back,"),
        ("Jessie Mold", "They sang, and I asked them not to."),
    ]


def test_a_heading_about_what_people_say_does_not_take_the_quotation_from_the_name_under_it(nlp: "Language") -> None:
    document = laid_out(
        (Kind.BODY, "Ann Lee left the harbour office in May."),
        (Kind.HEADING, "What they say"),
        (Kind.QUOTE, "“She mended the boiler before she took her coat off.”"),
        (Kind.LIST_ITEM, "— Chief Engineer Ewan Prowse"),
    )
    assert said(extract_names(document, nlp), document) == [
        ("Ewan Prowse", "She mended the boiler before she took her coat off.")
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            ["“We shall open in May,” said Ann Lee. Tom Hardcastle was less sure.", "“It has no roof and no floor.”"],
            [("Ann Lee", "We shall open in May,"), ("Tom Hardcastle", "It has no roof and no floor.")],
        ),
        (
            ["Her colleague, Tom Hardcastle, disagrees:", "“That would be a waste of a good pond.”"],
            [("Tom Hardcastle", "That would be a waste of a good pond.")],
        ),
        (
            ["Ann Lee took it to the board, where the treasurer, Tom Hardcastle, said", "“You can have it.”"],
            [("Tom Hardcastle", "You can have it.")],
        ),
    ],
)
def test_whoever_the_passage_before_leads_up_to_says_the_quotation(
    texts: list[str], expected: list[tuple[str | None, str]], nlp: "Language"
) -> None:
    document = document_of(*texts)
    assert said(extract_names(document, nlp), document) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Speaking for the crew, Ann Lee, mate of the lifeboat, said Tom Hardcastle was missed. “He knew each rock by its name”.",
            [("Ann Lee", "He knew each rock by its name")],
        ),
        (
            "The two unions said: “We are sorry for the delay.” Ann Lee, for the employers, replied that it was late.",
            [(None, "We are sorry for the delay.")],
        ),
        (
            "“I have swept here for thirty years and nobody asked,” was how Tom Hardcastle put it.",
            [("Tom Hardcastle", "I have swept here for thirty years and nobody asked,")],
        ),
        ("“Ask the nurses,” is Ann Lee’s advice to any visitor.", [("Ann Lee", "Ask the nurses,")]),
        ("‘Nobody had ever asked me’ says porter Tom Hardcastle", [("Tom Hardcastle", "Nobody had ever asked me")]),
        (
            "Ann Lee was nominated by Tom Hardcastle, who wrote: “She has made a bus stop into a library.”",
            [("Tom Hardcastle", "She has made a bus stop into a library.")],
        ),
        ("Tom Hardcastle was told: “You will never lift again.”", [(None, "You will never lift again.")]),
        (
            "The judges said of Ann Lee: “She has made a bus stop into a library.”",
            [(None, "She has made a bus stop into a library.")],
        ),
        (
            "Mrs Ann Lee and Mr Tom Hardcastle met us. “We are tired,” he said. “But the roof is on,” she added.",
            [("Tom Hardcastle", "We are tired,"), ("Ann Lee", "But the roof is on,")],
        ),
        (
            "Tom Hardcastle’s mother remembers it. “He came home with a bag of bolts,” she says.",
            [(None, "He came home with a bag of bolts,")],
        ),
        (
            "Ann Lee, interviewed at the depot, put it more bluntly. “They have closed the only door that opened.”",
            [("Ann Lee", "They have closed the only door that opened.")],
        ),
        (
            "Ann Lee is remembered by Tom Hardcastle as “the only treasurer who made us laugh”.",
            [("Tom Hardcastle", "the only treasurer who made us laugh")],
        ),
        (
            "There was a word of warning from Tom Hardcastle. “Do not paint over the damp.”",
            [("Tom Hardcastle", "Do not paint over the damp.")],
        ),
        (
            "It was left to Tom Hardcastle to sum up: “We came, we painted, we went home.”",
            [("Tom Hardcastle", "We came, we painted, we went home.")],
        ),
        ("Ann Lee quoted her grandmother: “Never trust a dry cake.”", [(None, "Never trust a dry cake.")]),
        ("Ann Lee wrote to say that the sign now reads “Please do not feed the porters”.", []),
    ],
)
def test_the_sentence_around_a_quotation_gives_it_to_its_speaker_or_to_nobody(
    text: str, expected: list[tuple[str | None, str]], nlp: "Language"
) -> None:
    document = document_of(text)
    names = extract_names(document, nlp)
    assert [(one.speaker, one.words) for one in spoken_in(names, document) if one.kind == Speech.DIRECT] == expected


def test_a_title_between_marks_is_said_by_nobody_though_the_passage_before_ends_with_a_colon(nlp: "Language") -> None:
    document = document_of("Ann Lee recommends one book for the summer:", "“The Long Way Down to the Sea Again.”")
    assert said(extract_names(document, nlp), document) == []


def test_a_block_without_marks_belongs_to_whom_the_line_before_announces(nlp: "Language") -> None:
    for lead in ("Here is what Ann Lee had to say.", "Ann Lee writes:"):
        document = laid_out(
            (Kind.BODY, lead),
            (Kind.QUOTE, "It began with one van and a list."),
            (Kind.QUOTE, "Now there are nine vans."),
        )
        assert said(extract_names(document, nlp), document) == [
            ("Ann Lee", "It began with one van and a list."),
            ("Ann Lee", "Now there are nine vans."),
        ]
