"""Shapes of names, and places in a sentence, that only organisations have."""

import re
from collections.abc import Iterator
from functools import lru_cache

from goalmap.extract.bodies.words import (
    AGENT_VERBS,
    BODY_NOUNS,
    BODY_PHRASES,
    CELTIC_OPENERS,
    COMMON_WORDS,
    DIRECTIONS,
    GENERIC_WORDS,
    HEADS,
    NO_BODY_ENDS,
    PEOPLE_ENDS,
    PEOPLE_NOUNS,
    SHARED_NOUNS,
    WEAK_NOUNS,
    WORKERS,
)
from goalmap.extract.candidates import Candidate, Sure
from goalmap.extract.names import EntityKind
from goalmap.extract.ordinary import are_ordinary
from goalmap.extract.shapes import Shape, capitals_in, first_words
from goalmap.extract.vocabulary.place_words import SITES, is_place
from goalmap.extract.vocabulary.role_words import HEADS as HEADS_OF_POSTS
from goalmap.extract.vocabulary.role_words import MANY_HOLDERS, SHORT_POSTS, SINGLE_HOLDERS
from goalmap.extract.vocabulary.titles import CAPITAL_HEAD, POST_AT, may_name_a_post
from goalmap.extract.vocabulary.well_known import NOT_BODIES
from goalmap.extract.words import CALENDAR, CAPITAL, NAME_RUN, STARTERS, one_of, table, without_article

_SERVICES = (
    "Ambulance",
    "Fire and Rescue",
    "Fire & Rescue",
    "Probation",
    "Prosecution",
    "Library",
    "Civil",
    "Blood",
    "Careers",
    "Health",
    "Prison",
    "Police",
    "Cancer",
)
_SERVICE = re.compile(
    rf"(?<!\w)(?:{CAPITAL}\ (?:and\ )?){{1,6}}(?:{one_of(_SERVICES)})\ Service(?:\ NHS\ (?:Foundation\ )?Trust)?(?!\w)",
    re.VERBOSE,
)
_COUNTRIES = "England|Wales|Scotland|Northern Ireland"
_OF_COUNTRY = "NHS|Sport|Homes|Historic|Natural|Skills|Forestry|Arts Council|Public Health|Health Education|Youth|Transport|Visit|Social Security|Skills Development|Zero Waste|Creative|Community Justice"
_COUNTRY = re.compile(
    rf"(?<!\w)(?:(?:{_OF_COUNTRY}) (?:{_COUNTRIES})|(?!(?:{one_of(DIRECTIONS)}) )(?:{CAPITAL} (?:and )?){{1,3}}(?:UK|Cymru|GB|Scotland))(?! {CAPITAL_HEAD})(?!\w)"
)
_GLUED_COUNTRY = re.compile(r"(?<!\w)[A-Z][a-z]{2,}(?:UK|GB)(?!\w)")
_NHS_NATIONAL = (
    "Employers",
    "Providers",
    "Confederation",
    "Property Services",
    "Digital",
    "Improvement",
    "Resolution",
    "Business Services Authority",
    "Blood and Transplant",
    "Charities Together",
    "Professionals",
    "Shared Business Services",
    "Supply Chain",
    "Elect",
    "Horizons",
    "Leadership Academy",
)
_HM_BODIES = (
    "Treasury",
    "Revenue and Customs",
    "Revenue & Customs",
    "Prison and Probation Service",
    "Government",
    "Land Registry",
    "Courts and Tribunals Service",
)
_NHS_OR_HM = re.compile(
    rf"(?<!\w)(?:NHS (?:{'|'.join(_NHS_NATIONAL)})|HM (?:{'|'.join(_HM_BODIES)}|Inspectorate of \w+)|HMP(?:/YOI)? {CAPITAL}(?: {CAPITAL})?)(?!\w)"
)
_BRANCHES = (
    "Citizens Advice",
    "Age UK",
    "Age Cymru",
    "Mind in",
    "Age Concern",
    "Home-Start",
    "Healthwatch",
    "Jobcentre",
    "Relate",
    "Mencap",
    "YMCA",
    "Samaritans of",
    "Carers",
    "Shelter",
    "Volunteer Centre",
)
_BRANCH = re.compile(
    rf"(?<!\w)(?:{'|'.join(_BRANCHES)})\ {CAPITAL}(?:\ (?:and|&|upon)\ {CAPITAL})?(?:\ {CAPITAL})?(?!\w)", re.VERBOSE
)
_PLACED_BRANCH = re.compile(
    rf"(?<!\w)(?:{CAPITAL}\ ){{1,2}}(?:Jobcentre(?:\ Plus)?|Citizens\ Advice|Samaritans|Foodbank|YMCA|Women[’']s\ Aid|Mind|Mencap|Credit\ Union)(?!\w)",
    re.VERBOSE,
)
_SIXTH_FORM = re.compile(rf"(?<!\w)(?:{CAPITAL} ){{1,4}}Sixth Form(?! College)(?! [A-Z])(?:s(?!\w))?(?!\w)")
_CELTIC = re.compile(
    rf"(?<!\w)(?:{one_of(CELTIC_OPENERS)})\ (?:(?:nan|na|y|yr|a|an|am|de|i|o)\ )?{CAPITAL}(?:\ (?:(?:nan|na|y|yr|a|an)\ )?{CAPITAL}){{0,3}}(?!\w)",
    re.VERBOSE,
)
_AMPERSAND = re.compile(rf"(?<![\w&-])(?:{CAPITAL} )?{CAPITAL} & {CAPITAL}(?: (?:{one_of(HEADS)}))?(?![\w-])")
_CAMEL = re.compile(r"(?<![\w@/.])[A-Z][a-z]+(?:[A-Z][a-z]+)+(?!\w)")
_SURNAME_CAMEL = re.compile(r"(?:Mc|Mac|Nic|Fitz|De[A-Z]|Le[A-Z]|La[A-Z]|Di[A-Z]|Van[A-Z])")
_SAINT = re.compile(rf"(?<!\w)St\.? {CAPITAL}[’']s(?: {CAPITAL})?(?=[ ,.;)])")

_BRANCH_ENDS = table("jobcentre citizens samaritans foodbank ymca women mind mencap credit")

_FORMS = (
    ("sixth form", Shape(_SIXTH_FORM, (frozenset({"sixth"}),), starts=capitals_in)),
    ("service", Shape(_SERVICE, (frozenset({"service"}),), starts=capitals_in)),
    ("country", Shape(_COUNTRY, (table("england wales scotland ireland uk cymru gb"),), starts=capitals_in)),
    ("country", Shape(_GLUED_COUNTRY, signs=("uk", "gb"), starts=capitals_in)),
    ("NHS or HM", Shape(_NHS_OR_HM, begins=table("nhs hm hmp"))),
    ("branch", Shape(_BRANCH, begins=first_words(_BRANCHES))),
    ("branch", Shape(_PLACED_BRANCH, (_BRANCH_ENDS,), starts=capitals_in)),
    ("Welsh or Gaelic", Shape(_CELTIC, begins=first_words(CELTIC_OPENERS))),
)
_FIRMS = Shape(_AMPERSAND, signs=(" & ",), starts=capitals_in)
_CAMELS = Shape(_CAMEL, starts=capitals_in)
_SAINTS = Shape(_SAINT, begins=frozenset({"st"}))

_NAME = rf"(?P<name>{NAME_RUN})"
_NOUN = rf"(?:{one_of(BODY_NOUNS)}|{one_of(BODY_PHRASES)})"
_DETERMINER = r"(?:our|the|an?|its|their|which\ (?:is|was)|who\ are)"
_CARE = r"(?:(?:local|national|regional|small|new|family|consulting|leading)\ )?"

_FIRM_NOUN = rf"(?:{one_of(BODY_NOUNS - WEAK_NOUNS)}|{one_of(BODY_PHRASES)})"
_OUTRIGHT_NOUN = rf"(?:{one_of(BODY_NOUNS - SHARED_NOUNS)}|{one_of(BODY_PHRASES)})"
_AFTER_NOUN = re.compile(rf"\b{_NOUN},? {_NAME}(?![\w-])")
_AFTER_FIRM_NOUN = re.compile(rf"\b(?:[Tt]he|[Oo]ur|local|[a-z]+ing) (?:[a-z]+ )?{_FIRM_NOUN},? {_NAME}(?![\w-])")
_BEFORE_NOUN = re.compile(
    rf"(?<![\w’'&-]){_NAME},\ {_DETERMINER}\ {_CARE}(?:[\w’'+-]+\ ){{0,4}}?{_OUTRIGHT_NOUN}\b(?!\ (?:programme|scheme|project|fund|course|app))",
    re.VERBOSE,
)
_NAMED_BODY = re.compile(
    rf"\b(?:[Tt]he|[Oo]ur|[Ii]ts)\ {_CARE}{_NAME}\ (?:network|charity|union|consortium|coalition|alliance|supermarket|plant|{one_of(BODY_PHRASES)})(?![\w-])",
    re.VERBOSE,
)
_NOUN_FIRST = re.compile(rf"\b(?:[Oo]ur|[Tt]he|[Ii]ts)(?: [\w-]+){{0,2}} {_NOUN}, {_NAME},")
_FOR_STAFF = re.compile(rf"(?<![\w’'&-]){_NAME}, for (?:[\w-]+ ){{0,4}}(?:{one_of(PEOPLE_NOUNS)})\b")
_AGENT = re.compile(
    rf"""
    \b(?:
        (?:{one_of(AGENT_VERBS)})\ (?:for\ \w+\ )?(?:up\ )?(?:jointly\ )?by
        | (?:partnership|partnered|teamed\ up|working|venture|collaboration|apprenticeships?|contract|contracts|jobs)\ with
        | together\ by | commissioned\ from | leased\ (?:from|to) | bought\ from | joined\ (?:(?:us|\w+)\ )?from | adverti[sz]ed\ through
        | taught\ (?:[\w,\ ]{{0,40}}\ )?by
        | (?:{one_of(WORKERS)})\ from
    )\ (?:the\ )?{_NAME}(?![\w-])
    """,
    re.VERBOSE,
)
_IS_A_BODY = re.compile(
    rf"(?:^|[.!?]\ ){_NAME}(?:\ \([A-Z]\w{{1,9}}\))?\ is\ (?:an?|the|one\ of)\ (?:[\w’'-]+\ ){{0,4}}?(?:company\ limited|{_OUTRIGHT_NOUN})\b",
    re.VERBOSE,
)
_SERVES = re.compile(
    rf"\b(?:Bankers?|Solicitors?|Auditors?|Accountants?|Insurers?|Sponsors?|Funders?|Photo(?:graph)?s?|Picture):\ (?:Messrs\ )?{_NAME}(?=[.,;/]|$)",
    re.VERBOSE,
)
_BESIDE_BODY = re.compile(
    rf"(?<![\w’'&-])(?P<name>{CAPITAL}(?: {CAPITAL}){{1,3}}) and (?:the )?(?={CAPITAL}(?: {CAPITAL}){{0,3}} (?:Ltd|Limited|plc|CIC|LLP)\b)"
)

_NOUNS = first_words(BODY_NOUNS, BODY_PHRASES)
_NETWORKS = table("network charity union consortium coalition alliance supermarket plant") | first_words(BODY_PHRASES)
_AGENTS = (
    AGENT_VERBS
    | WORKERS
    | table(
        "partnership partnered teamed working venture collaboration apprenticeship apprenticeships contract contracts jobs"
    )
    | table("together commissioned leased bought joined advertised advertized taught")
)
_HOLDERS = first_words(HEADS_OF_POSTS, SHORT_POSTS, SINGLE_HOLDERS, MANY_HOLDERS) | table(
    "chief ceo managing spokesman spokeswoman spokesperson"
)

_CONTEXTS = (
    ("noun before", Shape(_AFTER_NOUN, begins=_NOUNS), Sure.CONTEXT),
    ("noun before", Shape(_AFTER_FIRM_NOUN, (_NOUNS,)), Sure.PHRASE),
    ("noun after", Shape(_BEFORE_NOUN, (_NOUNS,), (", ",), starts=capitals_in), Sure.PHRASE),
    ("noun before", Shape(_NOUN_FIRST, (_NOUNS,), (", ",)), Sure.PHRASE),
    ("staff group", Shape(_FOR_STAFF, (PEOPLE_NOUNS,), (", for ",), starts=capitals_in), Sure.PHRASE),
    ("agent", Shape(_AGENT, begins=_AGENTS), Sure.CONTEXT),
    ("post", Shape(POST_AT, begins=_HOLDERS), Sure.CONTEXT),
    ("noun after", Shape(_NAMED_BODY, (_NETWORKS,)), Sure.PHRASE),
    ("beside", Shape(_BESIDE_BODY, (table("ltd limited plc cic llp"),), starts=capitals_in), Sure.CONTEXT),
    ("is a body", Shape(_IS_A_BODY, (frozenset({"is"}),)), Sure.PHRASE),
    ("serves", Shape(_SERVES, signs=(": ",)), Sure.CONTEXT),
)


def formed_bodies(text: str) -> Iterator[Candidate]:
    """Bodies by the shape of their names."""
    for rule, pattern in _FORMS:
        for match in pattern.finditer(text):
            if match.group().split()[0] not in STARTERS:
                yield Candidate(EntityKind.ORGANISATION, *match.span(), rule, Sure.FORM)
    yield from _firms(text)
    yield from _camels(text)
    for match in _SAINTS.finditer(text):
        yield Candidate(EntityKind.ORGANISATION, *match.span(), "saint", Sure.CONTEXT)


def _firms(text: str) -> Iterator[Candidate]:
    """`Ferris & Lowther`; `Health & Safety` is none."""
    for match in _FIRMS.finditer(text):
        words = match.group().replace("& ", "").split()
        if words[-1] in _KIN or not are_ordinary(words):
            yield Candidate(EntityKind.ORGANISATION, *match.span(), "ampersand", Sure.CONTEXT)


_KIN = table("Sons Daughters Co Company Partners Son Bros")


def _camels(text: str) -> Iterator[Candidate]:
    for match in _CAMELS.finditer(text):
        if match.group() not in NOT_BODIES and not _SURNAME_CAMEL.match(match.group()):
            yield Candidate(EntityKind.ORGANISATION, *match.span(), "camel case", Sure.MODEL)


def bodies_in_context(text: str) -> Iterator[Candidate]:
    """Bodies by what stands around their names."""
    with_post = may_name_a_post(text)
    for rule, pattern, sure in _CONTEXTS:
        if rule == "post" and not with_post:
            continue
        for match in pattern.finditer(text):
            if not (names_no_body(match["name"]) if sure < Sure.PHRASE else names_a_kind(match["name"])):
                yield Candidate(EntityKind.ORGANISATION, *match.span("name"), rule, sure)


_OTHER_ENDS = NO_BODY_ENDS | PEOPLE_ENDS
_KINDS = COMMON_WORDS | GENERIC_WORDS
_LEVEL_OR_LETTERS = re.compile(r"\w&\w$")


@lru_cache(maxsize=20_000)
def names_no_body(name: str) -> bool:
    """Common nouns, places, people by their work, initiatives, months."""
    words = name.split()
    return is_place(name) or (words[-1] in SITES and len(words) > 1) or names_a_kind(name)


@lru_cache(maxsize=20_000)
def names_a_kind(name: str) -> bool:
    """No name at all, or that of something else, whatever the sentence says of it."""
    words = name.split()
    return (
        name in NOT_BODIES
        or without_article(name) in HEADS
        or words[-1] in _OTHER_ENDS
        or all(word in _KINDS or not word[0].isupper() for word in words)
        or (words[0] in STARTERS and len(words) == 1)
        or words[0] in CALENDAR
        or bool(_LEVEL_OR_LETTERS.match(name))
    )
