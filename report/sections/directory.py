"""A directory in words: people with their posts, what to check, organisations with their members, and the picture of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from goalmap.pictures.model import Node
from goalmap.pictures.model import Tie as Drawn
from goalmap.pictures.network import network
from goalmap.report.draft.model import Block, Cell, Fact, Paragraph, Picture, Plain, Run, Table, Text, plain
from goalmap.report.people.directory import Directory
from goalmap.report.people.posts import Clash, Tie, head_post
from goalmap.report.sections.telling import counted, separated
from goalmap.store.contents.people import Person

MOST_DRAWN = 40
"""So many people and bodies stand in the picture."""
LED = frozenset({"chairs", "founder of"})
NOUNS = {
    "chairs": "chair",
    "founder of": "founder",
    "member of": "member",
    "part of": "part of it",
    "partner of": "partner",
    "signatory of": "signatory",
    "trustee of": "trustee",
}
"""What a tie makes of the one who has it."""
HOW = (
    "A post is a fact of its day: “as of” is the date of the document that tells it. Nothing is said of what holds today."
    " Posts and memberships were read by goalmap; the passage behind each is at the end."
)
TO_CHECK = (
    "Documents tell these posts in a way that hardly fits together. All sides stand here with their dates; goalmap does not"
    " decide between them. Two people of one name, co-chairs and posts in part of a body are common reasons."
)


def summary(found: Directory) -> str:
    people_with = sum(person.id in found.posts for person in found.people)
    bodies = len({tie.target_id for tie in found.ties if tie.target_id})
    check = counted(len(found.clashes), "place") if found.clashes else "nothing"
    return (
        f"{counted(len(found.people), 'person', 'people').capitalize()}, {people_with:,} of them with a post or membership;"
        f" {counted(bodies, 'organisation')} with people or members; {check} where documents seem to contradict each other."
    )


# People


def people_table(found: Directory) -> Iterator[Block]:
    """Everybody with a post or membership as a table, and the names of the others."""
    told = [person for person in found.people if person.id in found.posts]
    others = [person for person in found.people if person.id not in found.posts]
    if told:
        rows = tuple(tuple(_person(person, found.posts[person.id])) for person in told)
        yield Table(CAPTION, PEOPLE_COLUMNS, rows, (0.2, 0.46, 0.16, 0.08, 0.1))
    if others:
        names = separated([called(person, person.name) for person in others])
        yield Paragraph((Plain("Named without a post or membership:"), *names))
    if not found.people:
        yield Paragraph(plain("Nobody is named in the documents."))


PEOPLE_COLUMNS = ("Name", "Posts and memberships, with dates", "Also called", "Quoted", "Documents")
CAPTION = "People by name. “Quoted” counts quotations; “Documents” those that name the person, copies counted once."


def _person(person: Person, posts: Sequence[Tie]) -> Iterator[Cell]:
    yield Cell((called(person, person.name),), heading=True)
    yield Cell(_told(posts))
    yield Cell(separated([called(person, alias) for alias in person.aliases]))
    yield Cell(plain(f"{person.quotations:,}"), number=True)
    yield Cell(plain(f"{person.documents:,}"), number=True)


def called(person: Person, name: str) -> Run:
    """A name with a passage that uses it; without one where it comes from a list of names."""
    passage = person.named.get(name) or (next(iter(person.named.values()), None) if name == person.name else None)
    return Fact(name, (passage,)) if passage else Plain(name)


def _told(ties: Iterable[Tie]) -> Text:
    return separated([Fact(tie.told if tie.is_post else _membership(tie), tie.cites) for tie in ties])


def _membership(tie: Tie) -> str:
    return f"{tie.title} {tie.target or 'a body that is not named'} ({tie.when})"


def clash_table(found: Iterable[Clash]) -> Table:
    rows = tuple(
        (
            Cell(plain(clash.about), heading=True),
            Cell((Fact(f"{_said(post, clash)} ({post.when})", post.cites),)),
            Cell(plain(clash.why)),
        )
        for clash in found
        for post in clash.posts
    )
    caption = "Posts that documents tell differently, side by side."
    return Table(caption, ("About", "What is told", "Why it stands here"), rows, (0.22, 0.48, 0.3))


def _said(post: Tie, clash: Clash) -> str:
    who, what = (f"{post.source}: ", post.title) if post.source != clash.about else ("", post.phrase)
    return f"{who}{'formerly ' if post.former else ''}{what}"


# Organisations


def bodies_table(found: Directory) -> Table | None:
    """Bodies with who leads them, who belongs to them, and where they belong."""
    names = {tie.target_id: tie.target or "" for tie in found.ties if tie.target_id}
    names |= {tie.source_id: tie.source for tie in found.ties if tie.source_kind == "organisation"}
    rows = [(name, _body(id, found)) for id, name in names.items()]
    told = sorted(
        ((name, cells) for name, cells in rows if any(cells)), key=lambda row: (row[0].casefold(), str(row[1]))
    )
    if not told:
        return None
    columns = ("Organisation", "Led by", "Members and partners", "Belongs to")
    caption = "Organisations with who leads them, who belongs to them and where they belong, as documents tell it."
    made = tuple((Cell(plain(name), heading=True), *(Cell(text) for text in cells)) for name, cells in told)
    return Table(caption, columns, made, (0.25, 0.27, 0.26, 0.22))


def _body(id: str, found: Directory) -> tuple[Text, Text, Text]:
    led = [tie for tie in found.inward.get(id, ()) if (head_post(tie.title) if tie.is_post else tie.title in LED)]
    posts = {tie.source_id for tie in led if tie.is_post}
    members = [tie for tie in found.inward.get(id, ()) if not tie.is_post and tie.title not in LED]
    belongs = [tie for tie in found.outward.get(id, ()) if not tie.is_post]
    return (
        separated([_leads(tie) for tie in led if tie.is_post or tie.source_id not in posts]),
        separated(
            [Fact(f"{tie.source}, {NOUNS.get(tie.title, tie.title)} ({tie.when})", tie.cites) for tie in members]
        ),
        separated([Fact(_membership(tie), tie.cites) for tie in belongs]),
    )


def _leads(tie: Tie) -> Run:
    former = "formerly " if tie.former else ""
    return Fact(f"{tie.source}, {former}{NOUNS.get(tie.title, tie.title)} ({tie.when})", tie.cites)


# Picture


def picture(found: Directory) -> Picture:
    """The most connected people and bodies with what ties them; what is left out is counted."""
    kinds = _kinds(found.drawn)
    shown = _most_connected(found.drawn)
    ties = [tie for tie in found.drawn if {tie.source_id, tie.target_id} <= shown.keys()]
    nodes = [Node(id, name, kinds[id]) for id, name in shown.items()]
    title, description = "Who is tied to whom", _description(len(kinds), len(shown), len(ties))
    drawn = [Drawn(tie.source_id, tie.target_id or "", tie.title, tie.former) for tie in ties]
    return Picture(title, description, network(title, description, nodes, drawn), ties_table(found.drawn))


def _description(known: int, shown: int, ties: int) -> str:
    told = f"{counted(ties, 'tie').capitalize()} between {shown:,} people and organisations: memberships, and posts at the head of a body."
    left = known - shown
    if not left:
        return told
    return f"{told} The {shown:,} with most ties are drawn; {left:,} others stand in the table only."


def _kinds(ties: Iterable[Tie]) -> Mapping[str, str]:
    found = {tie.target_id: "organisation" for tie in ties if tie.target_id}
    return {**found, **{tie.source_id: tie.source_kind for tie in ties}}


def _most_connected(ties: Iterable[Tie]) -> dict[str, str]:
    """Names by id of those with most ties, all of them where there is room."""
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for tie in ties:
        for id, name in ((tie.source_id, tie.source), (tie.target_id or "", tie.target or "")):
            names[id] = name
            counts[id] += 1
    kept = sorted(names, key=lambda id: (-counts[id], names[id].casefold(), id))[:MOST_DRAWN]
    return {id: names[id] for id in kept}


def ties_table(ties: Iterable[Tie]) -> Table:
    """Every tie with its dates and passages."""
    rows = tuple(
        (
            Cell(plain(tie.source), heading=True),
            Cell((Fact(f"{'formerly ' if tie.former else ''}{tie.title} ({tie.when})", tie.cites),)),
            Cell(plain(tie.target or "")),
        )
        for tie in ties
    )
    return Table("Each tie with its dates.", ("Who", "Tie", "To"), rows, (0.3, 0.4, 0.3))


# As one table


COLUMNS = (
    "Name", "Also called", "Post or membership", "Organisation", "Status", "As of", "Since", "Until", "Quotations",
)  # fmt: skip


def sheet(found: Directory) -> Table:
    """A row for each post or membership of each person, for spreadsheets; one for who has none."""
    rows = tuple(row for person in found.people for row in _sheet(person, found.posts.get(person.id, ())))
    return Table("People with their posts", COLUMNS, rows)


def _sheet(person: Person, posts: Sequence[Tie]) -> Iterator[tuple[Cell, ...]]:
    own = Cell(plain(person.name), heading=True), Cell(plain("; ".join(person.aliases)))
    quoted = Cell(plain(f"{person.quotations:,}"), number=True)
    for tie in posts:
        dates = (tie.dates[-1] if tie.dates else "", tie.since or "", tie.until or "")
        status = "former" if tie.former else "held at that date"
        told = (
            Cell((Fact(tie.title, tie.cites),)),
            *(Cell(plain(text)) for text in (tie.target or "", status, *dates)),
        )
        yield (*own, *told, quoted)
    if not posts:
        yield (*own, *(Cell() for _ in range(6)), quoted)
