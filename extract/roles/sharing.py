"""Posts that are named together and held at one body."""

import re
from collections.abc import Sequence
from dataclasses import replace

from goalmap.extract.roles.bodies import STATE
from goalmap.extract.roles.post import Post

BESIDE = re.compile(
    r"(?i)\b(?:chair\w*|trustee|professor|fellow|governor|member|adviser|advisor|patron|ambassador|president|lead|responsible officer)\b"
)
"""Posts that people hold elsewhere beside their work."""


def sharing_bodies(posts: Sequence[Post], text: str) -> list[Post]:
    """`chair and director of ⟨O⟩`, `⟨O⟩’s chair and director`: one body for both."""
    shared = list(posts)
    for place in range(len(shared) - 1):
        one, two = shared[place : place + 2]
        joined = re.match(r"^[\w ,-]{0,60}?\s(?:and|&),?\s[\w ,-]{0,40}$", text[one.place : two.place])
        if one.person == two.person and joined and one.former == two.former and not two.article:
            if (
                one.body is None
                and two.body is not None
                and not one.until
                and not BESIDE.search(two.title)
                and not STATE.search(one.title)
            ):
                shared[place] = replace(one, body=two.body)
            elif two.body is None and one.body is not None:
                shared[place + 1] = replace(two, body=one.body)
    return shared
