"""The organisations of a compendium: what they do towards which goal, and a short profile of each."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from goalmap.classify.activities.model import DONE, Activity
from goalmap.classify.activities.owners import body_key
from goalmap.pictures.grid import grid
from goalmap.pictures.model import GridRow
from goalmap.report.bodies import NO_BODY, body_of, fullest
from goalmap.report.draft.model import Card, Cell, Fact, Picture, Section, Table, Text, plain
from goalmap.report.practice.picks import Pick
from goalmap.report.practice.profiles import Post, Profile, Tie
from goalmap.report.scope import Goal
from goalmap.report.sections.telling import capital, counted, listed, separated, stages_told
from goalmap.store.days import day

MOST_ROWS = 40
MOST_TOLD = 3
"""So many posts, ties or goals are told of one body."""


def by_body(activities: Sequence[Activity]) -> dict[str, list[Activity]]:
    """The activities of each body, by the key of its name."""
    found: dict[str, list[Activity]] = defaultdict(list)
    for one in activities:
        found[body_key(body_of(one))].append(one)
    return found


def coverage(title: str, activities: Sequence[Activity], goals: Mapping[str, Goal]) -> Picture | None:
    """A picture of organisations by goals; None where there is nothing under way or delivered."""
    done = [one for one in activities if one.stage in DONE]
    rows = sorted(_rows(done, goals), key=lambda row: (-sum(filter(None, row.values)), row.label))[:MOST_ROWS]
    if not rows:
        return None
    shown = sorted(rows, key=lambda row: row.label.casefold())
    columns = tuple(goal.code for goal in goals.values())
    description = (
        "How many activities under way or delivered each organisation has under each goal. An activity that serves"
        " several goals is counted under each."
    )
    return Picture(
        title,
        description,
        grid(title, description, columns, shown),
        _numbers("Activities under way or delivered, by organisation and goal.", columns, shown),
    )


def _rows(activities: Sequence[Activity], goals: Mapping[str, Goal]) -> Iterator[GridRow]:
    names = fullest(map(body_of, activities))
    for key, own in by_body(activities).items():
        counts = Counter(goal for one in own for goal in one.goals)
        yield GridRow(names[key], tuple(counts[goal] or None for goal in goals))


def _numbers(caption: str, columns: tuple[str, ...], rows: Sequence[GridRow]) -> Table:
    return Table(
        caption,
        ("Organisation", *(f"Goal {column}" for column in columns)),
        tuple(
            (
                Cell(plain(row.label), heading=True),
                *(Cell(plain(f"{value:,}") if value else (), number=True) for value in row.values),
            )
            for row in rows
        ),
    )


def profiles(
    picks: Sequence[Pick], activities: Sequence[Activity], told: Mapping[str, Profile], goals: Mapping[str, Goal]
) -> Section:
    """A short profile of each organisation that has an entry."""
    entries = Counter(pick.key for pick in picks)
    own = by_body(activities)
    names = {pick.key: pick.body for pick in sorted(picks, key=lambda pick: pick.body) if pick.body != NO_BODY}
    cards = (
        Card(
            id=f"organisation-{number}",
            title=name,
            facts=tuple((label, runs) for label, runs in _profile(own[key], told.get(key, Profile()), goals) if runs),
            text=plain(f"{capital(counted(entries[key], 'entry', 'entries'))} in this compendium."),
        )
        for number, (key, name) in enumerate(sorted(names.items(), key=lambda pair: pair[1].casefold()), start=1)
    )
    return Section("organisations", "The organisations", tuple(cards))


def _profile(own: Sequence[Activity], told: Profile, goals: Mapping[str, Goal]) -> Iterator[tuple[str, Text]]:
    yield "Led by", separated([_post(post) for post in told.posts[:MOST_TOLD]])
    yield "Ties", separated([_tie(tie) for tie in told.ties[:MOST_TOLD]])
    yield "Activities", plain(f"{counted(len(own), 'activity', 'activities')}: {stages_told(own)}")
    yield "Most under", _most_under(own, goals)


def _post(post: Post) -> Fact:
    return Fact(f"{post.person}, {post.title}{_as_of(post.as_of)}", (post.passage_id,))


def _tie(tie: Tie) -> Fact:
    return Fact(f"{tie.kind} {tie.organisation}{_as_of(tie.as_of)}", (tie.passage_id,))


def _as_of(when: str | None) -> str:
    return f" (as of {day(when)})" if when else ""


def _most_under(own: Sequence[Activity], goals: Mapping[str, Goal]) -> Text:
    counts = Counter(goal for one in own for goal in one.goals if goal in goals)
    most = sorted(counts, key=lambda goal: (-counts[goal], list(goals).index(goal)))[:MOST_TOLD]
    return plain(listed([f"{goals[goal].label} ({counts[goal]:,})" for goal in most]))
