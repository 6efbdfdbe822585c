"""Archives (ZIP): no text of their own; each file in them is a document."""

import re

from goalmap.ingest.document import Part, Reading
from goalmap.ingest.errors import NoText
from goalmap.ingest.packages import Damaged, Package, refuse_bomb
from goalmap.ingest.watch import Watch

LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\._|(?:\.DS_Store|Thumbs\.db|desktop\.ini)$)", re.I)
"""What systems leave in folders: settings of windows, small pictures."""
CUT_OFF = (
    "The archive is cut off or damaged; the files that were found in it are read, some may be missing. Get it again."
)


def read_archive(data: bytes, watch: Watch) -> Reading:
    """The files in a ZIP archive, each unpacked when it is asked for. Raises NoText or Refused."""
    package, problem = _opened(data, watch)
    names = [name for name in package.names if not LITTER.search(name.replace("\\", "/"))]
    if not names:
        raise NoText("The archive holds no files.")
    return Reading(problem=problem, parts=(Member(name, package) for name in names))


def _opened(data: bytes, watch: Watch) -> tuple[Package, str | None]:
    try:
        package = Package(data, watch)
    except Damaged:
        return Package.salvaged(data, watch), CUT_OFF
    refuse_bomb(package, watch)
    return package, None


class Member(Part):
    """A file in an archive that is unpacked when its bytes are asked for, so that what is wrong with it is told of it."""

    __slots__ = ("_package",)
    _package: Package

    def __init__(self, name: str, package: Package) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "_package", package)

    @property
    def data(self) -> bytes:
        """Raises ReadProblem."""
        return self._package.read(self.name)
