"""Starts Datasette on a goalmap database, for signed-in reviewers on this machine."""

import getpass
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import webbrowser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import platformdirs

from goalmap.ingest.children import APART
from goalmap.ingest.errors import GoalmapError, NotFound
from goalmap.store.activities.refresh import refresh_if_quick
from goalmap.store.browse import guard, sign_in
from goalmap.store.browse.attended import ATTENDED, FOLDER
from goalmap.store.browse.datasette_compat import metadata_options
from goalmap.store.browse.metadata import metadata
from goalmap.store.database import open_database

SETTINGS = {
    "sql_time_limit_ms": "20000",
    "facet_time_limit_ms": "5000",
    "suggest_facets": "off",  # tries every column on every page; metadata names the facets that help
    "default_cache_ttl": "0",  # a decision shows at once
    "max_returned_rows": "2000",
}
LONGEST_NAME = 100
START_SECONDS = 60.0
STOP_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def serve(
    path: Path,
    host: str = "127.0.0.1",
    port: int = 8001,
    open_browser: bool = True,
    reviewer: str | None = None,
    data_folder: Path | None = None,
    others: Sequence[str] = (),
    new: bool = False,
) -> int:
    """Serve the database until Ctrl-C and give the exit code. Raises NotFound, NotOurDatabase or GoalmapError.

    Whoever opens the address is `reviewer`, or this user; `others` have addresses of their own. `new`: where there is
    no database, an empty one is made.
    """
    names = reviewers((reviewer or user_name(), *others))
    is_new = _is_new(path, new)
    described = _metadata_of(path, new)
    address = free_address(host, port)
    tokens = {name: secrets.token_urlsafe(32) for name in names}
    secret = kept_secret(data_folder or Path(platformdirs.user_data_dir("goalmap", appauthor=False)))
    with tempfile.TemporaryDirectory(prefix="goalmap-") as folder:
        file = Path(folder) / "metadata.json"
        file.write_text(json.dumps(described), encoding="utf-8")
        environment = {
            sign_in.SECRET: secret,
            sign_in.NAME: "\n".join(tokens),
            sign_in.TOKEN: "\n".join(tokens.values()),
            FOLDER: folder,
            ATTENDED: "1",
            guard.HOST: address.host,
        }
        words = command(path, address, file)
        with subprocess.Popen(words, stdin=subprocess.PIPE, env=os.environ | environment) as server:
            addresses = {name: sign_in.address(address.url, token, is_new) for name, token in tokens.items()}
            return _attend(server, address, addresses, open_browser)


def reviewers(names: Sequence[str]) -> tuple[str, ...]:
    """The names as decisions will have them, each once. Raises GoalmapError."""
    found = tuple(dict.fromkeys(" ".join(name.split()) for name in names))
    if "" in found or any(len(name) > LONGEST_NAME or not name.isprintable() for name in found):
        raise GoalmapError(f"A reviewer's name has 1 to {LONGEST_NAME} letters, digits, spaces or marks.")
    return found


def _is_new(path: Path, may_be: bool) -> bool:
    """Whether there is no database yet. Raises NotFound where none may be begun."""
    if path.exists() or may_be:
        return not path.exists()
    raise NotFound(
        f"There is no database {str(path)!r} yet. To begin an empty one and add documents in the browser: "
        f"goalmap serve --new --db {path}\nTo read a folder into one: goalmap ingest FOLDER --db {path}"
    )


def command(path: Path, address: Address, metadata_file: Path) -> list[str]:
    """What starts Datasette, whether or not its own command is on PATH. No secret is in it: other users can see it."""
    settings = [part for name, value in SETTINGS.items() for part in ("--setting", name, value)]
    return [
        *(sys.executable, APART, "-m", "datasette", "serve", str(path)),
        *metadata_options(metadata_file),
        *("--host", address.host, "--port", str(address.port)),
        *settings,
    ]


def _metadata_of(path: Path, new: bool = False) -> dict[str, Any]:
    db = open_database(path, create=new)
    try:
        refresh_if_quick(db)
        return metadata(db)
    finally:
        db.close()


def user_name() -> str:
    """The user of this machine, as decisions will name them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user id without a name; which of them depends on the Python
        return "reviewer"


def free_address(host: str, port: int) -> Address:
    """The address if nothing listens there; for port 0 one that is free. Raises GoalmapError."""
    try:
        if not 0 <= port <= 65535:
            raise OSError("ports go from 0 to 65535")
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            if os.name == "posix":
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
            return Address(host, trial.getsockname()[1])
    except OSError as error:
        raise GoalmapError(
            f"Cannot serve at {host}, port {port}: {error}. "
            "If another goalmap serve runs there, use that one or stop it with Ctrl-C; "
            "else choose another port with --port (0 finds a free one)."
        ) from error


def kept_secret(folder: Path) -> str:
    """What sign-ins are signed with, made once and kept for this user alone, so that they survive a restart."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / "datasette-secret"
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as new:
            new.write(secrets.token_hex(32))
    except FileExistsError:
        file.chmod(0o600)
    kept = file.read_text("ascii").strip()
    if len(kept) < 32:
        raise GoalmapError(f"{file} is damaged. Delete it: goalmap serve makes a new one, and you sign in again.")
    return kept


def _attend(server: subprocess.Popen[bytes], address: Address, addresses: Mapping[str, str], open_browser: bool) -> int:
    """Tell the way in, then wait for the server's end. Ctrl-C is how one ends it, and no failure."""
    try:
        with _termination_as_interrupt():
            if not _answers(server, address):
                return server.wait() or 1
            _tell(addresses)
            if open_browser:
                webbrowser.open(next(iter(addresses.values())))
            return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(server)


def _tell(addresses: Mapping[str, str]) -> None:
    opening = "Open this address to sign in; it works once:"
    if len(addresses) > 1:
        opening = (
            "Each of these addresses signs one reviewer in, once. The first is yours; give each of the others theirs:"
        )
    shown = [
        f"    {address}" if len(addresses) == 1 else f"    {name}\n    {address}" for name, address in addresses.items()
    ]
    print("\n\n".join([opening, *shown, "Ctrl-C stops goalmap serve."]), flush=True)


def _answers(server: subprocess.Popen[bytes], address: Address) -> bool:
    """Wait until the server listens; False when it ends first, or takes too long."""
    last = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < last:
        try:
            socket.create_connection((_reachable(address.host), address.port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server: kindly, then firmly. On a terminal, Ctrl-C has reached it too."""
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()


@contextmanager
def _termination_as_interrupt() -> Iterator[None]:
    """Treat a termination like Ctrl-C, so that the server does not outlive us."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not in the main thread, where signals do not arrive
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
