"""What a section of a report is made by: a table row that says what it can be told, and a template's row that tells it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goalmap.report.draft.model import Block, Section, paragraphs

if TYPE_CHECKING:
    from goalmap.report.material import Material

Value = int | bool | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """Something that a template can say of a section, with what holds where it does not."""

    default: Value
    help: str
    choices: tuple[str, ...] = ()
    """The values there are, of texts and lists; any where it is empty."""


@dataclass(frozen=True, slots=True)
class Row:
    """A section as a template asks for it: `use` names its kind; options that are not given hold their defaults."""

    use: str
    title: str
    text: str = ""
    options: Mapping[str, Value] = field(default_factory=dict)
    sections: tuple["Row", ...] = ()
    id: str = ""

    def number(self, option: str) -> int:
        value = self.options[option]
        return value if isinstance(value, int) else 0

    def yes(self, option: str) -> bool:
        return bool(self.options[option])

    def texts(self, option: str) -> tuple[str, ...]:
        value = self.options[option]
        return value if isinstance(value, tuple) else (str(value),)

    def section(self, *blocks: Block, sections: tuple[Section, ...] = ()) -> Section:
        """The section with these blocks, after the template's own words."""
        return Section(self.id, self.title, (*paragraphs(filter(None, [self.text])), *blocks), sections)


Make = Callable[["Material", Row], Section | None]
"""What makes a section; None where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of section: what it shows, what it can be told, and what makes it."""

    help: str
    make: Make
    options: Mapping[str, Option] = field(default_factory=dict)
