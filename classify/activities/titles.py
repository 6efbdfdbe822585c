"""What an activity is called: the initiative with what it is, else the clause that tells of the act."""

import re
from collections.abc import Iterator, Sequence

from goalmap.classify.activities.acts import act_in
from goalmap.classify.activities.model import Body, Named, Telling
from goalmap.classify.activities.shortening import MOST, shortened
from goalmap.extract.ordinary import is_ordinary
from goalmap.extract.sentences import Stretch, bare, sentences_of
from goalmap.extract.verbs import VERBS, is_finite
from goalmap.extract.words import CALENDAR, name_key, table

_ANAPHORS = table(
    """
    it they this these those he she all each both that here there its their his her half such one two some many most none nobody getting another others
    them who what why how if you your thank please i my ask sorry nothing
    """
)
"""Words that open a sentence which leans on another."""
_BEFORE = re.compile(
    r"\b(?:used to|had lost|had no|needed|were missing|was missing|(?:was|were) being|is no help|there was|there were|had never|few [A-Za-z]+ famil|was only|is only"
    r"|would never|at the moment|we do not|you will find|did not|had been sent|went elsewhere|^until|(?:years?|months?|weeks) ago)\b",
    re.I,
)
"""How things were before."""
_CAME_OF_IT = re.compile(
    r"\b(?:fell|rose|halved|doubled|trebled|went up|went down|down by|up by|lower by|fewer by|told us|ahead of|so far|since then|as a result)\b"
)
_WE = re.compile(r"\b[Ww]e(?:[’'](?:ve|ll|re))?\s(?!do\snot|don)")
_PERSONAL = re.compile(r"\b(?:I|me|my|myself|I[’'](?:m|ve|d|ll))\b")
"""What one person says of themselves."""
_REMARK = re.compile(
    r"(?:[\w’'&-]+\s){1,6}(?:says|said|hopes|hoped|thinks|rated|praised|described|welcomed|called)\s(?!\w+\sthat\b)"
)
"""A sentence that only says what somebody thinks of it."""
_NAMED, _DOER, _FIRST, _FIGURE, _CUE = 3.0, 2.0, 1.6, 0.6, 1.0
_LEANS, _EARLIER, _RESULT, _SHORT, _VERBLESS, _VAGUE = -2.2, -3.0, -1.0, -2.5, -1.5, -1.2
_OF_ONE, _SAYS_SO = -2.0, -1.2
"""What speaks for and against a sentence as the one that tells of the act."""
_FEW = 6
_NEAR = MOST + 3
"""Words of a clause that a title may hold."""
_SENTENCES = 40
"""More of a passage is not read for a title."""
_KIND = r"(?P<kind>\s(?:award|fund|scheme|tariff|programme|day|course|centre|service|project|campaign|bursary|grant|network|partnership|plan|club|cafe|café|hub)s?)?"
_UNDER = r"(?:\d+\.\s)?(?:Under|Through|With|In|At|As\spart\sof)\s(?:the\s|our\s)?"
_ASIDE = r"(?:\s\([^)]{1,60}\))?"
_SAYS_WHAT = tuple(
    re.compile(_KIND + _ASIDE + pattern)
    for pattern in (
        r",\s(?:(?:an?|our|the|its)\s|(?:the\s)?[A-Z]\w*[’']s\s)(?!first\b)",
        r"\s(?:is|are|was)\s(?:an?|our|the)\s(?=[a-z0-9])",
        r"\s(?:is|are|was)\s(?=for\s)",
        r"\)?:\s+",
        r"\s[–-]\s",
        r",\s(?:in\swhich|where|which|under\swhich|whereby)\s",
        r",\s(?=for\s[a-z])",
    )
)
"""What stands between the name of an initiative and the words that say what it is."""
_POSSESSOR = re.compile(r"^(?:an?\s|our\s|the\s|its\s)?(?:[\w-]+[’']s\s)?(?=\w)", re.I)
_FOREIGN = re.compile(
    r"\b(?:from|by|what)\sthe\s(?:last\s)?$|\b(?:grants?|money|funding|paid\sfor|funded|funds)\s(?:from|by|through)\s(?:the\s)?$"
)
"""Before an initiative that only pays for an act, or that a figure is measured by."""
_PAYS = re.compile(r"\s(?:is|are|was|has|have|will)\s(?:\w+\s)?(?:pay|paid|fund)")


def initiative_of(tellings: Sequence[Telling]) -> Body | None:
    """The initiative that the passages tell of; none that pays for it, or that is the label of an award."""
    told = (named for one in tellings for named in one.of_kind("initiative") if _is_told_of(one, named))
    return next((named.entity for named in told), None)


def _is_told_of(telling: Telling, named: Named) -> bool:
    before, after = telling.text[: named.start], telling.text[named.end :]
    if _FOREIGN.search(before) or _PAYS.match(after):
        return False
    label = not before.strip() and after.startswith(": ")
    return not (label and any(body.start == named.end + 2 for body in telling.of_kind("organisation")))


def title_of(tellings: Sequence[Telling], initiative: Body | None, owner: Body | None, act: Stretch) -> str:
    """A title of the passages' own words, at most about a dozen; of no words at all, the title of the document.

    `act` is the sentence of the first passage that tells of the act.
    """
    named = [one for one in tellings if initiative and _naming(one, initiative)]
    titles = (
        _title_from(one, initiative if named else None, owner, act if one is tellings[0] else None)
        for one in sorted(named or tellings, key=_is_personal)
    )
    return next((seen for title in titles if (seen := _seen(title))), tellings[0].document.title)


def _is_personal(telling: Telling) -> bool:
    """Whether a passage only quotes what one person says of themselves: another names an activity better."""
    return all(_PERSONAL.search(telling.text[slice(*span)]) for span in sentences_of(telling.text)[:_FEW])


def _seen(title: str) -> str:
    """Without signs that cannot be seen."""
    return "".join(char for char in title if char.isprintable()).strip()


def _naming(telling: Telling, initiative: Body) -> Named | None:
    known = (initiative.id or initiative.name,)
    same = (
        named
        for named in telling.of_kind("initiative")
        if (named.entity.id or named.entity.name,) == known and _is_told_of(telling, named)
    )
    return next(same, None)


def _title_from(telling: Telling, initiative: Body | None, owner: Body | None, act: Stretch | None) -> str:
    if " | " in telling.text:
        return shortened(telling.text.partition(" | ")[0])
    naming = _naming(telling, initiative) if initiative else None
    if naming and (told := _what_it_is(telling, naming)):
        return told
    return _title(telling, act or act_sentence(telling, initiative), naming, owner)


def act_sentence(telling: Telling, initiative: Body | None) -> Stretch:
    """The sentence that tells of the act, rather than of what led to it or came of it."""
    naming = _naming(telling, initiative) if initiative else None
    found = sentences_of(telling.text)[:_SENTENCES]
    if len(found) < 2:
        return found[0] if found else Stretch(0, len(telling.text))
    return max(found, key=lambda sentence: (_points(telling, sentence, naming), -sentence.start))


def _what_it_is(telling: Telling, naming: Named) -> str:
    """The name with the words that say what it is, where they follow it."""
    rest = telling.text[naming.end :]
    for pattern in _SAYS_WHAT:
        if match := pattern.match(rest):
            name = naming.surface + (match["kind"] or "")
            said = _until_verb(rest[match.end() :])
            if len(said.split()) > 1:
                return _with_name(name, shortened(_POSSESSOR.sub("", said), MOST - len(name.split())), telling)
    return ""


def _until_verb(text: str) -> str:
    """The first sentence, up to a comma with a verb behind: `our centre in the market, | is home to`."""
    said = sentences_of(text)
    words = text[said[0].start : said[0].end] if said else ""
    cut = re.search(r",(?=\s(\w+))", words)
    while cut and not is_finite(bare(cut[1])):
        cut = re.compile(r",(?=\s(\w+))").search(words, cut.end())
    return words[: cut.start()] if cut else words


def _with_name(name: str, words: str, telling: Telling) -> str:
    if not words:
        return name
    first, _, rest = words.partition(" ")
    named = any(words.startswith(one.surface) for one in telling.named)
    capital = (
        named
        or first[1:] != first[1:].lower()
        or not is_ordinary(bare(first))
        or first in CALENDAR
        or first == "I"
        or rest[:1].isupper()
    )
    return f"{name}: {words if capital else first.lower() + words[len(first) :]}"


def _title(telling: Telling, sentence: Stretch, naming: Named | None, owner: Body | None) -> str:
    """What a sentence gives as a title."""
    if not naming or not _holds(sentence, naming):
        return shortened(act_in(telling, sentence, owner))
    if under := _under_name(telling.text[sentence.start : sentence.end], naming, telling):
        return under
    clause = act_in(telling, sentence, owner)
    title = shortened(clause)
    if name_key(naming.surface) in name_key(title):
        return title
    label, colon, rest = clause.partition(": ")
    words = rest if colon and len(label.split()) < _FEW else clause
    return _with_name(naming.surface, shortened(words, MOST - len(naming.surface.split())), telling)


def _under_name(sentence: str, naming: Named, telling: Telling) -> str:
    """`Under the X tariff a household pays half`: the name, and what is done under it."""
    match = re.match(rf"{_UNDER}{re.escape(naming.surface)}{_KIND},?\s(?=[a-z\d£])(?!and\b|or\b)", sentence)
    if not match:
        return ""
    name = naming.surface + (match["kind"] or "")
    return _with_name(name, shortened(sentence[match.end() :], MOST - len(name.split())), telling)


def _holds(sentence: Stretch, naming: Named) -> bool:
    return sentence.start <= naming.start < sentence.end


def _leaning(clause: Sequence[str]) -> float:
    """What speaks against a clause that says `it` of what stands before, or ends with it."""
    words = [bare(word) for word in clause]
    opens = bool(words) and words[0] in _ANAPHORS and words[1:2] != ["of"]
    return (_LEANS if opens else 0) + (_VAGUE if words and words[-1] in ("it", "them") else 0)


def _has_verb(clause: Sequence[str]) -> bool:
    words = [bare(word) for word in clause]
    return bool(words) and (words[0] in VERBS or any(is_finite(word) for word in words))


def _points(telling: Telling, sentence: Stretch, naming: Named | None) -> float:
    """What speaks for a sentence as the one that tells of the act."""
    clause = act_in(telling, sentence, None).split()[:_NEAR]
    return sum(_signs(telling, sentence, naming)) + (0 if _has_verb(clause) else _VERBLESS) + _leaning(clause)


def _signs(telling: Telling, sentence: Stretch, naming: Named | None) -> Iterator[float]:
    words = telling.text[sentence.start : sentence.end]
    checks = (
        (_NAMED, naming is not None and _holds(sentence, naming)),
        (_DOER, _has_doer(telling, sentence)),
        (_FIRST, not telling.text[: sentence.start].strip()),
        (_FIGURE, any(char.isdigit() for char in words)),
        (_EARLIER, bool(_BEFORE.search(words))),
        (_RESULT, bool(_CAME_OF_IT.search(words))),
        (_SHORT, len(words.split()) < _FEW),
        (_SAYS_SO, bool(_REMARK.match(words))),
        (_OF_ONE, bool(_PERSONAL.search(words))),
    )
    yield from (points for points, holds in checks if holds)
    cues = (start for filing in telling.filings for start, _ in filing.evidence)
    yield _CUE * min(2, sum(sentence.start <= start < sentence.end for start in cues))


def _has_doer(telling: Telling, sentence: Stretch) -> bool:
    """Whether a body, or `we`, stands before a verb."""
    return bool(_WE.search(telling.text, sentence.start, sentence.end)) or any(
        sentence.start <= named.start < sentence.end and opens_with_verb(telling.text[named.end : sentence.end])
        for named in telling.of_kind("organisation")
    )


_VERB_NEXT = re.compile(
    r"(?:\s\([^)]*\))?\s(?:(?:also|now|already|currently|still|then|recently|therefore)\s)?([\w’']+)"
)


def opens_with_verb(text: str) -> bool:
    """Whether a verb comes next, a bracket or a small word aside."""
    following = _VERB_NEXT.match(text)
    return bool(following and is_finite(bare(following[1])))
