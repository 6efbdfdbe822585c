"""Logistic regressions as numbers; scikit-learn, slow to import, is asked only where one is learnt."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Regression:
    """What was learnt of classes: weights (one row for two classes, else a row a class), and what they begin with."""

    weights: NDArray[Any]
    beginnings: NDArray[Any]
    classes: NDArray[np.int_]

    def margins(self, signs: Any) -> Scores:
        """Log odds of the second of two classes (rows,), or of each of several (rows, classes)."""
        said: Scores = np.asarray(signs @ self.weights.T) + self.beginnings
        return said[:, 0] if said.shape[1] == 1 else said

    def probabilities(self, signs: Any) -> Scores:
        """How likely the second of two classes is."""
        result: Scores = np.exp(-np.logaddexp(0.0, -self.margins(signs)))
        return result

    def likeliest(self, signs: Any) -> NDArray[np.int_]:
        """The likeliest class of each row."""
        said = self.margins(signs)
        result: NDArray[np.int_] = self.classes[(said > 0).astype(int) if said.ndim == 1 else said.argmax(axis=1)]
        return result


def learnt(signs: Any, truth: NDArray[np.int_], weights: Scores | None, strength: float, most_steps: int) -> Regression:
    """The regression that scikit-learn learns; the greater the strength, the closer it follows what it is shown."""
    from sklearn.linear_model import LogisticRegression

    return regression_of(LogisticRegression(C=strength, max_iter=most_steps).fit(signs, truth, sample_weight=weights))


def regression_of(fitted: Any) -> Regression:
    """The numbers of a regression of scikit-learn."""
    return Regression(fitted.coef_, fitted.intercept_, fitted.classes_)
