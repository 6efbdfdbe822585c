"""Frameworks and documents as people name them."""

from sqlite_utils import Database

from goalmap.ingest.errors import UnknownName

MOST = 25
"""Names that are listed where one is not found."""
DOCUMENTS = """
select id, path from documents
where id = ?1 or path = ?1 or lower(title) = lower(?1) or lower(path) like '%/' || lower(replace(replace(
    replace(?1, '\\', '\\\\'), '%', '\\%'), '_', '\\_')) escape '\\' order by path
"""


def framework_named(db: Database, name: str) -> str:
    """The id of a framework by its id or name. Raises UnknownName."""
    known = db.execute("select id, name from frameworks order by rowid").fetchall()
    wanted = name.strip().casefold()
    for id, called in known:
        if wanted in (id.casefold(), called.casefold()):
            return str(id)
    raise UnknownName("framework in this database", name, (id for id, _ in known))


def document_named(db: Database, name: str) -> str:
    """The id of a document by its id, path, file name or title. Raises UnknownName, also where several are called so."""
    found = db.execute(DOCUMENTS, [name.strip()]).fetchall()
    if len(found) == 1:
        return str(found[0][0])
    if found:
        raise UnknownName("single document", name, _listed([f"{path} ({id})" for id, path in found]))
    raise UnknownName(
        "document", name, _listed([path for (path,) in db.execute("select path from documents order by path")])
    )


def _listed(names: list[str]) -> list[str]:
    return names if len(names) <= MOST else [*names[:MOST], f"and {len(names) - MOST:,} more"]
