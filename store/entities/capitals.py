"""Names in capitals, as registers print them, in the letters that people write."""

import re

from goalmap.extract.words import table

SMALL = table("a and at by for from in into le la of on or the to under upon with y yr")
"""Words without a capital inside a name."""
LETTERS = table(
    """
    NHS UK GB ICB ICS CCG PCT CSU HSC GP CIC CIO LLP LLC BMI BUPA AECC UCL UCLH LSE SEND CAMHS NI GMC RAF
    II III IV VI VII VIII IX XI XII
    """
)
"""Words that stay in capitals."""
FIXED = {
    "plc": "plc",
    "ltd": "Ltd",
    "st": "St",
    "dr": "Dr",
    "mr": "Mr",
    "mrs": "Mrs",
    "ms": "Ms",
    "co": "Co",
    "rd": "Rd",
}
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
MC = re.compile(r"^(Mc|O['’])([a-z])")
VOWELS = re.compile(r"[AEIOUYÀ-Ÿ]")
LONGEST_LETTERS = 5


def in_usual_letters(name: str) -> str:
    """A name in capitals as people write it; any other name as it is.

    >>> in_usual_letters("KENT AND MEDWAY NHS AND SOCIAL CARE PARTNERSHIP TRUST")
    'Kent and Medway NHS and Social Care Partnership Trust'
    >>> in_usual_letters("ROYAL STOKE-ON-TRENT (ST MARY'S) LTD"), in_usual_letters("NHS of Old")
    ("Royal Stoke-on-Trent (St Mary's) Ltd", 'NHS of Old')
    """
    if name != name.upper() or not re.search(r"[^\W\d_]", name):
        return name
    written = WORD.sub(lambda match: _word(match[0], match.start() == 0), name)
    return written[:1].upper() + written[1:] if written.split(" ")[0].casefold() in SMALL else written


def _word(word: str, is_first: bool) -> str:
    low = word.casefold()
    if low in FIXED:
        return FIXED[low]
    if low in SMALL and not is_first:
        return low
    is_letters = len(word) <= LONGEST_LETTERS and not VOWELS.search(word)
    if word in LETTERS or is_letters:
        return word
    return MC.sub(lambda match: match[1] + match[2].upper(), word.capitalize())
