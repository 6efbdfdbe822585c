"""Which of many documents may be copies: pairs whose signatures are somewhat alike, found without comparing them all."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from goalmap.ingest.likeness import BANDS, ROWS

if TYPE_CHECKING:
    import numpy as np

LEAST_ESTIMATE = 0.35
"""Estimated likeness from which two documents are compared by their texts."""
AT_ONCE = 100_000
"""Pairs whose signatures are compared at once."""


def near_pairs(signatures: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Places in the list of two documents that are somewhat alike, the first before the second, in order."""
    import numpy as np

    if len(signatures) < 2:
        return
    values = np.frombuffer(b"".join(signatures), "<u4").reshape(len(signatures), -1)
    found = np.unique(np.concatenate([_sharing(values[:, at * ROWS : (at + 1) * ROWS]) for at in range(BANDS)]))
    for start in range(0, len(found), AT_ONCE):
        one, other = np.divmod(found[start : start + AT_ONCE], len(signatures))
        near = (values[one] == values[other]).mean(axis=1) >= LEAST_ESTIMATE
        yield from zip(one[near].tolist(), other[near].tolist(), strict=True)


def _sharing(band: "np.ndarray") -> "np.ndarray":
    """All two documents with equal values in a band of their signatures, each pair as one number."""
    import numpy as np

    order = np.lexsort(band.T)
    inside, places = band[order], np.arange(len(order))
    pairs, step = [np.empty(0, np.int64)], 0
    while len(places):
        step += 1
        places = places[places + step < len(order)]
        places = places[(inside[places] == inside[places + step]).all(axis=1)]
        one, other = order[places], order[places + step]
        pairs.append(np.minimum(one, other) * len(order) + np.maximum(one, other))
    return np.concatenate(pairs)
