"""The words that posts are called by: Chief Executive, Cabinet Member for Housing, fraud manager."""

import re

from goalmap.extract.words import CAPITAL, table

_HEADS = table(
    """
    executive officer director chair chairs chairman chairwoman chairperson co-chair vice-chair deputy minister secretary leader mayor
    manager lead head president vice-president vice-chancellor pro-vice-chancellor chancellor provost professor lecturer dean
    principal headteacher headmaster headmistress teacher tutor governor trustee founder co-founder fellow nurse matron midwife
    consultant doctor gp surgeon physician anaesthetist psychologist psychiatrist radiographer pharmacist physiotherapist
    therapist paramedic practitioner registrar commissioner ambassador adviser advisor analyst apprentice coordinator
    co-ordinator partner editor chaplain engineer caretaker guardian champion patron spokesman spokeswoman spokesperson mp
    representative convenor convener treasurer clerk warden inspector superintendent constable sponsor reviewer owner scientist
    economist researcher specialist administrator assistant supervisor graduate organiser councillor bishop archdeacon
    solicitor librarian curator architect planner surveyor gardener porter technician dietitian optometrist dentist
    psychotherapist counsellor facilitator planner controller strategist ceo cfo coo cio md envoy speaker whip
    counsel recorder sheriff bursar proprietor publisher producer presenter trainer instructor coach mentor navigator
    receptionist housekeeper cook chef driver magistrate foreman operator worker
    """
)

_COMPOUND_HEADS = (
    r"(?:cabinet|board|committee|council|panel|executive|portfolio|founding|lay|founder) (?:member|holder)",
    r"member of (?:parliament|the (?:senedd|corporation|board))",
    r"head teacher",
    r"managing partner",
    r"owner-manager",
    r"chief of staff",
)

HEAD = (
    r"(?:" + "|".join([*_COMPOUND_HEADS, *sorted((re.escape(head) for head in _HEADS), key=len, reverse=True)]) + r")"
)

HAS_HEAD = re.compile(rf"(?i)(?<![\w-]){HEAD}(?![\w])")

CAPITAL_HEAD = (
    r"(?:"
    + "|".join(
        sorted(
            {"Member", "MP", "CEO", "GP", "Co-Chair", "Vice-Chancellor", "Pro-Vice-Chancellor"}
            | {"-".join(part.capitalize() for part in head.split("-")) for head in _HEADS}
            | {head.capitalize() for head in _HEADS},
            key=lambda head: (-len(head), head),
        )
    )
    + r")"
)

_JOIN = r"(?: (?:of|for|and|&)|,)?"
_NO_ACRONYM = r"(?![A-Z]{2,} (?:and|of|for|&) )"
CAPITAL_TITLE = rf"(?:{_NO_ACRONYM}{CAPITAL}(?: (?:of|for|and|&|to))? ){{0,6}}?{CAPITAL_HEAD}(?! {CAPITAL_HEAD})(?: (?:of|for|to) (?:the )?{CAPITAL}(?:{_JOIN} {CAPITAL}){{0,5}})?"
"""Chief Executive; Executive Director of Strategy; Cabinet Member for Children and Families."""

FORMER = r"(?:former|formerly|ex|previously|then|late|retired|erstwhile|one-time)"
SAYING = (
    r"(?:said|says|say|added|adds|explained|explains|commented|comments|writes|wrote|continued|told|tells|concluded|concludes|stated|"
    r"states|remarked|noted|notes|recalled|recalls|believes|announced|insisted|argued|argues|warned|joked|reflected|welcomed)"
)
_BARE_TITLE = rf"(?:{_NO_ACRONYM}{CAPITAL}(?: (?:of|for|and|&))? ){{0,6}}?{CAPITAL_HEAD}(?! {CAPITAL_HEAD})"
_PORTFOLIO = rf"(?: for (?![A-Z]{{2}}){CAPITAL}(?:{_JOIN} {CAPITAL}){{0,5}}|(?<=Director|Minister) of (?![A-Z]{{2}}){CAPITAL}(?:{_JOIN} {CAPITAL}){{0,5}}|(?<=Head|Dean) of (?![A-Z]{{2}}){CAPITAL}(?:{_JOIN} {CAPITAL}){{0,5}}|(?<=Professor) of {CAPITAL}(?:{_JOIN} {CAPITAL}){{0,5}})"
TITLE_WORDS = re.compile(rf"(?<![\w’'&-]){_BARE_TITLE}(?:{_PORTFOLIO})?(?![\w-])")
"""A post with what it is for, but without the body that it is at."""

POST_AT = re.compile(
    rf"\b(?:(?:[Cc]hief [Ee]xecutive(?: [Oo]fficer)?|CEO|[Cc]hair(?:man|woman|person)?|[Mm]anaging [Dd]irector|(?:[Cc]o-)?[Ff]ounder|[Pp]rincipal|[Hh]eadteacher|[Vv]ice-[Cc]hancellor|[Tt]rustee|[Pp]resident|"
    rf"[Gg]overnor|[Ss]pokes(?:man|woman|person)|[Oo]wner|[Pp]atron) of|(?:[Dd]irector|[Mm]anager|[Oo]fficer|[Ll]ead|[Ee]xecutive|[Hh]ead|[Aa]dvis[eo]r|[Pp]artner|[Cc]hair|[Nn]urse|[Cc]onsultant|[Pp]rofessor|[Ll]ecturer|[Ss]pecialist|[Aa]pprentice|[Cc]oordinator|[Ee]ngineer|"
    rf"{CAPITAL_HEAD}(?: (?:of|for) {CAPITAL}(?:{_JOIN} {CAPITAL}){{0,4}})?) at|[Ss]pokes(?:man|woman|person) for) (?:the )?(?P<name>{CAPITAL}(?: (?:(?:of|the|for|&) ){{0,2}}{CAPITAL}){{0,5}})(?![\w-])"
)
"""Who has a chief executive is a body: `Chief Executive of Kestrel Build`."""
