"""Frameworks that users bring: kept in the database with what was learnt from them, so that later runs need no file."""

import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any

from sqlite_utils import Database

from goalmap.classify.encoders import tuned
from goalmap.classify.goals import frameworks
from goalmap.classify.goals.frameworks import Framework
from goalmap.classify.manner import Supplied
from goalmap.ingest.errors import FrameworkProblem
from goalmap.store.database import immediate


def adopt(db: Database, toml: str) -> str:
    """Keep a framework, once it is learnt, in place of an earlier state of it; gives its id. Raises FrameworkProblem."""
    framework = frameworks.read(toml)
    if framework.id in frameworks.names():
        raise FrameworkProblem(
            f"The id {framework.id} is that of a framework that goalmap brings. Give yours an id of its own."
        )
    columns = ("id", "name", "version", "publisher", "counts")
    row = {column: getattr(framework, column) for column in columns} | {"toml": toml} | _learnt(db, framework, toml)
    with immediate(db):
        db.table("frameworks").upsert(row)
    return framework.id


def adopted(db: Database, asked: Iterable[str]) -> tuple[str, ...]:
    """The ids of frameworks asked for by name or file; those in files are kept. Raises NotFound, UnknownName or FrameworkProblem."""
    return tuple(_adopted(db, name) for name in asked)


def _adopted(db: Database, name: str) -> str:
    if name in known(db):
        return name
    found = frameworks.find(name)
    return found.framework.id if found.toml is None else adopt(db, found.toml)


def framework_of(db: Database, name: str) -> Framework:
    """A framework of the database, or a shipped one. Raises UnknownName or FrameworkProblem."""
    toml = _toml_of(db, name)
    return frameworks.load(name) if toml is None else frameworks.read(toml)


def known(db: Database) -> tuple[str, ...]:
    """The frameworks that the database uses and that there still are."""
    shipped = frameworks.names()
    rows = db.execute("select id, toml from frameworks order by rowid").fetchall()
    return tuple(name for name, toml in rows if toml is not None or name in shipped)


def supplied(db: Database, names: Iterable[str]) -> tuple[Supplied, ...]:
    """What workers must be given of the frameworks that are not shipped; learns their models where none is at hand."""
    return tuple(_supplied(db, names))


def _supplied(db: Database, names: Iterable[str]) -> Iterator[Supplied]:
    for name in names:
        if (toml := _toml_of(db, name)) is not None:
            if frameworks.read(toml).model in frameworks.names():
                yield Supplied(name, toml)
            else:
                model, called = _model_of(db, name, toml)
                yield Supplied(name, toml, model, called)


def _toml_of(db: Database, name: str) -> str | None:
    row = db.execute("select toml from frameworks where id = ?", [name]).fetchone()
    return row[0] if row else None


def _model_of(db: Database, name: str, toml: str) -> tuple[bytes, str]:
    """The model of an own framework with its name; learnt anew where the encoder or goalmap changed."""
    if row := _learnt(db, frameworks.read(toml), toml):
        with immediate(db):
            db.table("frameworks").update(name, row)
    there = db.execute("select model, model_name from frameworks where id = ?", [name]).fetchone()
    return there[0], there[1]


def _learnt(db: Database, framework: Framework, toml: str) -> dict[str, Any]:
    """The columns of what is learnt from a framework; none where that is known, or where a shipped model serves it."""
    key = hashlib.sha256("\n".join((toml, tuned.card()["fingerprint"], version("goalmap"))).encode()).hexdigest()[:16]
    there = db.execute("select 1 from frameworks where id = ? and model_key = ?", [framework.id, key]).fetchone()
    if there or framework.model in frameworks.names():
        return {}
    from goalmap.classify.model.brought import learnt

    try:
        state, called = learnt(framework)
    except ValueError as error:
        raise FrameworkProblem(
            f"The framework {framework.id} cannot be learnt from what stands in it: write more exemplars for each goal, "
            "and more texts under `nothing`. What is missing, goalmap frameworks check FILE.toml says."
        ) from error
    return {"model": state, "model_name": called, "model_key": key}
