"""How often proposals are right, and learning from the decisions: evaluate and learn."""

import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from goalmap.commands.shared import FAILED, db_option, json_option, opened, show, tell
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from goalmap.classify.manner import Supplied

DEFAULT_FRAMEWORK = "purpose-goals"


@click.command()
@click.argument("gold", required=False, type=click.Path(path_type=Path), metavar="[GOLD]")
@click.option(
    "--framework",
    metavar="NAME|FILE.toml",
    help="The framework that GOLD was labelled for. Default: purpose-goals. Without GOLD: only this one's decisions.",
)
@click.option("--fast", is_flag=True, help="Measure the fast setting, without the sentence encoder.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    metavar="P",
    help="Count proposals from this probability on. Default: as the model says.",
)
@db_option
@click.option("--workers", type=click.IntRange(1, 256), metavar="N", help="Worker processes. Default: one a core.")
@json_option
def evaluate(
    gold: Path | None,
    framework: str | None,
    fast: bool,
    threshold: float | None,
    db: Place,
    workers: int | None,
    as_json: bool,
) -> None:
    """How often proposals are right.

    It is measured on labelled documents, or by the decisions so far. GOLD is a folder with documents in files/ and what people found in them in annotations/, one JSON file each; or with
    labelled passages in *.jsonl; or one such file. With --db its own frameworks and the models that learnt from its
    decisions are measured. Without GOLD the decisions are taken, weighted for which proposals were looked at.
    """
    if gold is not None:
        is_named = click.get_current_context().get_parameter_source("db") is ParameterSource.COMMANDLINE
        brought = _brought(framework or DEFAULT_FRAMEWORK, db if is_named else None)
        _evaluate_gold(gold, framework or DEFAULT_FRAMEWORK, brought, fast, threshold, workers, as_json)
    elif fast:
        raise click.UsageError("Decisions were made on the proposals that there are; --fast needs GOLD.")
    else:
        _evaluate_decisions(db, framework, threshold, as_json)


def _brought(framework: str, db: Place | None) -> "Supplied | None":
    """What is not shipped of a framework: as a file or a database holds it."""
    from goalmap.classify.goals.frameworks import find
    from goalmap.classify.model.brought import brought_by
    from goalmap.store.learning.models import supplied

    if db is not None:
        with opened(db) as database:
            if held := supplied(database, [framework]):
                return held[0]
    return brought_by(find(framework))


def _evaluate_gold(
    gold: Path,
    framework: str,
    brought: "Supplied | None",
    fast: bool,
    threshold: float | None,
    workers: int | None,
    as_json: bool,
) -> None:
    from goalmap.classify.engines import Means, engine
    from goalmap.classify.evaluation.evaluation import evaluate as measure
    from goalmap.classify.evaluation.gold import gold_files
    from goalmap.classify.manner import MODES, Manner
    from goalmap.classify.pipeline import Settings
    from goalmap.report.wordings.accuracy_wording import evaluation_lines

    manner, name = Manner(mode=MODES[fast], threshold=threshold), brought.framework if brought else framework
    settings = Settings((name,), manner, (brought,) if brought else ())
    results = engine("processes", Means(workers or os.cpu_count() or 1)).run(gold_files(gold), settings)
    evaluation = measure(gold, ((path.stem, result) for path, result in results), name, manner, brought)
    show(as_json, evaluation.to_dict, lambda: evaluation_lines(evaluation))


def _evaluate_decisions(db: Place, framework: str | None, threshold: float | None, as_json: bool) -> None:
    from goalmap.classify.measuring.auditing import audit
    from goalmap.report.wordings.audit_wording import audit_lines
    from goalmap.store.contents.reviewed import on_record

    with opened(db) as database:
        audits = [audit(record, threshold) for record in on_record(database, framework)]
    show(as_json, lambda: {"frameworks": [one.to_dict() for one in audits]}, lambda: audit_lines(audits))


@click.command()
@click.option("--framework", metavar="NAME", help="Only this framework's decisions. Default: all that were decided on.")
@db_option
@click.option("--dry-run", is_flag=True, help="Say what learning would change and keep nothing.")
@click.option("--list", "list_", is_flag=True, help="The models that were learnt and kept.")
@click.option("--activate", metavar="ID", help="Use this kept model.")
@click.option("--back", is_flag=True, help="Go back to the model before, or to goalmap's own.")
@json_option
def learn(
    framework: str | None, db: Place, dry_run: bool, list_: bool, activate: str | None, back: bool, as_json: bool
) -> None:
    """Learn from the decisions, and say whether it helped.

    The model is measured before and after, on decided passages that it has not seen. Where it is better it is used
    from the next ingest on, else only kept. No decision is ever changed; every model is kept and can be gone back to.
    """
    if list_ + back + (activate is not None) > 1:
        raise click.UsageError("Choose one of --list, --activate and --back.")
    if list_:
        _list_models(db, framework, as_json)
    elif activate or back:
        _change_model(db, framework, activate, as_json)
    else:
        _learn(db, framework, dry_run, as_json)


def _learn(db: Place, framework: str | None, dry_run: bool, as_json: bool) -> None:
    from goalmap.report.wordings.learning_wording import relearnt_lines
    from goalmap.store.learning.relearn import relearn_all

    with opened(db) as database:
        results, problems = relearn_all(database, framework, dry_run)
    for problem in problems:
        tell(problem)
    show(
        as_json,
        lambda: {"ok": bool(results), "models": [result.to_dict() for result in results], "problems": problems},
        lambda: relearnt_lines(results, db, dry_run),
    )
    if not results:
        sys.exit(FAILED)


def _list_models(db: Place, framework: str | None, as_json: bool) -> None:
    from goalmap.report.wordings.learning_wording import kept_lines
    from goalmap.store.learning.models import kept

    with opened(db) as database:
        models = kept(database, framework)
    show(as_json, lambda: {"models": [asdict(one) for one in models]}, lambda: kept_lines(models))


def _change_model(db: Place, framework: str | None, id: str | None, as_json: bool) -> None:
    from goalmap.report.wordings.learning_wording import used_line
    from goalmap.store.learning.models import activate, back

    with opened(db) as database:
        name, now = activate(database, id) if id else back(database, framework)
    show(as_json, lambda: {"framework": name, "model": now and asdict(now)}, lambda: [used_line(name, now)])
