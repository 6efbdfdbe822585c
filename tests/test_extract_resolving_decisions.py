"""Decisions and gazetteers over names of many documents, and what holds whatever the names."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.model import Entry, Handle, Resolution, Ruling, Sighting, Verdict
from goalmap.extract.resolving.resolve import resolve
from goalmap.store.entities.names import entity_id
from goalmap.store.ids import stable_id
from tests.linking.made import BODY, INITIATIVE, PERSON, brought_together, doubts, reasons, seen
from tests.linking.score import measured

SAME, DIFFERENT = Verdict.SAME, Verdict.DIFFERENT


def ruling(
    verdict: Verdict, one: str | tuple[str, str], other: str | tuple[str, str], kind: EntityKind = BODY
) -> Ruling:
    return Ruling(verdict, kind, *(Handle(name) if isinstance(name, str) else Handle(*name) for name in (one, other)))


def sizes(found: Resolution) -> list[int]:
    return sorted(len(group.members) for group in found.groups)


def test_names_that_a_person_calls_the_same_are_one_whatever_speaks_against_it() -> None:
    names = [seen("d1", BODY, "Orrin City Council"), seen("d2", BODY, "Orrin County Council")]
    found = resolve(names, [ruling(SAME, "orrin city council", "orrin county council")])
    assert sizes(found) == [2]
    assert reasons(found) == ["A reviewer decided that “Orrin City Council” and “Orrin County Council” are the same."]


def test_names_that_a_person_calls_different_are_two_and_no_suggestion() -> None:
    names = [seen("d1", BODY, "Tolland Ltd"), seen("d2", BODY, "Tolland")]
    found = resolve(names, [ruling(DIFFERENT, "tolland ltd", "tolland")])
    assert sizes(found) == [1, 1]
    assert doubts(found) == []


def test_the_later_of_two_decisions_that_contradict_each_other_holds() -> None:
    names = [seen("d1", BODY, "Tolland Ltd"), seen("d2", BODY, "Orrin plc")]
    same, different = (ruling(verdict, "tolland ltd", "orrin plc") for verdict in (SAME, DIFFERENT))
    assert sizes(resolve(names, [same, different])) == [1, 1]
    assert sizes(resolve(names, [different, same])) == [2]


def test_a_decision_holds_for_all_that_was_brought_together_with_its_names() -> None:
    names = [seen("d1", BODY, "Tolland Ltd"), seen("d2", BODY, "Tolland Limited"), seen("d3", BODY, "Tolland")]
    groups = brought_together(names, [ruling(DIFFERENT, "tolland ltd", "tolland")])
    assert not any({"d1 tolland ltd", "d3 tolland"} <= group for group in groups)


def test_one_name_is_split_by_documents_and_a_later_document_joins_the_part_it_belongs_to() -> None:
    parted = [seen("d1", BODY, "Tolland", by="Orrin plc"), seen("d2", BODY, "Tolland", by="Tarn Council")]
    split = [ruling(DIFFERENT, ("tolland", "d1"), ("tolland", "d2"))]
    assert sizes(resolve(parted, split)) == [1, 1]
    later = seen("d3", BODY, "Tolland", by="Tarn Council")
    assert brought_together([*parted, later], split) == {frozenset({"d2 tolland", "d3 tolland"})}
    stranger = resolve([*parted, seen("d3", BODY, "Tolland", by="Dunmere Homes")], split)
    assert sizes(stranger) == [1, 1, 1]
    assert all("the name was split" in doubt for doubt in doubts(stranger))


def test_a_name_in_one_document_is_decided_on_without_the_others() -> None:
    names = [seen(f"d{place}", PERSON, "Priya", "Orrin plc") for place in (1, 2)] + [seen("d3", PERSON, "Priya Shah")]
    decided = [ruling(SAME, ("priya", "d1"), "priya shah", PERSON)]
    assert brought_together(names, decided) == {frozenset({"d1 priya", "d3 priya shah"})}


def test_a_name_everywhere_stands_for_its_uses_that_were_decided_on_one_by_one() -> None:
    names = [seen("d1", BODY, "Tolland"), seen("d2", BODY, "Tolland"), seen("d3", BODY, "Orrin plc")]
    uses = ("tolland", "d1"), ("tolland", "d2")
    parted, mended, merged = ruling(DIFFERENT, *uses), ruling(SAME, *uses), ruling(SAME, "tolland", "orrin plc")
    assert sizes(resolve(names, [parted, mended, merged])) == [3]
    assert sizes(resolve(names, [merged, parted])) == [1, 2]
    assert sizes(resolve(names, [mended, ruling(DIFFERENT, "tolland", "orrin plc")])) == [1, 2]


def test_an_entry_with_its_identifiers_is_taken_by_name_alias_or_legal_form() -> None:
    entry = Entry(BODY, "Orrin Hospitals NHS Foundation Trust", ("Orrin General",), {"ods": "RX1"})
    names = ("Orrin Hospitals NHS Trust", "Orrin General", "Orrin Hospitals NHS Foundation Trust")
    found = resolve([seen(f"d{place}", BODY, name) for place, name in enumerate(names)], (), [entry])
    assert [group.entry for group in found.groups] == [entry]
    assert any("the gazetteer has" in reason.casefold() for reason in reasons(found))


def test_an_alias_of_two_entries_says_nothing() -> None:
    entries = [Entry(BODY, name, ("CHT",)) for name in ("Calder Health NHS Trust", "Corran Homes Trust")]
    (group,) = resolve([seen("d1", BODY, "CHT")], (), entries).groups
    assert group.entry is None


def test_bodies_that_merged_stay_two_with_their_own_entries() -> None:
    old = Entry(BODY, "Orrin NHS Trust", (), {"ods": "RX1"}, until="2024-03-31", successor="Orrin NHS Foundation Trust")
    new = Entry(BODY, "Orrin NHS Foundation Trust", (), {"ods": "RX2"}, since="2024-04-01")
    names = [seen("d1", BODY, "Orrin NHS Trust"), seen("d2", BODY, "Orrin NHS Foundation Trust")]
    assert sizes(resolve(names)) == [2]
    assert sizes(resolve(names, (), [old, new])) == [1, 1]


def test_a_decision_wins_over_the_gazetteer() -> None:
    entries = [Entry(BODY, "Tolland"), Entry(BODY, "Orrin plc")]
    names = [seen("d1", BODY, "Tolland"), seen("d2", BODY, "Orrin plc")]
    assert sizes(resolve(names, [ruling(SAME, "tolland", "orrin plc")], entries)) == [2]
    aliased = [Entry(BODY, "Tolland", ("Orrin plc",))]
    assert sizes(resolve(names, [ruling(DIFFERENT, "tolland", "orrin plc")], aliased)) == [1, 1]


def test_ids_are_those_that_a_document_alone_gives() -> None:
    from goalmap.extract.names import Entity

    for kind, name in ((PERSON, "Ottoline Brace"), (PERSON, "Priya"), (BODY, "Tolland"), (INITIATIVE, "First Rung")):
        (group,) = resolve([seen("d1", kind, name)], identify=stable_id).groups
        assert group.id == entity_id(Entity(kind, name), "d1")


def test_the_name_of_a_group_is_its_fullest_usual_form() -> None:
    forms = ("ORRIN HOSPITALS NHS TRUST", "Orrin Hospitals", "Orrin Hospitals", "Orrin Hospitals NHS Trust")
    (group,) = resolve([seen(f"d{place}", BODY, name) for place, name in enumerate(forms)]).groups
    assert group.name == "Orrin Hospitals NHS Trust"
    assert group.aliases == ("ORRIN HOSPITALS NHS TRUST", "Orrin Hospitals")


def test_linking_of_invented_documents_stays_as_good_as_it_is() -> None:
    assert measured("one").f1 >= 0.985
    assert measured("two").f1 >= 0.97


NAMES = {
    PERSON: (
        "John Smith",
        "J. Smith",
        "Jon Smith",
        "Sarah Jones",
        "Alex Fleming",
        "Alexandra Flemming",
        "Priya",
        "Ashenden",
    ),
    BODY: (
        "Orrin Council",
        "Orrin County Council",
        "Orrin City Council",
        "Tolland Ltd",
        "Tolland plc",
        "Tolland",
        "Tolland Group",
        "OCC",
        "Audit Committee",
    ),
    INITIATIVE: ("Aspire", "Aspire Programme", "Green Plan", "Kickstart", "Kestwork"),
}
BODIES = st.sampled_from(("Orrin Council", "Tolland", "Tarn Homes"))


@st.composite
def one_sighting(draw: st.DrawFn) -> Sighting:
    kind = draw(st.sampled_from(list(NAMES)))
    return seen(
        f"d{draw(st.integers(0, 5))}",
        kind,
        draw(st.sampled_from(NAMES[kind])),
        at=draw(st.lists(BODIES, max_size=2)) if kind is not BODY else (),
        post=draw(st.sampled_from((None, "Chair", "MP for Orrin"))) if kind is PERSON else None,
        by=draw(st.none() | BODIES),
        near=draw(st.lists(BODIES, max_size=2)),
        forms=["OCC"] if kind is BODY and draw(st.booleans()) else (),
    )


SIGHTINGS = st.lists(one_sighting(), max_size=14, unique_by=lambda sighting: sighting.id)
HANDLES = {
    kind: st.builds(
        Handle,
        st.sampled_from([name.casefold().replace(".", "") for name in names]),
        st.sampled_from((None, "d0", "d1", "d2")),
    )
    for kind, names in NAMES.items()
}
RULINGS = st.lists(
    st.sampled_from(list(NAMES)).flatmap(
        lambda kind: st.builds(Ruling, st.sampled_from(Verdict), st.just(kind), HANDLES[kind], HANDLES[kind])
    ),
    max_size=5,
)
ENTRIES = st.lists(
    st.sampled_from(
        (
            Entry(BODY, "Tolland Ltd", ("Tolland",)),
            Entry(BODY, "Orrin County Council"),
            Entry(BODY, "Orrin Council", ("OCC",)),
        )
    ),
    max_size=3,
    unique_by=lambda entry: entry.name,
)


@settings(max_examples=300, deadline=None)
@given(SIGHTINGS, RULINGS, ENTRIES, st.randoms(use_true_random=False))
def test_every_sighting_is_in_one_group_and_their_order_changes_nothing(
    sightings: list[Sighting], rulings: list[Ruling], entries: list[Entry], chance: "object"
) -> None:
    found = resolve(sightings, rulings, entries)
    members = [member for group in found.groups for member in group.members]
    assert sorted(members) == sorted(sighting.id for sighting in sightings)
    assert len({group.id for group in found.groups}) == len(found.groups)
    shuffled = sightings[::-1]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(shuffled, rulings, entries[::-1]) == found


@settings(max_examples=300, deadline=None)
@given(SIGHTINGS, RULINGS)
def test_the_last_decision_on_two_names_is_obeyed(sightings: list[Sighting], rulings: list[Ruling]) -> None:
    if not rulings or rulings[-1].one.key == rulings[-1].other.key:
        return
    last, groups = rulings[-1], resolve(sightings, rulings).groups
    for one in _meant(last.one, last.kind, sightings, rulings):
        for other in _meant(last.other, last.kind, sightings, rulings):
            together = any({one, other} <= set(group.members) for group in groups)
            assert together == (last.verdict is SAME)


def _meant(handle: Handle, kind: EntityKind, sightings: Sequence[Sighting], rulings: Sequence[Ruling]) -> list[str]:
    """Sightings of a name in a document, or everywhere save where a document has a handle of its own."""
    own = {named.document for r in rulings if r.kind is kind for named in (r.one, r.other) if named.key == handle.key}
    return [
        s.id
        for s in sightings
        if s.kind is kind
        and s.key == handle.key
        and (s.document == handle.document if handle.document else s.document not in own)
    ]


@settings(max_examples=100, deadline=None)
@given(SIGHTINGS)
def test_a_document_that_has_nothing_to_do_with_them_changes_no_other_group(sightings: list[Sighting]) -> None:
    stranger = [
        seen("c0", PERSON, "Wilhelmina Quarshie", "Vexley Ferries", "Captain", "Vexley Ferries"),
        seen("c0", BODY, "Vexley Ferries", by="Vexley Ferries", forms=["VF"]),
        seen("c0", INITIATIVE, "Hoist", "Vexley Ferries", by="Vexley Ferries"),
    ]
    before, after = resolve(sightings), resolve([*stranger, *sightings])
    assert set(before.groups) <= set(after.groups)
    assert before.suggestions == after.suggestions
