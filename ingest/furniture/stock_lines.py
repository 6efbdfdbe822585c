"""The lines that stand on every page, release or mail, whatever the story is: one table of how they begin, one of what they hold."""

import re

LONGEST = 720
"""Characters from which a paragraph is told as a story, whatever it holds."""

OPENINGS = {
    "cookies": r"accept (?:all )?cookies|cookies on this (?:web)?site",
    "law": (
        r"©|(?:crown )?copyright(?:\s*$|\s*[©:|(]|[\w ,]{0,60}\b(?:19|20)\d\d\b)|registered (?:charity|company|society)\b|"
        r"views (?:expressed )?(?:are|in)\b|accessibility(?: statement)?\W*$|[^.]{0,80}\bprivacy (?:policy|notice)\s*(?:$|\||[.]|and|&)"
    ),
    "mailing": (
        r"sent from my\b|subscribe (?:today|now)\b|advertise with us\b|(?:the )?next (?:issue|edition|bulletin|newsletter)\b.{0,80}$|"
        r"(?:items|stories|copy|contributions) for the next\b|(?:the )?deadline for (?:the )?(?:next|copy|items)\b"
    ),
    "mail": (
        r">|-{2,}\s*(?:forwarded|original) message|begin forwarded message|on .{6,120}\bwrote:$|--\s*$|"
        r"(?:(?:kind(?:est)?|best|warm|many) )?(?:regards|wishes)[,.]?$|(?:many thanks|yours (?:sincerely|faithfully)|cheers|diolch)[,.]?$"
    ),
    "page": (
        r"(?:share|tweet|follow us|like us|find us|print)(?: this)?(?: [\w]+)?(?: on)?\s*[:|–-]|share (?:this|on)\b\W*(?:\w+\W*){0,5}$|"
        r"(?:like|follow|find|join) us on\b|visit our website\b.{0,40}$|#\w+(?:\s+#\w+)*$|(?:[«‹<] ?)?back to (?:all )?(?:news|top|list)|download (?:the|this|our) [\w ]{0,30}\(?(?:pdf|doc)|"
        r"(?:print|e-?mail|save|share) this (?:page|story|article)|page \d+$|.{0,40}\b\d+ min(?:ute)?s? read\b|photography may take place\b"
    ),
    "formats": (
        r".{0,40}\bother (?:formats|languages)\b|(?:[\w ]{0,25} )?(?:easy read|large print|braille|bsl|audio)\b.{0,60}\b(?:on|by) request\b|"
        r"if you (?:need|would like|require)\b.{0,60}\b(?:other|another|alternative|different) (?:formats?|languages?)\b"
    ),
    "vacancy": (
        r"(?:salary|closing date|interview date|(?:job |post |vacancy )?ref(?:erence)?(?: no\.?| number)?|contract(?: type)?|hours|grade|"
        r"location|reports to|start date)\s*:\s*(?:\S+\s+){0,9}\S+$|no agencies\b|if you have not heard from us (?:within|by)\b"
    ),
    "paper": (
        r"(?:version|enclosure|agenda item|paper ref(?:erence)?|classification|document (?:control|reference))\b[\s:.]*[\w.]{0,12}(?:\s*\||$)"
    ),
    "print": (
        r"(?:words|pictures|photograph(?:s|y)|photos)(?: by)?\s*:.{3,60}$|(?:www\.|https?://)\S+$|isbn\b|printed (?:on|by)\b.{0,60}$|"
        r"(?:designed|produced|typeset)(?: and (?:printed|produced|published|designed))? by\b.{3,60}$|cover (?:photo|picture|image)\b|issue \d+\b.{0,80}$|"
        r"[a-z][\w &'’]{2,40} (?:is published by|magazine is produced)\b|photographs? .{0,40}\b(?:press office|on request|available)\b"
    ),
}
"""How such lines begin, by what they are about."""

HOLDINGS = {
    "cookie": (
        r"\b(?:we|this (?:web)?site|our (?:web)?site) uses? (?:[\w ]{0,25})?cookies\b|\buse of cookies\b|"
        r"\b(?:set|called|additional|essential|accept|reject) cookies\b|cookie (?:policy|settings|notice)"
    ),
    "preferences": r"manage (?:cookie )?preferences|update your (?:e-?mail )?preferences",
    "conditions": r"terms (?:and|&) conditions",
    "rights": r"all rights reserved",
    "registered": (
        r"\bregistered in (?:england|scotland|wales|northern ireland)\b|"
        r"\bregistered (?:office|charity|company)\b(?: (?:n\w*|in|is|address|:)|.{0,30}\d{5}|\W*$)|"
        r"\bregistered provider of\b|\bis a registered society\b"
    ),
    "company": r"company (?:number|no\.?|registration)|\bcompany limited by guarantee(?:\.| and)|\bis a company limited by guarantee\b",
    "vat": r"\bvat reg",
    "reproduced": r"\bno part (?:of .{3,40} )?may be reproduced\b",
    "views": r"\bviews are those of\b",
    "content": r"\bcontent is available under\b|skip to (?:main )?content",
    "forward": r"\bforward-looking statements?\b|forward (?:this )?to a (?:friend|colleague)",
    "differ": r"\bactual results may differ\b",
    "statement": r"\b(?:accessibility|modern slavery) statement\b",
    "authorised": r"(?:is|are) authorised (?:and regulated )?by\b",
    "regulated": r"(?:is|are) regulated by\b",
    "unsubscribe": r"\bunsubscribe\b",
    "to stop": r"to stop (?:receiving|getting) (?:this|our|these)",
    "view": (
        r"view (?:this (?:e-?mail )?|it |online|as a web page)?(?:in (?:your )?browser|\bonline)|\bview as a web ?page\b|"
        r"having trouble viewing"
    ),
    "trouble": r"having trouble reading",
    "subscri": r"subscribe to our|you (?:are|have) subscribed|manage your subscriptions?",
    "sign": (
        r"sign up (?:to|for) (?:(?:receive )?our|the) (?:e-?)?(?:newsletter|bulletin|updates|mailing list)|"
        r"sign up to receive|you (?:are|have) signed up|you signed up (?:to|for)"
    ),
    "you ": r"you (?:are|have|were) (?:getting|receiv\w+|sent) this (?:e-?mail|message|newsletter|bulletin)?",
    "sent": r"(?:this|the) (?:e-?mail|message|bulletin) was sent (?:to|by)",
    "list": r"\b(?:taken off|removed from) (?:our|this|the) (?:press |mailing |distribution )?list\b",
    "mail": r"\b(?:this|the) e-?mail (?:and any (?:attachments?|files?)[\w ]*|is|may be|may|contains)\b.{0,60}(?:confidential|intended|privileged)",
    "message": r"\b(?:this|the) (?:information in this )?message (?:is|may|contains)\b.{0,60}(?:confidential|intended|privileged)",
    "information": r"\bthe information in this (?:e-?mail|message) (?:is|may)\b.{0,60}(?:confidential|intended|privileged)",
    "recipient": r"\bif you are not the (?:intended|named) recipient",
    "addressee": r"\bif you are not the (?:intended|named) addressee",
    "in error": r"received (?:it|this (?:e-?mail|message)) in error",
    "environment": r"(?:consider|think of) the environment before",
    "print": r"think before you print",
    "helpful": r"was this (?:page|article) helpful",
    "useful": r"was this (?:page|article) useful",
    "page": r"\bpage \d+ of \d+\b",
    "available": (
        r"this (?:document|report|publication|leaflet|page|information) (?:is|can be made|is also|will be) (?:also )?available in|"
        r"\bavailable in\b(?:.{0,60}\b(?:other|another|alternative|different) (?:formats?|languages?)\b| (?:welsh|gaelic|irish)\b)"
    ),
    "large print": r"(?:report|document|information|leaflet) in large print",
    "welsh": r"\bwelsh (?:version|copy|language version)\b.{0,60}\b(?:available|request)",
    "ar gael": r"\bar gael (?:yn gymraeg|ar gais)\b",
    "ghàidhlig": r"\bri fhaighinn sa ghàidhlig\b",
    "charity": r"\bcharity registered in\b",
    "employer": r"\bequal opportunit(?:y|ies) employer\b",
    "disability": r"\b(?:is|are) an? disability confident\b",
    "dbs": r"\benhanced dbs (?:check|disclosure)\b.{0,60}$",
    "reserve": r"\breserve the right to close\b",
    "safeguarding": r"\bcommitted to safeguarding\b.{0,120}\b(?:staff|employees)\b.{0,60}\bcommitment\b",
}
"""What such lines hold, wherever in them; the key is a word without which the pattern need not be tried."""

OPENING = re.compile("|".join(OPENINGS.values()), re.I)
HELD = {word: re.compile(pattern, re.I) for word, pattern in HOLDINGS.items()}


def is_stock_line(text: str) -> bool:
    """Whether a text is small print by its words.

    >>> is_stock_line("© 2024 Wenlow Homes"), is_stock_line("The bakery sold a tray of cookies")
    (True, False)
    """
    if len(text) >= LONGEST:
        return False
    if OPENING.match(text) is not None:
        return True
    folded = text.casefold()
    return any(HELD[word].search(text) for word in [word for word in HELD if word in folded])
