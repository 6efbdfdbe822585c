"""Every path is found once; what is no regular file is named and not opened."""

import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goalmap.ingest.errors import NotFound
from goalmap.ingest.find import find

NAMES = st.text("abc.~$é\n ", min_size=1, max_size=6).filter(lambda name: name.strip(".") != "")
KINDS = st.sampled_from(["file", "folder", "link", "loop", "pipe"])


def make(path: Path, kind: str) -> None:
    if path.exists() or path.is_symlink():
        return
    makers: dict[str, Callable[[], object]] = {
        "file": lambda: path.write_text("text"),
        "folder": path.mkdir,
        "link": lambda: path.symlink_to("/etc/hosts"),
        "loop": lambda: path.symlink_to(path.parent),
        "pipe": lambda: os.mkfifo(path),
    }
    makers[kind]()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(NAMES, KINDS), max_size=8))
def test_each_path_is_listed_once_whatever_lies_in_the_folder(
    tmp_path_factory: pytest.TempPathFactory, things: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("folder")
    for name, kind in things:
        make(folder / name, kind)
    inner = folder / "inner"
    make(inner, "folder")
    found = [item.path for item in find([folder, inner, folder] if inner.is_dir() else [folder])]
    assert found == sorted(set(found))
    assert all(path.parent.resolve().is_relative_to(folder.resolve()) for path in found)


def test_a_link_out_of_the_folder_is_named_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").symlink_to("/etc/hosts")
    (item,) = find([tmp_path])
    assert item.problem == "Not a regular file but a link; it is not opened."


def test_a_link_back_to_its_folder_ends(tmp_path: Path) -> None:
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert [item.path.name for item in find([tmp_path])] == ["again"]


def test_a_pipe_a_socket_and_a_device_are_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.pdf"))
        problems = [item.problem or "" for item in find([tmp_path])]
    assert ["a pipe" in problems[0], "a socket" in problems[1]] == [True, True]
    assert "a device" in (find([Path("/dev/zero")])[0].problem or "")


def test_what_a_program_put_there_is_listed_with_the_reason_and_not_read(tmp_path: Path) -> None:
    for name in (".hidden.txt", "~$report.docx", "Thumbs.db", "report.txt"):
        (tmp_path / name).write_text("text")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.txt").write_text("text")
    problems = {item.path.name: (item.problem or "").split(",")[0] for item in find([tmp_path])}
    assert problems == {
        ".git": "Hidden",
        ".hidden.txt": "Hidden",
        "Thumbs.db": "A file of the operating system",
        "report.txt": "",
        "~$report.docx": "The lock that Office keeps while a document is open; close it there.",
    }


def test_the_database_in_the_folder_is_not_taken_for_a_document(tmp_path: Path) -> None:
    for name in ("a.db", "a.db-wal", "b.db"):
        (tmp_path / name).write_text("text")
    assert [item.path.name for item in find([tmp_path], database=tmp_path / "a.db")] == ["b.db"]


def test_folders_deeper_than_python_recurses_are_walked(tmp_path: Path) -> None:
    deepest = tmp_path.joinpath(*["a"] * 1200)
    try:
        subprocess.run(["mkdir", "-p", deepest], check=True)
        (deepest / "b.txt").write_text("text")
        assert [item.path for item in find([tmp_path])] == [deepest / "b.txt"]
    finally:
        subprocess.run(["rm", "-rf", tmp_path / "a"], check=True)


def test_a_file_can_be_named_itself(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("text")
    assert [item.path for item in find([file, tmp_path])] == [file]


def test_a_link_that_the_user_names_is_followed(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "report.txt").write_text("text")
    (tmp_path / "link").symlink_to(tmp_path / "papers")
    assert [item.path for item in find([tmp_path / "link"])] == [tmp_path / "papers" / "report.txt"]


def test_a_missing_folder_is_an_error_with_advice() -> None:
    with pytest.raises(NotFound, match="Check the spelling"):
        find([Path("/no/such/folder")])
