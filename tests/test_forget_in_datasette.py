"""No page names somebody who was removed: each page that leads from another is asked for, and the files are not shown."""

import asyncio
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from datasette.app import Datasette

from goalmap.cli import main
from goalmap.store.browse.metadata import metadata
from goalmap.store.database import open_database
from tests.reader import told_of

EXAMPLES = Path(__file__).parents[1] / "examples"
FILES = (
    "shft-impact-report-2024.pdf",
    "university-press-release-2024-03-18.pdf",
    "lockgate-trust-press-release-2023-03.txt",
)
NAME, SURNAME = "Gareth Llewellyn-Price", "llewellyn"
MOST_OF_A_SORT = 6
"""Pages that are asked for, of those that differ in an id or in what is chosen there."""
ASKS = re.compile(r"""(?:href|src|action)=["']([^"'#]+)""")


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of real files, one of them read under a name that names somebody."""
    folder = tmp_path_factory.mktemp("removed")
    (folder / "files").mkdir()
    for name in FILES:
        shutil.copy(EXAMPLES / name, folder / "files" / name)
    shutil.copy(EXAMPLES / FILES[1], folder / "files" / "Gareth Llewellyn-Price.pdf")
    run("ingest", folder / "files", "--db", folder / "goalmap.db", "--engine", "serial", "--quiet")
    return folder


@pytest.fixture(scope="module")
def before(folder: Path) -> dict[str, str]:
    """The pages before anybody was removed."""
    return pages_of(folder)


@pytest.fixture(scope="module")
def after(folder: Path, before: dict[str, str]) -> dict[str, str]:
    assert before
    run("forget", NAME, "--db", folder / "goalmap.db", "--yes")
    return pages_of(folder)


def run(*words: object) -> str:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.output


def pages_of(folder: Path) -> dict[str, str]:
    return asyncio.run(visited(served(folder)))


def served(folder: Path) -> Any:
    with closing(open_database(folder / "goalmap.db")) as db:
        return Datasette([str(folder / "goalmap.db")], **told_of(metadata(db)))


async def visited(datasette: Any) -> dict[str, str]:
    """What is answered at each address that can be reached."""
    await datasette.invoke_startup()
    cookie = {"cookie": f"ds_actor={datasette.sign({'a': {'id': 'ann'}}, 'actor')}"}
    waiting = ["/", "/goalmap", "/goalmap/-/overview", "/goalmap.json", "/-/metadata.json"]
    found: dict[str, str] = {}
    seen: Counter[str] = Counter()
    while waiting:
        address = waiting.pop(0)
        if address not in found and seen[sort(address)] < MOST_OF_A_SORT:
            seen[sort(address)] += 1
            response = await datasette.client.get(address, headers=cookie, follow_redirects=True)
            found[address] = response.text if "text" in kind_of(response) or "json" in kind_of(response) else ""
            waiting += list(leads(found[address])) if "html" in kind_of(response) else []
    return found


def kind_of(response: Any) -> str:
    return str(response.headers.get("content-type", ""))


def leads(html: str) -> Iterator[str]:
    """The addresses of this server that a page leads to, each sort of page early."""
    for address in ASKS.findall(html):
        if address.startswith("/") and "_sort" not in address and "-/static" not in address and "logout" not in address:
            yield unescape(address)


def naming(pages: dict[str, str]) -> list[str]:
    return [
        address for address, text in pages.items() if SURNAME in unquote(text).lower() or SURNAME in address.lower()
    ]


def sorts(pages: dict[str, str]) -> set[str]:
    """The pages without what tells one passage or document from another."""
    return set(map(sort, pages))


def sort(address: str) -> str:
    return re.sub(r"/[a-z][a-z2-7]{12}\b", "/ID", address.partition("?")[0])


def test_many_pages_name_the_person_before(before: dict[str, str]) -> None:
    assert len(naming(before)) > 10
    assert {"/goalmap/-/overview", "/goalmap/-/document/ID", "/goalmap/-/passage/ID", "/goalmap/-/people"} <= sorts(
        before
    )


def test_no_page_names_the_person_afterwards(after: dict[str, str]) -> None:
    assert {"/goalmap/-/overview", "/goalmap/-/document/ID", "/goalmap/-/passage/ID", "/goalmap/-/people"} <= sorts(
        after
    )
    assert len(after) > 60
    assert naming(after) == []


def test_neither_the_file_nor_its_pages_are_shown(folder: Path, after: dict[str, str]) -> None:
    assert after
    for name, status in ((FILES[1], 403), (FILES[2], 200)):
        assert asyncio.run(status_of_original(folder, name)) == status
    assert asyncio.run(statuses_of_pictures(folder)) == {404}
    assert "/page.png" not in "".join(text for address, text in after.items() if "/passage/" in address)


async def status_of_original(folder: Path, name: str) -> int:
    with closing(open_database(folder / "goalmap.db")) as db:
        (id,) = db.execute("select id from documents where path like ?", [f"%{name}"]).fetchone()
    return int((await asked(folder, f"/goalmap/-/document/{id}/original")).status_code)


async def statuses_of_pictures(folder: Path) -> set[int]:
    sql = "select p.id from passages p join documents d on d.id = p.document_id where d.media_type = 'application/pdf' limit 5"
    with closing(open_database(folder / "goalmap.db")) as db:
        ids = [id for (id,) in db.execute(sql).fetchall()]
    return {(await asked(folder, f"/goalmap/-/passage/{id}/page.png")).status_code for id in ids}


async def asked(folder: Path, address: str) -> Any:
    datasette = served(folder)
    await datasette.invoke_startup()
    cookie = {"cookie": f"ds_actor={datasette.sign({'a': {'id': 'ann'}}, 'actor')}"}
    return await datasette.client.get(address, headers=cookie)


def test_reports_and_exports_do_not_name_the_person(folder: Path, after: dict[str, str]) -> None:
    assert after
    for words in (
        ("report", "map", "-o", "map.csv"),
        ("report", "people", "-o", "people.json"),
        ("report", "gaps", "-o", "g.md"),
    ):
        run(*words[:3], folder / words[3], "--db", folder / "goalmap.db")
        assert SURNAME not in (folder / words[3]).read_text("utf-8").lower()
    run("review", "export", folder / "queue.csv", "--db", folder / "goalmap.db")
    assert SURNAME not in (folder / "queue.csv").read_text("utf-8").lower()
    for word in ("status", "entities", "activities"):
        assert SURNAME not in run(word, *(["list"] if word != "status" else []), "--db", folder / "goalmap.db").lower()


def test_a_run_over_the_same_files_changes_nothing(folder: Path, after: dict[str, str]) -> None:
    assert after
    run("ingest", folder / "files", "--db", folder / "goalmap.db", "--engine", "serial", "--again")
    assert SURNAME not in run("status", "--db", folder / "goalmap.db").lower()
    with closing(open_database(folder / "goalmap.db")) as db:
        assert db.execute("select count(*) from documents").fetchone() == (4,)
