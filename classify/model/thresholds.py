"""What thresholds cost with the model that classifies for a framework."""

from dataclasses import dataclass

from goalmap.classify.goals import frameworks
from goalmap.classify.goals.frameworks import Framework
from goalmap.classify.model.model import load_model
from goalmap.classify.model.weighing import Cost


@dataclass(frozen=True, slots=True)
class Thresholds:
    """By `full` and `fast`: what each threshold gives, and the usual one; empty where nothing was trained yet."""

    costs: dict[str, tuple[Cost, ...]]
    usual: dict[str, float]

    @property
    def facts(self) -> dict[str, object]:
        """The same for JSON."""
        return {
            mode: {"usual": self.usual[mode], "costs": [cost._asdict() for cost in costs]}
            for mode, costs in self.costs.items()
        }


def thresholds(framework: Framework) -> Thresholds:
    """What thresholds cost, as the shipped model of the framework was measured. Raises ModelProblem."""
    if framework.model not in frameworks.names():
        return Thresholds({}, {})
    model = load_model(framework.model)
    return Thresholds(model.costs, {mode: weighing.threshold for mode, weighing in model.weighings.items()})
