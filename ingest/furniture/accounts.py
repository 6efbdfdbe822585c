"""Tables of accounts and pay, registers and attendance: rows of figures or names that report no activity."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from goalmap.ingest.document import Block, Kind
from goalmap.ingest.layout.tables.bands import FIGURE
from goalmap.ingest.names import is_person

BAR = " | "
HEADINGS = {
    "accounts": (
        r"statements? of (?:\w+ )?(?:comprehensive income|financial (?:position|activities)|cash ?flows?|accounts|"
        r"changes in (?:taxpayers['’]? )?equity|net expenditure)|(?:group |consolidated )?(?:income (?:and expenditure|statement)|"
        r"balance sheet|profit and loss|cash ?flow statement)(?: account)?|"
        r"notes (?:to|forming part of) the (?:accounts|financial statements)|(?:primary )?financial statements|"
        r"(?:audit(?:or['’]?s)?) (?:fees?|remuneration)|better payment practice code|losses and special payments"
    ),
    "pay": (
        r"remuneration(?: (?:report|tables?|of \w+|and \w+)|$)|(?:salar(?:y|ies)|pay) and (?:pensions?|allowances)|"
        r"pension (?:benefits|entitlements?|disclosures?)|fair pay|pay (?:ratio|multiple)s?|cash equivalent transfer|"
        r"exit packages|staff costs|off-payroll"
    ),
    "people": (
        r"(?:register|declarations?) of (?:[\w’']+ ){0,4}interests?|(?:members|directors|governors|trustees)[’']? interests|"
        r"(?:[\w’']+ ){0,4}attendance(?: (?:record|register|at|table|of)|$)|(?:meetings? attend(?:ed|ance))"
    ),
}
HEADING = re.compile(
    rf"^(?:table \d+\s*[:.–-]?\s*|note \d+\s*[:.–-]?\s*|[\d.]+\s+)?(?:{'|'.join(HEADINGS.values())})", re.I
)
REGISTER = re.compile(HEADINGS["people"], re.I)
ACCOUNT_LINE = re.compile(
    r"^(?:(?:total|net|gross|other|less:?|add:?|opening|closing|operating|current|non-?current|fixed|tangible|intangible|"
    r"retained|revaluation|restricted|unrestricted|designated|deferred|staff|pension|employer['’]?s?|trade and other) )*"
    r"(?:income|expenditure|revenue|turnover|surplus|deficit|assets|liabilities|equity|reserves?|funds|profit|loss|costs?|expenses|"
    r"cost of sales|earnings|receivables|payables|inventories|stocks?|cash (?:and|at)|property, plant|provisions|borrowings|"
    r"public dividend|depreciation|amortisation|impairments?|finance (?:income|costs?|expenses?)|interest (?:payable|receivable)|"
    r"(?:corporation )?tax(?:ation)?|creditors|debtors|wages|salaries|social security|contributions|audit|"
    r"capital (?:and reserves|employed|commitments)|share capital|dividends?|grants receivable|donations and legac\w+)\b"
    r"(?! (?:for|from|of) (?:our|every|each)\b)",
    re.I,
)
PAY_WORDS = re.compile(
    r"\bsalary\b|\bbonus|pension[- ]related|benefits? in kind|bands? of £|\bcetv\b|cash equivalent|expense payments|"
    r"taxable benefits|total remuneration|real increase|lump sum|accrued pension|single total figure",
    re.I,
)
FAIR_PAY = re.compile(
    r"pay ratio|highest[- ]paid (?:director|employee|officer)|(?:ratio|remuneration) (?:of|to) (?:the )?(?:highest|median|\d\dth)|"
    r"total pay and benefits|salary component",
    re.I,
)
ACTIVITY_HEADER = re.compile(
    r"\b(?:actions?|activit(?:y|ies)|owner|progress|status|outcomes?|programmes?|projects?|initiatives?|what we|grant|"
    r"recipients?|partners?|pay gap|ethnic\w*|objectives?|commitments? (?:made|we)|milestones?|beneficiar\w+)\b",
    re.I,
)
ACTIVITY_ROW = re.compile(
    r"pay gap|\bapprentice(?!ship levy)|volunteer|bursar|hardship|emissions|carbon|tonnes|\bkwh\b|\bgrants? (?:to|award|made|paid)",
    re.I,
)
ATTENDANCE_HEADER = re.compile(r"attend|\b(?:name|member|director|governor|trustee)s?\b", re.I)
BANDED = re.compile(r"^\(?\d{1,3}(?:\.\d)?\s?[–-]\s?\(?\d{1,3}(?:\.\d)?\)?$")
ATTENDED = re.compile(r"^\d{1,2}\s?(?:/|of|out of)\s?\d{1,2}$|^\d{1,2} \(\d{1,2}\)$")
YEAR = re.compile(r"^(?:(?:fy|q\d|[a-z]{3,9})\s)?(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?$|^(?:q[1-4]|[a-z]{3,9})$", re.I)
FEWEST_ROWS = 3
TOLD_WORDS = 12
"""A cell of so many words tells something, whatever table it stands in."""
LEAD = 3
"""How many blocks above a table may be its heading."""


def is_of_figures(blocks: Sequence[Block]) -> Iterator[int]:
    """The places of rows that stand in tables of accounts, pay, interests or attendance, or have no word at all."""
    for is_row, run in groupby(range(len(blocks)), key=lambda i: blocks[i].kind is Kind.TABLE_ROW):
        if is_row:
            table = list(run)
            rows = [blocks[i].text.split(BAR) for i in table]
            is_register = _heads(blocks, table[0], REGISTER)
            counts = is_register or _is_of_accounts(rows, _heads(blocks, table[0], HEADING))
            yield from (
                i for i, row in zip(table, rows, strict=True) if _is_bare(row) or (counts and _reports_nothing(row))
            )


def _heads(blocks: Sequence[Block], place: int, heading: re.Pattern[str]) -> bool:
    """Whether such a heading stands over a table, be it a line of its own or the one that holds for the part."""
    near = blocks[max(0, place - LEAD) : place]
    over = next((block for block in reversed(blocks[:place]) if block.kind in (Kind.HEADING, Kind.TITLE)), None)
    lines = [block for block in near if block.kind is not Kind.TABLE_ROW and len(block.text.split()) <= TOLD_WORDS]
    return any(heading.match(block.text) for block in [*lines, *filter(None, [over])])


def _is_of_accounts(rows: Sequence[Sequence[str]], headed: bool) -> bool:
    """Whether a table holds accounts or pay: by its heading, its header, or what its rows are called."""
    header = BAR.join(cell for row in rows[:2] for cell in row)
    if ACTIVITY_HEADER.search(header):
        return False
    if ATTENDANCE_HEADER.search(header) and _share(rows, _is_attendance) >= 0.5:
        return True
    return headed or _has_pay_header(header) or any(_share(rows, test) >= 0.5 for test in ROWS)


def _has_pay_header(header: str) -> bool:
    return len(PAY_WORDS.findall(header)) > 1 or FAIR_PAY.search(header) is not None


def _share(rows: Sequence[Sequence[str]], test: "Test") -> float:
    """The share of the rows after the header for which a test holds; none where they are few."""
    held = sum(test(row) for row in rows)
    return held / len(rows) if held >= FEWEST_ROWS else 0.0


def _is_account_line(row: Sequence[str]) -> bool:
    return ACCOUNT_LINE.match(row[0]) is not None and any(map(FIGURE.match, row[1:]))


def _is_pay_of_person(row: Sequence[str]) -> bool:
    return sum(BANDED.match(cell) is not None for cell in row[1:]) > 1


def _is_attendance(row: Sequence[str]) -> bool:
    return is_person(row[0].split(",")[0]) and any(map(ATTENDED.match, row[1:]))


def _is_fair_pay(row: Sequence[str]) -> bool:
    return FAIR_PAY.search(row[0]) is not None


def _reports_nothing(row: Sequence[str]) -> bool:
    told = any(len(cell.split()) >= TOLD_WORDS for cell in row)
    return not told and ACTIVITY_ROW.search(row[0]) is None


def _is_bare(row: Sequence[str]) -> bool:
    """A row of figures and nothing else, as of a chart's axis; a year and its figures belong to the table's heading."""
    return len(row) > 1 and all(map(FIGURE.match, row)) and not YEAR.match(row[0])


Test = Callable[[Sequence[str]], bool]
ROWS: tuple[Test, ...] = (_is_account_line, _is_pay_of_person, _is_fair_pay)
"""What rows of accounts and of pay are told by where nothing is said above them."""
