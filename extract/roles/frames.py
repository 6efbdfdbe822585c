"""Places in a masked sentence where a post stands beside its holder; `⟨P1⟩` is a person, `⟨O2⟩` a body."""

import re

from goalmap.extract.masking import BODY, PERSON
from goalmap.extract.roles.titles import CAPITAL_TITLE, HEAD
from goalmap.extract.roles.words import FORMER
from goalmap.extract.speech.verbs import SAYING
from goalmap.extract.words import CAPITAL, MONTHS, one_of, table

FORMER_WORDS = re.compile(rf"^(?:{one_of(FORMER)})\b[ -]?", re.IGNORECASE)

VERB_TITLES = {
    "chairs": "chair",
    "chaired": "chair",
    "co-chairs": "co-chair",
    "co-chaired": "co-chair",
    "leads": "lead",
    "led": "lead",
    "heads": "head",
    "headed": "head",
    "runs": "head",
    "run": "head",
    "founded": "founder",
    "co-founded": "co-founder",
    "manages": "manager",
    "directs": "director",
    "edits": "editor",
    "edited": "editor",
}
"""The post that a verb amounts to."""

_HOLDING = one_of(
    table(
        """
        is|are|remains|becomes|became|has become|will be|will become|as|serves as|acts as|works as|is now|has been|works
        """,
        "|",
    )
)
_HELD = one_of(
    table(
        """
        was|were|had been|worked as|served as|acted as|used to be
        """,
        "|",
    )
)
_LEAVING = one_of(
    table(
        """
        retires as|steps down as|stands down as|leaves as|is leaving as|is stepping down as|is retiring as
        """,
        "|",
    )
)
_LEFT = one_of(
    table(
        """
        retired as|stepped down as|stood down as|left as
        """,
        "|",
    )
)
_NAMED = r"(?:(?:has[ ]been|was|were|is|been)[ ])?(?:newly[ ])?(?:appointed|elected|re-elected|named|made|confirmed|promoted[ ]to|joined|has[ ]joined|joins)(?:[ ]as|[ ]to[ ]be|[ ](?:us|the[ ]\w+)[ ]as)?"
_ADVERB = r"(?:[ ](?:currently|now|also|previously|formerly|still|himself|herself))*"

AFTER_PERSON = re.compile(
    rf"""
    {PERSON}(?:[ ]\((?!(?i:[^()⟨⟩]*\b{HEAD}\b))[^()⟨⟩]*\))?
    (?P<link>
        (?:,[ ](?:retired|\d\d))?(?:,?[ ]who)?(?:[ ](?:until|since|from|in)[ ][\w ]{{2,24}}?,?)?{_ADVERB}[ ](?P<verb>{_NAMED}|(?P<past>{_HELD}|{_LEFT})|{_HOLDING}|{_LEAVING}){_ADVERB}(?:[ ]as)?[ ]
        | ,[ ] | [ ][–—-][ ] | :[ ] | [ ]\|[ ] | [ ]\(
    )
    (?=(?P<segment>.{{3,260}}))
    """,
    re.VERBOSE,
)
_SMALL_TITLE = rf"(?:[a-z]+-?[a-z’']+[ ]){{0,3}}(?i:{HEAD})(?:[ ](?:of|for)[ ][a-z]+(?:[ ]and[ ][a-z]+)?)?"
POSSESSED = re.compile(
    rf"(?:{BODY}(?:[’']s)?[ ]|[’']s[ ])(?P<title>(?:(?:then|former|new|current|interim|acting|own)[ ])?(?:{CAPITAL_TITLE}|{_SMALL_TITLE})),?[ ]{PERSON}"
)
TITLE_FIRST = re.compile(
    rf"""
    (?:^|[\s(“"])(?P<former>(?:[Ff]ormer|[Ee]x-|[Tt]hen|[Pp]revious|[Rr]etired)[ ]?)?
    (?P<title>{CAPITAL_TITLE}|(?:[A-Za-z]?[a-z]+-?[a-z]+[ ])?{_SMALL_TITLE})
    (?:(?:[ ]of|[ ]at|[ ]for)(?:[ ]the)?[ ]{BODY})?(?P<comma>,|:)?[ ]{PERSON}$
    """,
    re.VERBOSE,
)
"""Looked for in the words right before a person only."""
PAIR = re.compile(rf"(?P<title>(?i:{HEAD}))s[ ](?:of[ ](?:the[ ])?{BODY},?[ ])?{PERSON}[ ]and[ ]{PERSON}")
"""`co-chairs ⟨P⟩ and ⟨P⟩`."""

_VERB = rf"(?P<verb>{one_of(verb for verb in VERB_TITLES if verb.endswith('s') or verb.endswith('founded'))})"
_VERBED = rf"(?P<verb>{one_of(verb for verb in VERB_TITLES if not verb.endswith('s'))})"
_ASIDE = r"(?:the[ ])?(?:(?:former[ ])?[^.,;⟨]{0,60})?"
CHAIRS = re.compile(
    rf"{PERSON}(?:,[ ]who[ ][^.,⟨]{{1,80}}(?:⟨O\d+⟩)?,)?(?:,?[ ]who)?(?:[ ](?:[a-z]+ly|also|now))?[ ]{_VERB}(?:[ ](?:the|our|its|their|and|\w+[’']s))*[ ](?:work[ ]of[ ](?:the[ ])?)?{BODY}"
)
LED_BY = re.compile(rf"{BODY}[^.⟨]{{0,60}}?{_VERBED}[ ]by[ ]{_ASIDE}{PERSON}(?:[ ]and(?:[ ]by)?[ ]{PERSON})?")
CHAIRED_BY = re.compile(rf"\b(?P<verb>chaired|co-chaired)[ ]by[ ]{_ASIDE}{PERSON}(?:[ ]and(?:[ ]by)?[ ]{PERSON})?")
SITS = re.compile(
    rf"{PERSON}[^.]{{0,120}}?,?[ ](?:who[ ])?(?:also[ ])?(?P<what>sits[ ]on[ ]the[ ](?:board|corporation|council|panel|committee))[ ]of[ ](?:the[ ])?{BODY}"
)
IN_CHAIR = re.compile(rf"{PERSON}[^.]{{0,60}},[ ]was[ ]in[ ]the[ ]chair")
LEFT = re.compile(
    rf"{PERSON},?[ ]who[ ](?:retired|stepped[ ]down|stood[ ]down|left)[^.⟨]{{0,60}}?[ ]as[ ](?P<title>(?:our[ ]|the[ ]|its[ ]|an?[ ])?[a-z -]*?{HEAD}(?:[ ]of[ ][a-z ]+)?)\b"
)
BECOMING = re.compile(
    rf"{PERSON}[^.⟨]{{0,50}}[ ]to[ ]become[ ](?P<title>{CAPITAL_TITLE})(?:[ ](?:of|at)[ ](?:the[ ])?{BODY})?"
)
LEAVING = re.compile(
    rf"{PERSON},?[ ]who[ ]is[ ](?:leaving|stepping[ ]down|retiring)[^.⟨]{{0,30}}[ ]as[ ](?:the[ ]|our[ ])?(?P<title>{CAPITAL_TITLE})"
)
WHERE = re.compile(
    rf"{BODY},?[ ]where[ ](?:[Hh]e|[Ss]he|[Tt]hey)[ ](?:(?P<past>{_HELD})|{_HOLDING})[ ](?P<title>(?:an?[ ]|the[ ])?[^.,;⟨]{{0,60}}?{HEAD}(?:[ ](?:of|for)[ ][a-z][^.,;:⟨“\"]{{2,40}})?)"
)
"""`⟨O⟩, where she was a research fellow`."""

_OPENING = (
    r"(?:(?:Until|Before|From|In|Since|Between|Previously|Earlier|Formerly|After|Outside)\b[^.,;⟨“\"]{0,40},?[ ])?"
)
PRONOUN = re.compile(
    rf"(?<=[.!?][ ]){_OPENING}(?:[Hh]e|[Ss]he|[Tt]hey)(?=[ ](?:is|was|chairs|co-chairs|leads|heads|also|has|had|founded|co-founded|joined|serves|served|sits|currently|previously|became|becomes|will|works|worked|retires|retired)\b)"
)
"""He and She at the start of a sentence."""

GOES_ON = re.compile(
    r"(?P<start>(?:^|(?<=[.!?] ))(?P<person>⟨P\d+⟩)[^.!?“”\"⟨]{0,120}(?:⟨O\d+⟩[^.!?“”\"⟨]{0,80})?)(?:,? and|,)(?: is)? (?P<verb>is|was|chairs|leads|will be|is now|has been) "
)
"""`⟨P⟩ chairs ⟨O⟩ and is a trustee …`, `⟨P⟩, deputy head, will be …`: the second verb has the same person."""
RELATIVE = re.compile(
    r"(?P<start>(?P<person>⟨P\d+⟩), (?:the|an?|our|its) [^.,;:!?“”\"⟨]{3,80}) who (?P<verb>is|was|chairs|leads|heads|runs) "
)
"""`⟨P⟩, a consultant who chairs ⟨O⟩`."""
BEFORE_THAT = re.compile(r",? and,? before (?:that|then),?|,? \(?(?:and,? )?before that,?|, previously,")

SEASONS = one_of(MONTHS | table("Christmas Easter"))
_AUXILIARY = "who whose which that is was were are has had have will would"
_ACTIONS = table(
    f"""
    {_AUXILIARY} met spent read gave took made came cut put led leads joined joins visited opened opens hosted attended thanked urged spoke presented launched
    officially pedalled called calls where when after before since from with while but as about by showed wrote signed started runs held helped works
    """
)
VERBS = re.compile(
    rf"\s(?:{SAYING}|{one_of(_ACTIONS)}|on\s\d|on\s(?=[A-Z])|on\sthe|in\s\d|in\san?|in\s(?:{SEASONS})|at\s(?:{SEASONS}|the\send))\b"
)
"""What ends a post because a sentence goes on."""

_NEW_PIECE = rf"(?=(?:an?|the|our|its|formerly|former|now|later|previously|co-)\b|(?:of|at)[ ]|[^,]*?\b(?i:{HEAD})\b)"
PIECES = re.compile(
    rf"""
    [,;](?:[ ]and|[ ]then)?(?=\s)
    | (?<=⟩)\s(?:and|&)\s(?=Deputy\b)
    | \s(?:and|&)(?:[ ](?:also|now|later|formerly))?\s(?!Deputy\b|Company[ ]Secretary){_NEW_PIECE}
    | \s/\s | \s\|\s | \s[–—]\s
    """,
    re.VERBOSE,
)
"""Between one post and the next."""

_FILLERS = "and|also|now|later|currently|then|an?|the|our|its|their|his|her|is|was|becomes|became|remains|as|who|one of (?:the|our|its)|until [\\w ]+?,|for the past \\w+ years"
LEAD = re.compile(rf"^\W*(?:(?:{_FILLERS})\s+)*", re.IGNORECASE)
TAIL = re.compile(
    r"\s+(?:until|since|from|for the past|between|in \d{4}|on behalf|here|there|today|at the time)\b.*$|[\s.:]+$"
)
_KINDS = "the|its|our|their|an?|parent|industry|body|charity|company|group|firm|union|regulator|local|national|corporation|board|of|[’']s|and|,"
LINK = re.compile(rf"[,\s]+(?:(?:of|at|for|with|in|to|across|on|from)\b(?:\s+(?:{_KINDS}))*)?\s*$")
NO_TITLE = re.compile(
    r"(?:^|\s)(?:he|she|they|we|it|i|you|who|whose|which|that|this|these|those|said|will|has|have|was|is|are|my|your|can|not|people (?:who|with|from)|years?|daughter|son|mother|father|old|aged)(?:\s|$)"
)
ENDS_AS_TITLE = re.compile(
    rf"(?i)(?<![\w-]){HEAD}(?![\w])(?=$|[,(]|\s(?:of|for|to|in|and|&|with|at|on|\(|designate|elect|general)|/|\s[–—-])"
)
FILLER = re.compile(r"\W*(?:(?:and|also|retired|OBE|until \w+(?: \w+)?)\W*)?")
PORTFOLIO = re.compile(rf"\s*{CAPITAL}(?:(?: and| of|,)? {CAPITAL}){{0,5}}\s*$")
BARE_BODY = re.compile(rf"\s*(?:the )?{BODY}(?:[\s,]*$|\s+{SAYING}\b)")
STARTS_AS_PLACE = re.compile(r"(?:in|on|at|from|with|by|to|for|of)\b", re.IGNORECASE)
BEFORE_TITLE = re.compile(
    r"^(?:.*\b(?:our|its|their|the|his|her)\s+(?=(?:[\w-]+\s){0,4}[\w-]+)|(?:[Nn]ewly |[Rr]ecently )?(?:[Ee]lected|[Aa]ppointed|[Nn]amed) (?:as )?|(?:The|Our|Its|A|An|By|Foreword by|And|With|From|an?|by|from|with|and|to|said|says|of|as|new)\s+|[\w’']+[’']s\s+)"
)
"""What stands between the sentence and the post before a name."""
STATE = re.compile(
    r"\b(?:minister|secretary of state|(?:education|home|health|foreign|justice|defence|transport|treasury|environment|business|culture|work and pensions) secretary|mp|msp|mla|peer|magistrate|chancellor of the exchequer|prime minister|graduate|apprentice|dean|lieutenant|mayor)\b",
    re.IGNORECASE,
)
"""Posts that no publisher gives."""
