"""The page of errors: every one that goalmap raises on purpose, what it is and what to do."""

import importlib
import pkgutil
from collections.abc import Iterator

from docs.making.markdown import code, table, text
from docs.making.tree import ROOMS
from goalmap.ingest.errors import GoalmapError, ReadProblem

HEAVY = ("goalmap.classify.tuning",)
"""Needs libraries that are there for tuning alone."""
OPENING = """
What a user can mend is a `GoalmapError`: the message says what happened and what to do, and the command ends with its exit code ([all exit
codes](commands.md#exit-codes)). In Python they are caught by class. Anything else is a fault of goalmap's: report it, with the message.
"""
OF_FILES = """
A file that cannot be read never stops a run. It is listed with one of these statuses, and with the reason under `problem`.
"""
WHAT_TO_DO = {
    "GoalmapError": "Read the message; it names the next step.",
    "UnknownName": "Take one of the names that the message lists.",
    "NotFound": "Look at the path; names are as the terminal shows them.",
    "ReadProblem": "See `problem` in the table `documents`.",
    "NeedsPassword": "Save a copy without the password and read that.",
    "NoText": "Install tesseract for scans, then run the same command again.",
    "Unsupported": "Save it in a form that is read, as a rule PDF or DOCX.",
    "Refused": "If you trust the file, raise the limit that the message names.",
    "NotOurDatabase": "Name another file with `--db`; where a newer goalmap made it, update goalmap.",
    "NotInstalled": "Run the command that the message gives.",
    "ModelProblem": "Install goalmap anew; `goalmap doctor` says what is not as it was shipped.",
    "FrameworkProblem": "Go to the line that is named; `goalmap frameworks check FILE.toml` lists all faults.",
    "QueueProblem": "Mend the rows that are listed, or take the good ones with `--partial`.",
    "EntityProblem": "Look the name up with `goalmap entities list`.",
    "ActivityProblem": "Look the id up with `goalmap activities list`.",
    "GazetteerProblem": "Mend the lines that are listed.",
    "DecisionsProblem": "Export the file anew; it is not meant to be edited.",
    "LakeProblem": "Name an empty folder.",
    "ClusterProblem": "See that the scheduler runs and that all hosts have the same goalmap.",
    "Damaged": "Fetch or save the file anew.",
    "NotSeen": "Let all machines see the files under the same path.",
    "EndsWorkers": "Nothing as a rule: the files are read again one by one. If it comes back, give each worker more memory.",
    "NoScheduler": "Start it with `goalmap cluster up`, or mend the address.",
    "EditProblem": "Write the field in one of the forms that the message gives.",
    "TooFewDecisions": "Decide on more proposals, then learn again.",
    "Fault": "Mend the cell that is named.",
    "NotAdded": "Do what the page says beside the file.",
    "NotServed": "Put the original back where it was read from, or read the folder again.",
    "RecommendationsProblem": "Mend the rows that are listed.",
    "OtherFramework": "Name the framework of the earlier report with `--framework`.",
    "TemplateProblem": "Go to the line that is named; `goalmap report templates check FILE.toml` lists all faults.",
    "NotVerbatim": "Read the file again with `goalmap ingest`; the report is not written while a quotation does not fit its passage.",
}
"""The page cannot be made while an error is not in it."""


def page() -> Iterator[str]:
    """The lines of the page."""
    load_all()
    yield from ("# Errors", OPENING)
    rows = [(*_told(one), code(str(one.exit_code)), WHAT_TO_DO[one.__name__]) for one in below(GoalmapError)]
    yield from table(("error", "what it is", "exit code", "what to do"), rows)
    yield from ("## Of one file", OF_FILES)
    of_files = [(code(getattr(one, "status", "")), *_told(one), WHAT_TO_DO[one.__name__]) for one in below(ReadProblem)]
    yield from table(("status", "error", "what it is", "what to do"), of_files)


def below(kind: type[GoalmapError]) -> Iterator[type[GoalmapError]]:
    """A kind of error and all below it; those of single files are apart."""
    yield kind
    for one in sorted(kind.__subclasses__(), key=lambda one: one.__name__):
        if one is not ReadProblem and one.__module__.startswith("goalmap."):
            yield from below(one)


def load_all() -> None:
    """Import every module, so that every error there is is known."""
    for room in ROOMS:
        package = importlib.import_module(f"goalmap.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"goalmap.{room}."):
            if not module.name.startswith(HEAVY):
                importlib.import_module(module.name)


def _told(kind: type[GoalmapError]) -> tuple[str, str]:
    words = (kind.__doc__ or "").split("\n\n")[0]
    return code(kind.__name__), text(" ".join(words.split()))
