"""The goal frameworks there are and those of one's own: the frameworks group."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from goalmap.commands.shared import FAILED, json_option, show, tell
from goalmap.report.wordings import framework_wording


@click.group()
def frameworks() -> None:
    """The goal frameworks that passages can be classified against."""


@frameworks.command("list")
@json_option
def list_(as_json: bool) -> None:
    """The frameworks there are."""
    from goalmap.classify.goals.frameworks import load, names

    found = [load(name) for name in names()]
    show(
        as_json,
        lambda: {"frameworks": [framework_wording.framework_facts(framework) for framework in found]},
        lambda: framework_wording.framework_lines(found),
    )


@frameworks.command("show")
@click.argument("name", metavar="NAME|FILE.toml")
@click.option("--goal", metavar="CODE", help="One goal with all that it is known by.")
@json_option
def show_framework(name: str, goal: str | None, as_json: bool) -> None:
    """The goals of a framework, and what its thresholds cost.

    Scope, test question, what counts, what separates goals, house rules, and what corresponds to them in other
    frameworks.
    """
    from goalmap.classify.goals.frameworks import find
    from goalmap.classify.model.thresholds import thresholds

    framework = find(name).framework
    if goal:
        one = framework.goal(goal)
        show(as_json, lambda: {"goal": asdict(one)}, lambda: framework_wording.goal_lines(framework, goal))
        return
    costs = thresholds(framework)
    show(
        as_json,
        lambda: {**asdict(framework), "thresholds": costs.facts},
        lambda: framework_wording.show_lines(framework, costs),
    )


@frameworks.command("new")
@click.argument("name", metavar="NAME")
@click.option("--from", "base", metavar="NAME", help="Take over the goals of this framework and add house rules.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.toml",
    help="Where to write it. Default: NAME.toml",
)
def new_framework(name: str, base: str | None, output: Path | None) -> None:
    """Begin a framework of your own: a file to fill in."""
    from goalmap.classify.goals.template import template

    file = output or Path(f"{name}.toml")
    text = template(name, base, str(file))
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise click.UsageError(f"{file} is there already. Choose another file with -o.") from error
    tell(f"{file} written. Fill it in, then: goalmap frameworks check {file}")


@frameworks.command()
@click.argument("name", metavar="NAME|FILE.toml")
@click.option("--quick", is_flag=True, help="Do not try out how well its goals can be told apart.")
@json_option
def check(name: str, quick: bool, as_json: bool) -> None:
    """Whether a framework can be used, and how it could be better.

    A framework of your own is then tried out: taught with four fifths of its passages and asked about the rest, so that
    you see which goals are missed or taken for each other.
    """
    from goalmap.classify.goals.advice import checked

    found = checked(name)
    if found.faults and as_json:
        show(True, lambda: {"ok": False, **asdict(found)}, list)
        sys.exit(FAILED)
    framework, tried = found.usable, None
    if not quick and found.needs_trial:
        from goalmap.classify.trial import trial

        tell("Trying it out, which takes from some seconds to some minutes.")
        tried = trial(framework)
    show(
        as_json,
        lambda: {**framework_wording.check_facts(found), "trial": tried and asdict(tried)},
        lambda: framework_wording.check_lines(found, tried),
    )


@frameworks.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@json_option
def diff(old: str, new: str, as_json: bool) -> None:
    """What became of goals from OLD to NEW, and of the decisions on them.

    Each is a framework's name or the path of a TOML file.
    """
    from goalmap.classify.goals.frameworks import find
    from goalmap.classify.goals.versions import changes

    found = changes(find(old).framework, find(new).framework)
    show(as_json, lambda: asdict(found), lambda: framework_wording.changes_lines(found))
