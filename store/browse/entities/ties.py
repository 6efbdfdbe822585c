"""Posts and memberships over time, each once with the dates of the documents that tell it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goalmap.store.browse.page_rows import Row
from goalmap.store.days import day, period


@dataclass(frozen=True, slots=True)
class Tie:
    """A post, or a membership, as far as several documents tell the same of it."""

    what: str
    other_id: str | None
    other: str | None
    former: bool
    first: str | None
    """The date of the earliest document that tells it."""
    last: str | None
    since: str | None
    """From when, as the text says."""
    until: str | None
    documents: int
    passage_id: str
    """Where the latest document tells it."""

    @property
    def told(self) -> str:
        """When documents tell it.

        >>> Tie("chair", None, None, False, "2019-03", "2023", None, None, 2, "p1").told
        'March 2019 to 2023'
        """
        return period(self.first, self.last)

    @property
    def period(self) -> str:
        """When it holds, as the text says."""
        ends = (f"since {day(self.since)}" if self.since else "", f"until {day(self.until)}" if self.until else "")
        return " ".join(end for end in ends if end)


def ties(found: Iterable[Row]) -> list[Tie]:
    """What these rows tell, the latest first; the rows are in that order."""
    same: dict[tuple[object, ...], list[Row]] = {}
    for row in found:
        same.setdefault((row["what"].casefold(), row["other_id"], row["former"]), []).append(row)
    return [_tie(group) for group in same.values()]


def _tie(told: Sequence[Row]) -> Tie:
    latest = told[0]
    dates = sorted(row["as_of"] for row in told if row["as_of"])
    return Tie(
        what=latest["what"],
        other_id=latest["other_id"],
        other=latest["other"],
        former=bool(latest["former"]),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        since=_first_told(told, "since"),
        until=_first_told(told, "until"),
        documents=len({row["story"] for row in told}),
        passage_id=latest["passage_id"],
    )


def _first_told(told: Iterable[Row], column: str) -> str | None:
    return next((row[column] for row in told if row[column]), None)
