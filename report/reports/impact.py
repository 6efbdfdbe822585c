"""The Impact Report: a template's sections, made from the evidence of a database."""

from collections.abc import Iterator

from sqlite_utils import Database

from goalmap.ingest.errors import NotFound
from goalmap.report.draft.model import Draft, Notice, Section, Text, plain
from goalmap.report.evidence import find_evidence
from goalmap.report.material import Material
from goalmap.report.outlines.templates import Template
from goalmap.report.reports.impact_data import data_of
from goalmap.report.section import Row
from goalmap.report.sections.advice import Advice, advice
from goalmap.report.sections.mapping import WHOLE, table
from goalmap.report.sections.table import SECTIONS
from goalmap.report.wording import count
from goalmap.store.days import day

MOST_PUBLISHERS = 25
PUBLISHERS = "select publisher, count(*) from documents where publisher <> '' group by publisher order by 2 desc, 1"


def impact_report(
    db: Database,
    template: Template,
    made_on: str,
    organisation: str | None = None,
    goal: str | None = None,
    framework: str = "purpose-goals",
) -> Draft:
    """A draft of the report about an organisation, or about the only one there is.

    Raises NotFound, UnknownName, or NotVerbatim where what is stored does not fit its passage.
    """
    asked = organisation or only_publisher(db)
    return draft(Material(db, find_evidence(db, asked, goal, framework), made_on), template)


def only_publisher(db: Database) -> str:
    """The publisher of all documents. Raises NotFound with those there are, where there is not one."""
    rows = db.execute(PUBLISHERS).fetchall()
    if len(rows) == 1:
        return str(rows[0][0])
    if not rows:
        raise NotFound(
            "No document in this database has a known publisher. Say whom the report is about: --organisation NAME"
        )
    names = ", ".join(name for name, _ in rows[:MOST_PUBLISHERS])
    more = f" and {len(rows) - MOST_PUBLISHERS:,} more" if len(rows) > MOST_PUBLISHERS else ""
    raise NotFound(
        f"The documents are by {count(len(rows), 'publisher')}. Say whom the report is about, with --organisation: {names}{more}."
    )


def draft(material: Material, template: Template) -> Draft:
    """The sections of a template in its order, with what must be known before reading them."""
    words = {
        "organisation": material.name,
        "framework": material.evidence.framework.title,
        "date": day(material.made_on),
    }
    return Draft(
        kind="impact",
        title=template.title.format(**words),
        subtitle=f"Draft, mapped to {material.evidence.framework.title}",
        made_on=material.made_on,
        sections=tuple(section for row in template.sections if (section := section_of(material, row, words))),
        notices=tuple(notices_of(material)),
        data=data_of(material, template.name, _recommendations(material, template)),
        rows=table(material, WHOLE, whole=True),
    )


def _recommendations(material: Material, template: Template) -> tuple[Advice, ...]:
    """The recommendations that the template's sections make; without such a section, none."""
    most = (row.number("most") for row in template.rows if row.use == "recommendations")
    return tuple({one.id: one for number in most for one in advice(material, number)}.values())


def section_of(material: Material, row: Row, words: dict[str, str]) -> Section | None:
    """A section with those inside it; None where it has nothing to say."""
    worded = Row(row.use, row.title.format(**words), row.text.format(**words), row.options, row.sections, row.id)
    made = SECTIONS[row.use].make(material, worded)
    inner = tuple(section for one in row.sections if (section := section_of(material, one, words)))
    if made is None:
        return worded.section(sections=inner) if inner else None
    return Section(made.id, made.title, made.blocks, (*made.sections, *inner))


def notices_of(material: Material) -> Iterator[Notice]:
    """What a reader must know of how far the decisions are."""
    evidence = material.evidence
    if evidence.is_undecided and evidence.proposed:
        yield Notice(_nobody_decided(), "warning")
    elif evidence.proposed:
        yield Notice(plain(_waiting(len(evidence.proposed))), "note")


def _nobody_decided() -> Text:
    return plain(
        "No person has decided on anything here yet. All activities are proposals of a program, marked as proposed; some will"
        " be wrong. Review them first (goalmap review export, or goalmap serve), then make this report again."
    )


def _waiting(number: int) -> str:
    return (
        f"{count(number, 'proposed activity waits', 'proposed activities wait')} for a decision and"
        f" {'is' if number == 1 else 'are'} not in this report. To review: goalmap review export, or goalmap serve."
    )
