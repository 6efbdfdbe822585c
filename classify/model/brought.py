"""A user's framework straight from its file, with a model learnt from what stands in it."""

from goalmap.classify.goals import frameworks
from goalmap.classify.goals.frameworks import Found, Framework
from goalmap.classify.manner import Supplied
from goalmap.classify.model.model import as_bytes, fingerprint_of
from goalmap.classify.model.training import train


def brought_by(found: Found) -> Supplied | None:
    """What the pipeline must be given of a framework; None for one that is shipped. Raises ModelProblem."""
    framework = found.framework
    if found.toml is None:
        return None
    if framework.model in frameworks.names():
        return Supplied(framework.id, found.toml)
    return Supplied(framework.id, found.toml, *learnt(framework))


def learnt(framework: Framework) -> tuple[bytes, str]:
    """The model of a framework, learnt from what stands in it, as bytes; and its name. Raises ModelProblem."""
    model = train(framework).model
    return as_bytes(model), f"{framework.id}@{fingerprint_of(model)}"
