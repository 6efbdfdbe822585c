"""Evaluation: a perfect system scores 1, every fault costs what it should, and nothing else moves a figure."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goalmap.classify.evaluation.alignment import align, name_key, places_of
from goalmap.classify.evaluation.answers import Answer, Error
from goalmap.classify.evaluation.evaluation import (
    Confusion,
    Evaluation,
    evaluate,
    evaluate_documents,
    evaluate_passages,
    less_is_better,
)
from goalmap.classify.evaluation.gold import (
    GoldDocument,
    GoldPassage,
    GoldRole,
    document_of,
    gold_documents,
    gold_files,
    gold_passages,
)
from goalmap.classify.measuring.measures import Measure
from goalmap.classify.pipeline import FileResult
from goalmap.classify.proposals import Proposal
from goalmap.extract.names import Entity, EntityKind, Mention, Names, Quotation, Role, Span
from goalmap.ingest.document import Document, Kind, Passage
from goalmap.ingest.errors import GoalmapError, NotFound
from goalmap.report.wordings.accuracy_wording import evaluation_lines

GOLD = Path(__file__).parent / "data" / "gold"

CLINIC = {
    "id": "clinic",
    "passages": [
        {"text": "Clinic opens at Marsh Lane library", "role": "title", "goals": [], "stage": None},
        {
            "text": "Dr Asha Rowe, Medical Director of Fenby Trust, opened a clinic for 300 carers in May.",
            "role": "body",
            "goals": [8],
            "stage": "delivered",
        },
        {
            "text": "“We will lend every carer a tablet by next June,” said Rowe of the Tablet Shelf.",
            "role": "quote",
            "goals": [10, 8],
            "stage": "planned",
        },
        {
            "text": "Fenby lies where the river bends and the market is held twice.",
            "role": "body",
            "goals": [],
            "stage": None,
        },
        {
            "text": "Contact the press office on 01632 960001 at any time.",
            "role": "contact",
            "goals": [],
            "stage": None,
        },
    ],
    "people": [
        {
            "name": "Asha Rowe",
            "surface": ["Dr Asha Rowe", "Rowe"],
            "roles": [{"role": "Medical Director", "organisation": "Fenby Trust", "former": False}],
        }
    ],
    "organisations": [{"name": "Fenby Trust", "surface": ["Fenby Trust"]}],
    "initiatives": [{"name": "Tablet Shelf", "surface": ["Tablet Shelf"]}],
    "quotes": [{"speaker": "Asha Rowe", "starts": "We will lend every carer"}],
}


def perfect(gold: GoldDocument) -> FileResult:
    """What a system without a fault would say of a document."""
    passages = tuple(Passage(place, Kind(one.role), one.text) for place, one in enumerate(gold.passages))
    return FileResult(Document(gold.id, passages=passages), _names(gold, passages), tuple(_proposals(gold)))


def _proposals(gold: GoldDocument) -> Iterator[Proposal]:
    for place, passage in enumerate(gold.passages):
        for rank, code in enumerate(sorted(passage.goals), start=1):
            yield proposal(place, code, passage.stage or "", rank)


def proposal(passage: int, code: str, stage: str = "delivered", rank: int = 1, score: float = 1.0) -> Proposal:
    return Proposal(passage, "purpose-goals", code, score, rank, stage, (), "", "test")


def _names(gold: GoldDocument, passages: Sequence[Passage]) -> Names:
    flat = [(kind, entity) for kind, entities in gold.entities.items() for entity in entities]
    place = {name: index for index, (_, entity) in enumerate(flat) for name in entity.keys}
    return Names(
        entities=tuple(Entity(kind, entity.name) for kind, entity in flat),
        mentions=tuple(_mentions(gold, passages, place)),
        roles=tuple(_role(role, place) for role in gold.roles),
        quotations=tuple(_quotations(gold, passages, place)),
    )


def _mentions(gold: GoldDocument, passages: Sequence[Passage], place: dict[str, int]) -> Iterator[Mention]:
    for entities in gold.entities.values():
        owner = {form: place[name_key(entity.name)] for entity in entities for form in entity.surfaces}
        for passage in passages:
            for start, end in places_of(owner, passage.text):
                surface = passage.text[start:end]
                yield Mention(owner[surface], Span(passage.position, start, end), surface, "test")


def _role(role: GoldRole, place: dict[str, int]) -> Role:
    body = next((place[name] for name in role.organisation if name in place), None)
    return Role(place[name_key(role.person.name)], role.title, 0, body, role.former)


def _quotations(gold: GoldDocument, passages: Sequence[Passage], place: dict[str, int]) -> Iterator[Quotation]:
    for quote in gold.quotes:
        for passage in passages:
            yield Quotation(Span(passage.position, 0, len(passage.text)), place.get(name_key(quote.speaker_name)))


def measured(result: FileResult, gold: GoldDocument | None = None) -> Evaluation:
    gold = gold or clinic()
    figures, errors = evaluate_documents([gold], {gold.id: result})
    return Evaluation("purpose-goals", figures, errors=errors)


def clinic(**changes: Any) -> GoldDocument:
    return document_of({**CLINIC, **changes})


def with_names(result: FileResult, **changes: Any) -> FileResult:
    return replace(result, names=replace(result.names, **changes))


def errors_of(evaluation: Evaluation, kind: str) -> list[Error]:
    return [error for error in evaluation.errors if error.kind == kind]


def test_figures_that_should_fall_are_known_in_both_parts() -> None:
    assert less_is_better("goals.proposed_on_empty")
    assert less_is_better("passages.calibration.error")
    assert not less_is_better("goals.f1")


# Alignment


def passages_of(*texts: str, kind: Kind = Kind.BODY) -> list[Passage]:
    return [Passage(place, kind, text) for place, text in enumerate(texts)]


def test_a_passage_cut_in_two_is_found_twice() -> None:
    gold = "one two three four five six seven eight nine ten eleven twelve"
    found = align([gold], passages_of("one two three four five six", "seven eight nine ten eleven twelve"))
    assert [passage.position for passage in found.by_gold[0]] == [0, 1]


def test_a_passage_glued_to_its_neighbour_is_found() -> None:
    found = align(
        ["one two three four five", "six seven eight nine ten"],
        passages_of("one two three four five six seven eight nine ten"),
    )
    assert [len(held) for held in found.by_gold] == [1, 1]


def test_typography_does_not_hide_a_passage() -> None:
    found = align(["The trust’s “open” day – free for all"], passages_of('The trust\'s "open" day - free\nfor all'))
    assert len(found.by_gold[0]) == 1


def test_a_running_header_is_no_second_copy_of_the_title() -> None:
    title = "Annual report of the Fenby Trust"
    held = align([title], [Passage(0, Kind.TITLE, title), Passage(1, Kind.HEADER, title)])
    assert [passage.kind for passage in held.by_gold[0]] == [Kind.TITLE]
    assert [passage.position for passage in held.passages] == [0]


def test_a_header_is_held_against_gold_that_stands_nowhere_else() -> None:
    held = align(["Fenby Trust board paper"], [Passage(0, Kind.HEADER, "Fenby Trust board paper")])
    assert [passage.kind for passage in held.by_gold[0]] == [Kind.HEADER]
    assert held.passages == ()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Rt Hon Justine Greening", "justine greening"),
        ("Professor Dame Asha Rowe DBE", "asha rowe dbe"),
        ("Cllr. Asha Rowe MP", "asha rowe"),
        ("the Fenby Trust’s", "fenby trust"),
        ("Our Tablet Shelf", "tablet shelf"),
        ("Marks & Spencer", "marks & spencer"),
        ("Lordswood School", "lordswood school"),
    ],
)
def test_a_name_is_compared_without_its_trimmings(name: str, key: str) -> None:
    assert name_key(name) == key


# A system without fault


def test_a_perfect_system_scores_1_on_every_measure() -> None:
    gold = [document for document in gold_documents(GOLD) if not _repeats_itself(document)]
    assert len(gold) > 20
    figures, errors = evaluate_documents(gold, {document.id: perfect(document) for document in gold})
    expected = {name: 0.0 if less_is_better(name) else 1.0 for name in Evaluation("", figures).figures()}
    assert Evaluation("", figures).figures() == expected
    assert errors == ()


def _repeats_itself(gold: GoldDocument) -> bool:
    """Whether a short passage stands inside another (a running header repeats the title), so that shared words cannot tell them apart."""
    found = align([one.text for one in gold.passages], perfect(gold).document.passages)
    return any(len(held) > 1 for held in found.by_gold)


@given(st.sets(st.integers(1, 14), max_size=3), st.sets(st.integers(1, 14), max_size=3))
def test_goals_score_1_only_when_they_are_the_right_ones(wanted: set[int], got: set[int]) -> None:
    passage = GoldPassage("text", frozenset(map(str, wanted)), "planned")
    figures, errors = evaluate_passages([Answer(passage, frozenset(map(str, got)), frozenset({"planned"}))])
    assert 0 <= figures.micro.f1 <= 1
    assert (figures.all_right.value == 1) == (wanted == got) == (not errors)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(6)), st.sets(st.integers(0, 200)))
def test_the_order_of_documents_does_not_matter(order: list[int], dropped: set[int]) -> None:
    gold = SAMPLE
    results = {document.id: _with_fewer_proposals(perfect(document), dropped) for document in gold}
    shuffled = {gold[place].id: results[gold[place].id] for place in order}
    assert evaluate_documents([gold[place] for place in order], shuffled) == evaluate_documents(gold, results)


def _with_fewer_proposals(result: FileResult, dropped: set[int]) -> FileResult:
    return replace(result, proposals=tuple(one for place, one in enumerate(result.proposals) if place not in dropped))


SAMPLE = gold_documents(GOLD)[:6]


# What each fault costs


def test_a_document_without_a_result_counts_as_missed() -> None:
    figures, _ = evaluate_documents([clinic()], {})
    assert figures.missing == ("clinic",)
    assert figures.unaligned.value == 1
    assert figures.goals.micro.recall == 0


def test_a_goal_counts_once_for_a_passage_cut_in_two() -> None:
    result = perfect(clinic())
    whole = result.document.passages[1]
    halves = [replace(whole, text=whole.text[:50]), Passage(5, Kind.BODY, whole.text[50:])]
    document = replace(
        result.document, passages=(result.document.passages[0], halves[0], *result.document.passages[2:], halves[1])
    )
    evaluation = measured(
        replace(result, document=document, names=Names(), proposals=(*result.proposals, proposal(5, "8")))
    )
    assert evaluation.documents is not None
    assert evaluation.documents.goals.micro == Measure(hits=3)


def test_a_proposal_on_a_title_is_a_false_alarm_but_not_one_on_content() -> None:
    result = perfect(clinic())
    figures = measured(replace(result, proposals=(*result.proposals, proposal(0, "8")))).documents
    assert figures is not None
    assert (figures.goals.proposed_on_empty.hits, figures.goals.proposed_on_empty.n) == (1, 3)
    assert (figures.goals.proposed_on_empty_content.hits, figures.goals.proposed_on_empty_content.n) == (0, 1)


def test_the_wrong_stage_costs_stage_accuracy_only() -> None:
    result = perfect(clinic())
    evaluation = measured(replace(result, proposals=tuple(replace(one, stage="ongoing") for one in result.proposals)))
    assert evaluation.documents is not None
    assert evaluation.documents.goals.stage.value == 0
    assert evaluation.documents.goals.micro.f1 == 1
    assert errors_of(evaluation, "stage")[0].wanted == ("delivered",)
    confused = (Confusion("delivered", "ongoing", 1), Confusion("planned", "ongoing", 1))
    assert evaluation.documents.goals.stages_confused == confused


def test_proposals_of_another_framework_are_not_measured() -> None:
    result = perfect(clinic())
    other = replace(proposal(3, "8"), framework="un-sdgs")
    assert measured(replace(result, proposals=(*result.proposals, other))).figures()["goals.f1"] == 1


def test_a_runner_up_counts_among_the_first_three() -> None:
    near = replace(proposal(1, "5", score=0.6), runner_up="8", runner_up_score=0.3)
    figures = measured(replace(perfect(clinic()), proposals=(near,))).documents
    assert figures is not None
    assert figures.goals.in_first_three.hits == 1
    assert figures.goals.calibration.n == 2


def test_a_goal_taken_for_another_is_named_with_it() -> None:
    result = perfect(clinic())
    figures = measured(replace(result, proposals=(proposal(1, "14"), proposal(3, "12")))).documents
    assert figures is not None
    assert figures.goals.confused == (Confusion("-", "12", 1), Confusion("8", "14", 1))


def test_content_taken_for_furniture_and_furniture_for_content_both_cost() -> None:
    result = perfect(clinic())
    kinds = {1: Kind.BOILERPLATE, 4: Kind.BODY}
    passages = tuple(replace(one, kind=kinds.get(one.position, one.kind)) for one in result.document.passages)
    evaluation = measured(replace(result, document=replace(result.document, passages=passages)))
    assert evaluation.documents is not None
    assert evaluation.documents.furniture == Measure(hits=0, false=1, missed=1)


def test_half_a_name_is_found_but_not_exact() -> None:
    result = perfect(clinic())
    mentions = tuple(
        replace(one, span=replace(one.span, end=one.span.end - 6)) if one.surface == "Fenby Trust" else one
        for one in result.names.mentions
    )
    evaluation = measured(with_names(result, mentions=mentions))
    assert evaluation.documents is not None
    organisations = evaluation.documents.names["organisations"]
    assert (organisations.mentions.f1, organisations.exact.f1) == (1, 0)
    assert errors_of(evaluation, "organisations exact")[0].got == ("Fenby",)


def test_a_neutral_name_is_neither_right_nor_wrong() -> None:
    result = perfect(clinic())
    market = Mention(len(result.names.entities), Span(3, 0, 5), "Fenby", "test")
    entities = (*result.names.entities, Entity(EntityKind.ORGANISATION, "Fenby"))
    said = with_names(result, entities=entities, mentions=(*result.names.mentions, market))
    assert measured(said).figures()["organisations.f1"] < 1
    assert measured(said, clinic(neutral={"organisations": ["Fenby"]})).figures()["organisations.f1"] == 1


def test_a_role_at_the_wrong_body_is_a_role_all_the_same() -> None:
    result = perfect(clinic())
    figures = measured(
        with_names(result, roles=tuple(replace(role, organisation=None) for role in result.names.roles))
    ).figures()
    assert (figures["roles.f1"], figures["roles.organisation"]) == (1, 0)


def test_a_former_role_taken_for_a_present_one_is_missed_and_spurious() -> None:
    result = perfect(clinic())
    evaluation = measured(with_names(result, roles=tuple(replace(role, former=True) for role in result.names.roles)))
    assert evaluation.documents is not None
    assert evaluation.documents.roles == Measure(0, 1, 1)


def test_a_quotation_without_its_speaker_is_found_but_not_right() -> None:
    result = perfect(clinic())
    silent = tuple(replace(quotation, speaker=None) for quotation in result.names.quotations)
    figures = measured(with_names(result, quotations=silent)).figures()
    assert (figures["quotations.found"], figures["quotations.speaker"]) == (1, 0)


# Gold folders


def test_a_folder_without_gold_is_named_with_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no gold folder"):
        evaluate(tmp_path, [])


@pytest.mark.parametrize(
    ("text", "says"), [("{", "cannot be read"), ('{"id": "x"}', "lacks 'passages'"), ("[]", "cannot be read")]
)
def test_damaged_gold_is_named_with_its_file(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations" / "bad.json").write_text(text)
    with pytest.raises(GoalmapError, match=rf"bad\.json.*{says}"):
        evaluate(tmp_path, [])


def test_gold_needs_no_names_to_measure_goals(tmp_path: Path) -> None:
    (tmp_path / "annotations").mkdir()
    data = {key: CLINIC[key] for key in ("id", "passages")}
    (tmp_path / "annotations" / "clinic.json").write_text(json.dumps(data))
    assert evaluate(tmp_path, [("clinic", perfect(clinic()))]).figures()["goals.f1"] == 1


def test_passages_without_documents_are_scored_on_the_classifier_alone(tmp_path: Path) -> None:
    rows = [
        {"text": "Our credit union gave 400 members affordable loans last year.", "goals": [7], "stage": "delivered"},
        {"text": "The river\u2028bends twice here.", "goals": [], "stage": None},
    ]
    (tmp_path / "passages.jsonl").write_text(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8"
    )
    evaluation = evaluate(tmp_path, [])
    assert evaluation.documents is None
    assert evaluation.passages is not None
    assert evaluation.passages.micro == Measure(hits=1)
    assert evaluation.passages.proposed_on_empty.n == 1


def test_the_gold_set_lists_a_file_for_each_annotation() -> None:
    assert [path.stem for path in gold_files(GOLD)] == [document.id for document in gold_documents(GOLD)]
    assert len(gold_passages(GOLD.parent / "real")) == 197


# What is shown


def test_figures_go_to_json_and_back() -> None:
    data = measured(perfect(clinic())).to_dict()
    assert json.loads(json.dumps(data))["documents"]["goals"]["by_goal"]["10"]["hits"] == 1
    assert "passages" not in data


def test_goals_are_listed_as_a_framework_counts_them() -> None:
    figures = measured(perfect(clinic())).documents
    assert figures is not None
    assert list(figures.goals.by_goal) == ["8", "10"]


def test_the_lines_name_every_measure() -> None:
    text = "\n".join(evaluation_lines(measured(perfect(clinic()))))
    for words in ("goals, micro F1", "95 % interval", "furniture", "people, mentions", "roles", "right speaker"):
        assert words in text
