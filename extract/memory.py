"""What the models made of a text, kept under a hash of it, so that no model reads the same text twice.

Kept are offsets, kinds of names and numbers: no text and no name. What is kept is what the model would give again, so
that results never depend on it; a memory may forget anything at any time.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

RECENT = 8192
"""Answers that this process itself remembers, each at most a few kilobytes: every framework reads the same passages."""

Key = bytes
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads texts: `labels` for the name tagger, `readings` for the encoder, with the fingerprint of its model."""

    kind: str
    fingerprint: str

    def key_of(self, text: str) -> Key:
        """What the text is filed under."""
        name = f"{self.kind} {self.fingerprint} ".encode()
        return hashlib.blake2b(name + text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Memory(Protocol):
    """Keeps what readers made of texts; fails in silence, for all that it keeps can be made again."""

    def known(self, reader: Reader, keys: Sequence[Key]) -> Mapping[Key, bytes]:
        """What is kept under these keys."""
        ...

    def keep(self, reader: Reader, made: Mapping[Key, bytes], asked: int) -> None:
        """Keep what was made now, of so many texts that were asked for."""
        ...


class Forgetful:
    """Keeps nothing."""

    def known(self, reader: Reader, keys: Sequence[Key]) -> Mapping[Key, bytes]:
        return {}

    def keep(self, reader: Reader, made: Mapping[Key, bytes], asked: int) -> None:
        pass


_recent: OrderedDict[Key, bytes] = OrderedDict()
_used: list[Memory] = [Forgetful()]


def use(memory: Memory) -> None:
    """From now on, what this process reads is looked up and kept there."""
    _used[0] = memory


def current() -> Memory:
    """The memory in use; at first one that keeps nothing."""
    return _used[0]


def forget() -> None:
    """Let go of what this process itself remembers, so that time can be measured."""
    _recent.clear()


def recalled(
    reader: Reader,
    texts: Sequence[str],
    read: Callable[[Sequence[str]], Iterable[Answer]],
    pack: Callable[[Answer], bytes],
    unpack: Callable[[bytes], Answer],
) -> list[Answer]:
    """The reader's answer to each text, in order; those that no memory knows are read, each distinct one once."""
    keys = [reader.key_of(text) for text in texts]
    held = {key: _recent[key] for key in keys if key in _recent}
    asked = list(dict.fromkeys(key for key in keys if key not in held))
    held |= current().known(reader, asked) if asked else {}
    wanted = {key: text for key, text in zip(keys, texts, strict=True) if key not in held}
    made = dict(zip(wanted, map(pack, read(list(wanted.values()))), strict=True)) if wanted else {}
    if asked:
        current().keep(reader, made, len(asked))
    held |= made
    _remember(held)
    return [unpack(held[key]) for key in keys]


def _remember(held: Mapping[Key, bytes]) -> None:
    for key, answer in held.items():
        _recent[key] = answer
        _recent.move_to_end(key)
    while len(_recent) > RECENT:
        _recent.popitem(last=False)
