"""How people and organisations are written: enough to tell a biography from small print, not to find names in a text."""

import re

ORGANISATION_WORDS = (
    "academy academies agency alliance association authority bank board borough bureau business centre charity church "
    "clinic club coalition collaborative college commission committee community company compact consortium constabulary "
    "corporation council department district energy enterprise enterprises federation forum foundation fund group health "
    "healthcare holdings homes hospital hospitals housing institute institution laboratories limited ltd ministry network "
    "nhs office organisation partners partnership plc police programme project rail railway school schools scheme service "
    "services society team trust union university water"
)
PERSON_WORDS = (
    "academic accountant adviser advisor ambassador analyst apprentice associate author barrister campaigner captain "
    "chair chairman chairwoman chancellor chaplain chef chief clinician coach columnist consultant coordinator co-ordinator "
    "councillor dean deputy director doctor economist editor educator engineer entrepreneur executive expert fellow founder "
    "co-founder governor graduate head historian journalist lawyer leader lead lecturer librarian magistrate manager matron "
    "mayor member midwife minister non-executive nurse officer owner paramedic partner peer pharmacist physician "
    "physiotherapist politician porter president principal professor psychologist registrar reporter representative "
    "researcher scientist secretary senator solicitor specialist student surgeon teacher treasurer trustee vice-chancellor "
    "vice-president volunteer worker writer"
)
ORGANISATION_WORD = re.compile(rf"\b(?:{'|'.join(ORGANISATION_WORDS.split())})\b", re.I)
ACRONYM = re.compile(r"^(?:the )?[A-Z][A-Z&]{1,6}$")
PERSON_WORD = rf"(?:{'|'.join(PERSON_WORDS.split())})s?"
TITLES = (
    r"(?:(?:Rt|Right) Hon(?:ourable)?\.? |Dame |Sir |Lord |Lady |Baroness |Professor |Prof\.? |Dr\.? |Mrs?\.? |Ms\.? "
    r"|Miss |Cllr\.? |Councillor |Rev(?:erend)?\.? )*"
)
POST_NOMINALS = r"(?:,?\s+(?:[CMO]BE|DBE|KBE|MP|MSP|MS|JP|DL|KC|QC|RN|F[A-Z]{2,6}|M[A-Z]{2,5}|PhD))*"
PARTICLES = "ap|ab|van|von|de|dela|del|der|la|le|bin|al|of"
NAME = rf"{TITLES}(?:[A-Z][\w’'-]+|[A-Z]\.)(?: (?:{PARTICLES}|[A-Z][\w’'-]*\.?)){{1,4}}{POST_NOMINALS}"
SURNAMED = rf"(?:Dr|Mrs?|Ms|Miss|Professor|Sir|Dame|Lord|Lady|Baroness|Cllr)\.? [A-Z][\w’'-]+{POST_NOMINALS}"
PERSON = rf"(?P<name>{NAME}|{SURNAMED})"
ORGANISATION = r"(?P<name>(?:[Tt]he )?[A-Z][\w’'&-]*(?: (?:and|of|for|the|in|plc|[A-Z&(][\w’'&)-]*)){0,9})"
ONLY_NAME = re.compile(rf"^{PERSON}(?:,\s[^.!?]{{3,80}})?$")


def is_person(name: str) -> bool:
    """Whether a capitalised name may be a person's.

    >>> is_person("Danny Davis"), is_person("Harrowmead Homes")
    (True, False)
    """
    return ORGANISATION_WORD.search(name) is None


def is_organisation(name: str) -> bool:
    """Whether a capitalised name is an organisation's by its words, or is an acronym.

    >>> is_organisation("Lumen Vale Energy"), is_organisation("SEH"), is_organisation("Danny Davis")
    (True, True, False)
    """
    return ORGANISATION_WORD.search(name) is not None or ACRONYM.match(name) is not None
