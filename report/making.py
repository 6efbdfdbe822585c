"""How a report came about: versions, models and what their figures mean."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from goalmap.classify.model import cards
from goalmap.ingest.errors import ModelProblem
from goalmap.report.scope import Scope


@dataclass(frozen=True, slots=True)
class Measured:
    """What a model's card says was measured on passages that the model had not seen; shares from 0 to 1."""

    threshold: float
    passages: int
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class ModelUsed:
    """A model that made proposals; `measured` where the model that is installed is the same one."""

    name: str
    measured: Measured | None = None


@dataclass(frozen=True, slots=True)
class Making:
    """The versions, times and models behind a report."""

    versions: tuple[str, ...]
    last_read: str | None
    last_decided: str | None
    models: tuple[ModelUsed, ...]


def find_making(db: Database, scope: Scope) -> Making:
    return Making(
        versions=_column(db, "select distinct version from runs where version <> '' order by version"),
        last_read=next(iter(_column(db, "select max(finished) from runs where command = 'ingest'")), None),
        last_decided=next(
            iter(_column(db, "select max(decided_at) from decisions where goal_id like ? || '/%'", scope.framework.id)),
            None,
        ),
        models=tuple(_models(db, scope)),
    )


def _column(db: Database, sql: str, *values: str) -> tuple[str, ...]:
    return tuple(value for (value,) in db.execute(sql, values).fetchall() if value)


def _models(db: Database, scope: Scope) -> Iterator[ModelUsed]:
    sql = "select distinct pr.model from proposals pr join goals g on g.id = pr.goal_id where g.framework_id = ? order by pr.model"
    return (ModelUsed(name, _measured(name)) for name in _column(db, sql, scope.framework.id))


def _measured(model: str) -> Measured | None:
    name, _, fingerprint = model.partition("@")
    try:
        card = cards.card(name)
    except ModelProblem:
        return None
    measured = card.get("measured", {})
    if card.get("fingerprint") != fingerprint or "threshold" not in measured:
        return None
    return Measured(measured["threshold"], measured["passages"], measured["micro_precision"], measured["micro_recall"])
