"""goalmap as scikit-learn estimators: texts in; vectors, goals or their probabilities out.

`FrameworkClassifier` is what goalmap ships, `GoalClassifier` learns from passages of yours, `PassageEncoder` makes vectors
of texts. All work in a Pipeline and in a search over their settings, and are saved by skops.
"""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin, ClassNamePrefixFeaturesOutMixin, TransformerMixin
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted
from threadpoolctl import threadpool_limits

from goalmap.api.classifiers import classifier_for
from goalmap.api.documents import of_separate_texts
from goalmap.classify.encoders import static, tuned
from goalmap.classify.goals import frameworks
from goalmap.classify.goals.frameworks import Framework, Goal
from goalmap.classify.manner import MODES, Manner
from goalmap.classify.model.model import as_bytes, read_model
from goalmap.classify.model.training import Labelled, labelled_passages, train
from goalmap.classify.proposals import Classifier

__all__ = ["FrameworkClassifier", "GoalClassifier", "PassageEncoder"]

Texts = Iterable[str]
Flags = NDArray[np.int_]
Scores = NDArray[np.float64]

ENCODERS = {"static": static.encode, "tuned": lambda texts: tuned.read(texts).vectors}
"""By name, what makes unit vectors of texts."""
DIMENSIONS = {"static": static.DIMENSIONS, "tuned": tuned.DIMENSIONS}


class _OfTexts(BaseEstimator):
    """An estimator that takes texts."""

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags


class PassageEncoder(TransformerMixin, ClassNamePrefixFeaturesOutMixin, _OfTexts):
    """Texts as unit vectors of meaning: `static` has 256 dimensions and is quick, `tuned` 384 and knows goals better.

    >>> PassageEncoder().transform(["We lend tablets.", "Staff teach."]).shape
    (2, 256)
    """

    def __init__(self, encoder: str = "static") -> None:
        self.encoder = encoder

    def fit(self, X: Texts, y: Any = None) -> Self:
        """Nothing is learnt. Raises ValueError for an unknown encoder, or for what is no texts."""
        checked(X)
        self._n_features_out = DIMENSIONS[self._known()]
        return self

    def transform(self, X: Texts) -> NDArray[np.float32]:
        """Vectors of shape (texts, dimensions). Raises ValueError, or ModelProblem."""
        return ENCODERS[self._known()](checked(X))

    def _known(self) -> str:
        if self.encoder not in ENCODERS:
            raise ValueError(f"encoder is one of {', '.join(ENCODERS)}, not {self.encoder!r}.")
        return self.encoder

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.requires_fit = False
        return tags


class _Classifier(ClassifierMixin, _OfTexts):
    """What proposes goals for texts, several for one text: `classes_` are the goals' codes in the order of the columns."""

    classes_: NDArray[np.str_]

    def predict(self, X: Texts) -> Flags:
        """1 where a goal is proposed, shape (texts, goals)."""
        classifier = self._classifier()
        proposed: Flags = (classifier.probabilities(passages_of(X)) >= classifier.threshold).astype(int)
        return proposed

    def predict_proba(self, X: Texts) -> Scores:
        """Calibrated probabilities, shape (texts, goals)."""
        return self._classifier().probabilities(passages_of(X))

    @abstractmethod
    def _classifier(self) -> Classifier:
        """What judges the texts."""

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_label = True
        tags.target_tags.two_d_labels = True
        tags.target_tags.single_output = False
        return tags


class FrameworkClassifier(_Classifier):
    """The classifier that goalmap ships for a framework, or learns from a framework file of yours.

    `fit` learns nothing: it is there for pipelines and searches over `threshold`, `fast` and `counts`.

    >>> classifier = FrameworkClassifier(fast=True).fit(["any text"])
    >>> classifier.classes_[classifier.predict(["We opened a nursery and taught 90 parents to read to babies."])[0] == 1]
    array(['1'], dtype='<U2')
    """

    def __init__(
        self,
        framework: str = "purpose-goals",
        *,
        fast: bool = False,
        threshold: float | None = None,
        counts: str | None = None,
    ) -> None:
        self.framework = framework
        self.fast = fast
        self.threshold = threshold
        self.counts = counts

    def fit(self, X: Texts, y: ArrayLike | None = None) -> Self:
        """Load the model. Raises ValueError for what is no texts; UnknownName, FrameworkProblem or ModelProblem."""
        checked(X)
        self.classes_ = np.array(self._classifier().model.codes)
        return self

    def _classifier(self) -> Classifier:
        return classifier_for(self.framework, Manner(self.counts, MODES[self.fast], self.threshold))

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.requires_fit = False
        return tags


class GoalClassifier(_Classifier):
    """A classifier that learns from passages of yours.

    Without a `framework` the columns of `y` are goals of your own. With one (a name or a TOML file) they are those of its
    goals that can be taught, in its order; its cues are looked for as well, and `with_shipped` adds the passages that goalmap
    itself learns from, which takes minutes. `fast` does without the sentence encoder where it predicts.
    """

    def __init__(
        self,
        framework: str | None = None,
        *,
        with_shipped: bool = False,
        fast: bool = False,
        threshold: float | None = None,
    ) -> None:
        self.framework = framework
        self.with_shipped = with_shipped
        self.fast = fast
        self.threshold = threshold

    def fit(
        self, X: Texts, y: ArrayLike, groups: Sequence[Any] | None = None, sample_weight: ArrayLike | None = None
    ) -> Self:
        """Learn from texts and a matrix (texts, goals) of 1 and 0; texts of one group (a writer, a document) are kept together.

        Raises ValueError where the two do not fit or there is too little to learn from; UnknownName or FrameworkProblem.
        """
        texts = checked(X)
        truth = flags_of(y, len(texts))
        self.framework_ = self._framework_of(truth.shape[1])
        self.classes_ = np.array(self.framework_.taught)
        weights = np.ones(len(texts)) if sample_weight is None else np.asarray(sample_weight, dtype=float)
        own = [
            Labelled(text, frozenset(self.classes_[row == 1].tolist()), None, f"yours {group}", weight=float(weight))
            for text, row, group, weight in zip(texts, truth, groups or [""] * len(texts), weights, strict=True)
        ]
        shipped = labelled_passages(self.framework_) if self.with_shipped else []
        with threadpool_limits(
            1, "blas"
        ):  # many small regressions: threads that wait for one another cost five times as much
            self.model_ = train(self.framework_, [*own, *shipped]).model
        return self

    def _framework_of(self, columns: int) -> Framework:
        """The framework whose goals the columns are. Raises ValueError where there are not as many."""
        if self.framework is None:
            return made_of(columns)
        found = frameworks.find(self.framework).framework
        if len(found.taught) != columns:
            raise ValueError(
                f"y has {columns} columns, and {found.name} has {len(found.taught)} goals that can be taught: "
                f"{', '.join(found.taught)}."
            )
        return found

    def _classifier(self) -> Classifier:
        check_is_fitted(self, "model_")
        return Classifier(self.framework_, self.model_, "yours", Manner(None, MODES[self.fast], self.threshold))

    def __getstate__(self) -> dict[str, Any]:
        """Plain values alone, so that skops trusts them; the model as the bytes of its own file."""
        state = {name: value for name, value in super().__getstate__().items() if name != "framework_"}
        return {**state, "model_": as_bytes(state["model_"])} if "model_" in state else state

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        if "model_" in state:
            self.model_ = read_model(state["model_"], "of a GoalClassifier")
            self.framework_ = self._framework_of(len(self.classes_))


def made_of(columns: int) -> Framework:
    """A framework of so many goals of which nothing is known but passages."""
    codes = [str(number) for number in range(1, columns + 1)]
    return Framework("yours", "Your goals", "1", tuple(Goal(code, code, scope=code) for code in codes))


def checked(X: Texts) -> list[str]:
    """The texts in a list or an array. Raises ValueError for anything else."""
    if isinstance(X, str | bytes):
        raise ValueError("Several texts are expected, in a list or an array, not a single text.")
    texts = list(X)
    if not texts:
        raise ValueError("Found 0 texts, where at least 1 is needed.")
    for place, text in enumerate(texts):
        if not isinstance(text, str):
            raise ValueError(f"A text is expected at place {place}, not {type(text).__name__}.")
    return [str(text) for text in texts]


def flags_of(y: ArrayLike, texts: int) -> Flags:
    """The truth as a matrix of 1 and 0. Raises ValueError."""
    truth = np.asarray(y)
    if truth.ndim != 2:
        raise ValueError(
            "y is a matrix (texts, goals) of 1 and 0; sklearn.preprocessing.MultiLabelBinarizer makes one."
        )
    if len(truth) != texts:
        raise ValueError(f"There are {texts:,} texts and {len(truth):,} rows in y.")
    if not np.isin(truth, (0, 1)).all():
        raise ValueError("y holds other values than 1 and 0.")
    return truth.astype(int)


def passages_of(X: Texts) -> Sequence[Any]:
    return of_separate_texts(checked(X)).passages
