"""The shipped examples, and the folder that a demonstration leaves behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import count
from pathlib import Path

from sqlite_utils import Database

from goalmap.ingest.errors import NotFound

BUSIEST = """
select d.publisher from documents d join passages p on p.document_id = d.id
where d.publisher <> '' and exists (select 1 from proposals pr where pr.passage_id = p.id)
group by d.publisher order by count(*) desc, d.publisher limit 1
"""


@dataclass(frozen=True, slots=True)
class Demo:
    """Where a demonstration reads and writes."""

    examples: Path
    db: Path
    queue: Path
    map: Path
    impact: Path


def demo_in(folder: Path) -> Demo:
    """The demonstration's files in that folder, which is made; a queue that is there may hold answers. Raises NotFound."""
    # examples/ is no package with code, and stands beside models/ in a copy of the repository and in the wheel alike
    examples = Path(str(resources.files("goalmap.models"))).parent / "examples"
    if not examples.is_dir():
        raise NotFound("The examples are not installed. Run the demonstration from a copy of the repository: make demo")
    folder.mkdir(parents=True, exist_ok=True)
    queue = next(path for path in _queues(folder) if not path.exists())
    return Demo(examples, folder / "goalmap.db", queue, folder / "map.html", folder / "impact.html")


def main_publisher(db: Database) -> str:
    """The organisation whose documents have most passages with a proposal."""
    (name,) = db.execute(BUSIEST).fetchone()
    return str(name)


def _queues(folder: Path) -> Iterator[Path]:
    yield folder / "queue.csv"
    yield from (folder / f"queue-{number}.csv" for number in count(2))
