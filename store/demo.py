"""The shipped examples, and the folder that a demonstration leaves behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import count
from pathlib import Path

from goalmap.ingest.errors import NotFound


@dataclass(frozen=True, slots=True)
class Demo:
    """Where a demonstration reads and writes."""

    examples: Path
    db: Path
    queue: Path
    map: Path


def demo_in(folder: Path) -> Demo:
    """The demonstration's files in that folder, which is made; a queue that is there may hold answers. Raises NotFound."""
    # examples/ is no package with code, and stands beside models/ in a copy of the repository and in the wheel alike
    examples = Path(str(resources.files("goalmap.models"))).parent / "examples"
    if not examples.is_dir():
        raise NotFound("The examples are not installed. Run the demonstration from a copy of the repository: make demo")
    folder.mkdir(parents=True, exist_ok=True)
    queue = next(path for path in _queues(folder) if not path.exists())
    return Demo(examples, folder / "goalmap.db", queue, folder / "map.html")


def _queues(folder: Path) -> Iterator[Path]:
    yield folder / "queue.csv"
    yield from (folder / f"queue-{number}.csv" for number in count(2))
