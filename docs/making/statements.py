"""The tables in pages that are otherwise written by hand: what was counted from the data, told by the cards, or read off the licences."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from docs.making.markdown import code, table, text
from releasing.licences import Pin, installed, is_permissive, licence_of, of_extras, reviewed
from releasing.sbom import cards

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "explanation"
PASSAGES = ROOT / "models" / "passages"
DATA = ROOT / "tests" / "data"
SETS = ("gold", "second", "third", "fourth")
LINES = ("frameworks/levelling-up-missions", "frameworks/nhs-anchor", "plain/passages", "real/passages", "sdg/snippets")
NAMED = ("made_from", "starts_from", "kind", "what")
BLOCK = re.compile(r"(<!-- made: (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.S)
Rows = Iterator[str]


# The data statement


def training() -> Rows:
    """The passages that goals are learnt from."""
    columns = ("framework", "file", "passages", "that serve no goal", "words, on average", "sectors")
    yield from table(columns, (_voice(path) for path in sorted(PASSAGES.glob("*/*.jsonl"))))


def _voice(path: Path) -> list[str]:
    rows = _rows(path)
    words = sum(len(row["text"].split()) for row in rows) / len(rows)
    sectors = Counter(row["sector"] for row in rows if row.get("sector")).most_common(3)
    without = sum(not row["goals"] for row in rows)
    told = ", ".join(f"{name} {count}" for name, count in sectors) or "not noted"
    return [path.parent.name, path.stem, f"{len(rows):,}", f"{without:,}", f"{words:.0f}", told]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def stages() -> Rows:
    """What the passages of the Purpose Goals are labelled with."""
    rows = [row for path in sorted(PASSAGES.glob("purpose-goals/*.jsonl")) for row in _rows(path)]
    goals = Counter(goal for row in rows for goal in row["goals"])
    yield from table(("goal", "passages"), ([code, f"{goals[code]:,}"] for code in sorted(goals, key=int)))
    said = Counter(row["stage"] for row in rows if row["stage"])
    yield from table(("stage", "passages"), ([name, f"{count:,}"] for name, count in said.most_common()))


def names() -> Rows:
    """The passages that names are learnt from."""
    files = sorted((ROOT / "models").glob("names-*.txt"))
    counted = ((path, [line for line in path.read_text("utf-8").splitlines() if line.strip()]) for path in files)
    marks = re.compile(r"\]\((\w)\)")
    rows = ((path, lines, Counter(mark for line in lines for mark in marks.findall(line))) for path, lines in counted)
    columns = ("file", "passages", "people", "organisations", "initiatives", "posts")
    yield from table(
        columns,
        (
            [path.stem.removeprefix("names-"), f"{len(lines):,}", *(f"{found[one]:,}" for one in "POIT")]
            for path, lines, found in rows
        ),
    )


def gold() -> Rows:
    """What is measured on."""
    yield from table(("set", "what it holds"), [*_documents(), *_lines()])


def _documents() -> Iterator[list[str]]:
    for name in SETS:
        told = [json.loads(path.read_text("utf-8")) for path in sorted((DATA / name / "annotations").glob("*.json"))]
        passages = sum(len(one["passages"]) for one in told)
        yield [code(f"tests/data/{name}"), f"{len(told)} documents, {passages:,} passages"]


def _lines() -> Iterator[list[str]]:
    for name in LINES:
        yield [code(f"tests/data/{name}.jsonl"), f"{len(_rows(DATA / f'{name}.jsonl')):,} texts"]


# The model cards


def models() -> Rows:
    """Each card, in words."""
    for path, card in cards():
        file = ROOT / "models" / card["file"]
        yield from (f"## {card['name']}", "")
        told = {
            "file": f"`models/{card['file']}`, {file.stat().st_size / 1e6:.1f} MB; card `models/{path.name}`",
            "what it is": next(card[name] for name in NAMED if name in card),
            "for": card["use"],
            "not for": card["not_for"],
            "found unequally": card["unequal"],
            "limits": card["limits"],
            "licence": card["licence"],
            "made": f"{card['made']}; again with: {card['reproduce']}",
        }
        yield from table(("", ""), ([name, text(words)] for name, words in told.items()))
        yield from _measured(card)


def _measured(card: Mapping[str, Any]) -> Rows:
    if "measured_how" in card:
        yield from (f"{card['measured_how']}.", "")
        columns = ("", *(name.replace("_", " ") for name in card["measured"]["full"]))
        yield from table(columns, ([mode, *map(str, said.values())] for mode, said in card["measured"].items()))
    if "figures" in card:
        yield from (f"The tagger alone, without the rules: {card['measured']}.", "")
        rows = ([label, *map(str, said.values())] for label, said in card["figures"].items())
        yield from table(("label", "precision", "recall", "F1", "marks"), rows)


def origins() -> Rows:
    """How people fare by where their names come from."""
    card = next(card for _, card in cards() if "people_by_origin_of_name" in card)
    common, fresh = card["people_by_origin_of_name"].values()
    columns = ("names", "common: found in full", "by the tagger alone", "rare: found in full", "by the tagger alone ")
    yield from table(
        columns,
        (
            [
                origin,
                *(f"{share:.0%}" for one in (common[origin], fresh[origin]) for share in (one["whole"], one["tagger"])),
            ]
            for origin in common
        ),
    )


def by_goal() -> Rows:
    """The figures by goal and by set, as they stand on the page of accuracy."""
    lines = (FOLDER / "accuracy.md").read_text("utf-8").splitlines()
    for opening in ("| set | mode | F1", "| goal | documents"):
        start = next(place for place, line in enumerate(lines) if line.startswith(opening))
        stop = lines.index("", start)
        yield from (*lines[start:stop], "")


# The licences


def licences() -> Rows:
    """What an install brings, with the licence of each."""
    yield from table(("licence", "packages"), _by_licence(installed()))
    yield from ("With the extras `cluster` and `postgres` besides:", "")
    yield from table(("licence", "packages"), _by_licence(of_extras()))


def _by_licence(pins: list[Pin]) -> Iterator[list[str]]:
    grouped: dict[str, set[str]] = {}
    for pin in pins:
        grouped.setdefault(licence_of(pin.name) or "not known", set()).add(pin.name)
    for licence in sorted(grouped, key=lambda one: (is_permissive(one), -len(grouped[one]), one)):
        yield [licence, ", ".join(sorted(grouped[licence]))]


def accepted() -> Rows:
    """What asks for more than to be named, and why it is taken."""
    yield from table(("package", "why it is accepted"), ([*row] for row in sorted(reviewed()["accepted"].items())))
    yield from table(("package", "holds besides"), ([*row] for row in sorted(reviewed()["bundled"].items())))


MADE: Mapping[str, Callable[[], Rows]] = {
    "training": training,
    "stages": stages,
    "names": names,
    "gold": gold,
    "models": models,
    "origins": origins,
    "by-goal": by_goal,
    "licences": licences,
    "accepted": accepted,
}
"""What stands between the marks of that name."""
PAGES = ("data-statement.md", "model-cards.md", "licences.md")


def renewed(page: str) -> str:
    """A page with what stands between its marks made anew."""
    return BLOCK.sub(lambda block: block[1] + "\n".join(MADE[block["name"]]()) + "\n" + block[3], page)


def write() -> None:
    """Make the blocks of all pages anew."""
    for name in PAGES:
        page = FOLDER / name
        page.write_text(renewed(page.read_text("utf-8")), encoding="utf-8")
