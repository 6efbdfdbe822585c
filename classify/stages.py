"""The stage that a heading gives to the list under it: "What we will do by 2028" makes plans of its items."""

import re

from goalmap.ingest.document import Kind, Passage

BY_HEADING = (
    ("aspiration", re.compile(r"\b(?:would like to|hope to|aspir\w+|ambitions?|our vision|long[- ]term vision|ideas|might)\b", re.I)),
    ("planned", re.compile(r"\b(?:(?:we|you) will|we(?:'|’)ll|next steps?|plans?\b(?! for tenants)|planned|priorities for|coming year|by 20[2-5]\d|what(?:'|’)s next|looking ahead|future)\b", re.I)),
    ("delivered", re.compile(r"\b(?:(?:have|has) (?:we )?done|we did|achieve\w*|delivered|progress (?:so far|to date|since)|results?|highlights|since 20[12]\d|last year)\b", re.I)),
)  # fmt: skip
UNDER_HEADINGS = (Kind.LIST_ITEM, Kind.TABLE_ROW)
TELLS_ITSELF = re.compile(r"\b(?:will|would|were|was|has|have|had|hope|plan(?:s|ned)?|aim)\b", re.I)


def stage_of(passage: Passage, likeliest: str) -> str:
    """The stage under its heading where the item itself has no tense, else the likeliest by its words."""
    if passage.kind not in UNDER_HEADINGS or not passage.heading or TELLS_ITSELF.search(passage.text):
        return likeliest
    return next((stage for stage, pattern in BY_HEADING if pattern.search(passage.heading)), likeliest)
