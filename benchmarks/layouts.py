"""Print how well layouts are read: python -m benchmarks.layouts"""

from tests.layouts.score import MEASURES, UNSEEN, by_group, halves, scores


def main() -> None:
    """One line a file, the worst first, and the means."""
    unseen = list(scores(UNSEEN))
    measured = sorted([*scores(), *unseen], key=lambda score: score.whole + score.kinds + score.order)
    print(f"{'file':32}" + "".join(f"{measure:>8}" for measure in MEASURES))
    for score in measured:
        print(f"{score.name:32}" + "".join(f"{getattr(score, measure):8.3f}" for measure in MEASURES))
    made_on = [score for score in measured if score not in unseen]
    for group, shares in {**by_group(made_on), **halves(unseen)}.items():
        print(f"{'mean of ' + group:32}" + "".join(f"{shares[measure]:8.3f}" for measure in MEASURES))


if __name__ == "__main__":
    main()
