"""Maps what organisations do to the goals they serve, with the evidence.

A verb for each stage: `read` a file, `find_names` in it, `propose_goals` for its passages, `open` a store, into which
folders are read, and from which reports are written.
"""

from goalmap.api.documents import Document
from goalmap.api.names import Names
from goalmap.api.proposals import Proposals, ProposedGoal
from goalmap.api.stages import example_folder, find_names, frameworks, goals, propose_goals, read
from goalmap.api.store import Store, open
from goalmap.api.tables import Table
from goalmap.ingest.document import Passage
from goalmap.ingest.errors import GoalmapError

__all__ = [
    "Document",
    "GoalmapError",
    "Names",
    "Passage",
    "Proposals",
    "ProposedGoal",
    "Store",
    "Table",
    "__version__",
    "example_folder",
    "find_names",
    "frameworks",
    "goals",
    "open",
    "propose_goals",
    "read",
]

__version__: str


def __getattr__(name: str) -> str:
    """The version, looked up only where it is asked for."""
    if name != "__version__":
        raise AttributeError(f"module 'goalmap' has no attribute {name!r}")
    from importlib.metadata import version

    return version("goalmap")
