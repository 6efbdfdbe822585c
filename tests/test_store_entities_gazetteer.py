"""Lists of names with identifiers: as the NHS publishes them, as people keep them in spreadsheets."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from goalmap.extract.names import EntityKind
from goalmap.ingest.errors import EntityProblem, GazetteerProblem, NotFound
from goalmap.store.database import open_database
from goalmap.store.entities.capitals import in_usual_letters
from goalmap.store.entities.gazetteer import import_gazetteer, remove_gazetteer, sources
from goalmap.store.entities.gazetteer_files import read_gazetteer
from tests.naming import make_database, read_folder, write_files

FILES = {
    "a.txt": "organisation: Severnholme Hospitals NHS Foundation Trust\norganisation: Kier",
    "b.txt": "organisation: Lockgate Council",
}
ODS = (
    '"RZ1","SEVERNHOLME HOSPITALS NHS FOUNDATION TRUST","Y56","QZ9","1 QUAY ROAD","","","SEVERNHOLME","","SV1 1AA",'
    '"20041101","","","","","","","","","","","0","N","","","",""\r\n'
    '"RZ2","OLD LOCKGATE AND DISTRICT NHS TRUST","Y56","QZ9","2 QUAY ROAD","","","LOCKGATE","","SV2 1AA",'
    '"19930401","20241101","","","","","","","","","","0","N","","","",""\r\n'
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(open_database(make_database(tmp_path / "a.db", tmp_path / "folder", FILES))) as database:
        yield database


def write(tmp_path: Path, text: str | bytes, name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def identifiers(db: Database) -> dict[str, dict[str, str]]:
    rows = db.execute("select name, identifiers from entities where identifiers is not null").fetchall()
    return {name: json.loads(codes) for name, codes in rows}


def faults(path: Path) -> str:
    with pytest.raises(GazetteerProblem) as refused:
        read_gazetteer(path)
    return str(refused.value)


# Files


def test_an_ods_extract_is_read_as_it_is_published(tmp_path: Path) -> None:
    read = read_gazetteer(write(tmp_path, ODS, "etr.csv"))
    assert read.form == "NHS ODS extract"
    first, second = read.entries
    assert (first.name, first.identifiers) == ("Severnholme Hospitals NHS Foundation Trust", {"ods": "RZ1"})
    assert (first.since, first.until) == ("2004-11-01", None)
    assert (second.name, second.until) == ("Old Lockgate and District NHS Trust", "2024-11-01")


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("NHS HARROWMEAD ICB", "NHS Harrowmead ICB"),
        ("THE ROYAL INFIRMARY OF LOCKGATE", "The Royal Infirmary of Lockgate"),
        ("KING'S MEAD (ST MARY'S) O'HARA LTD", "King's Mead (St Mary's) O'Hara Ltd"),
        ("STOKE-UNDER-WOLD GP PRACTICE", "Stoke-under-Wold GP Practice"),
        ("MCKENNA AND SONS PLC", "McKenna and Sons plc"),
        ("BTW SOLUTIONS", "BTW Solutions"),
        ("Already Written", "Already Written"),
    ],
)
def test_names_in_capitals_are_written_as_people_write_them(printed: str, written: str) -> None:
    assert in_usual_letters(printed) == written


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_list_is_read_as_spreadsheets_save_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    header = delimiter.join(["Name", "Aliases", "Kind", "Company number", "UKPRN", "Postcode", "Since", "Successor"])
    row = delimiter.join(
        ["Café Kier", "Kier|Keir Group", "", "01234567", "10001234", "SV1 1AA", "1/4/2021", "New Kier"]
    )
    (entry,) = read_gazetteer(write(tmp_path, f"{header}\r\n{row}\r\n".encode(encoding))).entries
    assert (entry.kind, entry.name) == (EntityKind.ORGANISATION, "Café Kier")
    assert entry.aliases == ("Kier", "Keir Group")
    assert entry.identifiers == {"companies_house": "01234567", "ukprn": "10001234"}
    assert (entry.since, entry.successor) == ("2021-04-01", "New Kier")


def test_aliases_are_also_split_at_semicolons(tmp_path: Path) -> None:
    (entry,) = read_gazetteer(write(tmp_path, 'name,aliases\nKier,"Keir; Kier Group"\n')).entries
    assert entry.aliases == ("Keir", "Kier Group")


def test_a_company_and_a_charity_may_have_the_same_number(tmp_path: Path) -> None:
    (entry,) = read_gazetteer(write(tmp_path, "name,companies_house,charity\nA Body,SC046557,SC046557\n")).entries
    assert entry.identifiers == {"companies_house": "SC046557", "charity": "SC046557"}


def test_zeros_that_a_spreadsheet_took_from_a_company_number_are_put_back(tmp_path: Path) -> None:
    (entry,) = read_gazetteer(write(tmp_path, "name,companies house,urn\nA Body,123456,012\n")).entries
    assert entry.identifiers == {"companies_house": "00123456", "urn": "012"}


def test_columns_that_hold_no_codes_are_left_aside_and_named(tmp_path: Path) -> None:
    read = read_gazetteer(write(tmp_path, f"name,Post code,about,urn\nA Body,SV1,{'long words ' * 9},1\n"))
    assert (read.schemes, read.ignored) == (("urn",), ("Post code", "about"))


def test_each_fault_is_told_with_its_line_and_nothing_is_taken(tmp_path: Path) -> None:
    text = "name,kind,ukprn,until\nA,body,1,\n,,2,\nC,planet,3,\nD,,1.23E+07,\nE,,4,last year\n"
    told = faults(write(tmp_path, text))
    for line, words in (
        (3, "no name"),
        (4, "'planet'"),
        (5, "rounded by a spreadsheet"),
        (6, "'last year' is no date"),
    ):
        assert f"Line {line}: " in told
        assert words in told.split(f"Line {line}: ")[1].split("\n")[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "is empty"),
        (b"title,code\nA,1\n", "no column called name in line 1"),
        (b"PK\x03\x04 a workbook", "CSV UTF-8"),
        (b'name\n"never closed\n', "damaged at line 2"),
        (
            b'"RZ1","A TRUST","","","","","","","","","20041101",""\n"not a code","","","","","","","","","","",""\n',
            "Line 2",
        ),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_the_reason(tmp_path: Path, text: bytes, message: str) -> None:
    assert message in faults(write(tmp_path, text))


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        read_gazetteer(tmp_path / "no.csv")


# In the database


def test_entities_take_the_identifiers_of_their_entry(db: Database, tmp_path: Path) -> None:
    done = import_gazetteer(db, write(tmp_path, ODS, "etr.csv"))
    assert (done.entries, done.replaced, done.identified) == (2, 0, 1)
    assert identifiers(db) == {"Severnholme Hospitals NHS Foundation Trust": {"ods": "RZ1"}}
    sql = "select since, source from entity_names where source <> 'documents'"
    assert db.execute(sql).fetchall() == [("2004-11-01", "etr.csv")]


def test_later_runs_know_the_list_without_being_given_it(db: Database, tmp_path: Path) -> None:
    import_gazetteer(db, write(tmp_path, "name,gss\nNew Harrowmead Council,E1\n"))
    write_files(tmp_path / "folder", {"c.txt": "organisation: New Harrowmead Council"})
    read_folder(db, tmp_path / "folder")
    assert identifiers(db) == {"New Harrowmead Council": {"gss": "E1"}}


@pytest.mark.sqlite_only("it counts what SQLite does")
def test_the_same_file_again_replaces_what_it_brought(db: Database, tmp_path: Path) -> None:
    import_gazetteer(db, write(tmp_path, "name,gss\nLockgate Council,E1\nOther,E2\n"))
    done = import_gazetteer(db, write(tmp_path, "name,gss\nLockgate Council,E3\n"))
    assert (done.entries, done.replaced) == (1, 2)
    assert identifiers(db) == {"Lockgate Council": {"gss": "E3"}}
    before = db.conn.total_changes
    import_gazetteer(db, tmp_path / "list.csv")
    assert db.conn.total_changes == before


def test_two_lists_that_agree_give_their_codes_together(db: Database, tmp_path: Path) -> None:
    import_gazetteer(db, write(tmp_path, "name,gss\nLockgate Council,E1\n"))
    import_gazetteer(db, write(tmp_path, "name,wikidata\nLockgate Council,Q1\n", "more.csv"))
    assert identifiers(db) == {"Lockgate Council": {"gss": "E1", "wikidata": "Q1"}}


def test_two_lists_that_contradict_each_other_give_no_code(db: Database, tmp_path: Path) -> None:
    import_gazetteer(db, write(tmp_path, "name,gss\nLockgate Council,E1\n"))
    import_gazetteer(db, write(tmp_path, "name,gss\nLockgate Council,E2\n", "more.csv"))
    assert identifiers(db) == {}


def test_a_list_that_is_taken_away_leaves_nothing(db: Database, tmp_path: Path) -> None:
    import_gazetteer(db, write(tmp_path, "name,gss\nLockgate Council,E1\n"))
    assert [one.source for one in sources(db)] == ["list.csv"]
    assert remove_gazetteer(db, "list.csv") == 1
    assert identifiers(db) == {}
    with pytest.raises(EntityProblem, match="There are: none"):
        remove_gazetteer(db, "list.csv")


def test_lists_that_contradict_each_other_are_told_apart_with_the_name(db: Database, tmp_path: Path) -> None:
    for name, code in {"one.csv": "RAA", "two.csv": "RBB"}.items():
        (tmp_path / name).write_text(f"name,ods\nMarle Hospitals NHS Trust,{code}\n", "utf-8")
    assert import_gazetteer(db, tmp_path / "one.csv").warnings == ()
    (warning,) = import_gazetteer(db, tmp_path / "two.csv").warnings
    assert "Marle Hospitals NHS Trust" in warning
