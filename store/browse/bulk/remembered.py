"""What the server remembers from one request to the next, as long as there is room for it."""

from collections import OrderedDict
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Remembered(Generic[Thing]):
    """The latest things by their keys; the oldest are forgotten, as all are when the server stops."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[str, Thing] = OrderedDict()

    def keep(self, key: str, thing: Thing) -> None:
        self._things[key] = thing
        self._things.move_to_end(key)
        while len(self._things) > self._most:
            self._things.popitem(last=False)

    def get(self, key: str) -> Thing | None:
        return self._things.get(key)
