"""What may stand between a person and a post, and what it says of the time."""

import re
from enum import Enum

from goalmap.extract.words import one_of, table


class Tense(Enum):
    """What the words between a person and a post say of the time."""

    PAST = "past"
    PRESENT = "present"
    UNTOLD = "untold"


HOLDING = table(
    """
    is|are|remains|remain|becomes|became|become|had become|has become|have become|will be|will become|will act|serves|acts|works|has been|have been|is to be|is to become
    |was appointed|were appointed|has been appointed|have been appointed|is appointed|appointed|was elected|were elected|has been elected|elected
    |was re-elected|re-elected|was named|has been named|named|was made|has been made|was confirmed|has been confirmed|confirmed|was promoted to
    |has been promoted to|promoted to|is promoted to|joins|joined|has joined|have joined|was co-opted|has been co-opted|co-opted|was chosen|has been chosen
    |was selected|takes over|took over|will take over|starts|has started|steps up|stepped up|is acting|continues|is currently|seconded|has been seconded
    |retires|steps down|stands down|is leaving|is stepping down|is retiring|will step down|will retire|has taken up the post of|takes up the post of|took up the post of
    |has taken on the role of|takes on the role of|took on the role of|holds the post of|succeeds|will join|rejoins|returns|was installed|was licensed|was ordained
    |is taking over|will serve|will lead|is working|is employed|now works|was commissioned
    """,
    "|",
)
HELD = table(
    """
    was|were|had been|worked|served|acted|used to be|used to work|began|started|started out|started work|began work|began life|began his career
    |began her career|began their career|started his career|started her career|started their career|qualified|trained|retired|stepped down|stood down|resigned|left
    |spent|rose to be|rose to become|rose to|went on to be|had worked|had served|was formerly|was previously|was once|was later|was first|was also|held the post of
    |held the role of|ended his career|ended her career|practised|having been|having worked|having served|having trained|has worked|has served|has also been|has previously been
    """,
    "|",
)
_ADVERB = r"(?:(?:by turns|no longer|presently|latterly|currently|now|also|both|still|today|first|then|later|soon|initially|subsequently|eventually|previously|formerly|originally|once|himself|herself|themselves|only|already|recently|newly|officially|formally|jointly|briefly|himself a|at present|at that time|for (?>(?:a|many|several|over|more than|the (?:past|last))\b|\w+) [\w ]{2,20}|since \d{4}|in (?:\w+ )?\d{4}|until [\w ]{3,20}|from [\w ]{3,20})[ ,]+){0,3}"
"""No more than three, which is what is written; without an end, a text that was made for it would take for ever."""
_ASIDE = r"(?:\s?\([^()]{0,60}\))?(?:, (?!and |who |where |which )[^,;“”()]{1,90},)?"
_SUBJECT = r"(?:,? (?:and )?who,?(?: [\w ]{3,40},)?|, (?:and )?(?:he|she|they)| and|,)?"

_ALL = one_of(HOLDING | HELD)
VERB = re.compile(
    rf"^(?:\s?\((?=[a-z]))?{_ASIDE}{_SUBJECT}\s*{_ADVERB}(?P<verb>{_ALL})\b\s*{_ADVERB}(?:[\w ’']{{0,40}}?\bas\s*{_ADVERB}|to be\s+|one of\s*|not only\s+)?$"
)
"""`… is`, `, who until May was`, `joined us as`, straight from the person or the post before."""
APPOSED = re.compile(
    r"^(?:[ ]?\((?:he|she|they)/\w+\))?(?: here(?=,))?(?:,? (?:[A-Z]\.?){2,5})?\s*(?:,? ?\(|,|–|—|-|:|\||/)\s*(?P<words>(?:(?:\d\d,|\(?and|who is|also|now|then|later|currently|himself|herself|our|the|once|formerly|previously|at present|until (?:now|recently)|until [\w ]{3,20}|originally|for (?:over |more than )?(?:\w+ ){1,3}(?:its|their|our|the)?|aged \d\d,|then)[ ,]*)*)(?:Hon\.? )?$"
)
"""`⟨P⟩, `, `⟨P⟩ (`, `⟨P⟩ – `, `⟨P⟩, 52, `."""
LISTED = re.compile(
    r"^\)?(?: there)?(?:, (?:the|an?) [^,;.()“”⟨]{3,60}(?=, (?:and|&) ))?(?:, ⟨I\d+⟩)?(?: (?:Board|Group|Committee|Panel|Council|Team)\b)?(?: (?:in|at) [A-Z][\w-]+(?: [A-Z][\w-]+)?)?(?:,? (?:until|till|since|from|between|for)\b[\w ]{2,30}?|,? in (?:\w+ )?\d{4}|,? \(?\d{4}(?:\s?[-–]\s?\d{2,4})?\)?)?\s*(?:\(and,?)?(?:,|;|–|—|-|\||/)?\s*(?P<words>(?:(?:and|&|or|also|now|then|later|currently|previously|formerly|once|is|was|as|both|then|before that,?|by turns|who (?:is|was)(?: also| now)?|he is|she is|they are|he was|she was|today|until [A-Z]?[a-z]+,|until (?:last \w+|recently),?|by turns,?|until (?:\w+ )?\d{4},?(?: the)?|for (?:over |more than |nearly )?(?:\w+ ){1,2}(?:years?|months?|decades?)(?: in \d{4}(?:[-–]\d\d)?)?)[ ,]*)*)$"
)
"""What goes on with the next post of the same person."""
TO_BECOME = re.compile(r"\bto be(?:come)?\s+(?:the\s+|an?\s+|its\s+)?$")
AS = re.compile(
    r"^(?P<words>[^“”;|]{0,140}?)\b(?:as|to become|becoming|became|becomes|promoted to(?: the role of)?|(?:leaves|leaving|left|goes|went|moved|moves|chosen|elected|promoted|returned|returns|stepping up|steps up)\b[^“”;|.]{0,60} to be|(?:role|post|position|work|job|term|election|appointment) (?:of|as)|appointed|elected|named|trained to be)\s+(?:the\s+|a\s+|an\s+)?(?:one of\s+)?$"
)
"""`⟨P⟩ joined us in 2015 as …`: further from the person."""
NOT_AS = re.compile(
    r"\b(?:such|well|known|described|describes|regarded|seen|just|same|twice|hailed|praised|acts?|dressed|not|never|soon|far|much|inasmuch|thanked|hopes|hoped|wants|wanted|dreams?|plans|training|studying|ambition|dream)\b[^.]{0,25}$",
    re.I,
)
"""`as` that likens, and what somebody only hopes to become."""
LIKENS = re.compile(r"\b(?:known|described|regarded|seen|hailed|praised|dressed) (?:\w+ )?as\b[^.]{0,12}$")
WHERE = re.compile(
    rf"(?:where|which|whom|that|when|because|before that|before then|previously|earlier|later|while there|there),?\s(?:⟨P\d+⟩|he|she|they)\s{_ADVERB}(?P<verb>{_ALL})\b\s*(?:[\w ]{{0,40}}?\bas\s*)?{_ADVERB}$"
)
"""`⟨O⟩, where she was …`."""
GOES_ON = re.compile(
    rf"^(?P<between>[^.“”]{{0,120}}?)(?:,| and|, and| but|, but| before| after|,? then)\s+{_ADVERB}(?:(?:he|she|they) )?{_ADVERB}(?P<verb>{_ALL})\b\s*{_ADVERB}(?:[\w ]{{0,40}}?\bas\s*)?{_ADVERB}$"
)
"""`… and is now`: a second verb of the same person."""

HAVING = re.compile(rf"^[^.;“”]*\bhaving (?:been|served(?: as)?|worked as|acted as)\s{_ADVERB}$")
"""`⟨P⟩, who retires in March having been`."""
LEAVING = re.compile(
    r"\b(?:retires|leaves|(?:stands|steps) down|(?:will|is to) (?:retire|leave|stand down|step down)|is (?:retiring|leaving|(?:standing|stepping) down))\b"
)
"""Who leaves holds the post until then."""
HOW_LONG = re.compile(r"^ for [\w -]{3,30}\b(?:years|months|decades)\b")
GONE_ON = re.compile(r"^,? (?:and|then|before) [\w ]{0,20}\bas $")
"""`a roofer and four as a lecturer`: the same time goes on."""
MOVED_TO = re.compile(r"⟨O\d+⟩ \($")
"""`moved to ⟨O⟩ (head of savings)`."""
NOW = re.compile(r"^,[^.;“”⟨]{0,60}\bnow\s*$")
"""`⟨P⟩, formerly of this parish and now …`."""
FOLLOWED = re.compile(
    r"\b(?:succe(?:ed|ss)\w*|replac\w+|take\w* over from|took over from|in place of|follows|followed|from)\b (?:\S+ ){0,3}$"
)
"""Before the name of somebody whose post another gets."""
_PAST_WORDS = re.compile(
    r"\b(?:no longer|formerly|previously|once|originally|until (?!now)|earlier|before that|before then|first|in the past|used to|having|by then)\b",
    re.I,
)
_PRESENT_WORDS = re.compile(r"\b(?:now|currently|today|at present|still)\b", re.I)
_PAST_AS = re.compile(
    rf"\b(?:{one_of(HELD - {'was', 'were', 'left'})}|leaving|left|after|career|finished|which (?:he|she|they) (?:first )?joined|was known|employed|sat|stint|spell|years)\b"
)


_IS = table("is are remain remains")


def of_verb(match: re.Match[str]) -> str:
    """The words that tell the time of a verb: a clause that closes before `is` tells none."""
    return match.group().rpartition(",")[2] if match["verb"] in _IS else match.group()


def tense_of_verb(verb: str, words: str) -> Tense:
    """Whether `was`, `is` or the words around them put a post into the past."""
    if _PRESENT_WORDS.search(words):
        return Tense.PRESENT
    if verb in HELD or _PAST_WORDS.search(words):
        return Tense.PAST
    return Tense.PRESENT


def tense_of_words(words: str) -> Tense:
    """`formerly`, `once` and `until` against `now` and `currently`."""
    if _PRESENT_WORDS.search(words):
        return Tense.PRESENT
    if _PAST_WORDS.search(words) or re.search(r"\bwas\b", words):
        return Tense.PAST
    return Tense.PRESENT if re.search(r"\b(?:is|are)\b", words) else Tense.UNTOLD


_STAYS = re.compile(
    rf"\bwill (?:remain|continue|stay|serve|act|return)\b|{LEAVING.pattern}[^.;]* after [\w -]{{3,30}} (?:years|months|decades) $"
)


def tense_of_as(words: str) -> Tense:
    """`started … as`, `spent ten years as` are past; `appointed as`, `will stay as`, `retires after ten years as` are not."""
    if _PRESENT_WORDS.search(words) or _STAYS.search(words):
        return Tense.PRESENT
    return Tense.PAST if _PAST_AS.search(words) or _PAST_WORDS.search(words) else Tense.UNTOLD
