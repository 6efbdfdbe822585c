"""How passages are classified, and what a user brings to it."""

from dataclasses import astuple, dataclass

FULL, FAST = "full", "fast"
"""With the tuned encoder, and without it."""
MODES = {None: None, False: FULL, True: FAST}
"""By whether it should be fast; None where nobody has said."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How passages are classified."""

    counts: str | None = None
    """`activities` or `topics`; None as the framework says."""
    mode: str | None = None
    """`full` or `fast`; None is `full`."""
    threshold: float | None = None
    """Least probability of a proposal; None or 0 as the model says."""

    @property
    def is_fast(self) -> bool:
        return self.mode == FAST

    def over(self, earlier: "Manner") -> "Manner":
        """This manner, and the earlier one's where this one says nothing."""
        return Manner(
            *(
                mine if mine is not None else theirs
                for mine, theirs in zip(astuple(self), astuple(earlier), strict=True)
            )
        )


@dataclass(frozen=True, slots=True)
class Supplied:
    """What a user brings: a framework of their own as TOML, or a model that learnt from their decisions, or both."""

    framework: str
    toml: str | None = None
    model: bytes | None = None
    model_name: str = ""


USUAL = Manner()
