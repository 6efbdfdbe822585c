"""Places in a masked sentence where a post stands beside its holder; `⟨P1⟩` is a person, `⟨O2⟩` a body."""

import re

_HONORIFIC = r"(?:(?:the )?(?:Rt Hon|Rt|Very|Ven|Canon|Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Cllr|Councillor|Rev|Revd|Sister)\.? )*"
BEFORE = re.compile(
    rf"^\s*(?:,|:|–|—|-|\(|\|)?\s*(?:the )?{_HONORIFIC}$|^,? (?:now |currently )?held by {_HONORIFIC}$|^ (?:(?:of|at|for|who|which) |[A-Z])[^.,;:“”\"()⟨]{{2,70}}(?:\([^()]*\))?, (?:the )?$|^ \([^()]{{2,40}}\), (?:the )?$"
)
"""Nothing but a mark, or what the post is at and a comma: `the head of the local hospice, ⟨P⟩`."""
NEXT = re.compile(
    rf"^(?P<gap>\s*(?P<mark>,|:|–|—|\||,? held by)?\s*{_HONORIFIC}(?:the )?)⟨P(?P<person>\d+)⟩(?P<after>.{{0,60}})",
    re.S,
)
INVERSE = re.compile(
    r"^(?: (?:of|for|at|during|in|who|to|on)\b[^.;“”\"⟨:]{0,50})?(?::| (?:is|are|was|were|include|includes|included|will be|remains|remain|now is)\b(?::| now| also| currently)*)\s*(?:the )?(?:[a-z]+ )?$"
)
"""`Our patrons are ⟨P⟩`, `Present: ⟨P⟩`."""
LIST = re.compile(r"^(?:,? (?:[A-Z]\.?){2,5})?[\s,;)]*(?:and|&|or)?(?:, as [\w ]{3,30},)?\s*(?:by |the |both )?$")
PAIRED = re.compile(r"^(?:,? and |, |,? & | / )(?:the |our |its |now )?$")
"""Between two posts of one person whose name follows."""
RELATIVE = re.compile(r"(?:^|[.!?] )⟨P(\d+)⟩, who\b[^,;.“”]*$")
"""`⟨P⟩, who founded it with ⟨P⟩, is …`: the sentence goes on with the first."""
FOR_BODY = re.compile(
    r"(?:\b[Ff]or (?:the )?⟨O(?P<acting>\d+)⟩(?: \(⟨O\d+⟩\))?[:,]|(?:^|[.;|] )⟨O(?P<label>\d+)⟩(?: \(⟨O\d+⟩\))?:) (?:its )?$"
)
"""Before a person, whom he is there for: `for ⟨O⟩, ⟨P⟩`, `⟨O⟩: ⟨P⟩`."""
AFFILIATED = re.compile(
    r"^(?:\s?\(|,? (?:both |all )?(?:of|from|for) (?:the )?(?:[a-z]+ ){0,2}|,? at (?:the )?(?=⟨O\d+⟩\s?(?:[(,.;)]|$))|, (?=⟨O\d+⟩(?:[,.;)]|$)))⟨O(?P<body>\d+)⟩(?![’'])\)?"
)
_OPENING = r"(?:An? [\w -]{3,60}, |On [\w ]{3,30}? (?=he|she|they)|(?:Until|Before|From|In|On|For|Since|Between|Previously|Earlier|Formerly|After|Outside|Prior|At|By|Now|Today|Then|Later|Within|Born|Having|Following|Originally|Once)\b[^.;“”\"]{0,90}?,?\s)?"
SPEAKS = re.compile(r"^(?P<speaker>⟨P(?P<person>\d+)⟩): I(?=['’ ])")
"""In an interview, who `I` is: `⟨P⟩: I was`."""
TIMES = re.compile(r"(?:Formerly|Previously|Currently|Now|Also|Once|Before that|Until \d{4})[ ,]+(?:an? |the )?")
FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|may|must|should|did|do|does|said|says)\b|[?!:]")
QUOTED = re.compile(r"[“”\"‘]")
GONE = re.compile(r"^ \((?:to|until|resigned|retired|left|died|stood down|stepped down)\b")
"""After a person in a list, what says that the post is over."""
ENDS = re.compile(r"^\s*(?:[,.;:)–—]|$)")
PRONOUN = re.compile(rf"^(?P<opening>[“\"]?{_OPENING})(?:He|She|They|he|she|they)\b(?=\s\w)")
PERSON = re.compile(r"⟨P(\d+)⟩")
SERVED = re.compile(
    r"\b(?:join|work|serv|second|mov(?:ed|ing)|taught|teach|train|spent|led\b|left|leav|return|began|start|employ|career|promot|volunteer|years? (?:with|at))\w*"
)
ROSE = re.compile(
    r"^(?: in (?:\w+ )?\d{4})?,? (?:and|before|then|becoming|rising)\b[^.;]{0,20}?\b(?:became|becoming|now|rose|rising|was (?:made|appointed|promoted)|later)\b"
)
"""`joined as a clerk and became …`: the first post is past."""
AN_AWARD = re.compile(r"\bof the (?:Year|Month|Match|Decade)\b", re.I)
HONORIFICS = ("Professor", "Sister", "Doctor", "Judge", "Archdeacon", "Canon", "Lord", "Captain", "Major", "Colonel")
BODIES = re.compile(r"⟨O(\d+)⟩")
SAME_VERB = re.compile(r"^, [^.;“”]{0,60}(?<!,),? and (?:by )?$")
"""`chaired by ⟨P⟩, Dean of ⟨O⟩, and ⟨P⟩`: the list of a verb goes on."""
