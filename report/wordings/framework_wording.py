"""What the commands say of goal frameworks in plain words: frameworks and what was found in, lines out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from goalmap.report.wording import count, filled

if TYPE_CHECKING:
    from goalmap.classify.goals.advice import Checked
    from goalmap.classify.goals.frameworks import Framework, Goal
    from goalmap.classify.goals.versions import Changes, Successor
    from goalmap.classify.model.thresholds import Thresholds
    from goalmap.classify.trial import GoalTrial, Mistaken, Trial

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Those whose cost is told, beside the usual one."""
NEAR = 0.005
UNKNOWN = "    -"


# List


def framework_facts(framework: "Framework") -> dict[str, Any]:
    """What a list says of a framework."""
    return {
        "id": framework.id,
        "name": framework.name,
        "version": framework.version,
        "goals": len(framework.children(None)),
        "counts": framework.counts,
    }


def framework_lines(found: "Iterable[Framework]") -> Iterator[str]:
    """Frameworks, one a line; goals below others are not counted."""
    yield f"{'name':<22}{'goals':>6}  {'counts':<12}title and version"
    for framework in found:
        top = len(framework.children(None))
        yield f"{framework.id:<22}{top:>6}  {framework.counts:<12}{framework.name}, {framework.version}"


# Show


def show_lines(framework: "Framework", thresholds: "Thresholds") -> Iterator[str]:
    """A framework whole: its goals as a tree, what was agreed, what stands beside it, and what thresholds cost."""
    yield from filled(
        f"{framework.name}, version {framework.version}, by {framework.publisher or 'unknown'}. "
        f"Counts {framework.counts}.{f' Extends {framework.extends}.' if framework.extends else ''}",
        "",
    )
    yield from filled(framework.note, "")
    for goal in framework.children(None):
        yield ""
        yield from _branch(framework, goal, "")
    yield from _rules(framework)
    yield from _beside(framework, framework.codes)
    yield from cost_lines(thresholds)


def _branch(framework: "Framework", goal: "Goal", indent: str) -> Iterator[str]:
    yield from filled(f"{indent}{goal.label}{f' ({goal.status})' if goal.status else ''}", f"{indent}  ")
    for text in (" ".join(goal.scope.split()), goal.question):
        yield from filled(f"{indent}  {text}", f"{indent}  ") if text else ()
    for title, texts in (("Counts", goal.counts), ("Does not count", goal.excludes)):
        if texts:
            yield from filled(f"{indent}  {title}: {'; '.join(texts)}.", f"{indent}    ")
    for contrast in goal.contrasts:
        yield from filled(f"{indent}  {goal.code} or {contrast.goal}: {contrast.rule}", f"{indent}    ")
    for child in framework.children(goal.code):
        yield from _branch(framework, child, f"{indent}  ")


def goal_lines(framework: "Framework", code: str) -> Iterator[str]:
    """One goal with all that it is known by. Raises UnknownName."""
    goal = framework.goal(code)
    yield from _branch(framework, goal, "")
    lists = (("Other names", goal.aliases), ("Cues", goal.cues), ("Misleading", goal.not_cues))
    for title, texts in lists:
        if texts:
            yield from filled(f"  {title}: {'; '.join(texts)}", "    ")
    yield from _titled("Passages that serve it", goal.exemplars)
    misses = (f"{miss.text} [{', '.join(miss.goals) or 'no goal'}]" for miss in goal.near_misses)
    yield from _titled("Passages that are easily taken for it", misses)
    yield from _beside(framework, (code,))


def _titled(title: str, texts: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        if number == 0:
            yield f"  {title}:"
        yield from filled(f"  - {text}", "    ")


def _rules(framework: "Framework") -> Iterator[str]:
    for number, rule in enumerate(framework.house_rules):
        if number == 0:
            yield from ("", "House rules")
        phrases = ", ".join(f"“{phrase}”" for phrase in rule.phrases)
        yield from filled(f"  {phrases}: {rule.to}, not {rule.code}{f' ({rule.note})' if rule.note else ''}", "    ")


def _beside(framework: "Framework", codes: Sequence[str]) -> Iterator[str]:
    """What corresponds to goals in other frameworks and in earlier ones, a line for each framework."""
    after = _by_framework(
        (one.framework, one.code, f"{one.to} ({one.relation})") for one in framework.crosswalk if one.code in codes
    )
    before = _by_framework(
        (one.framework, one.to, f"{one.code or 'nothing'} ({one.relation})")
        for one in framework.predecessors
        if one.to in codes
    )
    for title, found in (("Beside other frameworks", after), ("Before", before)):
        if found:
            yield from ("", title)
        for name, pairs in found.items():
            yield from filled(f"  {name}: {'; '.join(f'{code} is {other}' for code, other in pairs)}", "    ")


def _by_framework(rows: Iterable[tuple[str, str, str]]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for name, code, other in rows:
        found.setdefault(name, []).append((code, other))
    return found


def cost_lines(thresholds: "Thresholds") -> Iterator[str]:
    """What a threshold gives by mode: a higher one proposes less, and less of it is wrong."""
    for mode, rows in thresholds.costs.items():
        yield from ("", f"What a threshold costs ({mode})")
        yield "  threshold  precision  recall  proposed on passages without a goal"
        for cost in rows:
            is_usual = abs(cost.threshold - thresholds.usual[mode]) < NEAR
            if is_usual or any(abs(cost.threshold - one) < NEAR for one in THRESHOLDS):
                yield (
                    f"  {cost.threshold:9.2f}  {cost.precision:9.0%}  {cost.recall:6.0%}  "
                    f"{cost.proposed_without_goal:.0%}{'   the usual one' if is_usual else ''}"
                )


# Check


def check_facts(found: "Checked") -> dict[str, Any]:
    """What a check says of a usable framework, for JSON."""
    return {**framework_facts(found.usable), "faults": [], "advice": [asdict(one) for one in found.advice]}


def check_lines(found: "Checked", trial: "Trial | None") -> Iterator[str]:
    """What could be better in a usable framework, and how it fared."""
    framework = found.usable
    yield from filled(
        f"{framework.name}, version {framework.version}: {count(len(framework.children(None)), 'goal')}, "
        f"{count(sum(len(goal.exemplars) for goal in framework.goals), 'exemplar')}. "
        f"It keeps the rules of its format.",
        "",
    )
    if found.advice:
        yield f"{count(len(found.advice), 'thing')} would make it better:"
    for advice in found.advice:
        yield from filled(f"- {advice}")
    if trial:
        yield from _trial_lines(framework, trial)
    elif framework.model != framework.id:
        yield from filled(f"Nothing new is learnt for it: the model of {framework.model} classifies.", "")
    elif not found.needs_trial:
        yield f"It is trained and measured: goalmap frameworks show {found.name}"


def _trial_lines(framework: "Framework", trial: "Trial") -> Iterator[str]:
    """How a framework's goals fared in cross-validation, and which are taken for each other."""
    yield ""
    yield from filled(
        f"Tried on {count(trial.passages, 'passage')}, each proposed for by a model that was not taught with it:", ""
    )
    yield "  exemplars  precision  recall  goal"
    for one in trial.goals:
        goal = framework.goal(one.code)
        figures = f"  {len(goal.exemplars):9}  {_share(one.precision):>9}  {_share(one.recall):>6}  "
        first, *rest = filled(f"{figures}{goal.label}", " " * len(figures)) or [figures]
        yield from (first, *rest)
    yield from _verdicts(framework, trial)
    if framework.extends:
        yield from filled(
            f"The encoder knows the passages of {framework.extends}: trust the figures of your own goals.", ""
        )


def _share(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.0%}"


def _verdicts(framework: "Framework", trial: "Trial") -> Iterator[str]:
    if trial.without_goal:
        yield from filled(
            f"{trial.proposed_without_goal} of {count(trial.without_goal, 'passage')} that serve nothing got a proposal."
        )
    for one in trial.mistaken:
        yield from filled(f"- {_mistaken(framework, one)}")
    for goal in trial.goals:
        if _is_missed(goal):
            label = framework.goal(goal.code).label
            yield from filled(f"- Goal {label} is mostly missed: add exemplars and cues in the words of your reports.")


def _mistaken(framework: "Framework", one: "Mistaken") -> str:
    rule = framework.rule_between(one.code, one.other)
    advice = "add exemplars of both, and near misses" if rule else "add exemplars or a contrast"
    return (
        f"Goal {framework.goal(one.code).label} is {'often' if one.often else 'sometimes'} taken for "
        f"{framework.goal(one.other).label} ({count(one.passages, 'passage')}): {advice}."
    )


def _is_missed(goal: "GoalTrial") -> bool:
    return goal.recall is not None and goal.recall < 0.5


# Differences


def changes_lines(changes: "Changes") -> Iterator[str]:
    """What differs between two frameworks, one goal a line, and what that means for decisions."""
    yield f"From {changes.old} to {changes.new}:"
    for word, goals in changes.by_kind.items():
        for goal in goals:
            yield from filled(f"  {word:<11}{goal}", " " * 13)
    if not any(changes.by_kind.values()):
        yield "  The goals are the same."
    yield from _decision_lines(changes)


def _decision_lines(changes: "Changes") -> Iterator[str]:
    kept = [one.code for one in changes.successors if _is_kept(one)]
    gone = [one.code for one in changes.successors if not one.to]
    said = (
        (kept, f"hold for the same {'code' if len(kept) == 1 else 'codes'}."),
        (gone, "no goal takes them over. They stay on record and are listed, not counted."),
    )
    yield "Decisions on the old goals:"
    for codes, fate in said:
        if codes:
            which = "all" if len(codes) == len(changes.successors) else _codes(codes)
            yield from filled(f"  {which}: {fate}", "    ")
    for one in changes.successors:
        if one.to and not _is_kept(one):
            yield from filled(f"  {one.code}: {_fate(one)}", "    ")
    if changes.added:
        yield "  Added goals begin without decisions."
    if any(not one.stated for one in changes.successors):
        yield "  Where no [[predecessors]] say so, goals were matched by name and code."
    for row in changes.beside:
        yield from filled(f"  The crosswalk says: {row}", "    ")


def _is_kept(one: "Successor") -> bool:
    return one.to == one.code and one.relation == "same"


def _fate(one: "Successor") -> str:
    if one.relation == "same":
        return f"belong to {one.to} now."
    word = "to" if one.relation == "related" else "than"
    return f"{one.relation} {word} {one.to}; look at them again before they count there."


def _codes(codes: Sequence[str]) -> str:
    """Codes as people say them: 1 to 14 where they are many in a row."""
    numbers = [int(code) for code in codes if code.isdigit()]
    if len(numbers) == len(codes) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return f"{codes[0]} to {codes[-1]}"
    return ", ".join(codes)
