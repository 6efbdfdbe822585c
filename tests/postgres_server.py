"""A PostgreSQL server of our own for tests: in a temporary folder, on a socket there, gone with the tests."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from goalmap.store.postgres.address import Address

FOLDERS = ("/usr/lib/postgresql", "/usr/local/lib/postgresql", "/opt/homebrew/opt")
START_SECONDS = 60
QUICK = (
    "listen_addresses=", "fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off",
    "max_connections=50", "shared_buffers=64MB", "wal_level=minimal", "max_wal_senders=0",
)  # fmt: skip
WATCH = '"$@" & server=$!; read -r _; kill -INT $server; wait $server'
"""Runs a server until its standard input ends, as it does when the tests are gone."""


class Server:
    """A running server. `template` is a store without documents, of which others are copies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def address(self, name: str) -> Address:
        return Address(f"postgresql://goalmap@/{name}?host={self.folder}")

    def run(self, sql: str) -> list[tuple[object, ...]]:
        import psycopg

        with psycopg.connect(self.address("postgres").text, autocommit=True) as connection:
            cursor = connection.execute(sql)
            return list(cursor.fetchall()) if cursor.description else []

    def make_template(self) -> None:
        from goalmap.store.database import open_database

        self.create("template_of_stores", "template0")
        open_database(self.address("template_of_stores"), create=True).close()

    def create(self, name: str, template: str = "template_of_stores") -> Address:
        self.run(f"create database {name} template {template}")
        return self.address(name)

    def drop(self, name: str) -> None:
        self.run(f"drop database if exists {name} with (force)")

    @staticmethod
    def name_for(path: Path) -> str:
        return "store_" + hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:20]


def why_there_is_none() -> str | None:
    """The reason why no server can be started here."""
    try:
        import psycopg
    except ImportError:
        return "psycopg is not installed"
    assert psycopg
    return None if _program("initdb") else "no PostgreSQL server is installed (Debian: apt install postgresql)"


def _program(name: str) -> str | None:
    """The newest of the installed programs of that name."""
    found = sorted(path for folder in FOLDERS for path in Path(folder).glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@contextmanager
def server() -> Iterator[Server]:
    """A server with nothing but a template."""
    owner = "postgres" if os.geteuid() == 0 else None  # the server refuses to be run by root
    with tempfile.TemporaryDirectory(prefix="goalmap-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if owner:
            shutil.chown(folder, owner)
        data = str(folder / "data")
        words = (_program("initdb"), "-D", data, "-U", "goalmap", "-A", "trust", "--locale", "C", "-E", "UTF8", "-N")
        subprocess.run([str(word) for word in words], check=True, capture_output=True, user=owner, cwd=folder)
        settings = [word for setting in QUICK for word in ("-c", setting)]
        command = ["sh", "-c", WATCH, "sh", str(_program("postgres")), "-D", data, "-k", name, *settings]
        with (
            (folder / "log").open("w") as log,
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, user=owner, cwd=folder) as process,
        ):
            try:
                yield _ready(Server(folder), process)
            finally:
                assert process.stdin
                process.stdin.close()
                process.wait()


def _ready(running: Server, process: "subprocess.Popen[bytes]") -> Server:
    import psycopg

    until = time.monotonic() + START_SECONDS
    while True:
        try:
            running.make_template()
            return running
        except psycopg.OperationalError:
            if time.monotonic() > until or process.poll() is not None:
                raise
            time.sleep(0.1)
