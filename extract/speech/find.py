"""The quotations of a document, with their speakers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from goalmap.extract.names import EntityKind, Mention, Quotation, Span, Speech
from goalmap.extract.speech.around import sentence_ends
from goalmap.extract.speech.frames import KIN_OF_NAME
from goalmap.extract.speech.indirect import reports_in
from goalmap.extract.speech.interviews import questions_in, turns_in
from goalmap.extract.speech.lines import (
    NameLine,
    Turn,
    block,
    goes_on,
    is_own_words,
    is_statement,
    is_whole,
    name_line,
    opens_quote,
)
from goalmap.extract.speech.marks import Quoted, outside, quoted_in
from goalmap.extract.speech.quotations import Before, Utterance, announced, announces, spoken_of, utterances_in
from goalmap.ingest.document import Document, Kind, Passage

_NO_REPORTS = frozenset({Kind.TITLE, Kind.HEADING, Kind.TABLE_ROW})
"""Passages whose indirect speech is no sentence of the text."""
_KIN_REACH = 60
"""Characters before a name that can say `my aunt`."""


def find_quotations(
    document: Document, mentions: Sequence[Sequence[Mention]], kinds: Sequence[EntityKind]
) -> Iterator[Quotation]:
    """All quotations, in reading order; `mentions` are those in each passage, `kinds` those of the entities."""
    people = [
        sorted((m for m in here if kinds[m.entity] is EntityKind.PERSON), key=lambda mention: mention.span.start)
        for here in mentions
    ]
    pages = _Pages(document.passages, people)
    before = Before()
    for place, passage in enumerate(document.passages):
        spoken, before = pages.read(place, before)
        direct = [Quotation(Span(passage.position, u.start, u.end), u.speaker) for u in spoken]
        yield from sorted([*direct, *pages.reports(place, spoken)], key=lambda quotation: quotation.span.start)


@dataclass
class _Pages:
    """The passages of a document with their people, quoted stretches, and the lines that only say who speaks."""

    passages: Sequence[Passage]
    people: Sequence[Sequence[Mention]]
    quoted: list[list[Quoted]] = field(init=False)
    lines: list[NameLine | None] = field(init=False)
    turns: dict[int, Turn] = field(init=False)
    questions: frozenset[int] = field(init=False)
    """Those of an interviewer, after which the same person goes on."""
    kin: dict[str, int] = field(init=False)
    """Who is the writer's aunt or friend, as far as the document names them."""
    used: set[int] = field(default_factory=set)
    """Lines that have given their quotation its speaker."""

    def __post_init__(self) -> None:
        self.quoted = [quoted_in(passage.text) for passage in self.passages]
        self.lines = [name_line(p, here) for p, here in zip(self.passages, self.people, strict=True)]
        self.turns = turns_in(self.passages, self.people)
        self.questions = questions_in(self.passages)
        self.kin = {
            named["kin"]: mention.entity
            for passage, here in zip(self.passages, self.people, strict=True)
            for mention in here
            if (named := KIN_OF_NAME.search(passage.text, max(0, mention.span.start - _KIN_REACH), mention.span.start))
        }

    def read(self, place: int, before: Before) -> tuple[list[Utterance], Before]:
        """What is spoken in a passage, and what that leaves behind."""
        passage, quoted = self.passages[place], self.quoted[place]
        if turn := self.turns.get(place):
            return self._in_turn(place, turn), Before(turn.speaker)
        if found := self._beside(place, before):
            return found, Before(found[-1].speaker, quoted[-1].open_ended if quoted else False)
        answers = before.other is not None and is_statement(passage.text, quoted)
        is_quote = passage.kind is Kind.QUOTE or place - 1 in self.questions or answers
        spoken = utterances_in(passage.text, quoted, self.people[place], before, self.kin, is_quote=is_quote)
        return spoken, self._after(place, spoken, before)

    def _after(self, place: int, spoken: Sequence[Utterance], before: Before) -> Before:
        """Who may go on speaking, or be meant by `she`, in the next passage."""
        passage, people, line = self.passages[place], self.people[place], self.lines[place]
        if place in self.questions and before.speaker is not None:
            return Before(before.speaker)
        if spoken:
            is_open = any(quote.open_ended for quote in self.quoted[place])
            return Before(spoken[-1].speaker, is_open, spoken_of(passage.text, people, spoken[-1].end))
        if announces(passage) or (line and line.before):
            return Before(announced(passage.text, people) if people else before.speaker, goes_on=True)
        if passage.is_furniture:
            return before
        leads_on = passage.text.rstrip().endswith(":")
        return Before(
            people[-1].entity if people else before.speaker,
            other=announced(passage.text, people) if leads_on else None,
        )

    def _in_turn(self, place: int, turn: Turn) -> list[Utterance]:
        """What is said in a turn, with the words of others that it repeats under their names."""
        within = [mention for mention in self.people[place] if mention.span.start >= turn.start]
        repeated = utterances_in(self.passages[place].text, self.quoted[place], within, Before(), self.kin)
        others = [u for u in repeated if u.start > turn.start and u.speaker not in (None, turn.speaker)]
        return [Utterance(turn.start, turn.end, turn.speaker), *others]

    def reports(self, place: int, spoken: Sequence[Utterance]) -> Iterator[Quotation]:
        """The indirect speech of a passage."""
        passage = self.passages[place]
        if passage.is_furniture or passage.kind in _NO_REPORTS or not self.people[place]:
            return
        stretches = [*((u.start, u.end) for u in spoken), *((q.start, q.end) for q in self.quoted[place])]
        taken = sorted((start - 1, end + 1) for start, end in stretches)
        ends = sentence_ends(passage.text)
        for report in reports_in(passage.text, ends, outside(self.people[place], self.quoted[place]), taken):
            yield Quotation(Span(passage.position, report.start, report.end), report.speaker, Speech.INDIRECT)

    def _beside(self, place: int, before: Before) -> list[Utterance]:
        """A passage that is one quotation, with the speaker that a line beside it names."""
        passage, quoted = self.passages[place], self.quoted[place]
        whole = is_whole(passage.text, quoted)
        set_apart = None if quoted else block(passage, self.people[place])
        if set_apart:
            return self._set_apart(place, set_apart, before)
        if before.goes_on or not whole:
            return []
        speaker = self._named_beside(place)
        return [Utterance(quote.start, quote.end, speaker) for quote in quoted] if speaker is not None else []

    def _set_apart(self, place: int, block: Turn, before: Before) -> list[Utterance]:
        """A block quotation without marks, with the speaker whom it, the words before or a line beside it names."""
        goes_on = before.goes_on or (place > 0 and self._is_bare(place - 1))
        known = block.speaker if block.speaker is not None else before.speaker if goes_on else None
        speaker = self._named_beside(place) if known is None else known
        is_spoken = speaker is not None or is_own_words(self.passages[place].text)
        return [Utterance(block.start, block.end, speaker)] if is_spoken else []

    def _is_bare(self, place: int) -> bool:
        return self.passages[place].kind is Kind.QUOTE and not self.quoted[place]

    def _named_beside(self, place: int) -> int | None:
        """The line before, unless it speaks for what stands before it; else the line after the last paragraph."""
        last = place
        while self.quoted[last] and self.quoted[last][-1].open_ended and self._opens(last + 1):
            last += 1
        above, below = self._line(place - 1), self._line(last + 1)
        if above and not above.after and not (below and below.after):
            self.used.add(place - 1)
            return above.speaker
        if below and not below.before:
            self.used.add(last + 1)
            return below.speaker
        if (person := self._goes_on_below(last + 1)) is not None:
            return person
        return self._named_within(last) if last > place else None

    def _goes_on_below(self, place: int) -> int | None:
        return goes_on(self.passages[place].text, self.people[place]) if place < len(self.passages) else None

    def _named_within(self, place: int) -> int | None:
        passage = self.passages[place]
        spoken = utterances_in(passage.text, self.quoted[place], self.people[place], Before(), self.kin)
        return spoken[0].speaker if spoken else None

    def _opens(self, place: int) -> bool:
        return place < len(self.passages) and opens_quote(self.passages[place].text) and bool(self.quoted[place])

    def _line(self, place: int) -> NameLine | None:
        return self.lines[place] if 0 <= place < len(self.lines) and place not in self.used else None
