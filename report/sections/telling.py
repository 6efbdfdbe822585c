"""How sections say things: facts with their citations, numbers and lists in words, stages, quotations of a bounded length."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from goalmap.classify.activities.model import Activity, Detail, Measure, Reading, Telling
from goalmap.extract.sentences import sentences_of
from goalmap.extract.words import name_key
from goalmap.report.draft.model import Badge, Fact, Plain, Run, Text, Words
from goalmap.report.excerpt import excerpt
from goalmap.report.scope import Goal
from goalmap.store.days import day

STAGES = {
    "delivered": ("delivered", "Delivered"),
    "ongoing": ("under way", "Under way"),
    "planned": ("planned", "Planned"),
    "aspiration": ("an aspiration", "Aspiration"),
    "": ("at a stage that is not told", "Stage not told"),
}
"""Each stage within a sentence, and as a label."""
SEVERAL = {"aspiration": "aspirations"}
"""The stages that several activities stand at in other words than one."""
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MOST_WORDS, LEAST_WORDS = 60, 8
NEARLY_ALL = 0.8
"""The share of a title's words with which it is said."""
PRONOUNS = frozenset({"it", "them", "these", "they", "this", "those"})


def spelled(number: int) -> str:
    """A number as it stands in a sentence.

    >>> spelled(3), spelled(1200)
    ('three', '1,200')
    """
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number in words with its noun.

    >>> counted(1, "activity", "activities"), counted(12, "document")
    ('one activity', '12 documents')
    """
    return f"{spelled(number)} {one if number == 1 else many or one + 's'}"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Names as a list within a sentence.

    >>> listed(["pupils", "carers", "staff"])
    'pupils, carers and staff'
    """
    return f" {last} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def capital(text: str) -> str:
    """A sentence with its first letter large.

    >>> capital("two activities")
    'Two activities'
    """
    return text[:1].upper() + text[1:]


def named(goal: Goal) -> str:
    """A goal as it stands within a sentence."""
    return f"goal {goal.code} ({goal.name})"


def goal_title(goal: Goal) -> str:
    return f"Goal {goal.code}: {goal.name}"


# Facts


def cites_of(ones: Iterable[Activity]) -> tuple[str, ...]:
    """The passages that tell most of each activity."""
    return tuple(dict.fromkeys(one.main.passage_id for one in ones))


def all_cites(one: Activity) -> tuple[str, ...]:
    """Every passage that tells of an activity, copies included."""
    copies = (copy.passage_id for telling in one.tellings for copy in telling.copies)
    return tuple(dict.fromkeys((*one.passages, *copies)))


def fact(text: str, ones: Sequence[Activity], cites: Sequence[str] = ()) -> Fact:
    """A fact told of these activities; proposed where nobody decided on one of them."""
    return Fact(text, tuple(dict.fromkeys(cites)) or cites_of(ones), not all(one.is_reviewed for one in ones))


def precedence(one: Activity) -> tuple[object, ...]:
    """Best practice first, then by stage, then what is told most of."""
    return not one.best_practice, list(STAGES).index(one.stage), not one.figures, -one.citations, one.title, one.id


def stages_told(ones: Sequence[Activity]) -> str:
    """How many activities are at each stage.

    >>> stages_told([])
    ''
    """
    counts = Counter(one.stage for one in ones)
    return listed([f"{spelled(counts[stage])} {staged(stage, counts[stage])}" for stage in STAGES if counts[stage]])


def staged(stage: str, number: int = 1) -> str:
    """A stage within a sentence on so many activities.

    >>> staged("aspiration"), staged("aspiration", 5), staged("planned", 5)
    ('an aspiration', 'aspirations', 'planned')
    """
    return SEVERAL.get(stage, STAGES[stage][0]) if number > 1 else STAGES[stage][0]


def badges(one: Activity) -> tuple[Badge, ...]:
    """What stands beside an activity's title."""
    found = [Badge(STAGES[one.stage][1], one.stage)] if one.stage in STAGES and one.stage else []
    if one.best_practice:
        found.append(Badge("Best practice", "best-practice"))
    if not one.is_reviewed:
        found.append(Badge("Proposed, not decided", "proposed"))
    return tuple(found)


# Words of passages


def quoted(telling: Telling, proposed: bool, goal: str | None = None, most: int = MOST_WORDS) -> Words:
    """The sentences of a passage that hold the evidence, of at most so many words."""
    filings = [filing for filing in telling.filings if goal in (None, filing.goal)] or telling.filings
    text = excerpt(telling.text, (span for filing in filings for span in filing.evidence), most)
    start = telling.text.index(text)
    return Words(telling.passage_id, start, start + len(text), text, proposed=proposed)


def told_briefly(one: Activity, goal: str | None = None, most: int = 40, by: str = "") -> Text:
    """An activity in a line: its title and the evidence, or the evidence alone where that says what the title does."""
    words = quoted(one.main, not one.is_reviewed, goal, most)
    title = "" if is_said(one.title, words.text) else f"{one.title.rstrip('.')}."
    lead = f"{by}: {title}".rstrip() if by else title
    return (fact(lead, [one]), words) if lead else (words,)


def is_said(title: str, text: str) -> bool:
    """Whether a text holds nearly all words of a title.

    >>> is_said("Small Talk: nurses call on families", "Small Talk, in which nurses call on families at home")
    True
    """
    words, known = name_key(title).split(), set(name_key(text).split())
    return sum(word in known for word in words) >= NEARLY_ALL * len(words)


def detail(one: Activity, told: Detail, verbatim: bool = False) -> Run:
    """What is told of an activity: words of a passage, or those that a reviewer wrote in their place."""
    if told.passage_id is None:
        return fact(told.text, [one], one.passages)
    if verbatim:
        return Words(told.passage_id, told.start, told.end, told.text, proposed=not one.is_reviewed)
    return fact(told.text, [one], [told.passage_id])


def separated(runs: Sequence[Run], mark: str = ";") -> Text:
    """Runs as a list in one line."""
    return tuple(part for place, run in enumerate(runs) for part in ((Plain(mark), run) if place else (run,)))


def beyond(title: str, words: Words) -> Words:
    """A quotation without its first sentence where the title tells that already and enough follows."""
    places = sentences_of(words.text)
    if len(places) < 2 or not is_said(words.text[slice(*places[0])], title):
        return words
    text = words.text[places[1][0] :]
    return replace(words, start=words.end - len(text), text=text) if len(text.split()) >= LEAST_WORDS else words


# Figures


def measured(one: Activity, measure: Measure, older: bool = True) -> Text:
    """A figure with its period, and what it was before."""
    newest = fact(_dated(measure.phrase, measure.newest, len(measure.readings) > 1), [one], [measure.newest.passage_id])
    before = (
        [fact(_dated(read.words, read, True), [one], [read.passage_id]) for read in _older(measure)] if older else []
    )
    return (newest, Plain("(before:"), *separated(before), Plain(")")) if before else (newest,)


def _dated(words: str, reading: Reading, compared: bool) -> str:
    """The words with the period that they hold for; with the date of the document where they stand beside another reading."""
    when = reading.period or (f"as of {day(reading.as_of)}" if compared and reading.as_of else "")
    return words if not when or when in words else f"{words} ({when})"


def _older(measure: Measure) -> tuple[Reading, ...]:
    return tuple(reading for reading in measure.readings[1:] if reading.value != measure.newest.value)


def speaking(one: Activity) -> tuple[Measure, ...]:
    """The figures of an activity that say what they count."""
    return tuple(measure for measure in one.figures if measure.what and measure.what.casefold() not in PRONOUNS)


def figures(one: Activity, most: int = 6) -> Text:
    """The figures of an activity that say what they count, the first ones where there are many."""
    told = [measured(one, measure) for measure in speaking(one)[:most]]
    return tuple(run for place, runs in enumerate(told) for run in ((Plain(";"), *runs) if place else runs))
