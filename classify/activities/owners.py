"""One body for one owner: what passages call in short, or without its legal form, is settled across all activities."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from goalmap.classify.activities.model import Activity, Body
from goalmap.classify.activities.parties import is_of
from goalmap.extract.resolving.body_names import body_name
from goalmap.extract.words import name_key


def settled(activities: Sequence[Activity]) -> tuple[Activity, ...]:
    """The activities, their owners by the fullest name that any passage gives the body, with its id; what a person wrote stays."""
    known = _fullest(body for one in activities for body in _bodies(one))
    return tuple(_with_owner(one, _settled(one, known)) for one in activities)


def _with_owner(one: Activity, owner: Body | None) -> Activity:
    if owner is None or "owner" in one.edited:
        return one
    if "partners" in one.edited:
        return replace(one, owner=owner)
    others = tuple(partner for partner in one.partners if body_key(partner.name) != body_key(owner.name))
    return replace(one, owner=owner, partners=others)


def body_key(name: str) -> str:
    """One for all spellings of a body, with its legal form or without.

    >>> body_key("Orrin Logistics plc") == body_key("ORRIN logistics")
    True
    """
    key = name_key(name)
    return " ".join(body_name(key).core) or key


def _bodies(one: Activity) -> Iterator[Body]:
    if one.owner:
        yield one.owner
    for telling in one.tellings:
        yield from (named.entity for named in telling.of_kind("organisation"))


def _fullest(bodies: Iterable[Body]) -> Mapping[str, Body]:
    """By key: one that is an entity before one that is only a name, the longest name first."""
    ranked = sorted(set(bodies), key=lambda body: (body.id is not None, len(body.name), body.name, body.id or ""))
    return {body_key(body.name): body for body in ranked}


def _settled(one: Activity, known: Mapping[str, Body]) -> Body | None:
    if one.owner is None:
        return None
    publisher = one.main.document.publisher or ""
    name = publisher if one.owner.name.isupper() and is_of(publisher, one.owner.name) else one.owner.name
    return known.get(body_key(name)) or Body(name)
