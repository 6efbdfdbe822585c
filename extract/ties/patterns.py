"""Sentences that tie one name to another, masked: `⟨O1⟩ is a member of ⟨O2⟩`."""

import re

BODIES = r"⟨O\d+⟩\)?(?:(?:,? and|,|,? &|;)(?: the| with| by)? ⟨O\d+⟩\)?)*"
"""One body or a list of them."""
_SOME = rf"(?P<members>{BODIES})"
_ONE = r"(?P<body>⟨O\d+⟩)"
_WHO = rf"(?P<members>⟨P\d+⟩|{BODIES})"
_IS = r"(?:is|are|was|were|remains?|becomes?|became|has become|have become|has been|have been|will become)"
_ALSO = r"(?: now| also| already| jointly| both| proudly| currently| formally)*"
_REACH = r"[^.;:⟨“”]{0,70}?"
_THE = r"(?:the )?"
_FORM = r"(?:founded|formed|created|established)"

TIES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("chairs", rf"(?P<members>⟨P\d+⟩),? (?:who )?(?:also )?(?:chairs|co-chairs) {_THE}{_ONE}(?![’'])"),
        (
            "member of",
            rf"{_WHO},?(?: who| which)?{_ALSO} {_IS}{_ALSO}(?: (?:an?|one of the|the))?(?: [\w-]+){{0,2}} members? of {_THE}{_ONE}",
        ),
        ("member of", rf"{_SOME},(?: both| all| also)?(?: an?| the)?(?: [\w-]+)? members? of {_THE}{_ONE}"),
        ("member of", rf"{_SOME}{_ALSO}(?: has| have| will)?{_ALSO} join(?:ed|s)? (?:forces with )?{_THE}{_ONE}"),
        ("member of", rf"{_SOME} {_IS} the \w+ [\w ]{{2,30}} to join {_THE}{_ONE}"),
        ("member of", rf"{_SOME} {_IS} {_ONE}[’']s (?:\w+ ){{0,2}}members?\b"),
        ("member of", rf"{_SOME} belongs? to {_THE}{_ONE}(?![’'])"),
        (
            "member of",
            rf"(?:[Mm]embers|[Ff]ounder members|[Pp]artners) (?:of|in) {_THE}{_ONE} (?:include|are|now include|were|comprise):? {_THE}{_SOME}",
        ),
        ("member of", rf"{_ONE}[’']s?(?: \w+)? (?:members|partners)(?: are| include| now include|:|,) {_THE}{_SOME}"),
        (
            "member of",
            rf"{_ONE}(?:, which)? (?:brings together|unites|comprises|consists of|is made up of|includes) {_THE}{_SOME}",
        ),
        (
            "member of",
            rf"{_ONE}(?:,| is) an? (?:\w+ ){{0,2}}(?:partnership|alliance|network|coalition|collaboration|consortium|group) (?:of|between) {_THE}{_SOME}",
        ),
        (
            "part of",
            rf"{_SOME}(?:,| \(|,? which)?{_ALSO}(?: {_IS}| forms?| form)?{_ALSO}(?: an?)?(?: \w+)? ?part of {_THE}(?:[^.;⟨“”]{{0,60}}⟨P\d+⟩[’']s )?(?:[^.,;⟨“”]{{0,30}} )?{_ONE}",
        ),
        (
            "owned by",
            rf"{_SOME}(?:,| \(|,? which)?(?: {_IS})?(?: now| wholly| fully| jointly|,)* owned by {_THE}{_ONE}",
        ),
        ("owned by", rf"{_SOME}(?:,| {_IS})(?: now)? an?(?: [\w-]+){{0,2}} subsidiary of {_THE}{_ONE}"),
        (
            "owned by",
            rf"{_ONE}(?: owns|, (?:the )?(?:owner|parent(?: company)?) of|[’']s subsidiary,?| is the (?:owner|parent(?: company)?) of) {_THE}{_SOME}",
        ),
        ("hosts", rf"{_SOME}(?:,? which)?{_ALSO} hosts {_THE}{_ONE}"),
        ("sponsor of", rf"{_SOME}{_ALSO} sponsors {_THE}{_ONE}"),
        ("sponsor of", rf"{_SOME}(?:,| {_IS})(?: an?| the)?(?: \w+){{0,2}} sponsors? of {_THE}{_ONE}"),
        (
            "funded by",
            rf"{_ONE} (?:has )?(?:given|gave|granted|awarded) (?:a (?:grant|gift) of )?£[\d.,]+(?:m| million|k)? to {_THE}{_SOME}",
        ),
        ("funded by", rf"{_ONE} (?:has )?(?:granted|awarded|gave) {_THE}{_SOME} (?:a (?:grant|gift) of )?£"),
        ("funded by", rf"{_ONE} funds {_THE}{_SOME}(?![’'])"),
        (
            "partner of",
            rf"{_SOME}{_ALSO} {_IS}{_ALSO}(?: an?)?(?: [\w-]+){{0,2}} partners? (?:of|with|in|to) {_THE}{_ONE}",
        ),
        ("partner of", rf"{_SOME},(?: an?)?(?: \w+)? partners? (?:of|in|to) {_THE}{_ONE}"),
        (
            "partner of",
            rf"{_SOME},? (?:is partnered|{_IS}(?: now)? partnering|{_IS}(?: now)? working in partnership|works? in partnership|{_IS} teaming up|(?:has|have) (?:partnered|teamed up|joined forces)|partners|partnered|teamed up|joined forces|in partnership) with {_THE}{_ONE}",
        ),
        ("partner of", rf"partnership between {_THE}(?P<members>⟨O\d+⟩)(?:, | and ){_THE}(?P<body>{BODIES})"),
        ("signatory of", rf"{_WHO}(?:,| {_IS})(?: an?| the)?(?: \w+)? signator(?:y|ies) (?:of|to) {_THE}{_ONE}"),
        ("signatory of", rf"{_WHO}{_REACH}\b{_IS} (?:an? |the )?(?:\w+ )?signator(?:y|ies) (?:of|to) {_THE}{_ONE}"),
        ("signatory of", rf"{_WHO} (?:has |have )?signed (?:up to )?{_THE}{_ONE}(?![’'])"),
        ("founder of", rf"{_WHO},? (?:who )?(?:co-)?founded {_THE}{_ONE}"),
        (
            "became",
            rf"{_ONE}(?:,| \()(?: which was)? ?(?:formerly|previously)(?: known as| called| the)? {_THE}{_SOME}",
        ),
        ("became", rf"{_SOME}(?:,| \()(?: which is)? ?now(?: known as| called)? {_THE}{_ONE}"),
        (
            "became",
            rf"{_SOME}(?: has been| was| is| are to be| is to be| will be)? (?:renamed|rebranded)(?: as)? {_THE}{_ONE}",
        ),
        ("became", rf"{_SOME} (?:has )?changed its name to {_THE}{_ONE}"),
        ("became", rf"{_ONE} is the new name (?:of|for) {_THE}{_SOME}"),
        (
            "became",
            rf"{_SOME}(?: officially| formally)? (?:became|has become|becomes|will become) {_THE}{_ONE}(?![’'])",
        ),
        (
            "became",
            rf"{_SOME} (?:merged|have merged|joined together|came together|united|will merge|are merging|are to merge)[^.;⟨“”]{{0,40}} (?:to form|to become|to create|into|as) {_THE}(?:new )?{_ONE}",
        ),
        (
            "became",
            rf"{_ONE} (?:was|is) {_FORM}[^.;⟨“”]{{0,60}} (?:merger|merging|union|joining|combination) (?:of|between) {_THE}{_SOME}",
        ),
        ("became", rf"merger of {_THE}{_SOME} (?:to form|to create|into|as) {_THE}{_ONE}"),
    )
)
"""Each kind with a sentence that says it: the members, and the body that they are tied to."""

MERGED = re.compile(
    rf"(?P<one>⟨O\d+⟩) (?:has )?merged with {_THE}(?P<two>⟨O\d+⟩)(?:[^.;⟨“”]{{0,40}} (?:to form|to become|to create|as) {_THE}(?:new )?(?P<new>⟨O\d+⟩))?"
)
"""Two bodies that became a third, which may stand at the start of the sentence: `⟨O⟩ was formed when …`."""
FORMED = re.compile(
    rf"(?P<new>⟨O\d+⟩) (?:was|is|has been|came into being|were) ?(?:{_FORM})?(?P<date>[^.;⟨“”]{{0,60}}) when {_THE}$"
)
BY_ANOTHER = re.compile(
    rf"\b(?P<verb>(?:funded|accredited|hosted|led|sponsored|owned)(?=(?: in part| jointly)? by)|and (?:is |has |are |have |also )*(?:partnered|partnering|working in partnership|teamed up)(?= with))(?: in part| jointly)? (?:by|with) {_THE}(?P<others>{BODIES})(?![’'])"
)
"""What another body does to the subject of the sentence."""
PASSIVE = {
    "funded": "funded by",
    "accredited": "accredited by",
    "sponsored": "funded by",
    "owned": "owned by",
    "hosted": "hosts",
    "led": "leads",
}
REVERSED = frozenset({"hosts", "leads"})
"""Ties in which the other body is the member: it hosts, it leads."""
SUBJECT = re.compile(r"^(?:The |And |But |Today,? |Now,? )?⟨O(?P<body>\d+)⟩(?P<rest>[^.;:“”]*)$")
BESIDE = re.compile(
    r"⟨O(?P<body>\d+)⟩\)?(?:,? (?:which|that|who))?(?:,| is| are| was| were| has been| have been| now| also| wholly| part| jointly| fully)*\s*$"
)
WHOLE = re.compile(
    r"^(?:The |And |But )?⟨O(?P<body>\d+)⟩(?:,(?P<aside>(?! and| which| who| formerly| now known| ⟨O\d+⟩)[^,;“”]{3,90}),)? (?P<rest>(?:is|are|was|has|have|also|hosts|sponsors|works|owns|funds|became|will|merged|joined|signed)\b.*)$",
    re.S,
)
"""A sentence about a body: what stands between commas after it, and what it goes on to say."""
PREDICATES = re.compile(r",? and (?=(?:also )?(?:is|are|was|has|hosts|sponsors|works|owns|funds|became|will)\b)")
ASIDE = re.compile(r",? \(?(?:formerly|previously)(?: known as| called)? (?:the )?⟨O\d+⟩[,)]")
"""What a body was called before."""
NOT_OF_SUBJECT = re.compile(
    r"⟨[PI]|\b(?:scheme|project|programme|course|fund|work|study|research|report|which|that|who|said|says|scholarships?|posts?|places?|event|centre|service|launched|opened)\b"
)
"""Words between a body and `funded by` that show that something else is funded."""
WHEN = re.compile(r"^\)?[^.;,⟨“”]{0,30}?\b(?P<since>in|on|since|from|until)\b (?=(?P<date>[^.;,⟨“”]{4,24}))")
