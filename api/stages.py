"""A verb for each stage: read a file, find its names, propose goals for its passages; and the frameworks there are."""

from collections.abc import Iterable
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

from goalmap.api.documents import Document, of_separate_texts, of_text, shown
from goalmap.api.names import Names, named_in
from goalmap.api.proposals import Proposals, proposals_of
from goalmap.api.tables import Table, table_of
from goalmap.ingest.errors import GoalmapError, NotFound

if TYPE_CHECKING:
    from goalmap.classify.proposals import Classifier

Text = Document | str
"""What can be looked at: a document that was read, or a text."""


def example_folder() -> Path:
    """The folder of the example documents that goalmap brings.

    >>> (example_folder() / "shft-impact-report-2024.pdf").exists()
    True
    """
    from importlib import resources

    return Path(str(resources.files("goalmap"))) / "examples"


def read(path: str | PathLike[str]) -> Document:
    """The document in a file, cut into passages. Raises NotFound, or GoalmapError for a folder.

    A file that cannot be read is a document too: its `status` and `problem` say why.

    >>> document = read(example_folder() / "lockgate-trust-press-release-2023-03.txt")
    >>> document.status.value, document.published
    ('ok', '2023-03')
    """
    from goalmap.ingest.read import read_document

    place = Path(fspath(path))
    if place.is_dir():
        raise GoalmapError(f"{place} is a folder. Read it into a store: goalmap.open('work.db').ingest({str(place)!r})")
    if not place.exists():
        raise NotFound(f"There is no file {str(place)!r}. Check the spelling, or give the full path.")
    return shown(read_document(place))


def find_names(what: Text) -> Names:
    """The people, organisations and initiatives in a document or a text, with posts, quotations and figures.

    Raises ModelProblem.

    >>> names = find_names("Amara Nwosu, chief executive of Lockgate Trust, said: “We opened a nursery.”")
    >>> names.people[0].name, names.posts[0].title, names.said[0].speaker
    ('Amara Nwosu', 'chief executive', 'Amara Nwosu')
    """
    from goalmap.classify.pipeline import name_tagger
    from goalmap.extract.extract import extract_names

    document = _document(what)
    return named_in(document, extract_names(document, name_tagger()))


def propose_goals(
    what: Text | Iterable[str],
    framework: str = "purpose-goals",
    *,
    fast: bool = False,
    threshold: float | None = None,
    counts: str | None = None,
) -> Proposals:
    """The goals that passages may serve: of a document, of a text, or of several texts, each a passage of its own.

    The framework is one of `frameworks()`, or a TOML file of your own; `fast` does without the sentence encoder,
    `threshold` is the least probability of a proposal, `counts` is `activities` or `topics`.
    Raises UnknownName, NotFound, FrameworkProblem or ModelProblem.

    >>> found = propose_goals("We trained 453 apprentices from the poorest wards this year, and 390 now have jobs with us.")
    >>> found.codes
    ('3',)
    >>> propose_goals("The board met on Tuesday.").codes
    ()
    """
    document = _document(what) if isinstance(what, Document | str) else of_separate_texts(what)
    judge = _classifier(framework, fast, threshold, counts)
    return proposals_of(judge.framework, document.passages, judge.propose(document.passages))


def frameworks() -> Table:
    """The goal frameworks that goalmap brings.

    >>> frameworks().column("name")[2]
    'purpose-goals'
    """
    from goalmap.classify.goals.frameworks import load, names

    found = map(load, names())
    rows = ((one.id, len(one.children(None)), one.counts, f"{one.name}, {one.version}") for one in found)
    return table_of(("name", "goals", "counts", "title"), rows)


def goals(framework: str = "purpose-goals") -> Table:
    """The goals of a framework, by name or in a TOML file. Raises UnknownName, NotFound or FrameworkProblem.

    >>> goals("nhs-anchor").column("code")
    ('1', '2', '3', '4', '5')
    """
    from goalmap.classify.goals.frameworks import find

    found = find(framework).framework.goals
    return table_of(("code", "name", "scope"), ((goal.code, goal.name, goal.scope) for goal in found))


def _document(what: Text) -> Document:
    """A document as it is, a text as one passage. Raises GoalmapError for the name of a file."""
    if isinstance(what, Document):
        return what
    if _names_a_file(what):
        raise GoalmapError(f"{what} is a file, not a text. Read it first: goalmap.read({what!r})")
    return of_text(what)


def _names_a_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # too long for a path, or with characters that no path has
        return False


def _classifier(framework: str, fast: bool, threshold: float | None, counts: str | None) -> "Classifier":
    from goalmap.api.classifiers import classifier_for
    from goalmap.classify.manner import MODES, Manner

    return classifier_for(framework, Manner(counts, MODES[fast], threshold))
