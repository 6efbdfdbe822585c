"""What a worker on a cluster does: it has the files of a chunk read by a process of its own, and writes their part."""

import socket
from dataclasses import dataclass
from multiprocessing import current_process
from pathlib import Path
from threading import local
from uuid import uuid4

from goalmap.classify.engines.parts import Chunk, write_part
from goalmap.classify.engines.processes import Pool
from goalmap.classify.pipeline import Settings
from goalmap.extract import memory
from goalmap.extract.memory import Memory
from goalmap.ingest.errors import ClusterProblem

MOST_BEGINNINGS = 2
"""How often a chunk is begun that ends its worker; a chance more for a single file, which is given up then."""


class NotSeen(ClusterProblem):
    """A worker cannot see files that whoever gave it the chunk may see."""


class EndsWorkers(ClusterProblem):
    """Every worker that began the chunk is gone."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of parts, and the file of this run there, by which a worker can tell that it sees the same folder."""

    folder: Path
    mark: str

    def begin(self, chunk: Chunk) -> Path:
        """Note that a worker begins the chunk; the note stays where the worker does not live to see the end of it.

        Raises EndsWorkers where it is known how that ends: Dask also suspects chunks that only waited at a dead worker.
        """
        note = f"{self.mark}.{chunk.id}."
        if len(list(self.folder.glob(f"{note}*"))) >= MOST_BEGINNINGS + (len(chunk.sources) == 1):
            raise EndsWorkers("Every worker that began these files was ended.")
        begun = self.folder / f"{note}{uuid4().hex}"
        begun.touch()
        return begun

    def clear(self) -> None:
        """Remove the file of this run, its notes, and what workers that died left of parts."""
        for path in self.folder.glob(f"{self.mark}*"):
            path.unlink(missing_ok=True)


def make_part(chunk: Chunk, place: Place, remembered: Memory) -> str:
    """Write the part of a chunk, if it is not there yet; gives the name of this host.

    Raises NotSeen or EndsWorkers, ClusterProblem where this host cannot do it, GoalmapError where goalmap is broken here.
    """
    host = socket.gethostname()
    _check(chunk, place, host)
    try:
        if not (place.folder / chunk.name).exists():
            begun = place.begin(chunk)
            write_part(place.folder, chunk, _pool(chunk.settings, remembered).run(chunk.paths), place.mark)
            begun.unlink(missing_ok=True)
    except OSError as error:
        raise ClusterProblem(f"The worker on {host} cannot write to {place.folder}: {error}.") from None
    return host


def _check(chunk: Chunk, place: Place, host: str) -> None:
    """Raises ClusterProblem or NotSeen."""
    if chunk.settings.fingerprint != chunk.fingerprint:
        raise ClusterProblem(f"The worker on {host} has another goalmap than this machine. Install the same on both.")
    if not (place.folder / place.mark).exists():
        raise ClusterProblem(
            f"The worker on {host} cannot see the folder {place.folder}. Mount it there under the same path, "
            "or give a folder that all hosts share with --parts."
        )
    if not any(path.exists() for path in chunk.paths):
        raise NotSeen(
            f"The worker on {host} cannot see {chunk.paths[0]}. Workers read the documents themselves: mount their "
            "folder on each host under the same path."
        )


class _Own(local):
    """What each thread of a worker keeps from one chunk to the next: a process with its models loaded."""

    pool: Pool | None = None
    made_for: tuple[Settings, Memory] | None = None


_own = _Own()


def _pool(settings: Settings, remembered: Memory) -> Pool:
    if _own.pool is None or _own.made_for != (settings, remembered):
        if _own.pool:
            _own.pool.close()
        current_process().daemon = False  # Dask's workers are daemons, which may have no children
        memory.use(remembered)
        _own.pool, _own.made_for = Pool(settings, workers=1), (settings, remembered)
    return _own.pool
