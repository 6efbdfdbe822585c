"""Verbs of what bodies do and of what comes of it, by the forms in which reports use them."""

from goalmap.extract.words import table

_REGULAR = table(
    """
    accept achieve act add adopt advertise advise agree aim allow announce appear apply appoint approve arrange ask attend award
    back benefit borrow bring build buy call campaign carry celebrate change check close collect come commit complete connect consult
    convert cook cover create cut decide deliver deploy design develop donate double drop earn employ enable encourage end engage enrol
    ensure establish exceed expand explore extend fall feed fill find finish fit follow form fund gain gather get give go graduate grow guarantee
    halve hand have heat help hire hold host improve increase insulate interview introduce invest invite join keep launch lay lead learn lease leave
    lend let link live look lower make manage match measure meet mend mentor modernise move name need offer open operate organise own pair part partner pass pay pilot place
    plan plant play pledge practise prevent produce promise promote provide publish pull put qualify raise reach read receive recognise recruit recycle
    redesign reduce refurbish register remain remove renew repair replace report rescue reserve retrain retrofit return review reward rewrite rise run save say secure see sell send
    serve set share show sign sit spend sponsor stand start stay step stop store study supply support survey swap switch take teach test train transform travel treble treat try turn
    update upgrade use view visit volunteer vote want warm waive welcome widen win work write accredit aspire audit broaden brighten cease coach coordinate dig divert donate draw
    drive eliminate equip exchange fix grant house install investigate isolate knock loan map mark mount notice note outline pick pool power prepare print process protect rebuild
    reclaim reconnect recover redevelop regenerate release relocate renovate reopen require respond restore retain reuse revise ring screen settle shrink slash stock strip strike suggest
    target tell think top track trial triple unlock welcome wipe house hope intend expect seek wish love like learn lie wear know feel believe break mean become begin choose cost do
    park paint eat fly forget freeze hear hit hurt ride shake shine sing sleep speak split spread swim throw understand wake
    """
)
_IRREGULAR = table(
    """
    been brought built bought came cut dealt did done drew drawn drove driven fell fallen fed felt found flew forgot forgave froze got gotten
    gave given gone went grew grown had heard held hit kept knew known laid led left lent lay made meant met paid put read ran rose risen said saw seen sold sent set shook
    showed shown shut sang sat slept spoke spoken spent split spread stood struck stuck swept took taken taught told thought threw thrown understood woke wore worn won wrote
    written began begun became broke broken chose chosen cost rebuilt retrained rewrote rewritten let dug
    """
)
AUXILIARIES = table(
    "is are was were has have had will would can could may might must shall should does do did be been being isn't aren't won't can't cannot didn't don't"
)
"""Small verbs that stand before others, or for them."""


def _forms(verb: str) -> frozenset[str]:
    stem = verb.removesuffix("e")
    third = f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeiou" else f"{verb}s"
    hissing = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else third
    past = f"{verb[:-1]}ied" if third.endswith("ies") else f"{stem}ed"
    doubled = f"{verb}{verb[-1]}"
    return frozenset({hissing, past, f"{doubled}ed"})


_BASE = frozenset(_REGULAR)
FINITE = frozenset(form for verb in _REGULAR for form in _forms(verb)) | _IRREGULAR | AUXILIARIES
"""Forms that make a sentence."""
_GERUNDS = frozenset(
    form for verb in _REGULAR for form in (f"{verb.removesuffix('e')}ing", f"{verb}ing", f"{verb}{verb[-1]}ing")
)
VERBS = FINITE | _BASE | _GERUNDS
"""All forms of all verbs here; many are also nouns (plan, work, place)."""
_NO_PAST = table(
    "need indeed hundred hundreds speed seed feed breed deed kindred sacred naked wicked shed red bed unskilled disadvantaged disabled aged"
)


def is_finite(word: str) -> bool:
    """Whether a word in small letters can be the verb of a sentence; one in -ed that no table has is taken for one."""
    return word in FINITE or (word.endswith("ed") and len(word) > 4 and word not in _NO_PAST)
