"""What each stage of an ingest spends, in one process: python -m benchmarks.staging FOLDER DATABASE

The functions of the program are timed where they are called; a stage inside another counts for itself alone.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

LOADING, REST = "loading models", "all else"
STAGES = (
    ("reading files", "goalmap.classify.pipeline", "read_document"),
    ("name tagger", "goalmap.extract.extract", "labels_of"),
    ("rules for names", "goalmap.extract.extract", "in_pieces"),
    ("rules for names", "goalmap.extract.extract", "names_in"),
    ("rules for names", "goalmap.extract.extract", "put_back"),
    ("sentence encoder", "goalmap.classify.encoders.tuned", "read"),
    ("features", "goalmap.classify.model.features", "TextFeatures.transform"),
    ("goals, all else", "goalmap.classify.proposals", "Classifier.consider_all"),
    ("saving", "goalmap.store.loading.saving", "Saving.flush"),
    ("putting in order", "goalmap.store.load", "_finish_run"),
)
"""Stages, and the functions whose time is theirs."""


class Clock:
    """Processor time by stage: what runs inside a stage counts for the innermost one."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._stages = [REST]
        self._since = time.process_time()

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*given: Any, **named: Any) -> Any:
            self._turn()
            self._stages.append(stage)
            try:
                return function(*given, **named)
            finally:
                self._turn()
                self._stages.pop()

        return run

    def _turn(self) -> None:
        now = time.process_time()
        self.spent[self._stages[-1]] += now - self._since
        self._since = now

    def stop(self) -> dict[str, float]:
        self._turn()
        return dict(self.spent)


def time_stages(clock: Clock) -> None:
    """Put the clock around every stage's functions. Raises AttributeError where one is gone."""
    for stage, module, name in STAGES:
        *owners, last = name.split(".")
        owner: Any = import_module(module)
        for part in owners:
            owner = getattr(owner, part)
        setattr(owner, last, clock.timed(stage, getattr(owner, last)))


def main(folder: Path, path: Path) -> None:
    from goalmap.classify.engines.serial import Serial
    from goalmap.classify.pipeline import Settings, prepare
    from goalmap.ingest.find import find
    from goalmap.store.database import open_database
    from goalmap.store.load import ingest

    clock = Clock()
    clock.timed(LOADING, prepare)(Settings())
    time_stages(clock)
    with closing(open_database(path, create=True)) as db:
        ingest(db, find([folder], database=path), Settings(), Serial())
    print(json.dumps(clock.stop()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
