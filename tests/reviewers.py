"""Reviewers at work: a real goalmap serve in processes of its own, and people who ask it over HTTP."""

import http.client
import os
import re
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.reader import Form, forms

FORM = "application/x-www-form-urlencoded"
FRAGMENT = {"x-goalmap-fragment": "1"}
"""How the page's own script asks: for the passage alone."""
SIGN_IN = re.compile(r"^ {4}(\S.*)\n {4}(http://\S+sign-in\S+)$", re.M)
NO_ANSWER = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; the status is `NO_ANSWER` where the server went away first."""

    status: int
    text: str = ""
    location: str = ""
    seconds: float = 0.0

    @property
    def passage(self) -> str:
        """The passage that is shown."""
        found = re.findall(r'data-passage="([^"]*)"', self.text)
        return str(found[0]) if found else ""

    def form(self, action: str) -> Form:
        """The first form of the page that does this."""
        return next(form for form in forms(self.text) if ("action", action) in form.fields)

    def has(self, action: str) -> bool:
        return any(("action", action) in form.fields for form in forms(self.text))


@dataclass(slots=True)
class Visitor:
    """Somebody with a browser of sorts that keeps its connection and its cookies."""

    name: str
    base: str
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask("GET", path, None, headers or {})

    def post(self, path: str, fields: Iterable[tuple[str, str]], headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask("POST", path, urlencode(list(fields)), {"content-type": FORM, **(headers or {})})

    def send(
        self, form: Form, fields: Iterable[tuple[str, str]] = (), headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Post a form of ours from our own page, with what is typed or pressed in it."""
        return self.post(form.address, [*form.fields, *fields], {"sec-fetch-site": "same-origin", **(headers or {})})

    def moved_to(self, base: str) -> None:
        """Go on at another address of the same server, where it was started again."""
        self.leave()
        self.base = base

    def leave(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        begun = time.perf_counter()
        try:
            connection = self._connected()
            connection.request(method, path, body, {**headers, "cookie": cookie})
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            self.leave()
            return Answer(NO_ANSWER)
        seconds = time.perf_counter() - begun
        self._keep(answer)
        return Answer(answer.status, text, answer.getheader("location") or "", seconds)

    def _connected(self) -> http.client.HTTPConnection:
        if self._connection and self._connection.sock and select.select([self._connection.sock], [], [], 0)[0]:
            self.leave()  # the server has closed it, since nothing was asked for some seconds
        if self._connection is None:
            place = urlsplit(self.base)
            self._connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=120)
        return self._connection

    def _keep(self, answer: http.client.HTTPResponse) -> None:
        for told in answer.headers.get_all("set-cookie") or []:
            name, _, value = told.split(";")[0].partition("=")
            self.cookies[name] = value


@dataclass(frozen=True, slots=True)
class Office:
    """A running goalmap serve with the reviewers' one-time addresses."""

    process: subprocess.Popen[bytes]
    addresses: Mapping[str, str]
    log: Path

    @property
    def base(self) -> str:
        return next(iter(self.addresses.values())).split("/-/")[0]

    def visitors(self) -> list[Visitor]:
        """All reviewers, each signed in."""
        return [self._signed_in(name) for name in self.addresses]

    def _signed_in(self, name: str) -> Visitor:
        visitor, place = Visitor(name, self.base), urlsplit(self.addresses[name])
        assert visitor.get(f"{place.path}?{place.query}").status == 302
        return visitor

    def kill(self) -> None:
        """End it, the Datasette that it started, and what that started, at once and in the middle of whatever they do."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    @property
    def told(self) -> str:
        """What it printed, errors too."""
        return self.log.read_text("utf-8", "replace")


@contextmanager
def office(database: Path, names: Sequence[str], seconds: float = 300.0) -> Iterator[Office]:
    """A goalmap serve for these reviewers; it ends with the test, and in any case after so many seconds."""
    log = database.with_name(f"serve-{time.monotonic_ns()}.log")
    people = [part for name in names for part in ("--as", name)]
    command = [sys.executable, "-m", "goalmap.cli", "serve", "--db", str(database), "--port", "0", "--no-browser"]
    told = {"XDG_DATA_HOME": str(database.parent / "data"), "PYTHONUNBUFFERED": "1"}
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*command, *people], stdout=file, stderr=file, env=os.environ | told, start_new_session=True
        )
    late = threading.Timer(seconds, _end, [process])
    late.start()
    try:
        yield Office(process, _addresses(process, log, names), log)
    finally:
        late.cancel()
        _end(process)


def _addresses(process: subprocess.Popen[bytes], log: Path, names: Sequence[str]) -> dict[str, str]:
    while process.poll() is None:
        told = log.read_text("utf-8")
        if "Ctrl-C stops" in told:
            found = SIGN_IN.findall(told)
            return dict(found) if found else {names[0]: re.findall(r"http://\S+sign-in\S+", told)[0]}
        time.sleep(0.05)
    raise AssertionError(log.read_text("utf-8"))


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(20)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
