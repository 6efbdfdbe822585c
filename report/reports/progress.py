"""The progress report: a template's sections on what became of recommendations, the goals then and now, figures over time."""

from collections.abc import Iterator

from goalmap.report.draft.model import Draft, Notice, plain
from goalmap.report.outlines.templates import Template
from goalmap.report.progress.material import Progress
from goalmap.report.reports.impact import notices_of, section_of
from goalmap.report.reports.progress_data import progress_data, progress_rows
from goalmap.report.sections.telling import counted
from goalmap.store.contents.later import decisions_by
from goalmap.store.days import day


def progress_draft(found: Progress, template: Template) -> Draft:
    """The sections of a template in its order, with what they are compared with."""
    words = {
        "organisation": found.name,
        "framework": found.evidence.framework.title,
        "date": day(found.made_on),
    }
    compared = found.then or counted(len(found.said), "recommendation")
    return Draft(
        kind="progress",
        title=template.title.format(**words),
        subtitle=f"Compared with {compared}, on the goals of {found.evidence.framework.title}",
        made_on=found.made_on,
        sections=tuple(section for row in template.sections if (section := section_of(found, row, words))),
        notices=tuple(_notices(found)),
        data=progress_data(found),
        rows=progress_rows(found),
    )


def _notices(found: Progress) -> Iterator[Notice]:
    yield from notices_of(found)
    undated = sum(not published for published in found.published.values())
    if undated and not (found.since and found.since.run):
        yield Notice(plain(_undated(found, undated)))
    if found.since:
        before, after = decisions_by(found.db, found.evidence.framework.id, found.since.day)
        yield Notice(
            plain(
                f"Of the decisions that stand, {before:,} had been made by {day(found.since.day)} and {after:,} after it."
                " Activities are compared by the dates of their documents, as they are decided now."
            )
        )


def _undated(found: Progress, number: int) -> str:
    documents, they = (f"{number:,} documents have", "they tell") if number > 1 else ("One document has", "it tells")
    if found.asked.undated:
        return f"{documents} no date. What {they} counts as later, as was asked."
    if found.earlier:
        return f"{documents} no date. What {they} counts as later where the earlier report does not cite it."
    return f"{documents} no date. What {they} does not count as later; the option --undated counts it."
