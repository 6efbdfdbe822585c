"""How a report ends: how it was made, and the documents behind it."""

from collections import Counter
from collections.abc import Iterator

from goalmap.report.draft.model import Block, Cell, Items, Paragraph, Section, Table, Text, plain
from goalmap.report.making import ModelUsed
from goalmap.report.material import Material
from goalmap.report.page import status
from goalmap.report.section import Row
from goalmap.report.sections.telling import capital, counted
from goalmap.report.sources import Source
from goalmap.store.days import day


def method(material: Material, row: Row) -> Section:
    """What was read, who decided, what goalmap did, and what that cannot tell."""
    return row.section(Items(tuple(plain(line) for line in _steps(material))))


def _steps(material: Material) -> Iterator[str]:
    evidence = material.evidence
    library, making = evidence.library, evidence.making
    yield (
        f"{capital(counted(len(library.read), 'document'))} with {counted(library.searched, 'passage')} that could tell of an"
        f" activity were read{_on(making.last_read)}."
    )
    if library.not_read:
        yield f"{capital(counted(len(library.not_read), 'document'))} could not be read in full; the list of sources says why."
    yield (
        f"Each passage was compared with the goals of {evidence.framework.title}. Proposals were made for those that tell of"
        f" something done or intended."
    )
    yield from (_model(model) for model in making.models)
    yield _decided(material)
    yield "Passages that tell of the same initiative or act count as one activity. Near copies of a passage count once."
    yield "An activity stands at the furthest stage that one of its passages gives evidence of."
    yield "Every quotation was compared with the stored passage, character by character, before this report was written."
    if making.versions:
        yield f"Made with goalmap {', '.join(making.versions)}."


def _on(day_written: str | None) -> str:
    return f" on {day(day_written)}" if day_written else ""


def _model(model: ModelUsed) -> str:
    if model.measured is None:
        return f"Model: {model.name}."
    known = model.measured
    return (
        f"Model: {model.name}. On {known.passages:,} passages that it had not seen, {known.precision:.0%} of its proposals were"
        f" right, and it found {known.recall:.0%} of what was there."
    )


def _decided(material: Material) -> str:
    reviewers = sorted(
        {filing.reviewer for one in material.evidence.reviewed for filing in one.filings() if filing.reviewer}
    )
    if material.evidence.is_undecided:
        return "No person has decided on any of the proposals yet."
    by = f" by {', '.join(reviewers)}" if reviewers else ""
    return f"What stands in this report was decided{by}, last{_on(material.evidence.making.last_decided) or ' at a time not known'}."


def sources(material: Material, row: Row) -> Section:
    """The documents that were read, and those that could not be."""
    library = material.evidence.library
    cited = Counter(document.id for one in material.evidence.shown for document in one.documents)
    blocks: list[Block] = [_read(library.read, cited)] if library.read else []
    if library.not_read:
        blocks += [
            Paragraph(plain("Not read, or not in full:")),
            Items(tuple(_not_read(source) for source in library.not_read)),
        ]
    return row.section(*blocks)


def _read(read: tuple[Source, ...], cited: Counter[str]) -> Table:
    rows = (
        (
            Cell(plain(source.title), heading=True),
            Cell(plain(source.publisher or "not known")),
            Cell(plain(day(source.published) or "not known")),
            Cell(plain(source.file)),
            Cell(plain(str(source.searched)), number=True),
            Cell(plain(str(cited[source.id])), number=True),
        )
        for source in read
    )
    caption = "The documents, how many of their passages were searched, and how many activities they tell of."
    columns = ("Document", "Publisher", "Published", "File", "Passages", "Activities")
    return Table(caption, columns, tuple(rows), (5, 3, 2, 4, 1.5, 1.5))


def _not_read(source: Source) -> Text:
    reason = source.problem or status(source.status)
    return plain(f"{source.file}: {reason}")
