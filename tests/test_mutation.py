"""Faults are put into the code on purpose: the tests of the delicate parts find them, and what looks for them misses none."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from benchmarks.faults import Mutant, mutants
from benchmarks.mutation import EQUAL, TARGETS, changes_nothing, lines, mutants_of, survivors, survivors_in

FLOOR = 0.88
CODE = """
MANY = 3


class Basket:
    def __init__(self, things=()):
        self.things = things

    def is_full(self):
        return len(self.things) >= MANY


def first(things, number=1):
    taken = 0
    while taken < number:
        yield things[taken]
        taken += 1
"""
TESTS = """
from tiny import MANY, Basket, first


def test_a_basket_is_full_with_three():
    assert MANY == 3
    assert Basket("abc").is_full() and not Basket("ab").is_full()


def test_the_first_is_given():
    assert list(first("ab", 2)) == ["a", "b"]
"""


def tried(folder: Path, tests: str = TESTS) -> list[str]:
    """The faults of the tiny module that its tests miss."""
    (folder / "tiny.py").write_text(CODE)
    (folder / "test_tiny.py").write_text(tests)
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        found = pool.submit(survivors_in, folder, "tiny", ("test_tiny.py",), [*mutants("tiny.py", CODE)]).result()
    assert (folder / "tiny.py").read_text() == CODE
    return [mutant.fault for mutant in found]


def test_a_fault_is_found_where_a_test_fails_and_survives_where_none_does(tmp_path: Path) -> None:
    assert tried(tmp_path) == ["things, number=1 -> things, number=2"]


def test_a_test_that_fails_without_any_fault_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"a test fails without any mutant: test_tiny\.py::test_a_basket"):
        tried(tmp_path, TESTS.replace("MANY == 3", "MANY == 4"))


def test_code_that_no_test_calls_keeps_its_faults(tmp_path: Path) -> None:
    left = tried(tmp_path, TESTS.split("def test_the_first")[0])
    assert "taken < number -> taken <= number" in left
    assert "MANY = 3 -> MANY = 4" not in left


@pytest.mark.parametrize(
    ("code", "faults"),
    [
        ("a < b", ["a < b -> a <= b"]),
        ("a and not b", ["a and (not b) -> a or not b", "not b -> not not b"]),
        ("text[start:end]", ["start:end -> :end", "start:end -> start:"]),
        ("x = -1.5", ["-1.5 -> +1.5", "-1.5 -> -2.5"]),
        ("total += 1", ["total += 1 -> total -= 1", "total += 1 -> total += 2"]),
        ("if a == b: pass", ["a == b -> a != b"]),
        ("if a: pass", ["if a: pass -> if not a: pass"]),
        ("[a for a in b if a]", ["[a for a in b if a] -> [a for a in b]"]),
        ("go(max(a))", ["go(max(a)) -> None", "max(a) -> min(a)"]),
        ("def f(a: 1 | 2) -> 3: return None", []),
        ("@dataclass(frozen=True)\nclass A: pass", []),
        ("x = zip(a, b, strict=True)", []),
        ("x = 'a word'", []),
    ],
)
def test_a_line_of_code_has_these_faults(code: str, faults: list[str]) -> None:
    assert [mutant.fault for mutant in mutants("a.py", code)] == faults


def test_a_mutant_knows_the_function_that_it_is_in() -> None:
    functions = {mutant.function for mutant in mutants("tiny.py", CODE)}
    assert functions == {"", "Basket.is_full", "first"}


def test_each_mutant_differs_from_the_code_and_from_the_others() -> None:
    codes = [mutant.code for mutant in mutants("tiny.py", CODE)]
    assert len(set(codes)) == len(codes) == 10


def test_the_table_counts_what_is_found_by_file() -> None:
    made = [Mutant(file, line, "f", str(line), "") for file in ("a.py", "b.py") for line in range(4)]
    assert [*lines(made, made[:1])][2:] == [
        "| a.py | 4 | 0 | 1 | 75.0% |",
        "| b.py | 4 | 0 | 0 | 100.0% |",
        "| all | 8 | 0 | 1 | 87.5% |",
    ]


def test_what_is_known_to_change_nothing_still_stands_in_the_code() -> None:
    assert EQUAL.keys() <= {(mutant.file, mutant.fault) for mutant in mutants_of(list(TARGETS))}


@pytest.mark.slow
def test_of_faults_drawn_from_the_delicate_code_nearly_all_are_found() -> None:
    chosen = [mutant for mutant in mutants_of(list(TARGETS), sample=25) if not changes_nothing(mutant)]
    left = survivors(chosen)
    assert 1 - len(left) / len(chosen) >= FLOOR, [(mutant.file, mutant.line, mutant.fault) for mutant in left]
