"""Print how well the tables of the test set are read: python -m benchmarks.tables"""

from tests.tables.score import means, scores


def main() -> None:
    """One line a file, and the means."""
    measured = sorted(scores(), key=lambda score: (score.rows, score.cells, score.prose))
    print(f"{'file':34}{'rows':>8}{'cells':>8}{'prose':>8}")
    for score in measured:
        print(f"{score.name:34}{score.rows:8.3f}{score.cells:8.3f}{score.prose:8.3f}")
    print(f"{'mean':34}" + "".join(f"{value:8.3f}" for value in means(measured).values()))


if __name__ == "__main__":
    main()
