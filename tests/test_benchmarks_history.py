"""The history of benchmarks: figures read out of printed tables, and what moved between two runs."""

from pathlib import Path

from benchmarks.history import add, figures_in, lines, moves, runs

TABLE = """2 cores; median of runs.

| workers | seconds | as quick as one | bar |
| --- | --- | --- | --- |
| 1 | 44.7 (43.7 to 45.4) | 1 |  |
| two | {seconds} (26.5 to 27.6) | 1.63 (1.62 to 1.72) | 1.7 |

| documents | MB |
|---|---|
| 10,000 | 1,310 |
"""


def test_figures_are_read_out_of_tables_by_row_and_column_without_the_bars() -> None:
    assert figures_in(TABLE.format(seconds=26.8)) == {
        "1, seconds": 44.7,
        "1, as quick as one": 1.0,
        "two, seconds": 26.8,
        "two, as quick as one": 1.63,
        "10,000, MB": 1310.0,
    }


def test_a_figure_is_set_beside_the_last_run_that_has_it_and_marked_where_it_moved_much(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    for told in (
        TABLE.format(seconds=20.0),
        "| documents | MB |\n|---|---|\n| 10,000 | 1,320 |",
        TABLE.format(seconds=26.0),
    ):
        add("ingesting", told, path)
    add("reporting", TABLE, path)
    found = {move.figure: move for move in moves(runs(path))}
    assert (found["two, seconds"].before, found["two, seconds"].after) == (20.0, 26.0)
    assert found["10,000, MB"].before == 1320.0
    printed = list(lines(found.values()))
    assert [line for line in printed if line.startswith("!")] == [line for line in printed if "two, seconds" in line]


def test_the_history_that_is_kept_can_be_read() -> None:
    known = runs()
    assert {run.benchmark for run in known} >= {"ingesting", "goals", "names", "reviewing", "reporting"}
    assert all(run.figures and run.when and run.commit for run in known)
