"""A reader of the pages of a database, with a browser of sorts."""

import asyncio
import re
import sqlite3
from collections.abc import Iterable
from copy import deepcopy
from html import unescape
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from jinja2.bccache import Bucket, BytecodeCache
from sqlite_utils import Database

from goalmap.store.browse.metadata import metadata
from tests.stories import id_of

ROOT = "/review/-"
IS_0_65 = version("datasette").startswith("0.")


def told_of(described: dict[str, Any]) -> dict[str, Any]:
    """What Datasette is told of a database, as goalmap serve does it: 1.0 takes queries and permissions as configuration."""
    names = ("metadata",) if IS_0_65 else ("metadata", "config")
    return {name: deepcopy(described) for name in names}


class Compiled(BytecodeCache):
    """Templates as they were compiled for the first reader, who is followed by a thousand others."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self.kept.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


class Reader:
    """Somebody with a browser; signed in where they have a name."""

    def __init__(self, path: Path, name: str | None = "ann", immutable: bool = False) -> None:
        self.db = Database(sqlite3.connect(path))
        described = metadata(self.db)
        files = {"immutables": [str(path)], "files": []} if immutable else {"files": [str(path)]}
        self.datasette: Any = Datasette(**files, **told_of(described))
        (self.datasette.jinja_env if IS_0_65 else self.datasette._jinja_env).bytecode_cache = COMPILED
        self.cookies = {"ds_actor": self.datasette.sign({"a": {"id": name}}, "actor")} if name else {}

    def get(self, path: str) -> Any:
        return asyncio.run(self._asked("get", path))

    def post(self, path: str, fields: Iterable[tuple[str, str]], **headers: str) -> Any:
        body = urlencode(list(fields))
        told = {"content-type": "application/x-www-form-urlencoded", **headers}
        return asyncio.run(self._asked("post", path, content=body, headers=told))

    def page(self, name: str, asked: str = "") -> Any:
        return self.get(f"{ROOT}/entity/{id_of(self.db, name)}{asked}")

    def send(self, page: Any, button: str, **more: str) -> Any:
        """Post the form of the page that has this button."""
        form = next(form for form in forms(page.text) if button in form.buttons)
        answer = self.post(form.address, [*form.fields, *form.pressed(button), *more.items()])
        if "ds_csrftoken" in answer.cookies:
            self.cookies["ds_csrftoken"] = answer.cookies["ds_csrftoken"]
        return answer

    def names(self, kind: str = "person") -> list[str]:
        sql = "select name from entities where kind = ? order by name"
        return [name for (name,) in self.db.execute(sql, [kind]).fetchall()]

    async def _asked(self, method: str, path: str, **options: Any) -> Any:
        await self.datasette.invoke_startup()
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**options.pop("headers", {}), **({"cookie": cookie} if cookie else {})}
        answer = await getattr(self.datasette.client, method)(path, headers=headers, **options)
        self.cookies.update(answer.cookies.items())
        return answer


class Form:
    """A form as a browser would post it."""

    def __init__(self, html: str) -> None:
        self.address = unescape(re.findall(r'action="([^"]+)"', html)[0])
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
        self.fields = [(name, unescape(value)) for name, value in hidden]
        found = re.findall(r"<button([^>]*)>([^<]+)<", html)
        self.attributes = {_label(told) or unescape(text).strip(): told for told, text in found}

    @property
    def buttons(self) -> set[str]:
        return set(self.attributes)

    def pressed(self, button: str) -> list[tuple[str, str]]:
        return re.findall(r'name="([^"]+)" value="([^"]+)"', self.attributes[button])


def _label(attributes: str) -> str:
    return unescape("".join(re.findall(r'aria-label="([^"]+)"', attributes)))


def forms(html: str) -> list[Form]:
    return [Form(found) for found in re.findall(r'<form method="post".*?</form>', html, re.S) if "gm-" in html]


def text_of(answer: Any) -> str:
    """What a reader sees."""
    body = re.sub(r"<(style|script)\b.*?</\1>", " ", answer.text, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
