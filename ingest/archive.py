"""Archives (ZIP): no text of their own; each file in them is a document."""

import re
from functools import partial

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
    return Reading(problem=problem, parts=(Part(name, partial(package.read, name)) for name in names))


def _opened(data: bytes, watch: Watch) -> tuple[Package, str | None]:
    try:
        package = Package(data, watch)
    except Damaged:
        return Package.salvaged(data, watch), CUT_OFF
    refuse_bomb(package, watch)
    return package, None
