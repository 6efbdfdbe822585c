"""Furniture is told from the story, people and quotations from either."""

from pathlib import Path

import pytest

from goalmap.ingest.document import CONTENT, Block, Kind
from goalmap.ingest.furniture.marking import mark
from goalmap.ingest.read import document_of, read_document
from goalmap.ingest.watch import Watch

SEEDS = Path(__file__).parent / "data" / "seeds"
STORY = (
    "Wenlow Valley NHS Trust has lent three hundred tablets to patients who had no other way to see a doctor by video, "
    "and volunteers bring them to the patient's home and stay for the first call."
)
HEADLINE = "Trust lends tablets to patients"


def kinds(*texts: str) -> list[Kind]:
    """The kinds of lines that follow a headline and a story."""
    marked = mark([Block(HEADLINE, Kind.HEADING), Block(STORY), *(Block(text) for text in texts)])
    return [block.kind for block in marked[2:]]


@pytest.mark.parametrize(
    "text",
    [
        "ENDS",
        "- Ends -",
        "-ENDS-",
        "We use cookies to make this site work. Accept all | Manage preferences",
        "By using this website, you agree to our use of cookies.",
        "© 2024 Wenlow Valley NHS Trust. All rights reserved.",
        "Share this story: Facebook X LinkedIn Email",
        "Sign up to our newsletter for stories like this one.",
        "You are getting this email because you are a tenant. Unsubscribe | View in browser",
        "This email and any attachments are confidential and intended solely for the addressee.",
        "Wenlow Valley NHS Trust runs two hospitals and employs 3,100 people.",
        "About us: Wenlow Homes owns 9,300 homes in the valley.",
        "About Wenlow Homes: the association owns 9,300 homes in the valley.",
        "Wenlow Building Society is authorised by the Prudential Regulation Authority.",
        "WVT is a member of the Valley Compact, which is chaired by Ann Lee.",
        "Published: Monday, 15 September 2025. Was this page helpful? Yes / No",
        "Page 3 of 12",
        "3 May 2024",
        "2 minute read",
        "Posted on 12 March 2024 by Comms Team",
        "Kind regards,",
        "> Can you put the mentors in please?",
        "On Mon, 3 Feb 2025 at 16:40, Sanjay Rao wrote:",
        "A Welsh version of this release is available on request.",
        "Mae fersiwn Gymraeg o’r datganiad hwn ar gael ar gais.",
        "Charity registered in England and Wales (9999997). VAT reg 999 9999 99.",
        "Accessibility statement",
        "Closing date: 12 noon, 14 March 2025",
        "We are an equal opportunities employer and welcome applications from all sections of the community.",
        "If you are not the intended recipient please delete it.",
        "Please consider the environment before printing this e-mail.",
        "This release contains forward-looking statements, which are subject to risks.",
        "###",
        "Diwedd / Ends",
    ],
)
def test_small_print_is_boilerplate(text: str) -> None:
    assert kinds(text) == [Kind.BOILERPLATE]


@pytest.mark.parametrize(
    "text",
    [
        "Read: Why the journey to work is still a barrier",
        "Watch: Ann Lee on the talent that we waste",
        "Related: Nursing graduate wins national prize",
        "Read more: the nursery at Wenlow Cross",
        "Next article: Volunteers plant an orchard",
        "Read the full story »",
        "Find out more about free swimming",
        "A medal for Sister Farrow... Read more",
    ],
)
def test_links_to_other_stories_are_teasers(text: str) -> None:
    assert kinds(text) == [Kind.TEASER]


@pytest.mark.parametrize(
    "text",
    [
        "Media enquiries: Jo Marsh, 01632 960001, press@wenlow.example",
        "For interviews contact Jo Marsh on 01632 960287",
        "Contact: communications@wenlow.example or 01632 960808",
        "WVT press office: 01632 960455 (out of hours, ask switchboard for the duty manager)",
        "For further information please contact the press office",
        "Ffôn / Telephone 01632 960612. Mae’r adroddiad hwn ar gael yn Gymraeg.",
    ],
)
def test_who_to_ring_is_a_contact(text: str) -> None:
    assert kinds(text) == [Kind.CONTACT]


@pytest.mark.parametrize(
    "text",
    [
        "Danny Davis is a Director of the Purpose Coalition, and leads our work with our corporate members.",
        "Nadia Brennan is Head of Communications at the Lockgate Trust. She was formerly a reporter.",
        "Ravinder Singh Dhaliwal joined the company from Northern Powergrid in 2018.",
        "Ann Lee was elected to Parliament in 2010. She taught chemistry before that.",
        "Professor Chidi Nwosu-Blackwood, Chair. Chidi was Chief Nursing Officer for Bermuda.",
        "Report author: Kwabena Sutcliffe, Head of Inclusion.",
        "Ms Dunmore joined the Group in 2017 and became its Chief Executive in 2021.",
    ],
)
def test_who_somebody_is_makes_a_biography(text: str) -> None:
    assert kinds(text) == [Kind.BIO]


@pytest.mark.parametrize(
    "text",
    [
        "The council has also put life back into the Rope Walk, a mill that had stood empty for ten years.",
        "The bridge has been painted in its original bottle green, and heritage was on show in May.",
        "Fresh Track is a six-week course at the prison in which men learn to maintain railway track.",
        "The year-long placement is part of Project SEARCH and is run with the college.",
        "Sickness absence for stress has fallen from 2.1 to 1.6 per cent.",
        "By the end of 2025 every vacancy for a manager will be open to people on site first.",
        "Residents can ring the new advice line on any day, and 412 of them have done so.",
        "They made a tray of cookies and sold them for the hospice.",
        "It became a registered charity last year so that firms could give to it.",
        "Copyright in the booking software was bought out so that it can be given away.",
        "We have rewritten the pupil privacy policy with a panel of Year 10s so that it fits on a side of A4.",
        "Letters are sent in large print, Easy Read or another language once a patient has asked.",
        "You can share this work: the driver's handbook is on the website for any board that wants it.",
        "You can read more about how the rota was rearranged in the board paper.",
        "Listen to the managing partner for ten minutes and the reason is plain.",
        "Anyone can ring the warm line on 01632 960111 to hear which of the 23 rooms is open that day.",
        "New starts: 115 (3.55% against 2.3%) | Finished: 32 | Successfully completed: 78%",
        "13 January 2025: opening of the Green Skills Workshop at the old tram depot in Dock Road",
        "Topics that tenants raised were bus fares, damp and the price of a swim.",
        "Barrow, J. (2001). The Ducks of Wenlow Mere. Lockgate Press. ISBN 978-0300999139.",
    ],
)
def test_what_was_done_stays_in_the_story(text: str) -> None:
    assert set(kinds(text, STORY)) <= CONTENT
    assert set(kinds(text)) <= CONTENT


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee, Chair, said: “A utility is a guest in every street. We mean to be asked back.”",
        "“We come every Saturday, whatever the weather,” said Ann Lee.",
        'Ann Lee, who has led the trust since 2019, said: "A decent job is the best start to a decent home."',
    ],
)
def test_a_paragraph_that_is_mostly_quoted_is_a_quote(text: str) -> None:
    assert kinds(text) == [Kind.QUOTE]


def test_a_quote_set_again_beside_the_text_is_a_caption() -> None:
    said = "“Nobody looks at the clock but the driver.”"
    blocks = mark([Block(HEADLINE, Kind.HEADING), Block(said, Kind.HEADING), Block(f"{STORY} Ann Lee said: {said}")])
    assert [block.kind for block in blocks] == [Kind.TITLE, Kind.CAPTION, Kind.BODY]


def test_a_name_under_what_somebody_wrote_is_no_heading() -> None:
    blocks = [Block("Foreword", Kind.HEADING), Block(STORY), Block("Dr Ann Lee Chief Executive", Kind.HEADING)]
    marked = mark([Block(HEADLINE, Kind.HEADING), *blocks, Block("Our year", Kind.HEADING), Block(STORY)])
    assert [block.kind for block in marked[1:5]] == [Kind.HEADING, Kind.BODY, Kind.BODY, Kind.HEADING]


def test_entries_under_contents_are_navigation() -> None:
    entries = ["Contents", "Foreword 3", "Our people 7"]
    marked = mark(
        [Block(HEADLINE, Kind.HEADING), Block(entries[0], Kind.HEADING), *map(Block, entries[1:]), Block(STORY)]
    )
    assert [block.kind for block in marked[1:]] == [*[Kind.NAVIGATION] * 3, Kind.BODY]


@pytest.mark.parametrize(
    "text",
    [
        "You are here: Home > News > Bike scheme",
        "Home » News » Kitchen porters",
        "Tags: health, jobs",
        "Share this page",
        "1 2 3 … 14 Next",
        "Opens in a new window",
        "★★★★★",
    ],
)
def test_the_tools_of_a_page_are_navigation(text: str) -> None:
    assert set(kinds(text, STORY)[:1]) <= {Kind.NAVIGATION, Kind.TEASER, Kind.BOILERPLATE}


def test_headlines_under_related_news_are_teasers_whatever_they_are_set_as() -> None:
    cards = [
        Block("You may also like", Kind.HEADING),
        Block("Nurse wins a medal", Kind.HEADING),
        Block("It was in Leeds."),
    ]
    marked = mark([Block(HEADLINE, Kind.HEADING), Block(STORY), *cards])
    assert [block.kind for block in marked[2:]] == [Kind.TEASER] * 3


def test_a_story_under_latest_news_is_told() -> None:
    marked = mark([Block(HEADLINE, Kind.HEADING), Block("Latest news", Kind.HEADING), Block(STORY), Block(STORY)])
    assert [block.kind for block in marked[2:]] == [Kind.BODY] * 2


def test_short_lines_under_also_this_week_are_teasers_and_sentences_are_not() -> None:
    head = [Block(HEADLINE, Kind.HEADING), Block(STORY), Block("Also this week", Kind.HEADING)]
    lines = [Block("Car park C shut"), Block("The flu team gave 1,400 jabs.")]
    assert [block.kind for block in mark([*head, *lines])[2:]] == [Kind.TEASER, Kind.TEASER, Kind.BODY]


def test_sections_about_the_body_close_a_release_and_do_not_open_one() -> None:
    about = [
        Block("About Verrow plc", Kind.HEADING),
        Block(f"Verrow {'builds and runs wind farms in nine countries ' * 4}."),
    ]
    title, story = Block(HEADLINE, Kind.HEADING), Block(STORY)
    assert [block.kind for block in mark([title, story, *about])[2:]] == [Kind.BOILERPLATE] * 2
    our_year = [Block("Our year", Kind.HEADING), Block(STORY)]
    assert [block.kind for block in mark([title, story, *about, *our_year])[2:4]] == [Kind.HEADING, Kind.BODY]


def test_notes_to_editors_that_report_something_are_content() -> None:
    notes = [
        Block("ENDS"),
        Block("Notes to editors", Kind.HEADING),
        Block("1. The scheme has helped 410 people.", Kind.LIST_ITEM),
    ]
    marked = mark([Block(HEADLINE, Kind.HEADING), Block(STORY), *notes])
    assert [block.kind for block in marked[2:]] == [Kind.BOILERPLATE, Kind.HEADING, Kind.LIST_ITEM]


def test_the_head_of_a_mail_that_is_sent_on_is_boilerplate() -> None:
    assert (
        kinds("From: Mair Hopkins <mair@tolland.example>", "Date: Wed, 18 Sept 2024", "Subject: lunch club")
        == [Kind.BOILERPLATE] * 3
    )


def test_a_case_study_under_a_name_is_no_biography() -> None:
    case = [
        Block("Sam Jones", Kind.HEADING),
        Block("Sam was out of work for three years until the hub found him a place."),
    ]
    marked = mark([Block(HEADLINE, Kind.HEADING), Block(STORY), *case, Block(STORY)])
    assert marked[3].kind is Kind.BODY


@pytest.mark.parametrize("prefix", ["Read: ", "Watch: ", "Press release: ", "NEWS: "])
def test_a_title_has_its_label_taken_off(prefix: str) -> None:
    (title, _) = mark([Block(prefix + HEADLINE), Block(STORY)])
    assert (title.kind, title.text) == (Kind.TITLE, HEADLINE)


def test_writing_paper_above_the_headline_is_not_the_title() -> None:
    head = ["Wenlow Valley NHS Trust", "PRESS RELEASE", HEADLINE]
    marked = mark([*(Block(text, Kind.HEADING) for text in head), Block(STORY)])
    assert [block.kind for block in marked[:3]] == [Kind.BOILERPLATE, Kind.BOILERPLATE, Kind.TITLE]


def test_a_menu_that_says_about_us_does_not_end_the_story() -> None:
    menu = Block("About us", Kind.NAVIGATION)
    story = Block("The Trust runs a nursery for staff, which opened in April.")
    marked = mark([menu, Block(HEADLINE, Kind.HEADING), story, Block(STORY)])
    assert marked[2].kind is Kind.BODY


@pytest.mark.parametrize(
    ("name", "title", "person"),
    [
        (
            "000_1aaff0d0df876abe.txt",
            "New report launched to recognise social impact of NHS organisations",
            "Danny Davis",
        ),
        (
            "002_e0c5ccd09a3f3811.txt",
            "Hertfordshire Community NHS Trust commits to social impact framework",
            "Mark Hulsmeier",
        ),
    ],
)
def test_teasers_and_the_staff_biography_of_a_news_page_are_not_content(name: str, title: str, person: str) -> None:
    document = read_document(SEEDS / name)
    content = " ".join(passage.text for passage in document.passages if passage.is_content)
    assert document.title == title
    assert "Read:" not in content
    assert person not in content
    assert sum(passage.kind is Kind.TEASER for passage in document.passages) == 2


@pytest.mark.parametrize("run", ["a." * 50_000, "a-" * 50_000, "A’" * 50_000, "aa.bb+" * 20_000, "0 " * 50_000])
def test_a_long_run_of_one_sign_is_read_in_no_time(run: str) -> None:
    document = document_of(Path("a.txt"), run.encode(), Watch.over())
    assert len(document.passages) == 1
