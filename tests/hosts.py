"""Hosts for tests: network namespaces of this machine with addresses of their own, whose cables can be pulled."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

CENTRE = "10.77.0.1"
"""The address of the host that all others have a cable to."""
NAME = re.compile(r"goalmap(\d+)-\d+")


@dataclass(frozen=True, slots=True)
class Host:
    """A namespace that has nothing of this machine's network, but all its files."""

    number: int

    @property
    def name(self) -> str:
        return f"goalmap{os.getpid()}-{self.number}"

    @property
    def address(self) -> str:
        return f"10.77.{self.number}.2" if self.number else CENTRE

    def words(self, *command: str) -> list[str]:
        """A command that runs on this host."""
        return ["ip", "netns", "exec", self.name, *command]


@dataclass(frozen=True, slots=True)
class Network:
    """A host in the centre and others that each hang on a cable to it."""

    centre: Host
    others: tuple[Host, ...]

    def cut(self, host: Host) -> None:
        """Pull the host's cable: what is sent is lost without a word."""
        _ip("-n", host.name, "link", "set", "eth0", "down")

    def mend(self, host: Host) -> None:
        """Put it in again."""
        _ip("-n", host.name, "link", "set", "eth0", "up")
        _ip("-n", host.name, "route", "add", "default", "via", f"10.77.{host.number}.1")


@contextmanager
def network(number: int) -> Iterator[Network]:
    """So many hosts around one; skips the test where this user may not make them."""
    _remove_left_over()
    made = Network(Host(0), tuple(Host(each) for each in range(1, number + 1)))
    try:
        try:
            _make(made)
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"network namespaces cannot be made here: {getattr(error, 'stderr', '') or error}")
        yield made
    finally:
        for host in (made.centre, *made.others):
            _remove(host.name)


def _make(made: Network) -> None:
    if shutil.which("ip") is None:
        raise OSError("there is no command ip")
    for host in (made.centre, *made.others):
        _ip("netns", "add", host.name)
        _ip("-n", host.name, "link", "set", "lo", "up")
    _ip("-n", made.centre.name, "address", "add", f"{CENTRE}/32", "dev", "lo")
    for host in made.others:
        cable = f"cable{host.number}"
        ends = ("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", host.name)
        _ip("-n", made.centre.name, *ends)
        _ip("-n", made.centre.name, "address", "add", f"10.77.{host.number}.1/24", "dev", cable)
        _ip("-n", made.centre.name, "link", "set", cable, "up")
        _ip("-n", host.name, "address", "add", f"{host.address}/24", "dev", "eth0")
        made.mend(host)


def _remove_left_over() -> None:
    """Namespaces of test runs that were killed."""
    with suppress(OSError, subprocess.CalledProcessError):
        for name in _ip("netns", "list").split():
            if (of_a_test := NAME.fullmatch(name)) and not Path(f"/proc/{of_a_test[1]}").exists():
                _remove(name)


def _remove(name: str) -> None:
    with suppress(OSError, subprocess.CalledProcessError):
        _ip("netns", "delete", name)


def _ip(*words: str) -> str:
    return subprocess.run(["ip", *words], check=True, capture_output=True, text=True, timeout=20).stdout
