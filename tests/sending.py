"""Somebody who sends files, to pages asked for in-process and to a server of its own."""

import asyncio
import http.client
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from tests.reader import ROOT, Reader

BYTES = "application/octet-stream"
STARTER = """
import sys
from pathlib import Path
from goalmap.store.serve import serve
sys.exit(serve(Path(sys.argv[1]), port=0, open_browser=False, reviewer="ann", data_folder=Path(sys.argv[2]), new=True))
"""


def token_of(reader: Reader, page: str = "add") -> str:
    """What a page of ours gives its script, so that the script's requests are known to be its own."""
    found = re.findall(r'data-token="([^"]+)"', reader.get(f"{ROOT}/{page}").text)
    return str(found[0]) if found else ""


def sent(reader: Reader, name: str, content: bytes, **headers: str) -> Any:
    """A file as the page sends it."""
    told = {"content-type": BYTES, "x-csrftoken": token_of(reader), **headers}
    return posted(reader, f"{ROOT}/add/file?name={quote(name, safe='')}", content, told)


def posted(reader: Reader, path: str, content: bytes, headers: dict[str, str]) -> Any:
    return asyncio.run(reader._asked("post", path, content=content, headers=headers))


@dataclass(frozen=True, slots=True)
class Served:
    """A server with a reviewer signed in."""

    process: subprocess.Popen[str]
    sign_in: str
    cookie: str
    token: str

    @property
    def base(self) -> str:
        return self.sign_in.split("/-/")[0]

    def connection(self) -> http.client.HTTPConnection:
        place = urlsplit(self.base)
        return http.client.HTTPConnection(place.hostname or "", place.port, timeout=300)

    @property
    def headers(self) -> dict[str, str]:
        return {"cookie": self.cookie, "x-csrftoken": self.token, "content-type": BYTES}

    def get(self, path: str) -> str:
        return self.ask("GET", path)[1]

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str]:
        connection = self.connection()
        connection.request(method, path, body=body, headers={**self.headers, "connection": "close", **headers})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, text


@contextmanager
def serving(database: Path, **environment: str) -> Iterator[Served]:
    """A server in a process of its own; it is stopped at the end."""
    started = [sys.executable, "-c", STARTER, str(database), str(database.parent / "data")]
    with subprocess.Popen(
        started, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, **environment}
    ) as server:
        late = threading.Timer(1800, server.terminate)
        late.start()
        try:
            assert server.stdout is not None
            sign_in = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+sign-in\S+", line)))
            yield _signed_in(server, sign_in, database.stem)
        finally:
            late.cancel()
            server.terminate()
            server.communicate(timeout=300)


def _signed_in(server: subprocess.Popen[str], sign_in: str, name: str) -> Served:
    visitor = Served(server, sign_in, "", "")
    place = urlsplit(sign_in)
    connection = visitor.connection()
    connection.request("GET", f"{place.path}?{place.query}")
    answer = connection.getresponse()
    answer.read()
    actor = (answer.getheader("set-cookie") or "").split(";")[0]
    connection.request("GET", f"/{name}/-/add", headers={"cookie": actor})
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    cookie = "; ".join(filter(None, [actor, (answer.getheader("set-cookie") or "").split(";")[0]]))
    return Served(server, sign_in, cookie, re.findall(r'data-token="([^"]+)"', page)[0])
