"""Every error that goalmap raises on purpose: it says what happened and what to do, and carries its exit code.

GoalmapError                     1  anything below
├── UnknownName                  2  no framework, report, engine or goal of that name; lists those there are
├── NotFound                     2  a folder or file named by the user is not there
├── ReadProblem                  -  one file cannot be read; becomes its status, never stops a run
│   ├── NeedsPassword
│   ├── NoText
│   ├── Unsupported
│   └── Refused
├── NotOurDatabase               1  the SQLite file is not a goalmap database, or newer than this goalmap
├── NotInstalled                 1  what was asked for needs libraries that are not installed; says which extra has them
├── ModelProblem                 1  a model file is missing, altered, or made for other versions
├── FrameworkProblem             1  a framework file breaks a rule
├── QueueProblem                 3  a review queue cannot be read back; carries one line a problem
├── EntityProblem                2  no entity, name or decision as asked for, or one that makes no sense of those there are
├── ActivityProblem              2  no activity or decision as asked for, or one that makes no sense of those there are
├── GazetteerProblem             3  a list of names cannot be taken over; carries one line a problem
├── DecisionsProblem             3  a file of decisions cannot be taken over; carries one line a problem
├── LakeProblem                  2  a folder that Parquet files cannot go to, or a value that cannot go into them
└── ClusterProblem               1  a scheduler that does not answer, or a host that does not fit the others
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


class GoalmapError(Exception):
    """Something that the user can mend; the message says how."""

    exit_code = 1


class UnknownName(GoalmapError):
    """A name that is in no table, answered with those there are."""

    exit_code = 2

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        there = list(known)
        super().__init__(f"No {what} is called {name!r}.{_meant(name, there)} {_there_are(name, there)}.")


MOST_NAMED = 30
"""So many names, those most like the one that was asked for first, where there are more."""


def _meant(name: str, known: list[str]) -> str:
    """The one that was probably meant."""
    folded = {one.casefold(): one for one in known}
    close = get_close_matches(name.casefold(), folded, 1, 0.75)
    return f" Did you mean {folded[close[0]]!r}?" if close else ""


def _there_are(name: str, known: list[str]) -> str:
    if not known:
        return "There is none yet"
    if len(known) <= MOST_NAMED:
        return f"There are: {', '.join(known)}"
    shown = [*dict.fromkeys([*get_close_matches(name, known, MOST_NAMED, 0.5), *known])][:MOST_NAMED]
    return f"There are: {', '.join(shown)} and {len(known) - MOST_NAMED:,} more"


class NotFound(GoalmapError):
    """A folder or file that the user named is not there."""

    exit_code = 2


class ReadProblem(GoalmapError):
    """One file cannot be read; `status` is what its row in `documents` will say."""

    status = "failed"


class NeedsPassword(ReadProblem):
    """The file is encrypted."""

    status = "needs_password"


class NoText(ReadProblem):
    """The file opens but holds no text (a scan, an empty file)."""

    status = "no_text"


class Unsupported(ReadProblem):
    """No reader knows this kind of file."""

    status = "unsupported"


class Refused(ReadProblem):
    """The file goes over a limit (size, members, depth)."""

    status = "refused"


class NotOurDatabase(GoalmapError):
    """The file is not a goalmap database, or a newer goalmap made it."""


class NotInstalled(GoalmapError):
    """What was asked for needs libraries that goalmap does without unless they are asked for."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs libraries that are not installed. Add them: pip install 'goalmap[{extra}]'")


class ModelProblem(GoalmapError):
    """A model file is missing, altered or made for other versions."""


class FrameworkProblem(GoalmapError):
    """A framework file breaks a rule of its format."""


class QueueProblem(GoalmapError):
    """A review queue cannot be read back; `problems` has one line for each fault."""

    exit_code = 3

    def __init__(self, message: str, problems: Sequence[str] = ()) -> None:
        super().__init__("\n".join([message, *problems]))
        self.problems = tuple(problems)


class EntityProblem(GoalmapError):
    """An entity, name, document or batch that is not there, or a request that makes no sense of those that are."""

    exit_code = 2


class ActivityProblem(GoalmapError):
    """An activity, passage or batch that is not there, or a request that makes no sense of those that are."""

    exit_code = 2


class GazetteerProblem(GoalmapError):
    """A gazetteer that cannot be taken over; `problems` has one line for each fault."""

    exit_code = 3

    def __init__(self, message: str, problems: Sequence[str] = ()) -> None:
        super().__init__("\n".join([message, *problems]))
        self.problems = tuple(problems)


class DecisionsProblem(GoalmapError):
    """A file of decisions that cannot be taken over; `problems` has one line for each fault."""

    exit_code = 3

    def __init__(self, message: str, problems: Sequence[str] = ()) -> None:
        super().__init__("\n".join([message, *problems]))
        self.problems = tuple(problems)


class LakeProblem(GoalmapError):
    """A folder that cannot take Parquet files, or a value that Parquet cannot hold."""

    exit_code = 2


class ClusterProblem(GoalmapError):
    """A scheduler that does not answer, an address that cannot be used, or a host that does not fit the others."""
