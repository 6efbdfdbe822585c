"""The shipped examples, and the folder that a demonstration leaves behind."""

from dataclasses import dataclass
from importlib import resources
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
    """The demonstration's files in that folder, which is made. Raises NotFound."""
    examples = Path(str(resources.files("goalmap.models"))).parent / "examples"
    if not examples.is_dir():
        raise NotFound("The examples are not installed. Run the demonstration from a copy of the repository: make demo")
    folder.mkdir(parents=True, exist_ok=True)
    return Demo(examples, folder / "goalmap.db", folder / "queue.csv", folder / "map.html")
