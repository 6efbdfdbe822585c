"""Posts in verbs: who chairs, leads, runs or founded what, and who sits on its board."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from goalmap.extract.roles.phrases import Phrase
from goalmap.extract.words import one_of

TITLES = {
    "chair": "chair",
    "chairs": "chair",
    "co-chairs": "co-chair",
    "co-chair": "co-chair",
    "leads": "lead",
    "heads": "head",
    "runs": "head",
    "manages": "manager",
    "directs": "director",
    "edits": "editor",
    "lead": "lead",
    "chaired": "chair",
    "co-chaired": "co-chair",
    "led": "lead",
    "headed": "head",
    "ran": "head",
    "managed": "manager",
    "directed": "director",
    "edited": "editor",
    "founded": "founder",
    "co-founded": "co-founder",
}
"""The post that a verb amounts to."""
PAST_DEEDS = frozenset({"chaired", "co-chaired", "led", "headed", "ran", "managed", "directed", "edited"})

_BODY = r"(?:(?:the|our|its) [\w-]+[’']s |the |our |its |their |new |charity |merged |⟨O\d+⟩[’']s )*⟨O(?P<body>\d+)⟩"
_GROUPS = "panel|committee|board|group|forum|network|team|council|partnership|taskforce|task force|working party|working group|steering group|corporation|advisory group"
_THING = rf"(?:(?:the|our|its|their|⟨O(?P<owner>\d+)⟩[’']s) (?:[\w’'-]+ ){{0,3}}?(?i:{_GROUPS})\b)"
_DOES = re.compile(
    rf"\b(?P<verb>{one_of(TITLES)}) (?:the work of |the board of (?:trustees of )?|(?:the )?(?:[\w’-]+ ){{0,3}}(?:at|of|for) )?(?:{_BODY}(?![’']s)|(?P<thing>{_THING}))"
)
_WORK = re.compile(
    r"\b(?P<verb>leads|lead|led|heads|runs|manages|managed) (?:on )?(?P<whose>our|its|the trust’s|their|⟨O\d+⟩[’']s|the) (?P<what>(?:[\w-]+ ){0,3}?(?:work|team|service|programme|unit|clubs?|department|office|project|research|study|response|efforts))\b(?! of ⟨O)"
)
_IN_CHAIR = re.compile(r"\b(?:was in|is in|took) the chair\b")
_SITS = re.compile(
    rf"\b(?:sits?|served|serves|serve|sat|is|was|are|elected|appointed|co-opted) (?:also |still |both )?(?:on(?:to)?|to) (?P<what>(?:the|its|our|their|⟨O(?P<owner>\d+)⟩[’']s) (?:[\w-]+ ){{0,2}}?(?:{_GROUPS}))(?: of {_BODY})?"
)
BY = re.compile(
    r"(?:⟨O(?P<body>\d+)⟩\)?(?P<between>[^.;“”⟨]{0,80}?))?\b(?P<verb>(?:co-)?chaired|(?:co-)?founded|led|run|headed|managed|directed|edited|established|set up) (?:in \d{4} )?(?:jointly )?by (?=(?P<rest>[^.;“”]{0,140}))"
)
BY_TITLES = {"run": "head", "established": "founder", "set up": "founder"}


_OWN = re.compile(
    r"\b(?P<verb>founded|co-founded|chairs|chaired|runs|ran|leads|led) (?:this|the|our) (?:charity|company|firm|business|organisation|society|club|union|school|trust)\b"
)
"""`who founded this charity`: the text’s own."""


class Deed(NamedTuple):
    """A verb that gives its subject a post."""

    phrase: Phrase
    past: bool


def deeds_in(text: str) -> Iterator[Deed]:
    """Every post that a verb of the sentence gives to its subject."""
    for match in _DOES.finditer(text):
        verb = match["verb"]
        if verb in ("chair", "co-chair", "lead") and not re.search(
            r"(?:\bwill|\bto|\bwho|\band|continued to) $", text[: match.start()]
        ):
            continue
        title = TITLES[verb]
        body = match["body"] or match["owner"]
        if match["thing"]:
            title += " of the " + re.sub(r"^(?:the|our|its|their|⟨O\d+⟩[’']s) ", "", match["thing"])
        bodies = (int(body),) if body else ()
        yield Deed(Phrase(match.start(), match.end(), title, bodies, verb="does"), verb in PAST_DEEDS)
    for match in _WORK.finditer(text):
        if match["whose"] != "the" or match["verb"] in ("manages", "managed", "runs"):
            owner = re.match(r"⟨O(\d+)⟩", match["whose"])
            bodies = (int(owner[1]),) if owner else ()
            title = TITLES.get(match["verb"], "lead")
            yield Deed(
                Phrase(match.start(), match.end(), title, bodies, article="our", verb="does"), match["verb"] == "led"
            )
    for match in _OWN.finditer(text):
        verb = match["verb"]
        yield Deed(Phrase(match.start(), match.end(), TITLES[verb], article="our", verb="does"), verb in PAST_DEEDS)
    for match in _IN_CHAIR.finditer(text):
        yield Deed(Phrase(match.start(), match.end(), "chair", article="its", verb="does"), past=False)
    for match in _SITS.finditer(text):
        body = match["body"] or match["owner"]
        what = re.sub(r"^(?:the|our|its|their|⟨O\d+⟩[’']s) ", "", match["what"])
        title = f"member of the {what}"
        bodies = (int(body),) if body else ()
        past = match.group().split()[0] in ("served", "sat", "was")
        yield Deed(Phrase(match.start(), match.end(), title, bodies, article="its", verb="does"), past)


_PERSON = re.compile(r"⟨P(\d+)⟩")


def by_phrase(match: re.Match[str]) -> Phrase | None:
    """`⟨O⟩, chaired by …`: a post whose holders follow."""
    people = _PERSON.search(match["rest"])
    if (
        not people
        or "⟨O" in match["rest"][: match["rest"].find(" ") + 1]
        or re.search(r"\b(?:who|has|have|said|is|was|will)\b", match["rest"][: people.start()])
    ):
        return None
    title = TITLES.get(match["verb"]) or BY_TITLES[match["verb"]]
    said_of_body = match["body"] and (
        (match["between"] or "").startswith(",")
        or not re.search(r"\b(?:and|with|by|between|for|from|at|in)\s(?:the )?$", match.string[: match.start()])
    )
    between = match["between"] or ""
    fits = (
        bool(re.match(r"(?:,|\)|\s)*(?:which|who|that|an?|the|is|was|has been|are|were|,|$|now|jointly|co-)", between))
        and "⟨I" not in between
    )
    bodies = (int(match["body"]),) if said_of_body and fits else ()
    start = match.start("verb")
    of_it = re.search(r"(?:^|\s)It (?:is|was|will be|has been) (?:\w+ )?$", match.string[:start])
    return Phrase(start, match.end(), title, bodies, article="its" if of_it else "by", plural=True, verb="by")
