"""Proposals: activities get goals with reasons; praise, headings, biographies and furniture get none."""

import pytest

from goalmap.classify.manner import FULL, Manner
from goalmap.classify.model.model import load_model
from goalmap.classify.proposals import classifiable, classifier
from goalmap.ingest.document import Kind, Passage

ACTS = {
    "1": "Health visitors now run a weekly stay-and-play session for parents with babies and toddlers, with help on early language and weaning.",
    "3": "In September we took on 24 apprentices aged 16 to 18, who spend a day a week at college and earn a level 2 qualification.",
    "5": "We dropped the degree requirement for 40 posts and guaranteed an interview to every veteran and care leaver who applied.",
    "7": "Staff who are short before payday can borrow up to £500 from the credit union at a fair rate, repaid from wages.",
    "10": "The libraries lent 300 tablets with data to residents who had no internet at home, and digital champions taught them how to use them.",
    "13": "Solar panels on four roofs and heat pumps in two blocks cut the estate's carbon emissions by 900 tonnes last year.",
}
NO_ACTS = (
    "I am so proud of our wonderful staff, whose kindness and energy inspire me every single day.",
    "Inequalities in health have widened across the country since the pandemic, and our region is no exception.",
    "The directors have a reasonable expectation that the company has adequate resources to continue for the foreseeable future.",
)


def passages(*texts: str, kind: Kind = Kind.BODY) -> list[Passage]:
    return [Passage(position, kind, text) for position, text in enumerate(texts)]


@pytest.mark.parametrize(("code", "text"), ACTS.items())
def test_a_plain_act_gets_its_goal_first(code: str, text: str) -> None:
    proposals = classifier("purpose-goals").propose(passages(text))
    assert [proposal.code for proposal in proposals if proposal.rank == 1] == [code]


def test_passages_without_an_act_get_no_proposal() -> None:
    assert classifier("purpose-goals").propose(passages(*NO_ACTS)) == []


@pytest.mark.parametrize(
    "kind", [kind for kind in Kind if kind not in (Kind.BODY, Kind.QUOTE, Kind.LIST_ITEM, Kind.TABLE_ROW)]
)
def test_furniture_headings_and_biographies_are_never_classified(kind: Kind) -> None:
    assert classifier("purpose-goals").propose(passages(*ACTS.values(), kind=kind)) == []


def test_a_table_s_header_row_is_left_out_and_its_rows_are_kept() -> None:
    rows = passages("Scheme | Places | 2024", "Apprentices in the laboratories | 24 | 31", kind=Kind.TABLE_ROW)
    assert [passage.position for passage in classifiable(rows)] == [1]


def test_a_proposal_says_why_in_words_and_where_in_the_text() -> None:
    text = ACTS["3"]
    proposal = classifier("purpose-goals").propose(passages(text))[0]
    words = {text[start:end].casefold() for start, end in proposal.evidence}
    assert words & {"apprentices", "college"}
    assert "Reads as an activity" in proposal.reason
    assert all(f"“{text[start:end]}”" in proposal.reason for start, end in proposal.evidence)


def test_scores_fall_with_rank_and_none_is_under_the_threshold() -> None:
    proposals = classifier("purpose-goals").propose(passages(*ACTS.values()))
    threshold = load_model("purpose-goals").weighings[FULL].threshold
    assert all(threshold <= proposal.score <= 1 for proposal in proposals)
    for position in {proposal.passage for proposal in proposals}:
        scores = [proposal.score for proposal in proposals if proposal.passage == position]
        assert scores == sorted(scores, reverse=True)


def test_the_runner_up_is_a_goal_that_was_not_proposed() -> None:
    for proposal in classifier("purpose-goals").propose(passages(*ACTS.values())):
        proposed = {
            other.code
            for other in classifier("purpose-goals").propose(passages(ACTS[proposal.code]))
            if other.passage == 0
        }
        assert proposal.runner_up not in {proposal.code}
        assert proposed


def test_items_under_a_heading_of_plans_are_planned() -> None:
    item = Passage(
        0,
        Kind.LIST_ITEM,
        "Solar panels on every depot roof and a heat pump for the canteen",
        heading="What we will do by 2028",
    )
    assert {proposal.stage for proposal in classifier("purpose-goals").propose([item])} == {"planned"}


def test_a_topic_framework_proposes_for_themes_where_an_activity_framework_does_not() -> None:
    text = "Rising sea temperatures and melting ice show that greenhouse gas emissions must fall quickly to limit climate change."
    assert "13" in {proposal.code for proposal in classifier("un-sdgs").propose(passages(text))}
    assert classifier("un-sdgs", Manner("activities")).propose(passages(text)) == []


def test_the_fifteen_goal_version_is_classified_by_the_model_of_the_fourteen() -> None:
    proposals = classifier("purpose-goals-15").propose(passages(ACTS["1"]))
    assert [(proposal.framework, proposal.code) for proposal in proposals] == [("purpose-goals-15", "1")]


def test_documents_that_are_considered_together_get_what_each_gets_alone() -> None:
    documents = [passages(ACTS["1"], *NO_ACTS), [], passages(*NO_ACTS), passages(*ACTS.values())]
    judge = classifier("purpose-goals")
    assert judge.consider_all(documents) == [judge.consider(document) for document in documents]
