"""What make coverage asks of the tests: that they run every statement of error handling, or that somebody said why not."""

import tomllib

from tests.error_branches import REASONS, amiss, branches, gone
from tests.measured import LEAST, Measured, Room, rooms

SOURCE = """
def read(path):
    try:
        text = path.read_text()
    except OSError as error:
        if error.errno == 13:
            told = "locked"
        else:
            told = "gone"
        return FileResult(path, problem=told)
    except ValueError:
        return None
    if not text:
        return Document(path, Status.FAILED, "Nothing is in it.")
    if "?" in text:
        raise Unclear(text)
    return Document(path, Status.OK)


class Command:
    def run(self):
        match self.word:
            case "stop":
                sys.exit(3)
        return FileResult(problem=self.problem)
"""


def test_what_only_runs_when_something_goes_wrong_is_found() -> None:
    assert [branch.name for branch in branches(SOURCE, "a.py")] == [
        "read: told = 'locked'",
        "read: told = 'gone'",
        "read: return FileResult(path, problem=told)",
        "read: return None",
        "read: return Document(path, Status.FAILED, 'Nothing is in it.')",
        "read: raise Unclear(text)",
        "Command.run: sys.exit(3)",
    ]


def test_a_branch_is_named_without_its_line_so_that_its_reason_holds_when_lines_are_added_above() -> None:
    (moved, *_), (branch, *_) = branches("\n\n" + SOURCE, "a.py"), branches(SOURCE, "a.py")
    assert (moved.name, moved.line) == (branch.name, branch.line + 2)


def test_a_branch_that_no_test_runs_is_told_with_its_place_unless_somebody_said_why() -> None:
    missed = branches(SOURCE, "a.py")[-2:]
    reasons = {"a.py": {missed[0].name: "because"}, "b.py": {missed[1].name: "of another file"}}
    assert amiss(missed, reasons) == [f"a.py:{missed[1].line}: no test runs 'Command.run: sys.exit(3)'"]


def test_every_reason_is_of_a_branch_that_is_there() -> None:
    reasons = tomllib.loads(REASONS.read_text("utf-8"))
    assert gone(reasons) == []
    assert all(reason.endswith(".") for names in reasons.values() for reason in names.values())


def test_a_reason_for_what_is_gone_is_told() -> None:
    assert gone({"ingest/errors.py": {"nowhere: raise Nothing": "It was never there."}}) == [
        "ingest/errors.py: nowhere: raise Nothing"
    ]


def test_rooms_are_summed_over_their_files_and_a_room_without_lines_is_whole() -> None:
    files = [
        Measured("api/__init__.py", frozenset(), frozenset()),
        Measured("ingest/a.py", frozenset(range(60)), frozenset()),
        Measured("ingest/pdf/b.py", frozenset(range(40)), frozenset(range(9))),
    ]
    assert rooms(files) == [Room("api", 0, 0), Room("ingest", 100, 9)]
    assert [room.percent for room in rooms(files)] == [100.0, 91.0]
    assert rooms(files)[1].percent < LEAST
