"""Annotated documents beside the system's results: what each comparison adds to which measure, and what was wrong if it was."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from goalmap.classify.evaluation.alignment import Alignment, align, folded, name_key, places_of, words_of
from goalmap.classify.evaluation.answers import Answer, Error, Finding, Scores, Weigh, answer_of, outcome
from goalmap.classify.evaluation.gold import KINDS, GoldDocument, GoldQuote, GoldRole
from goalmap.classify.measuring.measures import FALSE, HIT, MISSED
from goalmap.classify.pipeline import FileResult
from goalmap.classify.proposals import Proposal
from goalmap.extract.names import EntityKind, Quotation, Role, Span
from goalmap.ingest.document import Document, Status

TITLE_SHARE = 0.6
"""Share of the shorter title's words that makes two posts the same."""
SMALL_WORDS = frozenset({"of", "the", "and", "for", "a", "at"})


def _best(scores: Iterable[Scores]) -> dict[str, float]:
    """The highest probability of each goal in passages that hold the same gold."""
    best: dict[str, float] = {}
    for one in scores:
        for code, score in one.items():
            best[code] = max(score, best.get(code, 0.0))
    return best


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold document beside the system's result for its file."""

    gold: GoldDocument
    result: FileResult
    alignment: Alignment
    answers: tuple[Answer, ...]

    @classmethod
    def of(cls, gold: GoldDocument, result: FileResult | None, framework: str, weigh: Weigh | None = None) -> "Pair":
        """`weigh` gives the probabilities of all goals, also of those that were not proposed."""
        result = result or FileResult(Document(gold.id, Status.FAILED, "There is no result for this document."))
        alignment = align([passage.text for passage in gold.passages], result.document.passages)
        proposals: dict[int, list[Proposal]] = defaultdict(list)
        for proposal in result.proposals:
            if proposal.framework == framework:
                proposals[proposal.passage].append(proposal)
        weighed = weigh(result.document.passages) if weigh else {}
        answers = [
            answer_of(
                passage,
                [proposal for one in held for proposal in proposals[one.position]],
                _best(weighed[one.position] for one in held if one.position in weighed),
            )
            for passage, held in zip(gold.passages, alignment.by_gold, strict=True)
        ]
        return cls(gold, result, alignment, tuple(answers))

    def error(self, kind: str, wanted: Iterable[str], got: Iterable[str], text: str) -> Error:
        return Error(kind, self.gold.id, tuple(wanted), tuple(got), text)

    def text_at(self, span: Span) -> str:
        return self.result.document.passages[span.passage].text[span.start : span.end]

    def name_of(self, entity: int | None) -> str | None:
        return None if entity is None else name_key(self.result.names.entities[entity].name)


def _judge_passages(pair: Pair) -> Iterator[Finding]:
    for passage, held in zip(pair.gold.passages, pair.alignment.by_gold, strict=True):
        yield Finding(
            "unaligned",
            MISSED if held else HIT,
            None if held else pair.error("passages", [passage.role], [], passage.text),
        )


def _judge_furniture(pair: Pair) -> Iterator[Finding]:
    """A passage is taken for furniture when all that holds it is; one that was not read is furniture dropped, or content kept."""
    for passage, held in zip(pair.gold.passages, pair.alignment.by_gold, strict=True):
        taken = all(one.is_furniture for one in held) if held else passage.is_furniture
        if passage.is_furniture or taken:
            kinds = sorted({one.kind.value for one in held})
            counts = outcome(wanted=passage.is_furniture, got=taken)
            yield Finding(
                "furniture",
                counts,
                None if counts is HIT else pair.error("furniture", [passage.role], kinds, passage.text),
            )


def _judge_names(pair: Pair) -> Iterator[Finding]:
    for label, kind in KINDS.items():
        wanted, found = wanted_mentions(pair, kind), found_mentions(pair, kind)
        matches = matched(wanted, found)
        free = [span for span in found if span not in matches.values()]
        spurious = [span for span in free if name_key(pair.text_at(span)) not in pair.gold.neutral[kind]]
        for span in wanted:
            yield from _judge_mention(pair, label, span, matches.get(span))
        for span in spurious:
            yield Finding(label, FALSE, pair.error(label, [], [pair.text_at(span)], _around(pair, span)))
            yield Finding(f"{label} exact", FALSE)


def _judge_mention(pair: Pair, label: str, wanted: Span, found: Span | None) -> Iterator[Finding]:
    name = pair.text_at(wanted)
    if found is None:
        yield Finding(label, MISSED, pair.error(label, [name], [], _around(pair, wanted)))
        yield Finding(f"{label} exact", MISSED)
        return
    said = pair.text_at(found)
    exact = name_key(name) == name_key(said)
    yield Finding(label, HIT)
    yield Finding(
        f"{label} exact",
        HIT if exact else MISSED + FALSE,
        None if exact else pair.error(f"{label} exact", [name], [said], _around(pair, wanted)),
    )


def _judge_entities(pair: Pair) -> Iterator[Finding]:
    for label, kind in KINDS.items():
        said = {name_key(pair.result.names.entities[entity].name) for entity in _named(pair, kind)}
        known = [entity.keys for entity in pair.gold.entities[kind]]
        for keys in known:
            yield Finding(f"{label} names", HIT if keys & said else MISSED)
        for _ in said.difference(pair.gold.neutral[kind], *known):
            yield Finding(f"{label} names", FALSE)


def _named(pair: Pair, kind: EntityKind) -> set[int]:
    """The entities with a mention in the passages that hold gold text."""
    inside = {passage.position for passage in pair.alignment.passages}
    mentioned = {mention.entity for mention in pair.result.names.mentions if mention.span.passage in inside}
    return {entity for entity in mentioned if pair.result.names.entities[entity].kind is kind}


def wanted_mentions(pair: Pair, kind: EntityKind) -> list[Span]:
    """Where the gold's names stand in the system's passages that hold gold text."""
    forms = [form for entity in pair.gold.entities[kind] for form in entity.surfaces]
    return [
        Span(passage.position, *place)
        for passage in pair.alignment.passages
        for place in places_of(forms, passage.text)
    ]


def found_mentions(pair: Pair, kind: EntityKind) -> list[Span]:
    named = _named(pair, kind)
    inside = {passage.position for passage in pair.alignment.passages}
    mentions = (mention for mention in pair.result.names.mentions if mention.entity in named)
    return list(dict.fromkeys(mention.span for mention in mentions if mention.span.passage in inside))


def matched(wanted: Sequence[Span], found: Sequence[Span]) -> dict[Span, Span]:
    """Each wanted mention with the first overlapping one that no other has taken."""
    free: dict[int, list[Span]] = defaultdict(list)
    for span in found:
        free[span.passage].append(span)
    matches = {}
    for want in wanted:
        if hit := next((span for span in free[want.passage] if span.start < want.end and want.start < span.end), None):
            free[want.passage].remove(hit)
            matches[want] = hit
    return matches


def _around(pair: Pair, span: Span, reach: int = 40) -> str:
    text = pair.result.document.passages[span.passage].text
    return text[max(0, span.start - reach) : span.end + reach]


def _judge_roles(pair: Pair) -> Iterator[Finding]:
    said = pair.result.names.roles
    used: set[Role] = set()
    for gold in pair.gold.roles:
        hit = _role_for(pair, gold, said)
        if hit is None:
            yield Finding("roles", MISSED, pair.error("roles", [_shown_role(gold)], [], gold.person.name))
            continue
        used.add(hit)
        yield Finding("roles", HIT)
        if gold.organisation:
            yield _judge_body(pair, gold, hit)
    known = {_role_key(pair, role) for role in used}
    for key, role in {_role_key(pair, role): role for role in said}.items():
        if key not in known:
            yield Finding("roles", FALSE, pair.error("roles", [], [_said_role(pair, role)], key[0]))


def _role_for(pair: Pair, gold: GoldRole, said: Sequence[Role]) -> Role | None:
    """The role that says the same of the person, one at the right body if there is one."""
    same = [role for role in said if _same_role(pair, gold, role)]
    return next((role for role in same if _right_body(pair, gold, role)), same[-1] if same else None)


def _same_role(pair: Pair, gold: GoldRole, role: Role) -> bool:
    if role.former != gold.former or pair.name_of(role.person) not in gold.person.keys:
        return False
    want, got = set(words_of(gold.title)) - SMALL_WORDS, set(words_of(role.title)) - SMALL_WORDS - {"former"}
    return bool(got) and len(want & got) >= TITLE_SHARE * min(len(want), len(got))


def _right_body(pair: Pair, gold: GoldRole, role: Role) -> bool:
    return pair.name_of(role.organisation) in gold.organisation


def _judge_body(pair: Pair, gold: GoldRole, role: Role) -> Finding:
    right = _right_body(pair, gold, role)
    error = (
        None
        if right
        else pair.error("role organisation", [_shown_role(gold)], [_said_role(pair, role)], gold.person.name)
    )
    return Finding("role organisation", HIT if right else MISSED, error)


def _role_key(pair: Pair, role: Role) -> tuple[str, str, bool]:
    return pair.name_of(role.person) or "", folded(role.title), role.former


def _shown_role(gold: GoldRole) -> str:
    body = max(gold.organisation, key=len, default="no body")
    return f"{'former ' if gold.former else ''}{gold.title}, {body}"


def _said_role(pair: Pair, role: Role) -> str:
    return f"{'former ' if role.former else ''}{role.title}, {pair.name_of(role.organisation) or 'no body'}"


def _judge_quotations(pair: Pair) -> Iterator[Finding]:
    said = [(quotation, " ".join(words_of(pair.text_at(quotation.span)))) for quotation in pair.result.names.quotations]
    for quote in pair.gold.quotes:
        yield from _judge_quote(pair, quote, said)


def _judge_quote(pair: Pair, quote: GoldQuote, said: Iterable[tuple[Quotation, str]]) -> Iterator[Finding]:
    start = " ".join(words_of(quote.starts))
    held = [quotation for quotation, words in said if start and start in words]
    speakers = [name for quotation in held if (name := pair.name_of(quotation.speaker))]
    right = any(name in quote.speaker for name in speakers)
    yield Finding("quotation found", HIT if held else MISSED)
    yield Finding(
        "quotation speaker",
        HIT if right else MISSED,
        None if right else pair.error("quotations", [quote.speaker_name], speakers, quote.starts),
    )


JUDGES = (_judge_passages, _judge_furniture, _judge_names, _judge_entities, _judge_roles, _judge_quotations)
"""What is compared in a document beside its goals."""
