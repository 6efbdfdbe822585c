"""The verbs by which English gives people their words: said, explains, laughed."""

from goalmap.extract.words import one_of, table

VERBS = table(
    """
    said says say told tells added adds adding explained explains commented comments continued continues wrote writes concluded concludes
    stated states remarked remarks noted notes observed observes recalled recalls remembered remembers reflected reflects
    admitted admits conceded concedes confessed confesses insisted insists argued argues warned warns urged urges stressed stresses
    emphasised emphasises announced announces declared declares confirmed confirms revealed reveals claimed claims believes
    replied replies responded responds answered answers asked asks agreed agrees joked jokes quipped quips laughed laughs smiled smiles
    grinned grins sighed sighs shrugged shrugs exclaimed exclaims shouted shouts whispered whispers reported reports suggested suggests
    welcomed praised enthused enthuses mused muses
    """
)

SAYING = rf"(?:{one_of(VERBS)})"

PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey)"
"""Who speaks when the name stands in a sentence before."""

_ONLY_BESIDE = table(
    """
    offered offers ventured ventures muttered mutters murmured murmurs sniffed sniffs chuckled chuckles beamed beams cried cries called calls
    began begins finished finishes ended ends went goes countered counters interjected interjects wondered wonders shrugs nodded nods
    pleaded pleads promised promises reminded reminds thundered sang sings roared roars complained complains protested protests groaned groans boomed snapped snaps
    """
)

BESIDE = rf"(?:{one_of(VERBS | _ONLY_BESIDE)})"
"""Verbs that give somebody the words only where they stand right beside them: “Soup,” he offered."""
