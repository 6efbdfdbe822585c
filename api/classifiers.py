"""The classifier for a framework that is shipped, or that stands in a file."""

from goalmap.classify.goals.frameworks import find
from goalmap.classify.manner import Manner, Supplied
from goalmap.classify.proposals import Classifier, classifier


def classifier_for(name: str, manner: Manner) -> Classifier:
    """The classifier for a framework by its name or its TOML file, loaded or learnt once.

    Raises UnknownName, NotFound, FrameworkProblem or ModelProblem.
    """
    found = find(name)
    supplied = None if found.toml is None else Supplied(found.framework.id, found.toml)
    return classifier(found.framework.id, manner, supplied)
