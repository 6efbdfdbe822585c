"""SQLite's SQL as PostgreSQL understands it: each statement is translated once, whatever its values are."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import count

Tokens = list[str]
Rule = Callable[[Tokens], Tokens]

_TOKEN = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]* | /\*.*?\*/ | \?\d* | ::\w+ | :[A-Za-z_]\w* | [A-Za-z_][\w.]*
    | \d+(?:\.\d+)? | \|\| | @@@ | <> | <= | >= | != | == | \s+ | .""",
    re.VERBOSE | re.DOTALL,
)
WHOLE = {
    "begin immediate": """
        begin; set local lock_timeout = '30s'; select pg_advisory_xact_lock(hashtext('goalmap writes'))""",
    "begin": "begin isolation level repeatable read",
    "pragma journal_mode = wal": "select 'wal'",
    "pragma foreign_key_check": "select 1 where false",
    "pragma defer_foreign_keys = on": "set constraints all deferred",
}
"""Statements that are something else altogether. Writers wait for each other and readers for nobody."""
CLAUSES = frozenset(
    re.findall(
        r"\w+",
        "and or then when else end order group limit escape union except intersect having where on join left cross inner "
        "from offset set returning asc desc as",
    )
)
"""Words before which an operand ends."""
NULLS = {"asc": "nulls first", "desc": "nulls last"}
"""SQLite takes what is not there for less than anything else."""
TYPES = {"integer": "bigint", "real": "double precision", "blob": "bytea"}


@lru_cache(maxsize=4096)
def translated(sql: str) -> str:
    """The statement for PostgreSQL, with psycopg's marks for its values.

    >>> translated("select id from goals where code is ? order by name collate nocase")
    'select id from goals where code is not distinct from %s order by lower(name) nulls first'
    """
    if whole := WHOLE.get(" ".join(sql.lower().split())) or _trigger(sql) or _no_trigger(sql):
        return whole
    tokens = _TOKEN.findall(sql.strip().rstrip(";"))
    for rule in RULES:
        tokens = _TOKEN.findall("".join(rule(tokens)))
    return "".join(_mark(token) for token in tokens)


def _mark(token: str) -> str:
    """A token as psycopg takes it: marks for values, and signs of percentage that are none."""
    if token[0] == "?":
        return f"%(p{token[1:]})s" if token[1:] else "%s"
    if token[0] == ":" and token[1:2].isidentifier():
        return f"%({token[1:]})s"
    return token.replace("%", "%%")


def _words(tokens: Sequence[str], start: int = 0) -> Iterator[tuple[int, str]]:
    """The places of the tokens that are not blank, in small letters."""
    for place in range(start, len(tokens)):
        if not tokens[place].isspace():
            yield place, tokens[place].lower()


def _next(tokens: Sequence[str], place: int, skip: int = 0) -> tuple[int, str]:
    """The token that follows, or an empty one."""
    found = _words(tokens, place + 1)
    for _ in range(skip):
        next(found, None)
    return next(found, (len(tokens), ""))


def _without_hints(tokens: Tokens) -> Tokens:
    """Without the names of the indexes that SQLite is to use."""
    for place, word in _words(tokens):
        following, second = _next(tokens, place)
        if word == "indexed" and second == "by":
            end, _ = _next(tokens, following)
            tokens[place : end + 1] = [""] * (end + 1 - place)
        elif word == "not" and second == "indexed":
            tokens[place] = tokens[following] = ""
    return [token for token in tokens if token]


def _ends(tokens: Tokens) -> Tokens:
    """A column that is named like the end of a case stands in quotation marks."""
    for place, word in list(_words(tokens)):
        if word == "end" and tokens[_before(tokens, place)] in (",", "(") and _next(tokens, place)[1] in (",", ")"):
            tokens[place] = '"end"'
    return tokens


def _before(tokens: Sequence[str], place: int) -> int:
    """The place of the token before that is not blank."""
    return next((at for at in range(place - 1, -1, -1) if not tokens[at].isspace()), 0)


def _aliases(tokens: Tokens) -> Tokens:
    """A query that is read from has a name."""
    for place, word in list(_words(tokens)):
        opening, bracket = _next(tokens, place)
        if word in ("from", "join") and bracket == "(":
            closing = _end(tokens, opening + 1, frozenset())
            if (following := _next(tokens, closing)[1]) in CLAUSES - {"as"} or following in ("", ")", ",", ";"):
                tokens[closing] = f") as found_{place}"
    return tokens


_ENDS_OF_TABLE = CLAUSES - {"as", "left"} | {"using"}


def _joins(tokens: Tokens) -> Tokens:
    """A join in a given order that has a condition is a join like others; PostgreSQL finds the order itself."""
    for place, word in _words(tokens):
        if word == "cross" and _ends_with(tokens, _next(tokens, place)[0] + 1, _ENDS_OF_TABLE) in ("on", "using"):
            tokens[place] = "inner"
    return tokens


def _ends_with(tokens: Tokens, start: int, ends: frozenset[str]) -> str:
    """The word that ends what begins here."""
    return tokens[place].lower() if (place := _end(tokens, start, ends)) < len(tokens) else ""


def _end(tokens: Tokens, start: int, ends: frozenset[str] = CLAUSES) -> int:
    """Where what begins here ends: at one of these words, a comma or a bracket that closes more."""
    depth = cases = 0
    for place, word in _words(tokens, start):
        if depth == cases == 0 and (word in ends or word == ")" or (word in (",", ";") and ends)):
            return place
        depth += (word == "(") - (word == ")")
        cases += (word == "case") - (word == "end" and cases > 0)
    return len(tokens)


def _comparisons(tokens: Tokens) -> Tokens:
    """`is` between any two values, and texts that are like a pattern in large or small letters."""
    for place, word in list(_words(tokens)):
        following, second = _next(tokens, place)
        if word == "is" and second == "not" and _next(tokens, following)[1] not in ("null", "distinct"):
            tokens[following] = "distinct from"
        elif word == "is" and second not in ("null", "not", "distinct"):
            tokens[place] = "is not distinct from"
        elif word == "like":
            tokens[place] = "ilike"
            end = _end(tokens, place + 1)
            if end == len(tokens) or tokens[end].lower() != "escape":
                tokens[end - 1] += " escape '' " if tokens[end - 1].isspace() else " escape ''"
        elif word == "glob":
            tokens[place] = "like"
            tokens[following] = _pattern(tokens[following])
        elif word == "match":
            tokens[place] = "@@@"
        elif word == "==":
            tokens[place] = "="
    return tokens


def _pattern(glob: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", glob).replace("*", "%")


def _small_letters(tokens: Tokens) -> Tokens:
    """What is sorted whatever its letters are, in small ones."""
    for place, word in _words(tokens):
        following, second = _next(tokens, place)
        if word == "collate" and second == "nocase":
            before = _before(tokens, place)
            tokens[before] = f"lower({tokens[before]})"
            tokens[before + 1 : following + 1] = [""] * (following - before)
    return [token for token in tokens if token]


def _nulls(tokens: Tokens) -> Tokens:
    """In an order, what is not there comes first, as it does in SQLite."""
    for place, word in list(_words(tokens)):
        following, second = _next(tokens, place)
        if word == "order" and second == "by":
            _say_nulls(tokens, following + 1)
    return tokens


_ENDS_OF_ORDER = CLAUSES - {"and", "or", "then", "when", "else", "end", "asc", "desc", "escape", "from", "as", "left"}


def _is_key(term: str) -> bool:
    """Whether a term of an order is never empty, so that the index of the key serves as it is."""
    return term.lower().split()[0].rpartition(".")[2] in ("id", "rowid")


def _say_nulls(tokens: Tokens, start: int) -> None:
    while True:
        end = _end(tokens, start, _ENDS_OF_ORDER | {"rows", "range"})
        last = next(place for place in range(end - 1, start - 1, -1) if not tokens[place].isspace())
        if not _is_key("".join(tokens[start:end])):
            tokens[last] += f" {NULLS.get(tokens[last].lower(), NULLS['asc'])}"
        if end == len(tokens) or tokens[end] != ",":
            return
        start = end + 1


def _limits(tokens: Tokens) -> Tokens:
    """No limit is -1 in SQLite."""
    for place, word in _words(tokens):
        following, value = _next(tokens, place)
        if word == "limit" and not value.isdigit():
            tokens[following] = f"nullif({tokens[following]}"
            tokens[_end(tokens, following + 1) - 1] += ", -1) "
    return tokens


def _conflicts(tokens: Tokens) -> Tokens:
    """What is there already is passed over."""
    words = list(_words(tokens))
    if [word for _, word in words[:3]] != ["insert", "or", "ignore"]:
        return tokens
    return [*tokens[: words[1][0]], *tokens[words[2][0] + 1 :], " on conflict do nothing"]


def _definitions(tokens: Tokens) -> Tokens:
    """Columns that are added have PostgreSQL's types, and indexes are sorted as SQLite's are."""
    first = [word for _, word in list(_words(tokens))[:3]]
    if first[:2] == ["alter", "table"]:
        return [TYPES.get(token.lower(), token) for token in tokens]
    if first[:1] == ["create"] and "index" in first:
        _say_nulls(tokens, tokens.index("(") + 1)
    return tokens


def _ranks(tokens: Tokens) -> Tokens:
    """The nearest first: how near is told by the words that are looked for."""
    for place, word in list(_words(tokens)):
        if word == "@@@":
            asked = tokens[_next(tokens, place)[0]]
            return ["".join(tokens).replace("bm25(passages_fts)", f"bm25(passages_fts, {asked})")]
    return tokens


RULES: tuple[Rule, ...] = (
    _without_hints,
    _ends,
    _aliases,
    _joins,
    _comparisons,
    _small_letters,
    _nulls,
    _limits,
    _conflicts,
    _definitions,
    _ranks,
)

_TRIGGER = re.compile(
    r"\s*create trigger (\w+) (before|after) (insert|update|delete)(.*?) on (\w+)(?:\s+when (.*?))?\s+begin(.*)end\s*",
    re.IGNORECASE | re.DOTALL,
)
_REFUSAL = re.compile(r"select raise\(abort, ('(?:[^']|'')*')\)", re.IGNORECASE)
RETURNED = {("before", "delete"): "old", ("before", "update"): "new", ("before", "insert"): "new"}


def _trigger(sql: str) -> str | None:
    """The statements that make a trigger on PostgreSQL, or None where the statement makes none."""
    if not (match := _TRIGGER.fullmatch(sql)):
        return None
    name, when, event, columns, table, condition, body = match.groups()
    refused = _REFUSAL.sub(r"raise exception \1 using errcode = 'integrity_constraint_violation'", body)
    steps = "; ".join(translated(step) for step in refused.split(";") if step.strip())
    returned = RETURNED.get((when.lower(), event.lower()), "null")
    asked = f"when ({translated(condition)})" if condition else ""
    return f"""
        create function {name}() returns trigger language plpgsql as $$ begin {steps}; return {returned}; end $$;
        create trigger {name} {when} {event}{columns} on {table} for each row {asked} execute function {name}()"""


def _no_trigger(sql: str) -> str | None:
    """The statement that takes a trigger away, with its function."""
    first, *others = sql.lower().split()
    return f"drop function {others[1]} cascade" if [first, *others[:1]] == ["drop", "trigger"] else None


def numbered(values: Sequence[object]) -> dict[str, object]:
    """Values by the names that `?1`, `?2` have."""
    return {f"p{number}": value for number, value in zip(count(1), values, strict=False)}
