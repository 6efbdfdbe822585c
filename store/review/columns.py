"""The columns of a review queue, in CSV and XLSX alike: their order, which are read back, how a workbook shows them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column; its width is in characters, of a workbook alone."""

    name: str
    width: int
    told: str
    """What it holds, or what may be written in it."""
    is_answer: bool = False
    is_hidden: bool = False
    is_wrapped: bool = False


QUEUE = (
    Column("proposal_id", 16, "Names the proposal. Leave it as it is."),
    Column("verdict", 10, "accept, reject, change, add or undo; blank means later.", is_answer=True),
    Column("goal", 30, "The goal; another one with change or add.", is_answer=True, is_wrapped=True),
    Column("goal_name", 26, "What the goal is called.", is_wrapped=True),
    Column("second_goal", 26, "The goal that came second.", is_wrapped=True),
    Column("stage", 11, "delivered, ongoing, planned or aspiration.", is_answer=True),
    Column("confidence", 11, "How sure the machine is, from 0 to 1."),
    Column("passage", 90, "What the document says.", is_wrapped=True),
    Column("heading", 26, "The heading above the passage.", is_wrapped=True),
    Column("document", 30, "The title of the document, or its file.", is_wrapped=True),
    Column("page", 7, "The page it stands on."),
    Column("publisher", 22, "Who published it.", is_wrapped=True),
    Column("published", 12, "When."),
    Column("initiatives", 22, "Initiatives named in the passage.", is_wrapped=True),
    Column("people", 22, "People named in it.", is_wrapped=True),
    Column("organisations", 22, "Organisations named in it.", is_wrapped=True),
    Column("figures", 22, "Figures in it.", is_wrapped=True),
    Column("why", 40, "Why the goal is proposed.", is_wrapped=True),
    Column("best_practice", 13, "yes, or blank.", is_answer=True),
    Column("note", 40, "Anything you want to keep with the answer.", is_answer=True, is_wrapped=True),
    Column("reviewer", 16, "Your name; blank means whoever imports the file.", is_answer=True),
    Column("base", 16, "Names the export. Leave it as it is.", is_hidden=True),
)  # fmt: skip
COLUMNS = tuple(column.name for column in QUEUE)
ANSWERS = tuple(column.name for column in QUEUE if column.is_answer)
"""The columns that are read back."""
NEEDED = ("proposal_id", "verdict", "base")
KEY = "proposal_id"
"""The column by which the header is known."""
