"""The report on people: a directory with dated posts, what to check, organisations with members, the picture of it."""

from collections.abc import Iterator
from typing import Any

from goalmap.report.draft.model import Draft, Paragraph, Section, plain
from goalmap.report.people.directory import Directory
from goalmap.report.people.posts import Tie
from goalmap.report.sections import directory as telling


def people_draft(found: Directory, made_on: str) -> Draft:
    name = f": {found.organisation.name}" if found.organisation else ""
    return Draft(
        kind="people",
        title=f"People and organisations{name}",
        subtitle="Who is who in the documents, with dated posts and memberships",
        made_on=made_on,
        sections=tuple(_sections(found)),
        data=_data(found, made_on),
        rows=telling.sheet(found),
    )


def _sections(found: Directory) -> Iterator[Section]:
    yield Section("summary", "At a glance", (Paragraph(plain(telling.summary(found))), Paragraph(plain(telling.HOW))))
    if found.clashes:
        yield Section(
            "to-check", "What to check", (Paragraph(plain(telling.TO_CHECK)), telling.clash_table(found.clashes))
        )
    yield Section("people", "People", tuple(telling.people_table(found)))
    if bodies := telling.bodies_table(found):
        yield Section("organisations", "Organisations", (bodies,))
    if found.drawn:
        yield Section("membership", "Who is tied to whom", (telling.picture(found),))


# As data


def _data(found: Directory, made_on: str) -> dict[str, Any]:
    return {
        "organisation": found.organisation.name if found.organisation else None,
        "made_on": made_on,
        "people": [
            {
                "id": person.id,
                "name": person.name,
                "aliases": list(person.aliases),
                "quotations": person.quotations,
                "documents": person.documents,
                "posts": [_tie(tie) for tie in found.posts.get(person.id, ())],
            }
            for person in found.people
        ],
        "ties": [_tie(tie) for tie in found.ties],
        "to_check": [
            {"about": clash.about, "why": clash.why, "posts": [_tie(tie) for tie in clash.posts]}
            for clash in found.clashes
        ],
    }


def _tie(tie: Tie) -> dict[str, Any]:
    return {
        "relation": tie.relation,
        "who": tie.source,
        "who_id": tie.source_id,
        "title": tie.title,
        "organisation": tie.target,
        "organisation_id": tie.target_id,
        "former": tie.former,
        "as_of": list(tie.dates),
        "since": tie.since,
        "until": tie.until,
        "citations": list(tie.cites),
    }
