"""Initiatives: programmes, campaigns, reports, funds and awards, by their head word or by how the text introduces them."""

import re
from collections.abc import Iterable, Iterator

from goalmap.extract.candidates import Candidate, Label, Sure
from goalmap.extract.gazetteer import BODIES, NOT_BODIES, PLACES
from goalmap.extract.names import EntityKind
from goalmap.extract.organisations import AMBIGUOUS_HEADS, looks_like_a_body
from goalmap.extract.words import CALENDAR, CAPITAL, LINKS, NAME_RUN, STARTERS, UPPER, starts_sentence, table

_HEADS = (
    r"(?:Programme|Project|Fund|Scheme|Awards?|Strategy|Plan|Framework|Goals|Pledge|Hub|Standard|Charter|Initiative|Campaign|Challenge|"
    r"Promise|Guarantee|Bursary|Scholarships?|Toolkit|Covenant|Databank|Passport|Workshop|Index|Prize|Festival|Summit|Roadmap|Deal|Mission|Missions|"
    r"Accelerator|Incubator|Bootcamp|Fellowship|Commitment|Manifesto|Agenda|Offer|Service Pledge|Diagnostic Centre|Family Hub|Compact|Concordat|Accord|"
    r"Review|Report|Barometer|Tracker|Blueprint|Pathway|Pathways|Partnership Programme|Traineeship|Internship|Apprenticeship Programme|Academy Programme|"
    r"Portal|Platform|Roadshow|Conference|Convention|Games|Marathon|Retrofit|Vision|Levy|Pilot|Mentoring|Supported Internships?|Quality Mark|Kitemark|Mark)"
)
_HEADED = re.compile(
    rf"(?<![\w’'&-])(?P<name>(?:{CAPITAL} (?:(?:of|and|for|in|to|&) (?:the )?)?){{1,7}}{_HEADS}(?: 20\d\d(?:[-–/ ](?:to )?(?:20)?\d\d)?)?)(?![\w-])(?! (?:Manager|Officer|Director|Lead|Coordinator|Board|Committee|Team|Group|Ltd|Limited)\b)"
)
_FIRST_HEADED = re.compile(
    rf"(?<![\w’'&-])(?P<name>(?:Project|Operation|Op|Campaign for|Team|Mission|Vision|Journey to|Agenda|Code of|Action on) {CAPITAL}(?: {CAPITAL}){{0,3}})(?![\w-])"
)
_ANNUAL = re.compile(r"(?P<name>Annual Report(?: and Accounts)?(?: 20\d\d(?:[-–/](?:20)?\d\d)?)?)(?!\w)")

_GENERIC = re.compile(
    r"^(?:The |Our |This |A |An |Your |Its )?(?:Annual |Impact |Social |New |National |Strategic |Local |Business |Delivery |Action |Executive |Final |Interim |Care |Performance |Progress |Corporate |Financial |First |Second |Health |"
    r"Board |Learning |Education |Project |Programme |Pay |Gap |Trust |People |Green |Special |Development |Service |Support |Personal |Workforce |Equality |Quality |Risk |Career |Job |Employer |Customer |Client |Gold |Silver |Bronze |Capital |Travel |Apprenticeship |Hospital |Consultation |Tree |Hardship |Youth |Employee |Assistance |Nursery |Climate |Change |Catalyst |Family |Anchor |Delivery |Improvement )*(?:Report|Review|Plan|Strategy|Programme|Project|Fund|Scheme|Framework|Goals?|Awards?|Hub|Standard|Initiative|"
    r"Campaign|Mission|Agenda|Vision|Conference|Portal|Platform|Service Pledge|Pathways?|Index|Challenge|Deal|Mark|Offer|Review|Workshop|Pilot|Levy)$"
)
_KEPT_GENERIC = re.compile(
    r"(?:^|\s)(?:Green Plan|Hardship Fund|Youth Fund|Family Hub|Social Mobility Action Plan|Annual Report and Accounts|Action Plan 20|Purpose Goals)"
)

_KIND = (
    r"(?:programme|project|scheme|fund|funds|course|campaign|initiative|award|awards|framework|tariff|pledge|charter|strategy|plan|report|bursary|scholarship|"
    r"app|service|offer|workshop|workshops|challenge|day|days|week|grant|grants|loan|academy|club|sessions?|hub|toolkit|standard|pilot|package|festival|account|"
    r"internship|traineeship|apprenticeship|mentoring|prize|policy|pathway|drive|appeal|guide|podcast|conference|summit|roadshow|platform|portal|spaces|module|curriculum|competition|bootcamp|accelerator|incubator)"
)
_NAMED_KIND = re.compile(
    rf"\b(?:[Tt]he|[Oo]ur|[Ii]ts|[Tt]heir|[Aa]n?|[Tt]his|are|new|first|annual|national|[’']s)(?: (?:new|first|own|national|free|award-winning|flagship|annual|popular|latest|second))* [“\"‘]?(?P<name>{NAME_RUN})[”\"’]? {_KIND}(?![\w-])"
)

_NOUN = (
    r"(?:programme|project|scheme|fund|course|campaign|initiative|award|framework|tariff|pledge|strategy|plan|report|bursary|scholarship|app|service|offer|workshop|challenge|"
    r"day|week|grant|loan|academy|club|sessions?|hub|toolkit|standard|pilot|route|path|account|centre|incubator|placement|way|morning|evening|"
    r"session|group|classes|class|training|support|line|helpline|drop-in|library|collection|set|partnership|competition|conversion|ladder|journey|mentoring|internship|platform|website|resource|lesson|lessons|effort|guide|scheme|mortgage|bond|fortnight|weekend|toolkit|hotline|podcast)"
)
_DETERMINER = r"(?:our|the|an?|its|their|[\w’']+[’']s|five|six|four|three|two|[A-Z]{2,6}[’']s)"
_APPOSITION = re.compile(rf"(?<![\w’'&-])(?P<name>{NAME_RUN}), {_DETERMINER}(?: [\w’'+-]+){{0,4}}? {_NOUN}\b")
_RELATIVE = re.compile(
    rf"\b(?:is|are|for|called|singles out is|include|includes|launched|run|runs|opened|commends|praised|created|through|via|set up|started|built) (?P<name>{NAME_RUN}), (?:(?:in |through |on )?which|where)\b"
)
_CALLED = re.compile(
    rf"\b(?:called|named|known as|dubbed|titled|entitled|branded|christened|nicknamed|under the name|under the banner(?: of)?) (?:the )?[“\"‘']?(?P<name>{NAME_RUN})"
)
_AS_CALLED = re.compile(
    rf"(?:for|of|in|on|called) (?P<name>{NAME_RUN}), as [\w ]{{1,30}}\b(?:christened|called|call|known|named|dubbed|nicknamed)\b"
)
_NOUN_FIRST = re.compile(
    rf"\b(?:[Aa]n?|[Tt]he|[Oo]ur|[Ii]ts|[Tt]heir|[’']s)(?: [\w-]+){{0,3}} {_NOUN}, (?P<name>{NAME_RUN})(?=[,.])"
)
_AWARDS = re.compile(rf"(?<![\w’'&-])(?P<name>(?:{CAPITAL} ){{1,5}}awards)(?!\w)")
_IS_A = re.compile(
    rf"(?:^|[.!?:] |^\d+\. )(?P<name>{NAME_RUN}) (?:is|was|are|were) (?:for (?:people|women|men|anyone|staff|families|young)|an?(?: [\w’'-]+){{0,3}}? {_NOUN}\b)"
)
_UNDER = re.compile(rf"(?:^|[.!?] |^\d+\. )(?:Under|Through|Via|With) (?P<name>{NAME_RUN}),")
_THROUGH = re.compile(
    rf"\b(?:through|via|part of|places on|signed up to|join|joined|enrol(?:led)? on|funding from|[Cc]ome to|came to|(?:round|cohort|intake|edition|year|launch|graduates|success|members|version|phase) of|are now|taught|teach|delivers?|piloting|launched|launches|launch of|launching) (?:the |our |its )?[“\"‘']?(?P<name>{NAME_RUN})(?![\w-])"
)

_PRESENT = (
    r"(?:gives|takes|pays|brings|lends|sends|offers|helps|provides|teaches|trains|pairs|links|matches|supports|guarantees|began|started|launched|aims|gets|puts|lets|runs|"
    r"connects|places|equips|prepares|opens|shows|covers|works with|has helped|has trained|has supported|has given|has reached|is for|is a|is an|is our|is how|is the|reaches|invites|encourages|enables|allows|rewards|celebrates|recognises|funds|meets)"
)
_SUBJECT = re.compile(
    rf"(?:^|[.!?] )(?:\d+\. )?(?P<name>{NAME_RUN}) {_PRESENT}\b(?! (?:have|has|had|are|were|is|was|will|can|that|of|and|in)\b)"
)
_TWO_WORD_SUBJECT = re.compile(
    rf"(?:^|[.!?] )(?:\d+\. )?(?P<name>{CAPITAL}(?: (?:{LINKS} )?{CAPITAL})+), (?:which|in|where|run|led|a|an|our|the)\b"
)

_LIST_HEAD = re.compile(
    rf"(?:^|\n)(?:[-•*–] ?|\d+[.)] )?(?P<name>{NAME_RUN}) \((?=[^)]*(?:day|am\b|pm\b|noon|from\b|until\b|week|month|term))[^)]*\):"
)
_COLON_HEAD = re.compile(
    rf"(?:^|\n)(?:[-•*–] ?|\d+[.)] )?(?P<name>{CAPITAL}(?: (?:{LINKS} )?{CAPITAL}){{1,4}}): (?=[a-z])"
)
_TITLE_HEAD = re.compile(
    r"^(?:Read: )?(?P<name>[^:|–—]{3,60}?)(?::| [–—-]) (?=[^:]*\b(?:[Ss]trategy|[Pp]lan|[Ii]mpact [Rr]eport|[Ii]mpact [Rr]eview|places?, \d{4}|[Ff]ramework|[Mm]anifesto|[Rr]oadmap)\b)"
)
_QUOTED_TITLE = re.compile(
    rf"(?:report|paper|guide|strategy|book|film|podcast|publication|campaign|programme|project|scheme|called|titled|entitled),? [“\"‘'](?P<name>{CAPITAL}[^”\"’']{{2,80}})[”\"’']"
)
_DASHED_TITLE = re.compile(
    rf"\b(?:report|paper|guide|strategy|publication|campaign|plan|review),? (?:[-–—] ?|, )(?P<name>{CAPITAL}[^–—]{{3,90}}?)(?: ?[-–—](?= |$)|, (?=sets|which|was|is))"
)
_AWARD_FOR = re.compile(rf"(?:, for|, with) (?P<name>{NAME_RUN}), (?:which|an?|the|our|where)\b")
_NATIONAL = re.compile(
    r"(?<!\w)(?P<name>Kickstart(?: Scheme)?|Project SEARCH|Project Search|Step into Health|Duke of Edinburgh[’']s Award|Uni Connect|Widening Participation Tracker|Disability Confident(?: (?:Employer|Leader|scheme))?|"
    r"Race Equality Charter|Athena S[Ww][Aa][Nn]|Workforce (?:Race|Disability) Equality Standard|Armed Forces Covenant|Op COURAGE|Sure Start|Family Hubs|Start for Life|Multiply|Levelling Up Fund|Warm Welcome|"
    r"Bikeability|Healthy Start|Talking Therapies|Every Mind Matters|Couch to 5[kK]|Parkrun|parkrun|Black History Month|Pride Month|World Mental Health Day|International Women[’']s Day|Remembrance Day|"
    r"Birthrate Plus|National Databank|Purpose Goals|Levelling Up Goals|Sustainable Development Goals|Levelling Up Missions|Social Mobility Index|Stonewall Top 100|Green Flag Award|Veteran Aware|WorkWell|Access to Work|"
    r"Baby Friendly(?: Initiative)?|Making Every Contact Count|Get It Right First Time|GIRFT|Cyber Essentials|Investors in People|Investing in Volunteers|Carbon Literacy(?: Project)?|Prince[’']s Trust Awards)(?!\w)"
)

_PATTERNS = (
    ("national", _NATIONAL, Sure.KNOWN),
    ("head word", _HEADED, Sure.FORM),
    ("first word", _FIRST_HEADED, Sure.FORM),
    ("annual report", _ANNUAL, Sure.FORM),
    ("kind after", _NAMED_KIND, Sure.PHRASE),
    ("apposition", _APPOSITION, Sure.PHRASE),
    ("relative", _RELATIVE, Sure.PHRASE),
    ("called", _CALLED, Sure.PHRASE),
    ("called", _AS_CALLED, Sure.PHRASE),
    ("noun first", _NOUN_FIRST, Sure.PHRASE),
    ("subject is", _IS_A, Sure.PHRASE),
    ("under", _UNDER, Sure.CONTEXT),
    ("through", _THROUGH, Sure.CONTEXT),
    ("subject", _SUBJECT, Sure.CONTEXT),
    ("subject", _TWO_WORD_SUBJECT, Sure.CONTEXT),
    ("list head", _LIST_HEAD, Sure.FORM),
    ("colon head", _COLON_HEAD, Sure.CONTEXT),
    ("quoted title", _QUOTED_TITLE, Sure.FORM),
    ("dashed title", _DASHED_TITLE, Sure.FORM),
    ("award", _AWARD_FOR, Sure.PHRASE),
    ("awards", _AWARDS, Sure.FORM),
)
_PATTERNS_OF_TITLES = (*(line for line in _PATTERNS if line[0] != "colon head"), ("title head", _TITLE_HEAD, Sure.FORM))

NOT_INITIATIVES = table(
    """
    Board Staff People Patients Students Pupils Children Families Nurses Doctors Colleagues Teachers Parents Residents Tenants Members Volunteers Work Research Health Education Training Funding
    Support Care Technology Data Energy Recruitment Housing Transport Money Government Parliament Science Nature Music Sport Art Food Water Today Tomorrow Success Progress
    Learning Teaching Employment Inclusion Equality Diversity Sustainability Apprenticeships Apprentices Management Leadership Partnership Collaboration Innovation Investment
    Trust Council University College School Company Charity Coalition Hospital Department Report Plan Strategy Programme Project Scheme Fund Group Team Network Committee Executive
    Talent Equity Hope Demand Sickness Turnover Loyalty Wages Water Interns Tutors Engineers Governors Employers Trusts Partners Lifts Maternity Screening Digital
    Ward Entry Wing Room Site Station Band Level Association Charter Gold Silver Bronze Society Act Bill
    Page Goal Goals Promise Section Chapter Table Figure Appendix Part Winner Winners Chair Mayor Professor Director
    """
)


def find_initiatives(text: str, labels: Iterable[Label], is_title: bool = False) -> Iterator[Candidate]:
    """Every proposal for an initiative in one passage."""
    not_names = [(label.start, label.end) for label in labels if label.label in ("GPE", "DATE", "NORP", "LANGUAGE")]
    for rule, pattern, sure in _PATTERNS_OF_TITLES if is_title else _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span("name")
            span = _trimmed(text, start, end, rule)
            if (
                span
                and _may_be_initiative(text, span, rule)
                and not (rule in ("subject", "through") and span in not_names)
            ):
                yield Candidate(EntityKind.INITIATIVE, *span, rule, sure)


def _trimmed(text: str, start: int, end: int, rule: str) -> tuple[int, int] | None:
    """The span without a leading article or possessor, and without trailing small words."""
    if rule in ("title head", "quoted title", "dashed title"):
        return start, end
    name = text[start:end]
    match = re.match(r"(?:Our|Its|This|Their|Your|Under|Through|With|In|From|At|By|For|And) (?=\S)", name)
    if match:
        start += match.end()
    owner = re.match(rf"(?:{CAPITAL} ){{0,5}}?[\w’'-]+[’']s (?=[{UPPER}])", text[start:end])
    if owner and rule in ("head word", "kind after") and looks_like_a_body(re.sub(r"[’']s $", "", owner.group())):
        start += owner.end()
    body = _BODY_FIRST.match(text[start:end]) if rule == "kind after" else None
    if body and looks_like_a_body(body["body"]):
        start += body.end()
    end = start + _length_before_body(text[start:end])
    return (start, end) if end > start else None


def _length_before_body(name: str) -> int:
    """`Skills on the Quay with South Devon College` ends before the body that it is run with."""
    for link in _BEFORE_BODY.finditer(name):
        if looks_like_a_body(name[link.end() :]):
            return link.start()
    return len(name)


_BEFORE_BODY = re.compile(r" (?:with|for|and|in|to|at|by) (?:the )?")


_BODY_FIRST = re.compile(
    rf"(?P<body>(?:(?:of|and|for|&) |{CAPITAL} ){{1,5}}?(?:Trust|Council|University|Foundation|College|Coalition|Society|Group|Bank|UK|plc)) (?=[{UPPER}])"
)


_SINGULAR_VERB = re.compile(r" [a-z]+[^s]s\b")
_LOOSE = frozenset({"subject", "through", "kind after", "apposition", "noun first"})
_TITLE_WITHIN = re.compile(
    r"\b(?:Manager|Director|Treasurer)\b|\b(?:Street|Road|Lane|Avenue|Terrace|Gap|Hospital|Infirmary)$|\b(?:Director|Officer|Head|Manager|Lead|Member|Minister|Secretary|Chair|Leader|Chief) (?:of|for)\b|\b(?:Manager|Act|Bill|Secretary|Officer|Director)$"
)


def _may_be_initiative(text: str, span: tuple[int, int], rule: str) -> bool:
    start, end = span
    name = text[start:end]
    words = name.split()
    if rule == "national":
        return True
    bare = words[1:] if words[0] in ("A", "An", "The", "the", "a", "an") else words
    if (
        not bare
        or _TITLE_WITHIN.search(name)
        or (
            len(bare) == 1
            and len(words) == 2
            and (rule == "subject" or bare[0] in NOT_INITIATIVES or _GENERIC.match(name))
        )
    ):
        return False
    if (
        name in BODIES
        or name in PLACES
        or bare == ["awards"]
        or (rule in _LOOSE and looks_like_a_body(name) and words[-1] not in AMBIGUOUS_HEADS)
    ):
        return False
    if (
        name in NOT_BODIES
        or words[0] in CALENDAR
        or (any(word in CALENDAR for word in words[1:]) and rule != "list head")
    ):
        return (
            len(words) > 1
            and not any(c.isdigit() for c in name)
            and rule in ("head word", "colon head", "kind after", "apposition")
        )
    if len(words) == 1 and (
        words[0] in NOT_INITIATIVES or words[0] in STARTERS or (words[0].isupper() and rule in ("subject",))
    ):
        return False
    if (
        len(words) == 1
        and starts_sentence(text, start)
        and words[0].endswith(("s", "ing"))
        and rule == "subject"
        and not _SINGULAR_VERB.match(text, end)
    ):
        return False
    if words[0] in NOT_INITIATIVES and len(words) == 2 and words[1] in NOT_INITIATIVES:
        return False
    if rule in ("head word", "annual report") and _GENERIC.match(name) and not _KEPT_GENERIC.search(name):
        return False
    return rule not in ("title head",) or not looks_like_a_body(name)
