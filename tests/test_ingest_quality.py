"""Garbled pages are told from text, and text of any kind from garbled pages."""

import random
import string

import pytest

from goalmap.ingest.common_words import common_words
from goalmap.ingest.pdf.quality import FAULTS, fault_of, foreign_language, known

TEXT = (
    "The Trust opened a nursery on the old laundry site in March, with sixty places for the children of staff and of "
    "families who live within a mile. Half of the places are kept for parents who work nights. Twelve people from "
    "the estate were trained as nursery assistants while it was built, and nine of them now have a permanent post. "
    "“I can drop him off at six and be on the ward at seven,” said a porter whose son was the first to come."
)
LETTERS = list(string.ascii_lowercase)
SHUFFLED = random.Random(7).sample(LETTERS, len(LETTERS))


def shifted(text: str) -> str:
    """What a font gives whose characters are counted from another start."""
    return " ".join("".join(chr(max(33, ord(char) - 29)) for char in word) for word in text.split())


def rows_of(text: str, width: int) -> str:
    """Words run together, a line of the page at a time."""
    letters = text.replace(" ", "")
    return " ".join(letters[i : i + width] for i in range(0, len(letters), width))


def in_pairs(text: str) -> str:
    """Every other word glued to the next."""
    words = text.split()
    return " ".join(one + other for one, other in zip(words[::2], words[1::2], strict=False))


def mixed_up(text: str) -> str:
    mixer = random.Random(3)
    return " ".join("".join(mixer.sample(word, len(word))) for word in text.split())


GARBLED = {
    "unmapped": "(cid:12)(cid:7)(cid:31) (cid:33)(cid:9)(cid:2) (cid:3)(cid:12)",
    "odd letters": "dŚĞ dƌƵƐƚ ŽƉĞŶĞĚ Ă ŶƵƌƐĞƌLJ ĨŽƌ ƐƚĂĨĨ ĂŶĚ ƚŚĞŝƌ ĨĂŵŝůŝĞƐ",
    "signs": "".join(chr((ord(char) - 32 + 41) % 95 + 32) if char.isascii() else char for char in TEXT),
    "accented": "Ûéî Ûòõóô ïðåîåä á îõòóåòù æïò óôáææ áîä ôèåéò æáíéìéåó",
    "doubled": "".join(char * 2 if char.isalpha() else char for char in TEXT),
    "spaced": " ".join(TEXT.replace(" ", "")),
    "mirrored": " ".join(word[::-1] for word in TEXT.split()),
    "glued": rows_of(TEXT, 70),
    "dummy": "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et "
    "dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation",
    "strange": TEXT.lower().translate(str.maketrans("".join(LETTERS), "".join(SHUFFLED))),
    "scrambled": mixed_up(TEXT),
}


@pytest.mark.parametrize("name", [fault.name for fault in FAULTS])
def test_each_fault_is_found_by_its_name(name: str) -> None:
    fault = fault_of(GARBLED[name].split())
    assert fault is not None
    assert fault.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(shifted(TEXT), "strange", id="codes read as letters"),
        pytest.param("\ue001\ue014\ue020 " * 12, "unmapped", id="private characters"),
        pytest.param("\ufffd\ufffd\ufffd\ufffd " * 8, "unmapped", id="control characters"),
        pytest.param(in_pairs(TEXT), "glued", id="words glued in pairs"),
        pytest.param(rows_of(TEXT, 4), "scrambled", id="words cut at the wrong places"),
    ],
)
def test_other_forms_of_a_fault_are_found_too(text: str, name: str) -> None:
    fault = fault_of(text.split())
    assert fault is not None
    assert fault.name == name


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TEXT, id="prose"),
        pytest.param(TEXT.upper(), id="capitals"),
        pytest.param("", id="an empty page"),
        pytest.param("Our people", id="a heading alone"),
        pytest.param("P E O P L E  P L A N", id="a spaced heading alone"),
        pytest.param("\uf0b7 " + TEXT.replace(". ", ". \uf0b7 "), id="bullets of a symbol font"),
        pytest.param(
            "Amara Nwosu Chair Piotr Kowalczyk Siân Llewelyn Dafydd ap Gruffydd Oluwaseun Adeyemi Nguyen Thi Hoa "
            "Xiulan Zhang Priya Ramachandran Zbigniew Wójcik Niamh Ní Bhroin Rhys Pryce Shanice Oyelaran Faisal "
            "Qureshi Ngozi Okafor Tadhg O’Sullivan Blessing Mwangi Krzysztof Szymański Jagdeep Dhaliwal",
            id="names",
        ),
        pytest.param(
            "1,204 2,330 14.5% £3.2m 2021/22 2022/23 88 FTE 1.0 0.8 RX1 WTE BME 12 % 13 % 44 55 31 Mar 2024 Q1 Q2 Q3",
            id="figures",
        ),
        pytest.param(
            "NHSE ICB BAME WRES WDES CQC MHRA NICE FOI PALS QIPP CIP CQUIN SFI SRO ESG EDI HEE UCAS HESA FTE WTE YTD "
            "RAG BAF EPRR IPC VTE MRSA CDI",
            id="abbreviations",
        ),
        pytest.param(
            "Foreword ............ 3 Our year at a glance ....... 5 Jobs and skills ..... 8 Apprenticeships .... 12 "
            "Net zero .... 19 Equality, diversity and inclusion ... 25 Accounts .... 41",
            id="contents",
        ),
        pytest.param(
            "https://www.wenlowvalley.example/about-us/our-people/apprenticeships-and-early-careers "
            "communications.department@wenlowvalley.example https://www.wenlowvalley.example/news/archive/2023",
            id="addresses",
        ),
        pytest.param("Ward met its target: " + "y n n y n n n y " * 12, id="a table of yes and no"),
        pytest.param(
            "dichlorobutene 0.615 0.346 0.692 toluene 0.182 0.048 0.096 xylene 0.026 0.033 0.066 benzene 0.05 0.041 "
            * 5,
            id="a table of measures with rare names",
        ),
    ],
)
def test_pages_that_hold_text_pass(text: str) -> None:
    assert fault_of(text.split()) is None


LANGUAGES = {
    "Welsh": "Mae’r bwrdd iechyd wedi agor canolfan newydd yn y dref er mwyn helpu pobl ifanc i gael gwaith. Bydd y "
    "ganolfan ar agor bob dydd ac mae’r staff yn gallu siarad Cymraeg gyda phawb sydd yn dod drwy’r drws.",
    "Gaelic": "Tha am bòrd slàinte air ionad ùr fhosgladh anns a’ bhaile airson daoine òga a chuideachadh le obair "
    "agus trèanadh. Bidh an t-ionad fosgailte gach latha agus tha an luchd-obrach ann aig an doras.",
    "French": "Le conseil de santé a ouvert un nouveau centre dans la ville pour aider les jeunes à trouver du travail. "
    "Le centre est ouvert tous les jours et les équipes sont fières de ce qui a été fait pour les habitants.",
    "German": "Die Klinik hat ein neues Zentrum in der Stadt eröffnet, um jungen Menschen bei der Suche nach Arbeit zu "
    "helfen. Das Zentrum ist jeden Tag geöffnet, und die Mitarbeiter sind stolz auf das, was erreicht wurde.",
    "Spanish": "El hospital ha abierto un nuevo centro en la ciudad para ayudar a los jóvenes a encontrar trabajo. El "
    "centro está abierto todos los días y el personal se siente orgulloso de lo que se ha hecho por las familias.",
    "Polish": "Szpital otworzył nowe centrum w mieście, aby pomóc młodym ludziom znaleźć pracę oraz szkolenie. Centrum "
    "jest otwarte codziennie i każdy może przyjść, jeśli nie ma pracy. Jesteśmy dumni z tego, co udało się zrobić przez rok.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_language_is_not_called_garbled(language: str) -> None:
    words = LANGUAGES[language].split()
    assert foreign_language(words) == language
    assert fault_of(words) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "افتتحت المستشفى مركزا جديدا في المدينة لمساعدة الشباب على العثور على عمل وتدريب مفتوح كل يوم", id="Arabic"
        ),
        pytest.param(
            "Больница открыла в городе новый центр, чтобы помочь молодым людям найти работу и учёбу", id="Russian"
        ),
        pytest.param(
            "医院在城里开设了一个新的中心帮助年轻人找到工作和培训机会每天都向所有居民免费开放并提供午餐 " * 3,
            id="Chinese",
        ),
        pytest.param(
            "3Dプリンター×地域の若者×病院 新しい作業場を駅前に開き週に五日だれでも使えるようにしました", id="Japanese"
        ),
    ],
)
def test_another_script_is_not_called_garbled(text: str) -> None:
    assert fault_of(text.split()) is None


def test_english_is_no_foreign_language() -> None:
    assert foreign_language(TEXT.split()) is None


def test_dummy_latin_is_worth_knowing_but_no_loss() -> None:
    fault = fault_of(GARBLED["dummy"].split())
    assert fault is not None
    assert not fault.remark.is_loss


def test_a_reading_is_worth_its_common_words() -> None:
    assert known(["The", "Trust,", "“opened”", "a", "xqzv", "nursery."]) == 4


def test_the_common_words_are_sorted_lower_case_words() -> None:
    assert {"the", "apprenticeship", "nursery"} <= common_words()
    assert all(word.isalpha() and word.isascii() and word.islower() for word in common_words())


def test_a_page_of_program_code_and_sums_is_text() -> None:
    page = (
        "total = a + b; if (total > limit) { print(total); } else { total = total - 1; } // count the rest of the day"
    )
    assert fault_of(page.split()) is None
