"""Organisations: legal forms, words that head a body's name, acronyms in brackets, known bodies and the model's labels."""

import re
from collections.abc import Iterable, Iterator

from goalmap.extract.candidates import Candidate, Label, Sure
from goalmap.extract.gazetteer import BODIES, NOT_BODIES, ORDINARY, PLACES
from goalmap.extract.names import EntityKind
from goalmap.extract.titles import CAPITAL_HEAD, FORMER, POST_AT
from goalmap.extract.words import (
    CALENDAR,
    CAPITAL,
    NAME_RUN,
    STARTERS,
    Word,
    starts_sentence,
    table,
    without_article,
    words_of,
)

HEADS = table(
    """
    Trust Trusts Board Council Councils Authority University College Colleges School Schools Academy Ltd Ltd. Limited plc PLC CIC LLP Inc Charity Foundation Committee
    Network Department Ministry Agency Commission Coalition Partnership Federation Association Society Union Institute Institution Group
    Holdings Bank Club Forum Taskforce Alliance Consortium Corporation Company Police Constabulary Corps Regiment Homes Housing Hospice
    Hospitals Facilities Finance Insurance Solutions Consulting Consultancy Technologies Theatre Museum Orchestra Government Treasury Exchange
    Church Mosque Gurdwara Synagogue Temple Cathedral Diocese Partners Buses Railway Airlines Airways Motors Brewery Distillery
    Healthcare Pharmacy Legion Guild Chamber Confederation Congress Cooperative Co-operative Co-op Nursery Gallery
    Inspectorate Tribunal Ombudsman Regulator Directorate Secretariat Observatory Faculty Parliament Assembly Choir Pantry
    Panel Prison Rugby Athletic Rovers Wanderers FC RFC Kitchen Works Studios Labs Logistics Engineering Construction Developments
    Estates Properties Investments Capital Ventures Energy Water Power Fibre Telecom Broadband Media Press Publishing Foods Bakery Farm Farms
    Dairy Retail Stores Supermarkets Build Builders Contractors Marine Shipyard Shipping Aerospace Steel Steels Chemicals Pharma Pharmaceuticals
    Scouts Guides Cadets Volunteers Veterans System Echo Gazette Herald Chronicle Telegraph Courier Argus
    """
)
"""The last word of a body's name."""

OPENERS = table(
    """
    University College School Faculty Institute Institution Department Ministry House Bank Society Association Academy Council Board
    Federation Borough Church Office Guild Chamber Confederation Foundation Friends Diocese Trust Centre Union Commission Agency Corporation
    Hospitals Company Institute Order Museum Campaign
    """
)
"""Words after which `of` or `for` goes on with the same body: University of the Marches."""

FOR_OPENERS = table(
    "Department Ministry Foundation Institute Centre Society Association Office Agency Campaign Commission Charity"
)

SUFFIXES = table("Ltd Ltd. Limited plc PLC CIC LLP Inc CIO SCIO plc. UK")

LAST_WORDS = HEADS | {
    "Form",
    "Trust",
    "England",
    "Wales",
    "Scotland",
    "UK",
    "Cymru",
    "Service",
    "Services",
    "Centre",
    "Office",
}

BODY_END = re.compile(
    r"(?:^| )(?:"
    + "|".join(sorted(HEADS - {"Wood", "Power", "Steel", "Farm", "Church", "Marine", "Water", "Temple"}))
    + r")$"
)
_BODY_START = re.compile(
    r"^(?:NHS|HM|HMP|HMS|RAF|University|Royal College|Institute|Department|Ministry|Citizens Advice|Age UK|Friends) "
)

_SERVICE = re.compile(
    rf"(?<!\w)(?:{CAPITAL} (?:and )?){{1,6}}(?:Ambulance|Fire and Rescue|Fire & Rescue|Probation|Prosecution|Library|Civil|Blood|Careers|Health|Prison|Police|Cancer) Service(?: NHS (?:Foundation )?Trust)?(?!\w)"
)
_COUNTRY = re.compile(
    rf"(?<!\w)(?:(?:NHS|Sport|Homes|Historic|Natural|Skills|Forestry|Arts Council|Public Health|Health Education|Youth) (?:England|Wales|Scotland|Northern Ireland)"
    rf"|(?:{CAPITAL} (?:and )?){{1,3}}(?:UK|Cymru|GB))(?! {CAPITAL_HEAD})(?!\w)"
)
_NHS_OR_HM = re.compile(
    r"(?<!\w)(?:NHS (?:Employers|Providers|Confederation|Property Services|Digital|Improvement|Resolution|Business Services Authority|Blood and Transplant|Charities Together|Professionals|Shared Business Services|Supply Chain|Elect|Horizons|Leadership Academy)|HM (?:Treasury|Revenue and Customs|Revenue & Customs|Prison and Probation Service|Inspectorate of \w+|Government|Land Registry)|HMP(?:/YOI)? [A-Z]\w+(?: [A-Z]\w+)?)(?!\w)"
)
_BRANCH = re.compile(
    rf"(?<!\w)(?:Citizens Advice|Age UK|Mind in|Age Concern|Home-Start|Healthwatch|Jobcentre|Relate|Mencap|YMCA|Samaritans of) (?:{CAPITAL}(?: (?:and|&|upon) {CAPITAL})?(?: {CAPITAL})?)(?!\w)"
)
_SAINT = re.compile(rf"(?<!\w)St\.? (?:{CAPITAL})(?:[’']s)?(?: {CAPITAL})?(?=[ ,.;)])")
_CAMEL = re.compile(r"(?<![\w@/.])[A-Z][a-z]+(?:[A-Z][a-z]+)+(?!\w)")

ACRONYM = r"[A-Z][A-Za-z&]{0,2}[A-Z&]{1,6}[A-Za-z]?"
DEFINED = re.compile(
    rf"(?P<name>{NAME_RUN}(?: plc)?)[’']?s? \((?:the |or |known as )?[“\"‘']?(?P<acronym>{ACRONYM})[”\"’']?\)"
)
_COMMON_NOUN = (
    r"(?:charity|contractor|company|firm|co-operative|cooperative|landlord|housing association|regulator|think tank|social enterprise|trade union|union|supplier|"
    r"supermarket|retailer|bank|building society|community interest company|subsidiary|body|organisation|charities|businesses|employer|partner|partners|operators including|developer|manufacturer|brewer|start-up)"
)
_AFTER_NOUN = re.compile(rf"\b{_COMMON_NOUN},? (?P<name>{NAME_RUN})(?![\w-])")
_BODY_NOUN = r"(?:network|charity|co-operative|company|contractor|arm|subsidiary|union|firm|landlord|group|agency|society|organisation|supplier|partner|regulator|club)"
_BEFORE_NOUN = re.compile(
    rf"(?<![\w’'&-])(?P<name>{NAME_RUN}), (?:our|the|an?|its|their|which is|who are)(?: local| national| new)?(?: [\w’'+-]+){{0,4}}? {_BODY_NOUN}\b"
)
_NAMED_BODY = re.compile(
    rf"\b(?:[Tt]he|[Oo]ur|[Ii]ts) (?:new |local |national )?(?P<name>{NAME_RUN}) (?:network|charity|union|co-operative|cooperative|consortium|coalition|alliance|think tank|supermarket|building society|housing association)(?![\w-])"
)
_NOUN_FIRST = re.compile(
    rf"\b(?:[Oo]ur|[Tt]he|[Ii]ts)(?: [\w-]+){{0,2}} (?:arm|charity|contractor|partner|subsidiary|landlord|developer|supplier), (?P<name>{NAME_RUN}),"
)
_FOR_NOUN = re.compile(
    rf"(?<![\w’'&-])(?P<name>{NAME_RUN}), for (?:[\w-]+ ){{0,4}}(?:colleagues|staff|members|employees)\b"
)
_AGENT = re.compile(
    rf"\b(?:teamed up with|partnered with|partnership with|working with|run by|built (?:for \w+ )?by|provided by|delivered by|led by|hosted by|funded by|supported by|commissioned from|leased (?:from|to)|bought from|adverti[sz]ed through|joined (?:us )?from|joined \w+ from|together by|taught (?:[\w, ]{{0,40}} )?by|collaboration with|engineers from|advisers? from|volunteers from|assessor from|workers? from|coach from|(?:staff|instructors|trainers|coaches|experts|tutors|therapists|mechanics|apprentices|colleagues|specialists|nurses|students|grant|funding|support|money|help) from) (?:the )?(?P<name>{NAME_RUN})(?![\w-])"
)

_CONTEXTS = (
    ("noun before", _AFTER_NOUN, Sure.CONTEXT),
    ("noun after", _BEFORE_NOUN, Sure.PHRASE),
    ("noun before", _NOUN_FIRST, Sure.PHRASE),
    ("staff group", _FOR_NOUN, Sure.PHRASE),
    ("agent", _AGENT, Sure.CONTEXT),
    ("post", POST_AT, Sure.CONTEXT),
    ("noun after", _NAMED_BODY, Sure.PHRASE),
)
_SIXTH_FORM = re.compile(rf"(?<!\w)(?:{CAPITAL} ){{1,4}}Sixth Form(?! College)(?! [A-Z])(?:s(?!\w))?(?!\w)")
_FORMS = (
    ("sixth form", _SIXTH_FORM),
    ("service", _SERVICE),
    ("country", _COUNTRY),
    ("NHS or HM", _NHS_OR_HM),
    ("branch", _BRANCH),
)

NOT_BODY_NAMES = re.compile(
    r"\b(?:Programme|Project|Scheme|Fund|Awards?|Strategy|Plan|Framework|Goals?|Report|Pledge|Charter|Standard|Initiative|Campaign|Act|Bill|Day|Week|Year|Month|Level|Levels|"
    r"Street|Road|Lane|Avenue|Square|Row|Court|Station|Valley|Bridge|Hall|House|Airport|Stadium|Park|Ward|Hub|Credit|Wage|Review|Policy|Duty|Certificate|Tax|Premium|Budget|Account|Apprenticeships?|Hospital|Infirmary|Centre|Clinic|Surgery|Benefit|Inclusion|Participation|Awareness|Poverty|Plus Plan|Mews|Close|Gardens|Drive|Fair|Change|Equality|Planning|Value|Lotter|Added|Target|Plans|Degree|Diploma|Course|Module|Disease|Syndrome|Cancer|Section|Annex|Wing|Unit|Room|Suite|Gap|App)$"
)
_JOB_WORD = re.compile(
    rf"^(?:{FORMER} |{CAPITAL_HEAD}(?: of| for| at)?(?: the)? |(?:Chief|Deputy|Assistant|Senior|Executive|Managing|Non-Executive|Clinical|Medical|Cabinet) )+",
    re.I,
)

_GIVEN_PREFIXES = STARTERS - {
    "Good",
    "New",
    "First",
    "Great",
    "Open",
    "Best",
    "One",
    "Full",
    "Inside",
    "Young",
    "Back",
    "Off",
    "Fair",
    "Three",
    "Now",
    "Together",
    "Change",
    "Working",
}


def looks_like_a_body(name: str) -> bool:
    return bool(BODY_END.search(name) or _BODY_START.search(name)) or name in BODIES


def find_organisations(text: str, labels: Iterable[Label]) -> Iterator[Candidate]:
    """Every proposal for an organisation in one passage, and the words that are surely none."""
    words = words_of(text)
    yield from _known(text, words)
    yield from _headed(text, words)
    yield from _formed(text)
    yield from _in_context(text)
    yield from _from_model(text, labels)


_FIRST_WORDS: dict[str, list[str]] = {}
for _body in sorted(BODIES, key=len, reverse=True):
    _FIRST_WORDS.setdefault(re.split(r"[ ]", _body)[0], []).append(_body)


def _known(text: str, words: list[Word]) -> Iterator[Candidate]:
    plain = text.replace("’", "'")
    for word in words:
        if not word.is_capital:
            continue
        body = _body_at(plain, word)
        if body == "NHS" and not _NHS_ALONE.match(text[word.end : word.end + 20]):
            yield Candidate(None, word.start, word.end, "adjective", Sure.MODEL)
        elif body and not (body in ORDINARY and not _stands_alone(text, word.start, word.start + len(body))):
            yield Candidate(EntityKind.ORGANISATION, word.start, word.start + len(body), "known body", Sure.FORM)


_NHS_ALONE = re.compile(
    r"(?:[’']s)?(?:$|[.,;:!?)”\"]| [–-] | (?:and|or|is|was|has|have|had|will|can|could|would|should|must|to|in|for|on|at|as|that|which|who|with|by|of|from|than|when|where|while|but|over|through|across|"
    r"faces|needs|runs|provides|spends|wants|said|says|told|it|we|they|if|because|so|after|before|since|during|today|now|itself|does|did|also|the|more|under)\b)"
)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Capitalised for its own sake and no part of a longer name."""
    before = re.search(r"(\w+) $", text[max(0, start - 20) : start])
    return (
        not starts_sentence(text, start)
        and not (before and before[1][0].isupper())
        and not re.match(r" [A-Z]", text[end : end + 2])
    )


def _body_at(plain: str, word: Word) -> str | None:
    first = plain[word.start : word.end]
    for body in _FIRST_WORDS.get(first, ()) or _FIRST_WORDS.get(first.removesuffix("'s"), ()):
        end = word.start + len(body)
        if (
            plain.startswith(body, word.start)
            and not plain[end : end + 1].isalnum()
            and plain[end : end + 1] not in ("-", "&")
        ):
            return body
    return None


def _headed(text: str, words: list[Word]) -> Iterator[Candidate]:
    """Names that end in a word such as Trust, or begin with one such as University of."""
    place = 0
    while place < len(words):
        if (words[place].text in HEADS and words[place].is_capital) or words[place].text in (
            "plc",
            "Ltd",
            "Department",
            "Ministry",
        ):
            last = _last_word(text, words, place)
            first = _first_word(text, words, place)
            candidate = _headed_candidate(text, words, first, place, last)
            if candidate:
                yield candidate
            place = max(place, last)
        place += 1


def _headed_candidate(text: str, words: list[Word], first: int, head: int, last: int) -> Candidate | None:
    first = _without_starters(text, words, first, head)
    name = text[words[first].start : words[last].end]
    if last == head == first or name in NOT_BODIES:
        return None
    bare = words[first:head]
    if all(word.text in STARTERS for word in bare) and last == head:
        return None
    sure = Sure.CONTEXT if words[last].text in AMBIGUOUS_HEADS and last - first < 3 else Sure.FORM
    if _is_generic(words, first, last):
        return None
    return Candidate(EntityKind.ORGANISATION, words[first].start, words[last].end, "head word", sure)


AMBIGUOUS_HEADS = table(
    "Academy Company System Kitchen Club Works Exchange Panel Build Farm Power Capital Press Theatre Partners Guides Scouts Congress Media Engineering Housing Homes Energy"
)
"""Heads that initiatives and places share with bodies."""

_GENERIC_WORDS = table(
    """
    Local Combined City County District Borough Town Parish Unitary Public Trust Trusts Executive Managing Project Steering Working Social State Special Credit NHS Fire
    Integrated Care Health Service Services Staff Board Boards Main Full Joint Central Shadow Clinical Care Primary Secondary High Warm Affordable Community National Regional Young
    Council Councils University School Schools College Further Higher Sixth Multi-Academy Teaching Foundation Private Voluntary Housing Corporate Senior Management Leadership Legal and Finance Mental
    Programme Parent Parents User Users Green Planning Task Focus Advisory Reference Transport Transition Education Authority Authorities Group Estates Infant Junior Nursery Village Academy
    Directors Governors Trustees of the Local Catholic Our Communities Independent Training
    """
)
"""Words that make no name of a common noun: Local Authority, Trust Board, Board of Directors."""


def _is_generic(words: list[Word], first: int, last: int) -> bool:
    return all(word.text in _GENERIC_WORDS or word.text in HEADS - _NAMING_HEADS for word in words[first : last + 1])


_NAMING_HEADS = table(
    "Committee Commission Forum Department Ministry Government Parliament Treasury Faculty Institute Coalition Alliance Federation Society Network Panel"
)


def _without_starters(text: str, words: list[Word], first: int, head: int) -> int:
    while first < head and (_only_starts(text, words[first]) or words[first].text in CALENDAR):
        first += 1
    while first < head and (
        words[first].text in ("and", "of", "for", "the", "in", "&") or _is_job_word(words, first, head)
    ):
        first += 1
    return first


def _only_starts(text: str, word: Word) -> bool:
    """A word such as `Under` or `The` whose capital the sentence gives it; `People and Culture Committee` keeps its first."""
    return word.text in ("The", "Our", "Your") or (word.text in _GIVEN_PREFIXES and starts_sentence(text, word.start))


def _is_job_word(words: list[Word], first: int, head: int) -> bool:
    return (
        first + 1 < head
        and bool(_JOB_WORD.match(words[first].text + " "))
        and words[first + 1].text in ("of", "for", "at")
    )


def _gap(text: str, words: list[Word], left: int) -> str:
    return text[words[left].end : words[left + 1].start]


LONGEST_NAME = 14
"""Words of a body's name; a longer run is a list or a table."""

_SMALL = ("and", "&", "of", "for", "the", "in", "upon", "on")


def _first_word(text: str, words: list[Word], head: int) -> int:
    """Walk left from the head over capitalised words and the small words that bind them."""
    first = head
    while first > max(0, head - LONGEST_NAME):
        if _gap(text, words, first - 1) not in (" ", "\u00a0", "’s ", "'s ", "’ ", "' "):
            break
        before = words[first - 1]
        if before.text.endswith(("’s", "'s")) and _owner_stands_apart(text, words, first - 1):
            break
        if before.is_capital:
            first -= 1
        elif before.text in _SMALL and (bound := _bound_left(text, words, first - 1)) is not None:
            first = bound
        else:
            break
    return first


_OWN_NAMES = table(
    "Children Women Men People Carers Students Veterans Workers Patients Citizens Friends King Queen Prince Princess Bishop Farmers Girls Boys Guy Mary John"
)


def _owner_stands_apart(text: str, words: list[Word], owner: int) -> bool:
    """`Justine Greening’s Purpose Coalition`: the owner is no part of the name; `King’s College`: it is."""
    if words[owner].text[:-2] in _OWN_NAMES or (owner and words[owner - 1].text == "St"):
        return False
    if words[owner].text[:-2].isupper():
        return True
    return owner > 0 and words[owner - 1].is_capital and _gap(text, words, owner - 1) == " "


def _bound_left(text: str, words: list[Word], small: int) -> int | None:
    """The index to go on from when the small words ending at `small` bind the name to what stands before them."""
    start = small
    while start > max(0, small - 3) and words[start - 1].text in _SMALL and _gap(text, words, start - 1) == " ":
        start -= 1
    if start == 0 or _gap(text, words, start - 1) not in (" ",):
        return None
    before = words[start - 1]
    if not before.is_capital or _only_starts(text, before):
        return None
    link = [word.text for word in words[start : small + 1]]
    if link in (["and"], ["&"]):
        whole = (
            before.text in LAST_WORDS
            and start > 1
            and words[start - 2].is_capital
            and _gap(text, words, start - 2) == " "
        )
        joined = not (
            whole
            or _ends_with_of(text, words, start - 1)
            or before.text in BODIES
            or before.text.isupper()
            or _ends_known(text, words, start - 1)
        )
        return start - 1 if joined else None
    if (link[0] == "of" and before.text in OPENERS) or (link[0] == "for" and before.text in FOR_OPENERS):
        return start - 1
    if link in (["upon"], ["on"]):
        return start - 1
    return None


def _ends_with_of(text: str, words: list[Word], last: int) -> bool:
    """The words up to `last` are already a whole name such as University of the Fens."""
    place = last
    while place > 0 and words[place - 1].is_capital and _gap(text, words, place - 1) == " ":
        place -= 1
    while place > 0 and words[place - 1].text in ("of", "for", "the"):
        place -= 1
    return place > 0 and words[place].text in ("of", "for") and words[place - 1].text in OPENERS


def _ends_known(text: str, words: list[Word], last: int) -> bool:
    return last > 0 and f"{words[last - 1].text} {words[last].text}" in BODIES


def _last_word(text: str, words: list[Word], head: int) -> int:
    """Walk right from the head over legal suffixes, further heads, and `of` or `for` with what follows."""
    last = head
    while last + 1 < min(len(words), head + LONGEST_NAME) and _gap(text, words, last) in (" ", "\u00a0"):
        following = words[last + 1]
        if (
            following.text in SUFFIXES
            or following.text in HEADS
            or following.text in ("NHS", "Foundation", "Medical", "Leisure")
        ):
            last += 1
        elif (following.text == "of" and words[last].text in OPENERS) or (
            following.text == "for" and words[last].text in FOR_OPENERS
        ):
            reached = _after_of(text, words, last + 1)
            if reached == last + 1:
                break
            return reached
        else:
            break
    while last > head and words[last].text in ("NHS", "Medical", "Leisure"):
        last -= 1
    return last


def _after_of(text: str, words: list[Word], of: int) -> int:
    """The last word of `of the Marches`, `for Work and Pensions`, `of Nursing`; `of` itself when nothing fits."""
    place = of + 1
    if place < len(words) and words[place].text == "the":
        place += 1
    if (
        place >= len(words)
        or not words[place].is_capital
        or words[place].text in STARTERS
        or not _side_by_side(text, words, of, place)
    ):
        return of
    while place + 1 < min(len(words), of + LONGEST_NAME):
        gap = _gap(text, words, place)
        following = words[place + 1]
        if gap == " " and following.is_capital and following.text not in STARTERS:
            place += 1
        elif (
            gap == ", "
            and words[of].text == "for"
            and following.is_capital
            and (step := _joined_part(text, words, place + 1))
        ) or (gap == " " and (step := _joined_part(text, words, place))):
            place = step
        else:
            break
    return place


def _side_by_side(text: str, words: list[Word], left: int, right: int) -> bool:
    return all(_gap(text, words, place) == " " for place in range(left, right))


def _joined_part(text: str, words: list[Word], place: int) -> int | None:
    """`Work and Pensions`: the word after `and`, unless a body of its own begins there."""
    if (
        words[place + 1].text not in ("and", "&")
        or _gap(text, words, place) != " "
        or place + 2 >= len(words)
        or _gap(text, words, place + 1) != " "
    ):
        return None
    after = words[place + 2]
    if not after.is_capital or after.text in STARTERS or after.text in BODIES:
        return None
    ahead = place + 2
    while (
        ahead + 1 < min(len(words), place + LONGEST_NAME)
        and words[ahead + 1].is_capital
        and _gap(text, words, ahead) == " "
    ):
        ahead += 1
    if words[ahead].text in HEADS and words[ahead].text not in (
        "Housing",
        "Homes",
        "Energy",
        "Water",
        "Finance",
        "Engineering",
    ):
        return None
    return ahead


def _formed(text: str) -> Iterator[Candidate]:
    for rule, pattern in _FORMS:
        for match in pattern.finditer(text):
            if match.group().split()[0] not in STARTERS:
                yield Candidate(EntityKind.ORGANISATION, match.start(), match.end(), rule, Sure.FORM)
    for match in _CAMEL.finditer(text):
        if match.group() not in NOT_BODIES and not re.match(
            r"Mc|Mac|Fitz|De[A-Z]|Le[A-Z]|La[A-Z]|Di[A-Z]|Van[A-Z]", match.group()
        ):
            yield Candidate(EntityKind.ORGANISATION, match.start(), match.end(), "camel case", Sure.MODEL)
    for match in _SAINT.finditer(text):
        if "’s" in match.group() or "'s" in match.group():
            yield Candidate(EntityKind.ORGANISATION, match.start(), match.end(), "saint", Sure.CONTEXT)


def _in_context(text: str) -> Iterator[Candidate]:
    for rule, pattern, sure in _CONTEXTS:
        for match in pattern.finditer(text):
            start, end = match.span("name")
            name = text[start:end]
            first = name.split()[0]
            if (
                name in NOT_BODIES
                or name in PLACES
                or (re.fullmatch(r"\w&\w|(?:The |Our )?[A-Z]\w+", name) and without_article(name) in HEADS)
                or NOT_BODY_NAMES.search(name)
                or _PEOPLE.search(name)
                or all(w in _COMMON_WORDS or w in _GENERIC_WORDS for w in name.split())
                or (first in STARTERS and " " not in name)
                or first in CALENDAR
            ):
                continue
            yield Candidate(EntityKind.ORGANISATION, start, end, rule, sure)


def _from_model(text: str, labels: Iterable[Label]) -> Iterator[Candidate]:
    for label in labels:
        if label.label == "ORG" and (span := _cleaned(text, label.start, label.end)):
            yield Candidate(EntityKind.ORGANISATION, *span, "model", Sure.MODEL)


_EDGE = re.compile(
    r"^(?:the|The|a|A|an|our|Our|its|their|this|This|[Aa]nd|of|Under|At|In|From|With)\s+|[’']s?$|[\s.,;:|]+$"
)


def _cleaned(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The model's span without articles and possessives; None where it is surely no body."""
    name = text[start:end]
    while match := _EDGE.search(name):
        if match.start() == 0 and match.end() < len(name):
            start += match.end()
            name = name[match.end() :]
        elif match.start() > 0:
            name = name[: match.start()]
        else:
            return None
    end = start + len(name)
    if not name or name in NOT_BODIES or name in PLACES or NOT_BODY_NAMES.search(name) or not _is_name_like(name):
        return None
    if starts_sentence(text, start) and (name.split()[0] in STARTERS or _is_plain_word(name)):
        return None
    if _is_plain_word(name) and (name in _COMMON_WORDS or _PLACE_BEFORE.search(text[max(0, start - 20) : start])):
        return None
    if all(
        word in _COMMON_WORDS or word in _GENERIC_WORDS or not word[0].isupper() for word in name.split()
    ) or _PEOPLE.search(name):
        return None
    return start, end


_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|at|near|across|around|of|to|on|outside)|\d\d,? (?:who is |and is )?from) $", re.I
)
_PEOPLE = re.compile(
    r"(?:Therapists|Nurses|Visitors|Fellows|Ambassadors|Champions|Consultants|Officers|Workers|Midwives|Teachers|Apprentices|Volunteers|Directors|Managers|Practitioners|Assistants|Groups|Neighbours)$"
)
_COMMON_WORDS = table(
    """
    Education Children Healthcare Operations Estates Officers Directors Financial Remuneration Status Challenge Voices Coding Regulations Speech Infant Corporation Alliance Panel Lone Northern Cabinet Communities
    Housing Media Digital Theatre Foreword Non-Executive Learning Skills Families Finance Performance People Culture Strategy Equality Diversity
    Inclusion Workforce Recruitment Careers Enterprise Transport Planning Regeneration Investment Environment Climate Adult Adults Social Health Wellbeing Public Private Sustainability Procurement Communications
    Maternity Paediatrics Radiology Pharmacy Surgery Medicine Oncology Cardiology Emergency Nursing Midwifery Therapies Music Drama Physics Chemistry Biology Mathematics History Geography Coronavirus White Black Asian
    Covid Pandemic Brexit Internet Foodbank Chair Director Key Data Poverty Local State Human Resources Governance Risk Audit Awareness Inclusion Financial Economy Culture Tourism Executive Senior Junior
    Department Facilities Security Catering Customer Leisure Parks Libraries Highways Waste Recycling Licensing Services Care Support Team Centre Unit Ward Clinic Library Section Appendix
    Caribbean African European British Irish Welsh Scottish English Polish Romanian Chinese Indian Muslim Christian Jewish Hindu Sikh Catholic Filipino Nigerian Pakistani Bangladeshi
    Bus Rail Grant Scheme Programme Project Report Review Policy Plan Duty Legal Resources Partnership Partnerships Development Business Advice Widening Participation Early Years Young Older Goal Goals
    """
)


def _is_plain_word(name: str) -> bool:
    """One word with one capital: a place or a common noun as often as a body."""
    return " " not in name and name[0].isupper() and name[1:].islower()


def _is_name_like(name: str) -> bool:
    if name.islower() or not any(c.isalpha() for c in name) or any(c.isdigit() for c in name[:1]):
        return False
    if (
        re.search(
            r"[|£%\n/]|^\w{1,2}$|^\w&\w$|, | \d|\b(?:Band|Sections?|Level|Scope|Stage|Phase|Tier|Grade|EPC|BSL)\b", name
        )
        or name.split()[0] in CALENDAR
    ):
        return False
    return bool(re.match(rf"{CAPITAL}", name)) and not re.fullmatch(
        rf"(?:[\w’'-]+ )*{CAPITAL_HEAD}(?: (?:of|for) .*)?", name
    )
