"""The frames by which the words beside a quotation give it to somebody."""

import re

from goalmap.extract.speech.verbs import BESIDE, PRONOUN, SAYING
from goalmap.extract.words import one_of, table

_ADVERB = r"(?:\s(?:also|then|later|has|had|\w+ly))?"
_MARK = r"[“\"‘']?$"
_COUNSEL = r"(?:message|words|advice|answer|verdict|reply|response|tip|motto|conclusion|view|plea|warning|secret)"

PRONOUN_BEFORE = re.compile(
    rf"\b(?:{PRONOUN}{_ADVERB}\s(?:{SAYING}|went\son)|(?:[Hh]is|[Hh]er)\s{_COUNSEL}\s(?:is|was))\b[^.“\"]{{0,70}}[\s,:]*{_MARK}"
)
PRONOUN_WITH_COLON = re.compile(rf"^\s*(?:He|She)\b[^.“\"]{{1,80}}:\s*{_MARK}")
PRONOUN_AFTER = re.compile(
    rf"^[,.]?\s*(?:{PRONOUN}{_ADVERB}\s{BESIDE}|{BESIDE}\s{PRONOUN}|(?:is|was)\s(?:his|her|their)\s{_COUNSEL})\b"
)
HE_OR_SHE = re.compile(r"\b(?P<he>[Hh]e|[Hh]is)\b|\b(?:[Ss]he|[Hh]er)\b")
HONORIFIC = re.compile(
    r"(?:(?P<he>Mr|Sir|Lord|Brother|Bro|Father|Fr|Baron)|Mrs|Ms|Miss|Dame|Lady|Baroness|Sister|Sr)\b"
)
BEGINS_WITH_PRONOUN = re.compile(r"\s*(?:He|She|They)\b")
COUNSEL = re.compile(rf"[’']s?\s(?:\w+\s){{0,2}}?{_COUNSEL}\b[^.?!:“\"]{{0,50}}[?.:]\s*$")
"""`Ann Lee’s advice?` and then the quotation."""
COUNSEL_FROM = re.compile(rf"\b(?:{_COUNSEL}|praise|thanks|word)\b[^.:;“\"]{{0,40}}\sfrom\s(?:[\w’-]+,?\s){{0,4}}?$")
"""Before a name that ends the sentence: `a word of warning from`."""
COUNSEL_OF_PRONOUN = re.compile(rf"(?:^|[.!?]\s)(?:His|Her|Their)\s{_COUNSEL}\b[^.?!:“\"]{{0,50}}[?.:]\s*{_MARK}")
WRITTEN_BY = re.compile(
    r"\b(?:letter|message|note|email|e-mail|text|card|postcard|tribute|statement|words)\s(?:\w+\s){0,3}?(?:from|of|by)\s(?:\w+\s){0,3}?$"
)
"""Before the name of who wrote what is quoted."""

VERB_BEFORE = re.compile(rf"\b{SAYING}\b[^.“\"]{{0,80}}?[\s,:–—-]*{_MARK}")
COLON_BEFORE = re.compile(rf":\s*{_MARK}")
DASH_BEFORE = re.compile(r"\s[–—-]{1,2}\s*$")
ACCORDING = re.compile(
    rf"\b(?:(?:[Aa]ccording to|[Ii]n the words of)\b[^.“\"]{{3,120}}|[Aa]s\b[^.“\"]{{3,120}}\bputs? it),\s*{_MARK}"
)
CALLED = re.compile(
    rf"""
    \b(?:
        (?:call(?:s|ed)|describe[sd]|hail(?:s|ed)|praise[sd]|dubbed)\s(?:it|this|that|them|him|her|the\s\w+)(?:\s[\w’]+){{0,4}}?(?:\sas)?
        | puts?\s(?:[\w’]+\s){{1,4}}?(?:down\s)?(?:to|as)
        | (?:promise[sd]|reminded|reminds|accused|accuses|hope[sd]|thought|thinks|feared|fears|jokes|joked|quipped|likened|felt|feels|swears|swore)\b[^.:;“"]{{0,60}}
    )
    \s*{_MARK}
    """,
    re.VERBOSE,
)
"""A named person calls something by the quoted words, or promises or thinks them."""

WHO_SAID = re.compile(rf",?\swho{_ADVERB}\s{SAYING}\b[^.,“\"]{{0,80}}[,:]?\s*{_MARK}")
"""After a name: `, who wrote: “…”`."""
BY_WHOM = re.compile(
    r"\b(?:described|remembered|hailed|praised|summed\sup|dubbed)\b[^.:;“\"]{0,40}?\sby\s(?:[\w’-]+,?\s){0,4}?$"
)
"""Before a name: `is remembered by`."""
AS = re.compile(rf"(?:,[^.,“\"]{{2,80}},)?\sas\s(?:\w+\s){{0,3}}?{_MARK}")
"""After that name."""
QUOTES_ANOTHER = re.compile(rf"\bquot(?:ed|es|ing)\s(?:her|his|their|my|an?|the)\b[^.“\"]{{0,60}}{_MARK}")
TOLD = re.compile(
    rf"(?:was|were|is|been|being)\s(?:\w+ly\s)?(?:told|asked|warned|urged|reminded)\b[^.“\"]{{0,60}}{_MARK}"
)
"""Somebody is told the words by another."""
VERB_AFTER = re.compile(rf"^[,.]?\s*(?:{BESIDE}\b|[^.“\"]{{1,160}}?\b{SAYING}\b(?!\s*:))")
SAID_AFTER_NAME = re.compile(rf"(?:,[^.:;“\"]{{2,120}},|\s\([^)]{{1,60}}\))?{_ADVERB}\s{BESIDE}\b(?![^.“\"]*:)")
SAID_OF_NAME = re.compile(rf"(?:,[^.]{{1,160}},)?\s(?:\w+ly\s)?(?:{SAYING}|puts?\sit)\b")
NEXT_SENTENCE = re.compile(r"^\s+[A-Z]")
LEADS_ON = re.compile(rf"^[^.“\"]*\b{SAYING}\b[^.“\"]*:\s*$")
ACCORDING_AFTER = re.compile(
    rf"^[,.]?\s*(?:(?:according to|in the words of|(?:is|was) how)\b|(?:is|was)\s[^.:;“\"]{{2,80}}[’']s?\s(?:\w+\s){{0,2}}?{_COUNSEL}\b)"
)
SAID_AT_ONCE = re.compile(rf"^\s{SAYING}\s(?!that\b)")
"""`“…” says Ann Lee`, as headlines have it."""
DASH_AFTER = re.compile(r"^[.,]?\s*[–—-]{1,2}\s*(?=[A-Z⟨])")
OWNED_AFTER = re.compile(
    r"^\s+(?:(?:That|This|Such)\s(?:is|was)|Those\s(?:are|were)|So\s(?:says|said|writes|wrote)|(?:The|These|Those)\swords)\b[^.:;“\"]{0,60}$"
)
"""Between a quotation and its speaker: `That was the view of`."""

THINGS = (
    r"(?:badge|sign|notice|banner|poster|card|plaque|label|T-shirt|mug|page|form|leaflet|website|letter|email|report|paper|book|board|screen"
    r"|guide|headline|door|wall|survey|study|review|audit|plan|policy)s?"
)
"""What bears words and speaks none."""
THING = re.compile(rf"\b{THINGS}(?:\s(?:to|about|for)\s[^.:;]{{2,60}})?\s*$", re.I)
READ_ON_THING = re.compile(rf"\b{THINGS}\s(?:[a-z]+\s){{0,2}}?(?:reads?|said|says|saying|reading)\s*:?\s*{_MARK}")
"""`The sign now reads “…”`."""
SAID_BY_THING = re.compile(rf"^[,.]?\s*{SAYING}\s(?:the|an?|its|our|their|his|her)\s(?:[\w’-]+\s)?{THINGS}\b", re.I)
TITLE_NOUN = re.compile(
    r"\b(?:report|paper|guide|book|film|play|song|poem|podcast|strategy|theme|motto|slogan|campaign|programme|project|scheme|award|category|"
    r"called|titled|entitled|named|dubbed|known as|headed|word|words|term|phrase|so-called)s?,?\s*$"
)

_KIN = (
    r"(?:aunt|uncle|mother|mum|mam|father|dad|nan|nana|gran|granny|grandmother|grandfather|grandad|sister|brother|wife|husband|partner|son|daughter"
    r"|cousin|niece|nephew|friend|neighbour|boss|teacher)"
)
OF_SOMEBODY_ELSE = re.compile(
    rf"[’']s?\s(?:[a-z]+\s){{0,2}}?(?:{_KIN}|spokes(?:man|woman|person)|lawyer|solicitor|agent|office|team|deputy|successor|assistant|colleague|manager"
    r"|doctor|carer|family|parents|letter\sto)s?\b"
)
"""After a name that is not the speaker's: `Ann Lee’s daughter`."""
WHO = re.compile(r",?\swho\b")
TO_SOMEBODY = re.compile(
    r"\b(?:told|tells|asked|asks|reminded|assured|warned|thanked|spokes(?:man|woman|person)\sfor|(?<!ccording\s)(?<!left\s)(?<!fell\s)(?<!up\s)to|on\sbehalf\sof|(?:said|says|wrote|writes)\s(?:of|about))\s$"
)
"""Before the name of who is spoken to or for."""
KIN = re.compile(rf"\b[Mm]y\s(?:\w+\s)?(?P<kin>{_KIN})\b")
KIN_OF_NAME = re.compile(rf"\b[Mm]y\s(?:\w+\s)?(?P<kin>{_KIN}),?\s$")
STRANGER = re.compile(
    rf"(?:^|[.!?]\s)(?:(?:A|An|One|Another)\s(?:\w+\s){{0,2}}?(?:man|woman|lady|gentleman|boy|girl|visitor|tenant|student|pupil|nurse|driver|resident|passenger|patient|{_KIN})|(?:My|His|Her|Our|Their)\s(?:\w+\s)?{_KIN})\b"
)
"""A sentence begins with somebody who is not named, so that `she` is no one named before."""

SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!\b(?:Dr|Mr|Ms|St|Rt|Lt))(?<!\b(?:Mrs|Rev|Hon|Col|Sgt|Maj))[.!?][”\"’']?\s+(?=[“\"‘'A-Z])"
)
ENDS_LIKE_SPEECH = re.compile(r"[,.?!…—–]$")
END = re.compile(r"[.?!…]$")
ASIDE = table("in at on after before with following as alongside during for to among despite joining")
"""Words that open a phrase before the subject of a sentence."""
OPENS_ASIDE = re.compile(rf"(?:\w+ing|{one_of(ASIDE)})\b", re.I)
