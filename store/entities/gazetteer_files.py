"""Lists of names as files: NHS ODS extracts as published, and any CSV with a header."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.model import Entry
from goalmap.extract.words import table
from goalmap.ingest.errors import GazetteerProblem, NotFound, QueueProblem
from goalmap.store.entities.capitals import in_usual_letters
from goalmap.store.sheets import sheet

Cells = Mapping[str, str]
Numbered = tuple[int, list[str]]
"""The line where a row begins, and its cells."""

LONGEST_HEADER = 300
"""Letters of the columns of a file that is none of these, as they are told."""
ODS = "NHS ODS extract"
ODS_CODE, ODS_NAME, ODS_OPENED, ODS_CLOSED = 0, 1, 10, 11
"""The columns of an extract that are read, from 0."""
ODS_CODE_FORM = re.compile(r"[A-Z0-9]{3,10}")
ODS_DATE = re.compile(r"\d{8}")

KINDS = {
    **dict.fromkeys(("", "organisation", "organisations", "organization", "body", "org"), EntityKind.ORGANISATION),
    **dict.fromkeys(("person", "people"), EntityKind.PERSON),
    **dict.fromkeys(("initiative", "initiatives", "programme", "scheme"), EntityKind.INITIATIVE),
}
FIELDS = {
    **dict.fromkeys(("name", "organisation", "organisation name", "organization name", "official name"), "name"),
    **dict.fromkeys(("aliases", "alias", "other names", "also known as", "acronym", "short name"), "aliases"),
    **dict.fromkeys(("kind", "type"), "kind"),
    **dict.fromkeys(("since", "from", "open date", "start", "start date", "valid from"), "since"),
    **dict.fromkeys(("until", "to", "close date", "end", "end date", "valid to"), "until"),
    **dict.fromkeys(("successor", "replaced by", "became"), "successor"),
}
"""Columns with a meaning of their own, by what they may be called."""
SCHEMES = {
    **dict.fromkeys(("ods", "ods code", "organisation code"), "ods"),
    **dict.fromkeys(("companies house", "company number", "company no", "crn"), "companies_house"),
    **dict.fromkeys(("charity", "charity number", "charity no"), "charity"),
    **dict.fromkeys(("gss", "gss code", "ons code"), "gss"),
    **dict.fromkeys(("wikidata", "wikidata id", "qid"), "wikidata"),
}
"""Schemes by what their columns may be called; any other column of codes is a scheme of its own name."""
PLAIN = table(
    """
    address address1 address2 address3 postcode town city county country region latitude longitude website url web email
    e-mail phone telephone fax notes note comment comments description status source contact
    """
)
"""Words of columns that hold no codes."""
DIGITS = {"companies_house": 8}
"""Codes that a spreadsheet strips of the zeros that they begin with."""
ROUNDED = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
CODE = re.compile(r"\S(?:.{0,38}\S)?")
SEPARATOR = re.compile(r"\s*[|;]\s*")
DATES = (
    (re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?"), (1, 2, 3)),
    (re.compile(r"(\d{4})(\d\d)(\d\d)"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})"), (3, 2, 1)),
)
"""Forms of dates, with where the year, the month and the day stand."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """A list that was read."""

    form: str
    entries: tuple[Entry, ...]
    schemes: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Fault(Exception):
    """What is wrong with one row."""


def read_gazetteer(path: Path) -> Gazetteer:
    """The names in a file. Raises NotFound, or GazetteerProblem with a line for each fault: then none is taken."""
    if not path.is_file():
        raise NotFound(f"There is no file {str(path)!r}.")
    try:
        rows, warnings = sheet.filled_rows(path)
    except QueueProblem as problem:
        raise GazetteerProblem(str(problem)) from problem
    if not rows:
        raise GazetteerProblem(f"{path} is empty. Give a CSV with a column called name, or an NHS ODS extract.")
    if _is_ods(rows):
        return Gazetteer(ODS, _entries(path, rows, _ods_entry), ("ods",), warnings=warnings)
    return _with_header(path, rows, warnings)


def _entries(path: Path, rows: Sequence[Numbered], entry: Callable[[list[str]], Entry | None]) -> tuple[Entry, ...]:
    found, faults = [], []
    for line, cells in rows:
        try:
            found.append(entry([sheet.unescape(cell.strip()) for cell in cells]))
        except Fault as fault:
            faults.append(f"Line {line}: {fault}")
    if faults:
        raise GazetteerProblem(f"{path} was not taken over; mend these lines and import it again:", faults)
    return tuple(one for one in found if one)


# NHS ODS extracts


def _is_ods(rows: Sequence[Numbered]) -> bool:
    """An extract has no header: a code and a name come first, and dates stand in its eleventh column."""
    cells = [cell.strip() for cell in rows[0][1]]
    return (
        len(cells) > ODS_CLOSED
        and ODS_CODE_FORM.fullmatch(cells[ODS_CODE]) is not None
        and any(ODS_DATE.fullmatch(row[ODS_OPENED].strip()) for _, row in rows[:50] if len(row) > ODS_OPENED)
    )


def _ods_entry(cells: list[str]) -> Entry:
    cells = cells + [""] * (ODS_CLOSED + 1 - len(cells))
    code, name = cells[ODS_CODE], cells[ODS_NAME]
    if not ODS_CODE_FORM.fullmatch(code) or not name:
        raise Fault(f"an ODS extract has a code and a name here, not {code!r} and {name!r}")
    return Entry(
        EntityKind.ORGANISATION,
        in_usual_letters(name),
        identifiers={"ods": code},
        since=_date(cells[ODS_OPENED]),
        until=_date(cells[ODS_CLOSED]),
    )


# Any CSV with a header


def _with_header(path: Path, rows: Sequence[Numbered], warnings: tuple[str, ...]) -> Gazetteer:
    (line, header), *rest = rows
    said = [" ".join(cell.casefold().replace("_", " ").split()) for cell in header]
    fields = {place: FIELDS[name] for place, name in enumerate(said) if name in FIELDS}
    if "name" not in fields.values():
        columns = shorten(
            ", ".join(cell.strip() for cell in header if cell.strip()), LONGEST_HEADER, placeholder=" ..."
        )
        raise GazetteerProblem(
            f"{path} has no column called name in line {line}, and is no NHS ODS extract. Its columns: {columns}."
        )
    others = {place: name for place, name in enumerate(said) if name and place not in fields}
    schemes = {place: _scheme(name) for place, name in others.items() if _holds_codes(place, name, rest)}

    def entry(cells: list[str]) -> Entry | None:
        named = {fields[place]: cell for place, cell in enumerate(cells) if place in fields}
        codes = {schemes[place]: cell for place, cell in enumerate(cells) if place in schemes and cell}
        return _entry(named, {scheme: _code(scheme, code) for scheme, code in codes.items()})

    ignored = tuple(header[place].strip() for place in others if place not in schemes)
    return Gazetteer("CSV", _entries(path, rest, entry), tuple(dict.fromkeys(schemes.values())), ignored, warnings)


def _scheme(column: str) -> str:
    return SCHEMES.get(column, column.replace(" ", "_"))


def _holds_codes(place: int, column: str, rows: Sequence[Numbered]) -> bool:
    cells = [row[place].strip() for _, row in rows if place < len(row)]
    return column in SCHEMES or (
        column != "post code"
        and PLAIN.isdisjoint(column.split())
        and all(not cell or CODE.fullmatch(cell) for cell in cells)
    )


def _entry(cells: Cells, identifiers: Mapping[str, str]) -> Entry:
    if not cells["name"]:
        raise Fault("there is no name")
    kind = cells.get("kind", "").casefold()
    if kind not in KINDS:
        raise Fault(f"no kind is called {kind!r}; write person, organisation or initiative, or leave it blank")
    name = (
        in_usual_letters(cells["name"])
        if KINDS[kind] is EntityKind.ORGANISATION and " " in cells["name"]
        else cells["name"]
    )
    aliases = dict.fromkeys(alias for alias in SEPARATOR.split(cells.get("aliases", "")) if alias and alias != name)
    return Entry(
        KINDS[kind],
        name,
        tuple(aliases),
        identifiers,
        _date(cells.get("since", "")),
        _date(cells.get("until", "")),
        cells.get("successor") or None,
    )


def _code(scheme: str, code: str) -> str:
    if ROUNDED.fullmatch(code):
        raise Fault(
            f"the {scheme} {code!r} was rounded by a spreadsheet; format the column as text, write the whole code and save again"
        )
    return code.zfill(DIGITS[scheme]) if scheme in DIGITS and code.isdecimal() else code


def _date(text: str) -> str | None:
    """A date as year, month and day, as exact as it is given. Raises Fault."""
    if not text:
        return None
    for form, places in DATES:
        if match := form.fullmatch(text):
            return "-".join(_parts(match[place] for place in places))
    raise Fault(f"{text!r} is no date; write 2024-11-01, 01/11/2024 or 2024")


def _parts(parts: Iterator[str | None]) -> Iterator[str]:
    return (part.zfill(2) for part in parts if part)
