"""Best practice: the activities with the best grounds, each with its grounds."""

from goalmap.report.draft.model import Card, Items, Notice, Paragraph, Plain, Section, plain
from goalmap.report.material import Material
from goalmap.report.practice.grounds import RULES
from goalmap.report.practice.picks import Pick, picked
from goalmap.report.section import Row
from goalmap.report.sections.telling import badges, capital


def practice(material: Material, row: Row) -> Section:
    """The strongest activities by the grounds that are printed."""
    most = row.number("most")
    found = picked(material.evidence.shown, cap=most, most=most)
    if not found.picks:
        return row.section(Notice(plain("No activity has grounds to be shown as best practice."), "note"), *_rules())
    return row.section(*(_card(material, pick) for pick in found.picks), *_rules())


def _card(material: Material, pick: Pick) -> Card:
    one = pick.activity
    facts = [("Also because" if place else "Why", ground.text) for place, ground in enumerate(pick.grounds)]
    goal = ("Goal", (Plain(material.label(one.goal)),))
    return Card(f"practice-{one.id}", one.title, (goal, *facts), badges(one))


def _rules() -> tuple[Paragraph, Items]:
    lead = "An activity stands here by these grounds, the weightiest first; a goal not yet shown goes before another:"
    return Paragraph(plain(lead)), Items(
        tuple(plain(f"{capital(words)}.") for words, _ in RULES.values()), numbered=True
    )
