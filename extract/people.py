"""People: honorifics, letters after the name, speech, posts and what the model calls a person."""

import re
from collections.abc import Iterable, Iterator

from goalmap.extract.candidates import Candidate, Label, Sure
from goalmap.extract.gazetteer import PLACES
from goalmap.extract.given_names import GIVEN_NAMES
from goalmap.extract.names import EntityKind
from goalmap.extract.organisations import looks_like_a_body
from goalmap.extract.titles import CAPITAL_HEAD, CAPITAL_TITLE, FORMER, HAS_HEAD, SAYING
from goalmap.extract.words import CALENDAR, LOWER, STARTERS, UPPER, starts_sentence, table

_SOFT = (
    r"Rt\.? Hon\.?|Right Hon(?:ourable|\.)?|Hon\.?|Sir|Dame|Lord|Lady|Baroness|Baron|Viscount|Viscountess|Earl|Countess|Dr\.?|"
    r"Prof\.?|Professor|Mr\.?|Mrs\.?|Ms\.?|Miss|Mx\.?|Cllr\.?|Councillor|Ald\.?|Alderman|Rev\.?|Revd\.?|Reverend|Canon|"
    r"Very Rev(?:erend|d)?|Father|Fr\.?|Rabbi|Imam|Sister|Brother|Archdeacon|Bishop|Sheikh|Major|Colonel|Lt\.? Col\.?|"
    r"Lieutenant|Lt\.?|Captain|Capt\.?|Brigadier|General|Commander|Commodore|Admiral|Sergeant|Sgt\.?|Corporal|Cpl\.?|"
    r"Group Captain|Wing Commander|Squadron Leader|Air Commodore|Flight Lieutenant"
)
HONORIFIC = rf"(?:The )?(?:{_SOFT})(?: \((?:Retd|Ret’d|Ret'd|retired|Rtd)\.?\)| \(?Retd\)?)?"
HONORIFICS = re.compile(rf"^(?:(?:{HONORIFIC}) )+", re.I)

LETTERS = (
    r"(?:MP|MSP|MS|AM|MLA|CBE|OBE|MBE|DBE|KBE|GBE|KC|QC|JP|DL|BEM|KCB|CB|CMG|PhD|MD|FRS|FBA|FREng|FMedSci|FRSA|FCA|FCCA|ACA|"
    r"MA|MSc|BSc|MBA|DSc|RN|RGN|TD|VR|QN|QPM|CIPD|[FM]R[A-Z]{1,2}[A-Za-z]{1,5}|[FM]C[A-Z]{1,2}[A-Z]{1,3}|[FM]I[A-Z]{2,4})"
)
LETTERS_AFTER = re.compile(rf"(?:,? {LETTERS})+$")

NAME = rf"(?:(?:[{UPPER}][’'])?[{UPPER}][{LOWER}]+(?:[{UPPER}][{LOWER}]+)?(?:[-’'][{UPPER}{LOWER}][{LOWER}]+)*)"
"""One word of a name: Quigley, O’Shaughnessy-Patel, McAllister, Wing-Yan."""
PARTICLE = r"(?:ap|ab|ferch|verch|de la|de|dela|del|della|der|den|di|da|dos|du|van der|van den|van de|van|von der|von|el|al|bin|bint|ibn|le|la|ter|ten|y|st)"
FULL_NAME = rf"{NAME}(?: [{UPPER}]\.?(?= ))?(?: (?:{PARTICLE} )?{NAME}){{1,3}}"
ANY_NAME = rf"(?:(?:[{UPPER}]\. ?){{1,3}}(?:{PARTICLE} )?{NAME}(?: {NAME})?|{NAME}(?: [{UPPER}]\.?(?= ))?(?: (?:{PARTICLE} )?{NAME}){{0,3}})"

_WITH_HONORIFIC = re.compile(
    rf"(?<![\w’'&-])(?:{HONORIFIC} )+(?P<name>{ANY_NAME}(?: of {NAME})?)(?:,? {LETTERS}(?!\w))*"
)
_WITH_LETTERS = re.compile(rf"(?<![\w’'&-])(?P<name>{FULL_NAME})(?:,? {LETTERS}(?!\w))+")
_PEER = re.compile(r"\b(?:Lord|Lady|Baroness|Baron|Viscount|Viscountess|Earl|Countess)\b")

_AFTER = rf"(?=,? (?:{LETTERS} )*{SAYING}\b| \({NAME}|,? \d\d,|, (?:aged )?\d\d(?=,| said))"
_BEFORE_SPEECH = re.compile(rf"(?<![\w’'&-])(?P<name>{FULL_NAME}){_AFTER}")
_AFTER_SPEECH = re.compile(rf"(?:[”\"’'] ?|, ){SAYING} (?P<name>{FULL_NAME})(?![\w-])")
_BEFORE_TITLE = re.compile(
    rf"(?<![\w’'&-])(?P<name>{FULL_NAME})(?=(?:,| –| -| —| \||:|\)| is| was| has been|, who is|, who was| as)? (?:(?:an?|the|our|its|their|and) )?(?:(?:{FORMER}|founding|acting|interim|current|regional|honorary|deputy) ?-?)*(?:{CAPITAL_TITLE}|[a-z-]+ (?:[a-z-]+ )?(?:director|officer|manager|executive|lead|chair|nurse|professor))\b)"
)
_TITLE_FIRST = re.compile(
    rf"(?<![\w’'&-])(?:{CAPITAL_HEAD}|minister|secretary|executive|director|manager|chair|leader|officer),? (?P<name>{FULL_NAME})(?![\w-])"
)
_RELATION = re.compile(
    rf"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur|[Yy]our|[’']s) (?:[a-z]+ )?(?:brother|sister|son|daughter|husband|wife|partner|mother|father|mum|dad|friend|colleague|caretaker|neighbour|nephew|niece|grandson|"
    rf"granddaughter|twins?|baby),? (?P<name>(?:(?:Big|Little|Old|Young) )?{NAME}(?: {NAME})?)(?![\w-])"
)
_CONTACT = re.compile(
    rf"(?i:contact|enquiries|press office|relations|author|foreword by|written by|photo|photograph|interviews?)(?::| is| with)? ?(?:[a-z]+ )?(?P<name>{FULL_NAME})(?=[,.;: |]|$)"
)
_SIGNATURE = re.compile(
    rf"(?:[Rr]egards|[Ww]ishes|[Ss]incerely|[Tt]hanks),? (?P<name>{NAME}(?: {NAME}){{0,2}})(?=,|$|\.)"
)
_INTRODUCTION = re.compile(
    rf"\b(?:[Ii]t[’']s|I am|I[’']m|[Mm]y name is|[Mm]eet) (?P<name>{NAME}(?: (?:{PARTICLE} )?{NAME}){{0,3}})(?=[ ,.;!])"
)
_DOUBLE_BARREL = re.compile(
    rf"(?<![\w’'&-])(?P<name>{NAME}(?: {NAME})? [{UPPER}][{LOWER}]+-[{UPPER}][{LOWER}]+)(?![\w’'-])"
)
_GIVEN = re.compile(rf"(?<![\w’'&-])(?P<name>{FULL_NAME})(?![\w-])")

_FRAMES = (
    ("letters", _WITH_LETTERS, Sure.FORM),
    ("speech", _BEFORE_SPEECH, Sure.CONTEXT),
    ("speech", _AFTER_SPEECH, Sure.CONTEXT),
    ("title", _BEFORE_TITLE, Sure.CONTEXT),
    ("title", _TITLE_FIRST, Sure.CONTEXT),
    ("relation", _RELATION, Sure.CONTEXT),
    ("contact", _CONTACT, Sure.CONTEXT),
    ("signature", _SIGNATURE, Sure.CONTEXT),
    ("introduction", _INTRODUCTION, Sure.CONTEXT),
    ("double barrel", _DOUBLE_BARREL, Sure.CONTEXT),
)

NOT_NAMES = table(
    """
    Street Road Lane Avenue Court Square Park Station Valley Hill House Bridge Centre Hospital Ward Clinic Surgery Hall Green Garden
    Gardens Town City County Village Island River Beach Bay Dock Docks Quay Wharf Harbour Airport Stadium Arena Way Row Terrace
    Crescent Close Drive Place Building Tower Estate Forest Moor Moors Wold Wolds Fells Coast Region North South East West Northern
    Southern Eastern Western Central Greater Upper Lower Royal National British English Welsh Scottish Irish European American
    African Asian Caribbean Black White Muslim Christian Jewish Hindu Sikh Polish Romani Roma Report Plan Strategy Goal Goals
    Programme Project Scheme Fund Award Awards Framework Pledge Charter Standard Day Week Month Year Night Health Care Social
    Community Public Service Services Education Learning Skills Training Development Equality Diversity Inclusion People Culture
    Finance Performance Quality Safety Digital Data Technology Energy Climate Carbon Water Housing Homes Children Families Young
    Women Men Pupils Students Staff Patients Work Working Jobs Job Business Enterprise Economic Growth Regeneration Investment
    Impact Levelling Mobility Purpose Coalition Prime Deputy Chief Executive Director Officer Chair Committee Network Group Board Trust Council College
    University School Academy Institute Society Association Union Bank Company Press Media News Contact Email Notes Read Download
    Facebook Twitter LinkedIn Instagram YouTube Google Zoom Teams Microsoft Windows Android Apple Amazon Covid Brexit
    Level Levels Universal Credit Living Wage Act Bill Standards Tax Vat Gas Oil Wind Solar Heat Net Zero Cancer Diabetes
    Annual General Meeting Summary Introduction Foreword Conclusion Appendix Table Figure Chapter Section Part Page
    Gold Silver Bronze Platinum Red Blue Club Forum Partnership Alliance Foundation Charity Workshop Hub Library Museum Theatre Gallery
    Parliament Government Ministry Department Office House Commons Lords Treasury Senedd Assembly Police Army Navy Force Forces Armed
    Secretary Minister President Professor Cabinet Member Leader Manager Head Lead Senior Junior Nurse Doctor Consultant Governor
    Bus Buses Rail Railway Train Trains Line Lines Express Mail Post Times Guardian Telegraph Observer Star Sun Mirror Herald Gazette
    Cymru Heol Neuadd Sixth Form Primary Secondary Key Stage Early Years Open Good Best Better New Old First Second Third Last
    Mental Physical Emergency Accident Maternity Stroke Radiology Theatre Theatres Emissions Scope Total Fair Reducing Improving
    Gender Pay Gap Kitchens Partners Fund Funds Team Teams Groups Grants Grant Warehouse Mayor Chancellor Walk Walk-In Talking Equalities Manager
    Supporting Delivering Creating Developing Promoting Advancing Strengthening Tackling Closing Extending Harness Achieve
    Healthcare Apprenticeship Apprenticeships Apprentice Traineeship Internship Bursary Scholarship Volunteer Volunteers Volunteering
    """
)
"""Words that stand in names of places, bodies and headings, but hardly in a person's."""


def find_people(text: str, labels: Iterable[Label]) -> Iterator[Candidate]:
    """Every proposal for a person in one passage."""
    yield from _with_honorifics(text)
    yield from _in_frames(text)
    yield from _with_given_names(text)
    yield from _from_model(text, labels)


def _with_honorifics(text: str) -> Iterator[Candidate]:
    for match in _WITH_HONORIFIC.finditer(text):
        name = match["name"]
        if not _PEER.search(match.group()) and " of " in name:
            name = name.split(" of ")[0]
        end = _end_of_person(text, match.start("name"), name, match)
        if end and name.split()[0] not in _NO_NAME_AFTER_TITLE:
            yield Candidate(EntityKind.PERSON, match.start(), end, "honorific", Sure.FORM)


_NO_NAME_AFTER_TITLE = NOT_NAMES - {
    "Black",
    "White",
    "Green",
    "Young",
    "Hill",
    "Moor",
    "Street",
    "Day",
    "Park",
    "Close",
    "Bridge",
    "Way",
    "Wood",
    "Forest",
}


def _end_of_person(text: str, start: int, name: str, match: re.Match[str]) -> int | None:
    """Where the name ends once words that cannot stand in a name are cut off its end."""
    if name == match["name"]:
        kept = _trimmed(name)
        return match.end() if kept == name else start + len(kept) if kept else None
    kept = _trimmed(name)
    return start + len(kept) if kept else None


def _trimmed(name: str) -> str:
    """The leading words up to the first that is no name, keeping at least the first."""
    words = name.split()
    for place, word in enumerate(words):
        if place and (word in _NO_NAME_AFTER_TITLE or (word in CALENDAR and word not in GIVEN_NAMES)):
            return " ".join(words[:place])
    return name


def _in_frames(text: str) -> Iterator[Candidate]:
    for rule, pattern, sure in _FRAMES:
        for match in pattern.finditer(text):
            start, end = match.span("name") if rule != "letters" else match.span()
            start += _length_of_starters(text[start:end])
            if _may_be_person(text[start:end], text, start) and (
                sure > Sure.CONTEXT or _has_enough_words(rule, text[start:end])
            ):
                yield Candidate(EntityKind.PERSON, start, end, rule, sure)


def _has_enough_words(rule: str, name: str) -> bool:
    return " " in name or rule in ("relation", "introduction", "signature")


def _with_given_names(text: str) -> Iterator[Candidate]:
    for match in _GIVEN.finditer(text):
        start = match.start() + _before_given_name(match.group())
        name = text[start : match.end()]
        if " " in name and name.split()[0] in GIVEN_NAMES and _may_be_person(name, text, start):
            yield Candidate(EntityKind.PERSON, start, match.end(), "given name", Sure.PHRASE)


def _before_given_name(run: str) -> int:
    """How many characters of a run of capitals stand before its first given name: `Assets Paul Forster-Bell`."""
    length = 0
    for word in run.split():
        if word in GIVEN_NAMES:
            return length
        length += len(word) + 1
    return 0


def _looks_like_a_place(name: str, text: str, start: int) -> bool:
    return bool(_PLACE_BEFORE.search(text[max(0, start - 8) : start])) or any(
        word in PLACES or word in _LANDSCAPE for word in name.split()
    )


_LANDSCAPE = table(
    "Marsh Vale Long Fen Fens Haven Mill Abbey Castle Chapel Heath Wells Ford Cross End Common Green Dale Brook Bank Point Head Side Gate Little Saint Market Old Spring"
)


def _from_model(text: str, labels: Iterable[Label]) -> Iterator[Candidate]:
    for label in labels:
        if label.label != "PERSON":
            continue
        for match in _GIVEN.finditer(text, label.start, min(len(text), label.end + 30)):
            if match.start() >= label.end:
                break
            start = match.start() + _length_of_starters(match.group())
            name = text[start : match.end()]
            if " " in name and _may_be_person(name, text, start) and not _looks_like_a_place(name, text, start):
                yield Candidate(EntityKind.PERSON, start, match.end(), "model", Sure.MODEL)
        name = text[label.start : label.end]
        if name in GIVEN_NAMES and name not in CALENDAR and not starts_sentence(text, label.start):
            yield Candidate(EntityKind.PERSON, label.start, label.end, "given name", Sure.MODEL)


_PLACE_BEFORE = re.compile(r"\b(?:[Aa]t|[Ii]n|[Oo]n|near|across|around|through|via|called) $")


def _length_of_starters(name: str) -> int:
    """How many characters of words such as `Thanks` or `Paramedic` stand before the name proper."""
    length = 0
    for word in name.split()[:-1]:
        if word in GIVEN_NAMES or not (word in STARTERS or HAS_HEAD.fullmatch(word)):
            break
        length += len(word) + 1
    return length


def _may_be_person(name: str, text: str, start: int) -> bool:
    bare = LETTERS_AFTER.sub("", HONORIFICS.sub("", name))
    words = bare.split()
    if (
        not words
        or words[0] in ("St", "St.")
        or any(word in NOT_NAMES or word in CALENDAR - GIVEN_NAMES for word in words)
    ):
        return False
    if words[0] in STARTERS and words[0] not in GIVEN_NAMES:
        return False
    return not (looks_like_a_body(bare) or HAS_HEAD.search(bare) or _after_the(text, start))


def _after_the(text: str, start: int) -> bool:
    """`the Danny Davis` is hardly a person; `the Rev Canon Huggins` is, but his honorific already says so."""
    return text[max(0, start - 4) : start].casefold() == "the "


def bare_name(surface: str) -> str:
    """The canonical name: no honorific, no letters after it, no possessive."""
    name = re.sub(r"[’']s?$", "", surface) if re.search(r"[’']s?$", surface) else surface
    return LETTERS_AFTER.sub("", HONORIFICS.sub("", name)).strip(" ,") or surface
