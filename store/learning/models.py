"""Models that learnt from decisions: kept in the database, one of each framework in use or none."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from goalmap.classify.encoders import tuned
from goalmap.classify.goals import frameworks
from goalmap.classify.manner import Supplied
from goalmap.classify.model.cards import fingerprint
from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.store import own_frameworks
from goalmap.store.carry import now
from goalmap.store.database import immediate
from goalmap.store.ids import stable_id

if TYPE_CHECKING:
    from goalmap.classify.learning import Learnt

COLUMNS = "id, framework_id, name, basis, trained_at, decisions, passages, documents, figures, earned, active"
IN_USE = """
select f.toml, m.state, m.name from models m join frameworks f on f.id = m.framework_id
where m.framework_id = ? and m.active = 1 and m.basis = ?
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A model that was kept, without its state."""

    id: str
    framework: str
    name: str
    trained_at: str
    decisions: int
    passages: int
    documents: int
    figures: dict[str, Any]
    earned: bool
    active: bool
    is_current: bool
    """Whether the model and the encoder that it corrects are still those at hand; else it is out of use."""


def keep(db: Database, learnt: "Learnt", decisions: int, earned: bool, command: str = "learn") -> str:
    """Keep a model, not yet in use; gives its id. The same model is kept once."""
    from goalmap.classify.model.model import as_bytes

    id = stable_id("m", learnt.name, basis(db, learnt.framework))
    row = {
        "id": id,
        "framework_id": learnt.framework,
        "name": learnt.name,
        "fingerprint": learnt.name.rpartition("@")[2],
        "basis": basis(db, learnt.framework),
        "trained_at": now(),
        "command": command,
        "decisions": decisions,
        "passages": learnt.passages,
        "documents": learnt.documents,
        "figures": json.dumps(learnt.to_dict()),
        "earned": int(earned),
        "state": as_bytes(learnt.model),
        "active": 0,
    }
    with immediate(db):
        db.table("models").insert(row, ignore=True)
    return id


def kept(db: Database, framework: str | None = None) -> list[Kept]:
    """The models that were kept, the latest last."""
    rows = db.query(
        f"select {COLUMNS} from models where ? is null or framework_id = ? order by rowid", [framework, framework]
    )
    return [_kept(db, row) for row in rows]


def _kept(db: Database, row: dict[str, Any]) -> Kept:
    same = ("id", "name", "trained_at", "decisions", "passages", "documents")
    return Kept(
        **{name: row[name] for name in same},
        framework=row["framework_id"],
        figures=json.loads(row["figures"]),
        earned=bool(row["earned"]),
        active=bool(row["active"]),
        is_current=row["basis"] == basis(db, row["framework_id"]),
    )


def activate(db: Database, id: str) -> tuple[str, Kept]:
    """Use a model that was kept, from the next run on; gives its framework too. Raises UnknownName or NotFound."""
    there = {one.id: one for one in kept(db)}
    if id not in there:
        raise UnknownName("kept model", id, there or ["none yet; goalmap learn makes one"])
    if not there[id].is_current:
        raise NotFound(
            f"{there[id].name} corrects a model or an encoder that is no longer the one at hand. Learn again: goalmap learn"
        )
    _use(db, there[id].framework, id)
    return there[id].framework, replace(there[id], active=True)


def back(db: Database, framework: str | None = None) -> tuple[str, Kept | None]:
    """Go back to the latest earlier model that earned its place, None for goalmap's own. Raises UnknownName or NotFound."""
    used = [one.framework for one in kept(db, framework) if one.active]
    if not used:
        raise NotFound(f"No model that learnt from decisions is in use{f' for {framework}' if framework else ''}.")
    if len(used) > 1:
        raise NotFound(f"Models that learnt are in use for {' and '.join(used)}. Say which with --framework NAME.")
    models = kept(db, used[0])
    before = models[: next(place for place, one in enumerate(models) if one.active)]
    earlier = next((replace(one, active=True) for one in reversed(before) if one.earned and one.is_current), None)
    _use(db, used[0], earlier.id if earlier else None)
    return used[0], earlier


def _use(db: Database, framework: str, id: str | None) -> None:
    with immediate(db):
        db.execute("update models set active = 0 where framework_id = ? and active = 1", [framework])
        db.execute("update models set active = 1 where id = ?", [id])


def supplied(db: Database, names: Iterable[str]) -> tuple[Supplied, ...]:
    """What workers must be given: models that learnt from decisions where they are in use, and frameworks of users."""
    return tuple(_supplied(db, names))


def _supplied(db: Database, names: Iterable[str]) -> Iterator[Supplied]:
    for name in names:
        row = db.execute(IN_USE, [name, basis(db, name)]).fetchone()
        if row is None:
            yield from own_frameworks.supplied(db, [name])
        else:
            yield Supplied(name, *row)


def basis(db: Database, name: str) -> str:
    """Changes when the model that decisions correct, or the encoder that it listens to, does."""
    framework = own_frameworks.framework_of(db, name)
    model = fingerprint(framework.model) if framework.model in frameworks.names() else version("goalmap")
    parts = (repr(framework), model, str(tuned.card()["fingerprint"]))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
