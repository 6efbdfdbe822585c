"""Starting Datasette on a database, signing in, and ending it."""

import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from goalmap.ingest.errors import GoalmapError, NotFound, NotOurDatabase
from goalmap.store.database import open_database
from goalmap.store.serve import SETTINGS, Address, command, free_address, kept_secret, reviewers, serve, user_name

STARTER = """
import sys
from pathlib import Path
from goalmap.store.serve import serve
sys.exit(serve(Path(sys.argv[1]), port=0, open_browser=False, reviewer="Ann O'Neil", data_folder=Path(sys.argv[2])))
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("serve") / "a name with spaces.db"
    open_database(path, create=True).close()
    return path


NEW_STARTER = STARTER.replace("data_folder", "others=('Ben',), new=True, data_folder")


@contextmanager
def served(database: Path, starter: str = STARTER) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, and its one-time address; it is stopped at the end."""
    started = [sys.executable, "-c", starter, str(database), str(database.parent / "data")]
    with subprocess.Popen(started, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        late = threading.Timer(900, server.terminate)
        late.start()
        try:
            yield server, address_in(server)
        finally:
            late.cancel()
            server.terminate()
            server.communicate(timeout=300)


def address_in(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"http://\S+sign-in\S+", line):
            return found[0]
    raise AssertionError("no address was printed")


def asked(address: str, cookie: str = "") -> http.client.HTTPResponse:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=300)
    connection.request("GET", f"{parts.path}?{parts.query}", headers={"cookie": cookie, "connection": "close"})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def test_a_reviewer_signs_in_once_and_stays_signed_in_after_a_restart(database: Path) -> None:
    with served(database) as (_, sign_in):
        answer = asked(sign_in)
        assert (answer.status, answer.getheader("location")) == (
            302,
            "/a~20name~20with~20spaces/-/overview".replace("~20", "+"),
        )
        cookie = (answer.getheader("set-cookie") or "").split(";")[0]
        base = sign_in.split("/-/")[0]
        assert asked(f"{base}/").status == 403
        assert asked(f"{base}/", cookie).status == 200
        assert asked(sign_in).status == 403
    with served(database) as (_, again):
        assert again.split("=")[1] != sign_in.split("=")[1]
        assert asked(f"{again.split('/-/')[0]}/", cookie).status == 200


def test_the_terminal_shows_the_way_in_and_none_of_what_the_server_does(database: Path) -> None:
    with served(database) as (server, sign_in):
        asked(sign_in)
        asked(f"{sign_in.split('/-/')[0]}/nowhere")
        server.terminate()
        assert server.stdout is not None
        assert server.stderr is not None
        assert server.stdout.read().strip() == "Ctrl-C stops goalmap serve."
        assert server.stderr.read() == ""


def test_a_new_database_is_begun_where_that_is_wanted_and_each_reviewer_has_an_address(tmp_path: Path) -> None:
    with served(tmp_path / "new.db", NEW_STARTER) as (server, first):
        assert server.stdout is not None
        second = address_in(server)
        for address, name in ((first, "Ann O&#39;Neil"), (second, "Ben")):
            answer = asked(address)
            assert (answer.status, answer.getheader("location")) == (302, "/new/-/add")
            cookie = (answer.getheader("set-cookie") or "").split(";")[0]
            assert name in page_at(first.split("/-/")[0] + "/new/-/add", cookie)
            assert asked(address).status == 403


def page_at(address: str, cookie: str) -> str:
    parts = urlsplit(address)
    with closing(http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=300)) as connection:
        connection.request("GET", parts.path, headers={"cookie": cookie, "connection": "close"})
        return connection.getresponse().read().decode()


def test_a_missing_database_names_the_way_to_begin_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"goalmap serve --new --db"):
        serve(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "x" * 101])
def test_a_reviewer_has_a_name_that_can_be_read(name: str) -> None:
    with pytest.raises(GoalmapError, match="reviewer's name"):
        reviewers(["Ann", name])


def test_reviewers_are_taken_once_each() -> None:
    assert reviewers(["Ann  Ray", "Ben", "Ann Ray"]) == ("Ann Ray", "Ben")


@pytest.mark.skipif(os.name != "posix", reason="Windows ends processes otherwise")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_it_ends_the_server_too_and_is_no_failure(database: Path, number: signal.Signals) -> None:
    with served(database) as (server, sign_in):
        server.send_signal(number)
        assert server.wait(300) == 0
        with pytest.raises(ConnectionRefusedError):
            asked(sign_in)


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")
def test_no_secret_is_on_a_command_line(database: Path) -> None:
    with served(database) as (_, sign_in):
        lines = [line for line in command_lines() if b"datasette" in line and b"a name with spaces" in line]
        assert lines
        assert [line for line in lines if sign_in.split("=")[1].encode() in line] == []
        assert [line for line in lines if kept_secret(database.parent / "data").encode() in line] == []


def command_lines() -> list[bytes]:
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(file.read_bytes())
        except OSError:
            continue
    return found


def test_a_port_in_use_is_named_with_a_way_out(database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(GoalmapError, match=rf"port {port}: .*in use.*--port"):
            serve(database, port=port, open_browser=False)


def test_a_host_that_is_not_ours_is_refused() -> None:
    with pytest.raises(GoalmapError, match=r"Cannot serve at 192\.0\.2\.1"):
        free_address("192.0.2.1", 0)


@pytest.mark.parametrize("port", [-1, 70000])
def test_a_port_that_cannot_be_is_refused(port: int) -> None:
    with pytest.raises(GoalmapError, match="Cannot serve"):
        free_address("127.0.0.1", port)


def test_port_0_finds_a_free_one() -> None:
    address = free_address("127.0.0.1", 0)
    assert address.port > 0
    assert address.url == f"http://127.0.0.1:{address.port}"


def test_an_address_of_ipv6_has_brackets() -> None:
    assert Address("::1", 8001).url == "http://[::1]:8001"


def test_a_missing_database_and_a_foreign_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="goalmap ingest"):
        serve(tmp_path / "none.db")
    foreign = sqlite3.connect(tmp_path / "foreign.db")
    foreign.execute("create table passages (id)")
    foreign.close()
    with pytest.raises(NotOurDatabase):
        serve(tmp_path / "foreign.db")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_the_secret_is_kept_for_this_user_alone(tmp_path: Path) -> None:
    secret = kept_secret(tmp_path / "data")
    file = tmp_path / "data" / "datasette-secret"
    assert kept_secret(tmp_path / "data") == secret == file.read_text()
    file.chmod(0o644)
    kept_secret(tmp_path / "data")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_empty_secret_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "datasette-secret").touch()
    with pytest.raises(GoalmapError, match="Delete it"):
        kept_secret(tmp_path)


def test_datasette_knows_every_setting() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "datasette", "serve", "--help-settings"], capture_output=True, text=True, check=True
    )
    assert [name for name in SETTINGS if name not in listed.stdout] == []


@pytest.mark.parametrize(("version", "options"), [("0.65.5", ["--metadata"]), ("1.0a41", ["--metadata", "--config"])])
def test_datasette_1_0_is_given_the_questions_as_configuration(
    monkeypatch: pytest.MonkeyPatch, version: str, options: list[str]
) -> None:
    monkeypatch.setattr("goalmap.store.browse.datasette_compat.version", lambda name: version)
    words = command(Path("a.db"), Address("127.0.0.1", 1), Path("m.json"))
    assert [word for word in words if word in ("--metadata", "--config")] == options


def test_a_user_without_a_name_is_called_reviewer(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert user_name() == "reviewer"


def test_metadata_is_json(database: Path) -> None:
    from goalmap.store.serve import _metadata_of

    assert "a name with spaces" in json.loads(json.dumps(_metadata_of(database)))["databases"]
