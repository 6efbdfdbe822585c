"""How Sphinx builds the documentation: `make docs` writes it to docs/_build, offline, with warnings as errors."""

import re
from importlib.metadata import version as installed
from typing import Any

from sphinx.application import Sphinx

project = "goalmap"
author = "The goalmap authors"
copyright = author
version = release = installed("goalmap")
language = "en_GB"

extensions = ["myst_parser"]
exclude_patterns = ["_build", "making"]
myst_heading_anchors = 4
nitpicky = True
smartquotes = False  # options such as --db keep their hyphens

html_theme = "furo"
html_title = f"goalmap {release}"
html_static_path = ["_static"]
html_css_files = ["goalmap.css"]
html_copy_source = False
html_show_sourcelink = False
html_search_language = "en"
# every part beyond the pages themselves that a reader's browser would fetch stays out
html_theme_options = {"footer_icons": []}

REACHED_BY_KEYBOARD = (
    ("<pre>", '<pre tabindex="0">'),
    ('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper'),
    ('role="heading"', 'role="heading" aria-level="2"'),
    ('<th class="head"><p></p></th>', "<td></td>"),
)
"""What scrolls can be scrolled by keyboard, headings have a level, and an empty cell is no heading: found, put in its place."""


def mend(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Make a page usable without a mouse and with a screen reader."""
    for part in ("body", "furo_navigation_tree"):
        for found, mended in REACHED_BY_KEYBOARD:
            context[part] = context.get(part, "").replace(found, mended)


def point_within(app: Sphinx, page: str, source: list[str]) -> None:
    """Let links to pages at the top of the tree lead to the page that includes them."""
    source[0] = re.sub(r"\((?:\.\./)+([A-Z]+)\.md", lambda found: f"(/project/{found[1].lower()}.md", source[0])


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("source-read", point_within)
    app.connect("html-page-context", mend, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
