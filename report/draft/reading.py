"""How a draft reads in every form: spaces between runs, numbers of citations, sections and evidence, anchors that are unique."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from goalmap.report.draft.model import Cited, Draft, Fact, Plain, Run, Section, Table, Text, Words
from goalmap.report.page import anchor
from goalmap.report.verbatim import NotVerbatim, Piece, pieces
from goalmap.store.days import day

PROPOSED = "proposed"
"""What stands after facts that no person decided on, and the kind of the badge that says so of a whole card."""
QUOTATION_MARKS = {"“": "”", "‘": "’", '"': '"', "«": "»"}
DOUBLE_MARKS = frozenset("“”")
NO_SPACE_BEFORE = frozenset(".,;:!?)]}’”%")
NO_SPACE_AFTER = frozenset("([{‘“£$€/")
UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not hold, or that no reader sees."""
PARTING = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f")
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
END_OF_SENTENCE = re.compile(r"(?<=[a-z0-9)”][.?!]) +(?=[A-Z“])")
ISOLATES, EMBEDDINGS = frozenset("\u2066\u2067\u2068"), frozenset("\u202a\u202b\u202d\u202e")
END_OF_ISOLATE, END_OF_EMBEDDING = "\u2069", "\u202c"


# Characters


def printable(written: str) -> str:
    """Text without the characters that no form of a report can hold; those that part words are spaces.

    >>> printable("a\\x00b\\ud800c"), printable("one\\x0btwo")
    ('abc', 'one two')
    """
    return UNPRINTED.sub(lambda found: " " if found[0] in PARTING else "", written)


def turned_back(text: str) -> str:
    """Text after which one reads on in the direction that held before it.

    >>> turned_back("\\u202eevil") == "\\u202eevil\\u202c"
    True
    """
    open_turns: list[str] = []
    for turn in TURNS.findall(text):
        if turn in ISOLATES:
            open_turns.append(END_OF_ISOLATE)
        elif turn in EMBEDDINGS:
            open_turns.append(END_OF_EMBEDDING)
        elif open_turns and open_turns[-1] == turn:
            open_turns.pop()
    return text + "".join(reversed(open_turns))


# Runs


@dataclass(frozen=True, slots=True)
class Spoken:
    """A run as it is read: the space before it, its words, and what follows it: citations, the mark of a proposal."""

    gap: str
    run: Run
    text: str
    cites: tuple[str, ...] = ()
    is_tagged: bool = False


def spoken(runs: Text, is_told: bool = False) -> Iterator[Spoken]:
    """The runs with the spaces between them. Of parts of a list that share their citations, the last has them.

    The last of several proposals is tagged, none where that `is_told` already.
    """
    last = ""
    for place, run in enumerate(runs):
        text = words_of(run)
        if not text.strip():
            last += text
            continue
        cites = () if _shares(run, runs[place + 1 :]) else cites_of(run)
        is_tagged = not is_told and is_open(run) and not _goes_on(runs[place + 1 :])
        yield Spoken(_gap(last, text), run, turned_back(text.strip()), cites, is_tagged)
        last = text


def _gap(before: str, after: str) -> str:
    if not before.strip():
        return ""
    if before[-1].isspace() or after[0].isspace():
        return " "
    return "" if before[-1] in NO_SPACE_AFTER or after[0] in NO_SPACE_BEFORE else " "


def _shares(run: Run, after: Text) -> bool:
    """Whether the next part of the same list, or the quotation that follows, rests on the same passages."""
    following = after[1:2] if after and _is_comma(after[0]) else [one for one in after[:1] if isinstance(one, Words)]
    return any(set(cites_of(run)) == set(cites_of(one)) for one in following)


def _goes_on(after: Text) -> bool:
    """Whether another proposal follows, with nothing but a comma or the like between."""
    following = next((run for run in after if not _is_comma(run)), None)
    return following is not None and is_open(following)


def _is_comma(run: Run) -> bool:
    return isinstance(run, Plain) and not any(map(str.isalnum, run.text))


def cites_of(run: Run) -> tuple[str, ...]:
    return run.cites if isinstance(run, Fact | Words) else ()


def words_of(run: Run) -> str:
    """The words of a run; a quotation in its marks, with who says it."""
    if not isinstance(run, Words):
        return run.text
    return f"{quoted(run.text)} ({run.by})" if run.by else quoted(run.text)


def quoted(text: str) -> str:
    """A quotation in quotation marks, unless it brings its own; in single ones where it holds another quotation.

    >>> quoted("We lend tablets."), quoted("“We lend tablets.”"), quoted("She said: “Good.”")
    ('“We lend tablets.”', '“We lend tablets.”', '‘She said: “Good.”’')
    """
    closing = QUOTATION_MARKS.get(text[:1])
    if closing and len(text) > 1 and text.endswith(closing):
        return text
    return f"‘{text}’" if DOUBLE_MARKS.intersection(text) else f"“{text}”"


def is_open(run: Run) -> bool:
    """Whether it is a fact or quotation that no person decided on."""
    return isinstance(run, Fact | Words) and run.proposed


def all_open(runs: Iterable[Run]) -> bool:
    """Whether the documents tell something here, and all of it is only proposed."""
    told = [run.proposed for run in runs if isinstance(run, Fact | Words)]
    return bool(told) and all(told)


def without_citations(runs: Text) -> str:
    """The words of a text alone; a quotation that stands alone as it is."""
    if len(runs) == 1 and isinstance(runs[0], Words):
        return runs[0].text
    return "".join(f"{one.gap}{one.text}" for one in spoken(runs, is_told=True))


def caption_of(table: Table) -> tuple[str, str]:
    """What a table shows, and how it was counted: the first sentence of its caption, and the others."""
    first, *others = END_OF_SENTENCE.split(table.caption, maxsplit=1)
    return first, " ".join(others)


# Citations and evidence


def stretches(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Numbers as stretches of three or more that follow each other, and single ones.

    >>> stretches([12, 3, 4, 5, 7, 8])
    ((3, 5), (7, 7), (8, 8), (12, 12))
    """
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return tuple(pair for run in found for pair in _pairs(run))


def _pairs(run: list[int]) -> list[tuple[int, int]]:
    return [(run[0], run[-1])] if len(run) > 2 else [(number, number) for number in run]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A cited passage with its number, as it stands at the end of a draft."""

    number: int
    cited: Cited
    is_copy: bool = False
    """Whether an earlier one has the same words."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return pieces(self.cited.text, self.cited.marks)

    @property
    def is_known(self) -> bool:
        """Whether its words stand in the text or at an earlier number already."""
        return self.is_copy or bool(self.cited.marks)

    @property
    def anchor(self) -> str:
        return anchor(self.cited.passage_id)

    @property
    def file(self) -> str:
        return self.cited.path.replace("\\", "/").rpartition("/")[2]

    @property
    def place(self) -> str:
        """Publisher, date and page, as far as they are known."""
        document = self.cited.document
        page = f"page {self.cited.page}" if self.cited.page else ""
        said = (document.publisher or "publisher not known", day(document.published) or "date not known", page)
        return ", ".join(part for part in said if part)


def evidence(draft: Draft) -> tuple[Evidence, ...]:
    """The passages that the draft cites, in the order of their numbers. Raises NotVerbatim where one was not checked."""
    cited = draft.cited
    missing = next((id for id in cited if id not in draft.passages), None)
    if missing is not None:
        raise NotVerbatim(f"The report cites passage {missing}, which was not checked. Nothing was written.")
    first: dict[str, int] = {}
    for id, number in cited.items():
        first.setdefault(draft.passages[id].text, number)
    return tuple(
        Evidence(number, draft.passages[id], first[draft.passages[id].text] != number) for id, number in cited.items()
    )


# Sections


@dataclass(frozen=True, slots=True)
class Numbered:
    """A section with its depth, 1 at the top, and its number, empty where the title begins with one of its own."""

    number: str
    level: int
    section: Section
    inner: tuple["Numbered", ...]


def outline(sections: Iterable[Section], before: str = "", level: int = 1) -> tuple[Numbered, ...]:
    """The sections with their numbers: 1, 1.1, 1.2, 2."""
    return tuple(
        Numbered(
            "" if section.title[:1].isdigit() else f"{before}{place}",
            level,
            section,
            outline(section.sections, f"{before}{place}.", level + 1),
        )
        for place, section in enumerate(sections, start=1)
    )


def outline_of(draft: Draft) -> tuple[Numbered, ...]:
    """The sections of a draft, without numbers where it should fit one page."""
    found = outline(draft.sections)
    return tuple(replace(one, number="") for one in found) if draft.is_page else found


class Anchors:
    """Names of places within a file; each is given away once, and none that the file's own places have."""

    OWN = re.compile(r"(?:cited|write)-\d+")

    def __init__(self, taken: Iterable[str]) -> None:
        self.taken = set(taken)

    def claim(self, name: str) -> str:
        """The anchor, or nothing where another place has it."""
        found = anchor(name)
        if not found or found in self.taken or self.OWN.fullmatch(found):
            return ""
        self.taken.add(found)
        return found
