"""Are the tests of the most delicate code sharp? `python -m benchmarks.mutation [FILE ...] [--sample N] [--write]`.

Each mutant is the code with one small fault (benchmarks/faults.py); the tests that run the function it is in should fail. A
mutant for which they pass has survived: a test is missing, or the fault changes nothing (EQUAL says which and why). Nothing is
written to the tree: the faulty code is put into a process that has loaded the tests, and is gone with it.
"""

import os
import pickle
import random
import resource
import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType, FunctionType, ModuleType
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings

from benchmarks.faults import Mutant, mutants
from benchmarks.writing import table, tell

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs" / "explanation" / "tests.md"
BEGIN = "<!-- figures: python -m benchmarks.mutation --write -->"
END = "<!-- end of figures of mutation -->"
SEED = 9
EXAMPLES = 25
"""How many texts, answers and histories a test that makes them up tries; always the same ones."""
PROFILE = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=tuple(HealthCheck),
)
SECONDS = 5
"""Of the processor, beside thrice what its tests take: a mutant that runs longer goes round in circles, and is found."""
PATIENCE = 1_200
"""Seconds on the clock, for one that waits without doing anything."""
MEMORY = 6 * 2**30
"""Bytes, for one that gathers things without an end."""
OPTIONS = ("--assert=plain", "-p", "no:cacheprovider", "-m", "not slow and not browser")
TARGETS: dict[str, tuple[str, ...]] = {
    "ingest/passages.py": ("tests/test_ingest_passages.py",),
    "extract/pieces.py": ("tests/test_extract_pieces.py",),
    "extract/masking.py": ("tests/test_extract_masking.py",),
    "store/review/merge.py": ("tests/test_store_review_merge.py",),
    "store/review/taking.py": (
        "tests/test_store_review_taking.py",
        "tests/test_store_review_queue.py",
        "tests/test_store_review_damage.py",
        "tests/test_store_review_drawn.py",
        "tests/test_store_review_readings.py",
        "tests/test_review_traps.py",
    ),
    "store/exchange/merging.py": ("tests/test_store_exchange_merging.py", "tests/test_store_exchange.py"),
    "store/exchange/repair_merging.py": (
        "tests/test_store_exchange_repairs_files.py",
        "tests/test_store_exchange_repairs.py",
    ),
    "store/carry.py": ("tests/test_store_carry.py", "tests/test_store_save.py", "tests/test_store_load.py"),
    "report/draft/lock.py": ("tests/test_report_draft_lock.py",),
    "report/verbatim.py": ("tests/test_report_verbatim.py",),
}
"""The merge of decisions and the code that keeps places in texts, with the tests that hold each."""
EQUAL: dict[tuple[str, str], str] = {
    (
        "store/carry.py",
        "all((bound() >= SAME_PASSAGE for bound in bounds)) -> any((bound() >= SAME_PASSAGE for bound in bounds))",
    ): "the likeness itself is counted more often, and comes to less than the bound",
    (
        "store/carry.py",
        "latest > decision['id'] -> latest >= decision['id']",
    ): "a decision on one passage is never the latest on another",
    ("store/exchange/repair_merging.py", "seen[sign] += 1 -> seen[sign] -= 1"): "any count tells equal repairs apart",
    ("store/exchange/repair_merging.py", "seen[sign] += 1 -> seen[sign] += 2"): "any count tells equal repairs apart",
}
"""Mutants that change nothing that anybody could see, by file and fault, with the reason."""


T = TypeVar("T")


# Putting a fault into a process


def put_in(mutant: Mutant, module: ModuleType) -> None:
    """Have a loaded module work as the mutant does, for whoever has imported from it."""
    spoilt: dict[str, Any] = {"__name__": module.__name__, "__file__": module.__file__}
    exec(compile(mutant.code, str(module.__file__), "exec"), spoilt)
    for name, new in spoilt.items():
        old = getattr(module, name)
        if getattr(old, "__module__", "") == module.__name__ and isinstance(old, FunctionType | type):
            _work_as(old, new)
        elif not name.startswith("__"):
            _rename(name, old, new)


def _work_as(old: Any, new: Any) -> None:
    """Have a function, or the methods of a class, do what another does; everybody who holds it holds the same one."""
    match old:
        case FunctionType():
            old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__
        case property():
            _work_as(old.fget, new.fget)
        case type():
            for name, part in vars(new).items():
                _work_as(vars(old).get(name), part)


def _rename(name: str, old: object, new: object) -> None:
    """Have a name stand for another value in every module that has it."""
    for module in list(sys.modules.values()):
        if vars(module).get(name, new) is old:
            setattr(module, name, new)


# Trying mutants, in a process that has loaded the tests


@dataclass(frozen=True, slots=True)
class Reach:
    """The tests that call each function, the quickest first, and their seconds; `failed` is one that fails without any mutant."""

    tests: Mapping[str, Sequence[int]]
    seconds: Mapping[int, float]
    failed: str = ""

    def allowed(self, function: str) -> int:
        """The seconds that a mutant of a function may take."""
        return SECONDS + round(3 * sum(self.seconds[number] for number in self.tests.get(function, ())))


@dataclass(slots=True)
class Trial:
    """Runs all tests, then for each mutant those that call its function, each time in a copy of the process."""

    module: str
    chosen: Sequence[Mutant]
    reach: Reach = Reach({}, {}, "one that cannot be loaded")
    survivors: list[Mutant] = field(default_factory=list)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            return True
        module = import_module(self.module)
        self.reach = in_a_copy(
            partial(_reach, session.items, str(module.__file__)), Reach({}, {}, "one that ends its process")
        )
        for mutant in () if self.reach.failed else self.chosen:
            tests = [session.items[number] for number in self.reach.tests.get(mutant.function, ())]
            if not in_a_copy(partial(_found, mutant, module, tests), True, self.reach.allowed(mutant.function)):
                self.survivors.append(mutant)
        return True


def in_a_copy(work: Callable[[], T], otherwise: T, seconds: int = PATIENCE) -> T:
    """What work gives in a copy of this process, or something else where the copy ends before."""
    answer, told = os.pipe()
    copy = os.fork()
    if not copy:
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
            signal.alarm(PATIENCE)
            os.write(told, pickle.dumps(work()))
        finally:
            os._exit(0)
    os.close(told)
    with open(answer, "rb") as file:
        given = file.read()
    os.waitpid(copy, 0)
    return pickle.loads(given) if given else otherwise


def _reach(items: Sequence[pytest.Item], file: str) -> Reach:
    """Which tests call which functions of a file; outside of functions, all that call any."""
    seconds: dict[int, float] = {}
    called: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        began = time.process_time()
        with _calls(file) as functions:
            fails = _fails(items[number : number + 2])
        if fails:
            return Reach({}, {}, item.nodeid)
        seconds[number] = time.process_time() - began
        for function in functions | {""} if functions else ():
            called[function].append(number)
    in_order = {function: sorted(tests, key=seconds.__getitem__) for function, tests in called.items()}
    return Reach(in_order, seconds)


@contextmanager
def _calls(file: str) -> Iterator[set[str]]:
    """The functions of a file that are called meanwhile, in whichever thread."""
    functions: set[str] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename == file:
            functions.add(frame.f_code.co_qualname.split(".<locals>")[0])

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield functions
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def _found(mutant: Mutant, module: ModuleType, tests: Sequence[pytest.Item]) -> bool:
    """Whether a test fails with the mutant, or it cannot even be loaded."""
    try:
        put_in(mutant, module)
    except Exception:
        return True
    return any(_fails(tests[number : number + 2]) for number in range(len(tests)))


def _fails(items: Sequence[pytest.Item]) -> bool:
    """Whether the first of these fails; what it shares with the second is kept for that."""
    item, *later = items
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=later[0] if later else None)
    return item.session.testsfailed > 0


def survivors_in(root: Path, module: str, tests: Sequence[str], chosen: Sequence[Mutant]) -> list[Mutant]:
    """The mutants of a module for which its tests pass; for a process of its own.

    Raises RuntimeError where a test fails without any mutant.
    """
    os.chdir(root)
    sys.path.insert(0, str(root))
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    settings.register_profile("mutation", PROFILE)
    settings.load_profile("mutation")
    trial = Trial(module, chosen)
    with TemporaryDirectory() as place:
        pytest.main([*OPTIONS, f"--basetemp={place}/tests", *tests], plugins=[trial])
    if trial.reach.failed:
        raise RuntimeError(f"Of {' '.join(tests)} a test fails without any mutant: {trial.reach.failed}")
    return trial.survivors


def mutants_of(files: Sequence[str], sample: int | None = None) -> list[Mutant]:
    """Those of files of our own, all or as many as are asked for, drawn with a seed."""
    found = [mutant for file in files for mutant in mutants(file, (ROOT / file).read_text("utf-8"))]
    return found if sample is None else random.Random(SEED).sample(found, min(len(found), sample))


def survivors(chosen: Sequence[Mutant]) -> list[Mutant]:
    """Those of our own that are not found, two files at a time."""
    by_file: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in chosen:
        by_file[mutant.file].append(mutant)
    with ProcessPoolExecutor(2, get_context("spawn"), max_tasks_per_child=1) as pool:
        tried = [
            pool.submit(survivors_in, ROOT, f"goalmap.{file[:-3].replace('/', '.')}", TARGETS[file], those)
            for file, those in sorted(by_file.items(), key=lambda one: -len(one[1]))
        ]
        return [mutant for one in tried for mutant in one.result()]


def changes_nothing(mutant: Mutant) -> bool:
    """Whether it is known that nobody could see the fault."""
    return (mutant.file, mutant.fault) in EQUAL


# Telling


def lines(chosen: Sequence[Mutant], alive: Sequence[Mutant]) -> Iterator[str]:
    """A table by file."""
    rows = []
    for file in [*sorted({mutant.file for mutant in chosen}), "all"]:
        tried = sum(file in (mutant.file, "all") for mutant in chosen)
        left = [mutant for mutant in alive if file in (mutant.file, "all")]
        equal = sum(map(changes_nothing, left))
        missed = len(left) - equal
        rows.append((file, str(tried), str(equal), str(missed), f"{1 - missed / tried:.1%}"))
    yield from table(("file", "mutants", "change nothing", "not found", "found"), rows)


def main(words: Sequence[str]) -> None:
    """Try the mutants of the files that are named, or of all; print those that survive and the table."""
    files = [word for word in words if word in TARGETS] or list(TARGETS)
    chosen = mutants_of(files, int(words[words.index("--sample") + 1]) if "--sample" in words else None)
    alive = survivors(chosen)
    for one in alive:
        print(f"{one.file}:{one.line}: {one.fault}  {EQUAL.get((one.file, one.fault), '')}", file=sys.stderr)
    tell("\n".join(lines(chosen, alive)), words, DOCS, BEGIN, END)


if __name__ == "__main__":
    main(sys.argv[1:])
