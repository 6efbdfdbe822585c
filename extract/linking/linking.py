"""Which mentions of a document name the same person, body or initiative, and where known names come back."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from goalmap.extract.bodies.find import DEFINED
from goalmap.extract.candidates import Candidate, Sure, best_of
from goalmap.extract.names import Entity, EntityKind, Mention, Span
from goalmap.extract.people.find import bare_name
from goalmap.extract.words import CALENDAR, STARTERS, folded, starts_sentence, table, words_of

Found = tuple[Candidate, ...]
"""The candidates kept in one passage."""


@dataclass(frozen=True, slots=True)
class Known:
    """A name that the document uses: where to look for it, and as what."""

    text: str
    kind: EntityKind
    rule: str
    short: bool = False
    """A part of a longer name, which also may be a common word or a place."""


_LEGAL = re.compile(
    r"(?: NHS(?: Foundation)? Trust| NHS (?:and|&) Social Care Partnership Trust| plc| PLC| Ltd\.?| Limited| CIC| LLP| Inc\.?)$"
)
_GENERIC_END = re.compile(
    r"(?: (?:University |Teaching |Community |Mental |Metropolitan |Borough |City |County |District |Town |Parish )*(?:Hospitals?|Health(?:care)?|Council|University|Energy|Housing|Homes|Group|Trust|Facilities|"
    r"Partnership|Building Society|Charity|College|Water|School|Academy|Primary School|High School|Foundation))$"
)
_GENERIC_END_ANY = re.compile(f"{_GENERIC_END.pattern[:-1]}(?:{_LEGAL.pattern[:-1]})?$", re.I)
_PLACE_BODY = re.compile(r"(?:Council|Combined Authority|Integrated Care \w+|Health Board|College|Academy)(?: NHS.*)?$")
"""Bodies named for the place they serve: the short form is the place."""


def acronyms_of(texts: Iterable[str]) -> dict[str, str]:
    """Acronym to full name for every `Full Name (ACR)` of the document."""
    found: dict[str, str] = {}
    for text in texts:
        for match in DEFINED.finditer(text):
            name = _name_for(match["acronym"], match["name"])
            if name:
                found.setdefault(match["acronym"], name)
    return found


def whole_names(acronyms: Mapping[str, str], found: Sequence[list[Candidate]], texts: Sequence[str]) -> dict[str, str]:
    """Acronyms with the longest name found that ends as theirs does: ICB is `NHS Wold Integrated Care Board` where that is defined."""
    whole = dict(acronyms)
    for text, candidates in zip(texts, found, strict=True):
        for c in (c for c in candidates if text.startswith(" (", c.end)):
            for acronym, name in acronyms.items():
                if text[c.start : c.end].endswith(" " + name) and text[c.end : c.end + len(acronym) + 3].strip(
                    " ("
                ).startswith(acronym):
                    whole[acronym] = text[c.start : c.end]
    return whole


def _name_for(acronym: str, run: str) -> str | None:
    """The tail of the run that the acronym's first letter begins, as long as its capitals begin words there."""
    words = [word for word in words_of(run)]
    wanted = acronym[0].upper()
    for word in words:
        if word.text[0].upper() == wanted and (tail := run[word.start :]) and _fits(acronym, tail):
            return tail
    return None


def _fits(acronym: str, name: str) -> bool:
    """The capitals of the acronym come in order among the first letters of the name's words."""
    letters = iter("".join(part[0] for part in re.findall(r"\w+", name)).casefold())
    capitals = [letter for letter in acronym if letter.isupper()]
    hits = sum(letter.casefold() in letters for letter in capitals)
    return hits >= max(2, len(capitals) - 1)


def settle(
    found: Sequence[list[Candidate]], texts: Sequence[str], acronyms: Mapping[str, str]
) -> list[list[Candidate]]:
    """One kind for each name of the document: the surest proposal decides, then the commonest."""
    votes: dict[str, Counter[EntityKind | None]] = defaultdict(Counter)
    for text, candidates in zip(texts, found, strict=True):
        for c in candidates:
            votes[folded(text[c.start : c.end])][c.kind] += 10 ** (c.sure - 1)
    kinds = {name: counts.most_common(1)[0][0] for name, counts in votes.items()}
    parts = _parts_of_names(kinds) | _kinds_of_acronyms(kinds, acronyms)
    return [
        [_settled(c, folded(text[c.start : c.end]), kinds, parts) for c in candidates]
        for text, candidates in zip(texts, found, strict=True)
    ]


def _settled(
    c: Candidate, name: str, kinds: Mapping[str, EntityKind | None], parts: Mapping[str, EntityKind | None]
) -> Candidate:
    """A guess about a word that also is part of a surer name gives way to that name."""
    if c.rule == "place":
        return c
    if c.sure <= Sure.PHRASE and name in parts:
        return c._replace(kind=parts[name])
    return c._replace(kind=kinds[name])


def _kinds_of_acronyms(
    kinds: Mapping[str, EntityKind | None], acronyms: Mapping[str, str]
) -> dict[str, EntityKind | None]:
    return {folded(acronym): kinds[key] for acronym, name in acronyms.items() if (key := folded(name)) in kinds}


def _parts_of_names(kinds: Mapping[str, EntityKind | None]) -> dict[str, EntityKind | None]:
    """Surnames and given names, the short forms of bodies, and the places that bodies are named for (no kind)."""
    parts: dict[str, EntityKind | None] = {}
    for name, kind in kinds.items():
        words = name.split()
        if kind is EntityKind.ORGANISATION and len(words) > 1:
            for form in _lower_short_forms(name):
                parts[form] = None if _PLACE_BODY.search(name.title()) else kind
    for name, kind in kinds.items():
        if kind is EntityKind.PERSON and len(bare := bare_name(name.title()).split()) > 1:
            parts |= {bare[0].casefold(): kind, bare[-1].casefold(): kind}
    return parts


def _lower_short_forms(name: str) -> Iterator[str]:
    core = _GENERIC_END_ANY.sub("", name)
    if core != name and len(core) > 2:
        yield core


def known_names(found: Sequence[list[Candidate]], texts: Sequence[str], acronyms: Mapping[str, str]) -> list[Known]:
    """Every full name of the document, its acronym and the short forms it may take."""
    known: dict[str, Known] = {}
    for text, candidates in zip(texts, found, strict=True):
        for c in candidates:
            if c.kind is not None:
                for form in _forms(text[c.start : c.end], c.kind):
                    known.setdefault(form.text, form)
    kinds = {folded(name.text): name.kind for name in known.values()}
    for acronym, name in acronyms.items():
        kind = kinds.get(folded(name)) or _kind_of_longer(name, kinds)
        if kind is not None:
            known[acronym] = Known(acronym, kind, "acronym")
    return list(known.values())


def _kind_of_longer(name: str, kinds: Mapping[str, EntityKind]) -> EntityKind | None:
    key = folded(name)
    return next((kind for other, kind in kinds.items() if other.endswith(key) or key.endswith(other)), None)


def _forms(surface: str, kind: EntityKind) -> Iterator[Known]:
    surface = re.sub(r"[’']s?$", "", surface) if kind is not EntityKind.ORGANISATION else surface
    if kind is EntityKind.PERSON:
        yield from _forms_of_person(surface)
    elif kind is EntityKind.ORGANISATION:
        yield from _forms_of_body(surface)
    elif not (surface.split()[0] in STARTERS and " " not in surface):
        yield Known(surface, kind, "again", short=" " not in surface)


def _forms_of_person(surface: str) -> Iterator[Known]:
    name = bare_name(surface)
    yield Known(name, EntityKind.PERSON, "again", short=" " not in name)
    words = name.split()
    if len(words) > 1:
        yield Known(words[-1], EntityKind.PERSON, "surname", short=True)
        if len(words[0]) > 2 and words[0] not in CALENDAR:
            yield Known(words[0], EntityKind.PERSON, "given name", short=True)
        if len(words) > 2 and words[-2][0].isupper():
            yield Known(" ".join(words[-2:]), EntityKind.PERSON, "surname")


def _forms_of_body(surface: str) -> Iterator[Known]:
    yield Known(surface, EntityKind.ORGANISATION, "again", short=" " not in surface and not surface.isupper())
    for short in short_forms(surface):
        yield Known(short, EntityKind.ORGANISATION, "short form", short=len(short.split()) < 3)


def short_forms(name: str) -> Iterator[str]:
    """`East Dunes University Hospitals NHS Trust`: East Dunes University Hospitals, East Dunes."""
    legal = _LEGAL.sub("", name)
    if legal != name and len(legal.split()) > 1:
        yield legal
    core = _GENERIC_END.sub("", legal)
    if (
        not _PLACE_BODY.search(name)
        and core != legal
        and core not in STARTERS
        and len(core) > 2
        and core.split()[-1] not in ("of", "for", "and", "NHS", "Royal", "National")
    ):
        yield core


_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|near|across|around|outside|throughout|within|for|of|from|at|between|and|to|the|over|serving|visit) |,\s)$",
    re.I,
)
_VERB_AFTER = re.compile(
    r"^(?: (?:has|have|had|is|was|will|would|can|could|to|does|did|opens|also|now|says|said|and its|says|plans|aims|hopes|wants|offers|runs|pays|takes|gives|puts|works|helps|\w+ed)\b|[’']s\b)"
)
_JOINING = re.compile(r"\b(?:joins|joined|join|leaves|left|by|thank|thanks to|how|as) $", re.I)


def find_again(text: str, known: Mapping[str, Sequence[Known]], taken: Sequence[Candidate]) -> list[Candidate]:
    """What was found in this passage, with the document's known names where no rule has found them; they outrank guesses."""
    sure = [c for c in taken if c.sure is not Sure.MODEL]
    guesses = [c for c in taken if c.sure is Sure.MODEL]
    again = [
        Candidate(name.kind, word.start, word.start + len(name.text), name.rule, Sure.CONTEXT)
        for word in words_of(text)
        if word.is_capital and (name := _known_at(text, word.start, known))
    ]
    best = best_of([*(c._replace(sure=Sure.KNOWN) for c in sure), *again, *guesses])
    return [*sure, *(c for c in best if c.sure is not Sure.KNOWN)]


def _known_at(text: str, start: int, known: Mapping[str, Sequence[Known]]) -> Known | None:
    for name in known.get(text[start : start + 3], ()):
        end = start + len(name.text)
        if (
            text.startswith(name.text, start)
            and not _goes_on(text, end)
            and (not name.short or _fits_here(text, start, end, name))
        ):
            return name
    return None


def _goes_on(text: str, end: int) -> bool:
    return text[end : end + 1].isalnum() or (text[end : end + 1] == "-" and text[end + 1 : end + 2].isalnum())


def _fits_here(text: str, start: int, end: int, name: Known) -> bool:
    """A short form must not be part of a longer run of capitals, nor a place, nor a common word."""
    if _in_longer_run(text, start, end):
        return False
    if name.rule == "short form":
        return _acts_like_a_body(text, start, end, name)
    if name.kind is EntityKind.PERSON:
        return not (starts_sentence(text, start) and name.text in STARTERS)
    return not starts_sentence(text, start) or name.kind is EntityKind.INITIATIVE or name.text not in STARTERS


def _in_longer_run(text: str, start: int, end: int) -> bool:
    after = text[end : end + 2]
    before = re.search(r"(\w+) $", text[max(0, start - 20) : start])
    follows = bool(
        before and before.group(1)[0].isupper() and not starts_sentence(text, start - len(before.group(1)) - 1)
    )
    return (after[:1] == " " and after[1:].isupper()) or (
        follows and bool(before) and before is not None and before.group(1) not in _TITLES_BEFORE
    )


_TITLES_BEFORE = table("Mr Mrs Ms Miss Dr Professor Prof Sir Dame Lord Lady Baroness Cllr Councillor Rev Canon Sister")


def _acts_like_a_body(text: str, start: int, end: int, name: Known) -> bool:
    if _JOINING.search(text[max(0, start - 12) : start]):
        return True
    single = " " not in name.text
    if _PLACE_BEFORE.search(text[max(0, start - 12) : start]):
        return False
    return not single or bool(_VERB_AFTER.match(text[end : end + 14]))


def index_of(known: Iterable[Known]) -> dict[str, list[Known]]:
    """Known names by their first three characters, longest first."""
    index: dict[str, list[Known]] = defaultdict(list)
    for name in sorted(known, key=lambda name: -len(name.text)):
        index[name.text[:3]].append(name)
    return index


@dataclass(slots=True)
class Register:
    """The entities of one document as they are met."""

    acronyms: Mapping[str, str]
    names: list[str] = field(default_factory=list)
    kinds: list[EntityKind] = field(default_factory=list)
    forms: list[Counter[str]] = field(default_factory=list)
    _by_key: dict[tuple[EntityKind, str], int] = field(default_factory=dict)

    def entity(self, kind: EntityKind, surface: str) -> int:
        name = self._full_name(kind, surface)
        key = (kind, folded(name))
        if key not in self._by_key:
            self._by_key[key] = len(self.names)
            self.names.append(name)
            self.kinds.append(kind)
            self.forms.append(Counter())
        place = self._by_key[key]
        self.forms[place][surface] += 1
        return place

    def alias(self, kind: EntityKind, form: str, name: str) -> None:
        """From now on `form` names what `name` names, unless it already names something."""
        place = self._by_key.get((kind, folded(name)))
        if place is not None:
            self._by_key.setdefault((kind, folded(form)), place)

    def find(self, kind: EntityKind, name: str) -> int | None:
        return self._by_key.get((kind, folded(name)))

    def _full_name(self, kind: EntityKind, surface: str) -> str:
        if kind is EntityKind.PERSON:
            return bare_name(surface)
        bare = surface if surface.startswith(("St ", "St. ")) else re.sub(r"[’']s$", "", surface)
        return self.acronyms.get(bare, re.sub(r"^(?:the|our|its) ", "", bare))

    def entities(self) -> tuple[Entity, ...]:
        return tuple(
            Entity(kind, name, tuple(sorted(form for form in forms if form != name)))
            for kind, name, forms in zip(self.kinds, self.names, self.forms, strict=True)
        )


def link(
    found: Sequence[Sequence[Candidate]], texts: Sequence[str], acronyms: Mapping[str, str]
) -> tuple[Register, list[Mention]]:
    """Entities for the candidates of a document, longest names first, and a mention for each candidate."""
    register = Register(acronyms)
    surfaces = sorted(
        {
            (c.kind, text[c.start : c.end])
            for text, cs in zip(texts, found, strict=True)
            for c in cs
            if c.kind is not None
        },
        key=lambda pair: (-len(bare_name(pair[1]).split()), -len(pair[1]), pair[1]),
    )
    full = [*((EntityKind.ORGANISATION, name) for name in acronyms.values()), *surfaces]
    _register_forms(register, full)
    mentions = [
        Mention(
            register.entity(c.kind, text[c.start : c.end]), Span(place, c.start, c.end), text[c.start : c.end], c.rule
        )
        for place, (text, candidates) in enumerate(zip(texts, found, strict=True))
        for c in candidates
        if c.kind is not None
    ]
    return register, mentions


def _register_forms(register: Register, surfaces: Iterable[tuple[EntityKind | None, str]]) -> None:
    for kind, surface in surfaces:
        if kind is None or register.find(kind, register._full_name(kind, surface)) is not None:
            continue
        place = register.entity(kind, surface)
        register.forms[place].clear()
        for form in _aliases(kind, register.names[place]):
            register.alias(kind, form, register.names[place])


def _aliases(kind: EntityKind, name: str) -> Iterator[str]:
    words = name.split()
    if kind is EntityKind.PERSON and len(words) > 1:
        yield words[-1]
        yield words[0]
        if len(words) > 2:
            yield " ".join(words[-2:])
            yield f"{words[0]} {words[-1]}"
    if kind is EntityKind.ORGANISATION:
        yield from short_forms(name)
    if kind is EntityKind.INITIATIVE and ":" in name:
        yield name.split(":")[0]
