"""Rare failures of single functions, each with what it then gives or says."""

import asyncio
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any, cast

import pikepdf
import pypdfium2
import pytest
from sqlite_utils.db import NotFoundError

from goalmap.api import stages
from goalmap.classify.encoders import tuned
from goalmap.classify.engines import worker
from goalmap.classify.goals import frameworks
from goalmap.classify.model import file as model_file
from goalmap.classify.pipeline import Settings, analyse
from goalmap.extract.tagger import model as tagger
from goalmap.ingest.document import Status
from goalmap.ingest.errors import (
    EntityProblem,
    FrameworkProblem,
    GoalmapError,
    ModelProblem,
    NeedsPassword,
    NoText,
    NotFound,
    ReadProblem,
)
from goalmap.ingest.office.checked import checked_copy
from goalmap.ingest.office.plain import blocks_of_xml
from goalmap.ingest.office.sheets import read_sheets
from goalmap.ingest.packages import Damaged, Package
from goalmap.ingest.pdf import pdfium
from goalmap.ingest.pdf.grids import find_grids
from goalmap.ingest.pdf.reader import _check, read_pdf
from goalmap.ingest.read import attempt
from goalmap.ingest.readers import Reader, _recognises
from goalmap.ingest.recognise import Content
from goalmap.ingest.watch import Watch
from goalmap.store.browse.sources import page_images, painting
from goalmap.store.browse.sources.originals import NotServed, Original
from goalmap.store.database import immediate, open_database
from goalmap.store.entities import decisions as entity_decisions
from goalmap.store.exchange import reading as exchange_reading
from goalmap.store.learning import models
from goalmap.store.loading.save import save_frameworks
from goalmap.store.masking.marks import in_cell
from goalmap.store.review.answers import Fault
from goalmap.store.review.said import _check_cells
from goalmap.store.sheets.sheet import read_sheet
from goalmap.store.sheets.text import STRAY
from goalmap.store.sheets.workbook import _shown_by
from tests.postgres_server import Server
from tests.test_error_branches_in_reading import SENTENCE, packed
from tests.test_ingest_packages import altered
from tests.test_ingest_repair import changed, report


def fails(*_: object) -> Any:
    raise RuntimeError("a parser may raise anything")


# Reading


def test_whatever_a_parser_raises_is_a_failed_document_with_the_reason() -> None:
    document = attempt(PurePath("a.pdf"), fails, Watch.over())
    assert (document.status, document.passages) == (Status.FAILED, ())
    assert "RuntimeError: a parser may raise anything" in (document.problem or "")


def test_a_reader_that_fails_to_look_at_a_file_does_not_recognise_it(caplog: pytest.LogCaptureFixture) -> None:
    assert _recognises(Reader("notes", "text/x-notes", (".notes",), "none:none", fails), Content(b"")) is False
    assert "The reader notes fails to look at a file" in caplog.text


def test_a_file_whose_names_ended_a_worker_keeps_its_passages(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    steps: list[str] = []
    analyse(tmp_path / "a.txt", Settings(()), Watch.over(tell=lambda step, _: steps.append(step)))
    result = analyse(tmp_path / "a.txt", Settings(()), Watch.over(without={steps[-1]}))
    assert result.document.status is Status.PARTIAL
    assert "Its names and goals were not looked for" in (result.document.problem or "")
    assert [passage.text for passage in result.document.passages] == [SENTENCE]


def test_markup_that_cannot_be_mended_is_damaged() -> None:
    with pytest.raises(Damaged, match="is not XML"):
        checked_copy(packed({"word/document.xml": "<a><b></a>"}), Watch.over())


def test_markup_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    assert list(blocks_of_xml(b"<a><b>")) == []


def test_a_workbook_without_text_or_styles_holds_no_text() -> None:
    import openpyxl

    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    with zipfile.ZipFile(file) as package:
        members = {name: package.read(name) for name in package.namelist()}
    with pytest.raises(NoText):
        read_sheets(
            packed({**members, "xl/styles.xml": "<styleSheet><cellXfs><xf numFmtId='x'/></cellXfs></styleSheet>"}),
            Watch.over(),
        )


def test_a_member_beyond_the_end_of_its_package_is_cut_off() -> None:
    data = packed({"a.txt": SENTENCE})
    with pytest.raises(Damaged, match="The file is cut off"):
        Package(altered(data, 42, (len(data) - 8).to_bytes(4, "little")), Watch.over()).read("a.txt")


def test_a_package_whose_type_asks_for_a_password_is_of_no_type() -> None:
    data = packed({"content.xml": "<a/>", "mimetype": "application/epub+zip"})
    locked = altered(data, 8, b"\x01\x00")
    with pytest.raises(NeedsPassword):
        Package(locked, Watch.over()).read("mimetype")
    assert Content(locked).stated_type == ""


def test_where_pdfplumber_fails_there_are_no_grids() -> None:
    with closing(pypdfium2.PdfDocument(report(1))) as pdf:
        page = pdfium.read_page(pdf, 0)
    assert find_grids(b"%PDF-1.7 and no more", [page]) == {}


def test_a_pdf_of_which_no_page_opens_is_told() -> None:
    def no_page_is_one(pdf: pikepdf.Pdf) -> None:
        for place in range(len(pdf.Root.Pages.Kids)):
            pdf.Root.Pages.Kids[place] = pdf.make_indirect(pikepdf.Array())

    with pytest.raises(ReadProblem):
        read_pdf(changed(no_page_is_one), Watch.over())
    with pytest.raises(ReadProblem, match="No page of the PDF can be read"):
        _check(report(1), [pdfium.lost(0)], None)


# Models


class Unsendable(GoalmapError):
    """Of a kind that cannot be made again from its message."""

    exit_code = 4

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file} {reason}")


def test_an_error_that_cannot_be_sent_is_sent_as_one_that_says_the_same() -> None:
    for error in (ModelProblem("The model is missing."), Unsendable("a.txt", "is odd.")):
        sent = worker._fit_to_send(error)
        assert (str(sent), sent.exit_code) == (str(error), error.exit_code)


def test_a_framework_that_is_a_folder_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FrameworkProblem, match="cannot be read as text"):
        frameworks.text_of(tmp_path)


@pytest.mark.parametrize(
    "schema",
    [
        {"protocol": 999},
        {"protocol": model_file.PROTOCOL, "__loader__": "TreeNode", "__class__": "Tree", "__id__": 1},
        {
            **{"protocol": model_file.PROTOCOL, "__loader__": "DictNode", "__class__": "dict", "__id__": 1},
            **{"content": {}, "key_types": {"content": [{"__class__": "int"}]}},
        },
    ],
)
def test_a_model_in_a_form_that_is_not_ours_is_read_by_skops_or_refused(schema: dict[str, object]) -> None:
    with pytest.raises(Exception, match=r".") as raised:
        model_file.read_state(packed({model_file.SCHEMA: json.dumps(schema)}), "a")
    assert not isinstance(raised.value, model_file.NotPlain)


def test_a_tagger_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagger, "models_folder", lambda: tmp_path)
    with pytest.raises(ModelProblem, match="There is no trained name tagger"):
        tagger.card()


def test_a_file_of_the_language_model_that_is_gone_has_no_hash_and_none_installed_no_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tagger._sha256(tmp_path / "none") is None
    monkeypatch.setattr(tagger, "DISTRIBUTION", "no-such-distribution")
    assert tagger._installed_version() is None


def test_a_text_that_is_too_long_for_a_path_is_a_text() -> None:
    assert stages._names_a_file("We lend tablets. " * 1000) is False
    assert stages._names_a_file("a\0b") is False


def test_an_encoder_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tuned, "NAME", "no-such-encoder")
    with pytest.raises(ModelProblem, match="The tuned encoder is missing"):
        tuned.card.__wrapped__()


# Decisions


def test_an_entity_of_before_and_documents_without_its_name_are_told() -> None:
    with pytest.raises(EntityProblem, match="was found by an older goalmap"):
        entity_decisions._of([], "e1", "Amara Nwosu")
    with pytest.raises(EntityProblem, match="None of these documents uses this name"):
        entity_decisions._check_parts("Amara Nwosu", [], [])


def test_a_row_with_more_cells_than_its_header_is_told(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("proposal_id,verdict\ng1,accept,much\n")
    sheet = read_sheet(tmp_path / "q.csv")
    (line,) = sheet.lines
    with pytest.raises(Fault, match="more cells than the header"):
        _check_cells(line, line.cells, sheet)


def test_where_models_of_two_frameworks_are_in_use_it_must_be_said_which_goes(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "a.db", create=True)) as db:
        save_frameworks(db, ["purpose-goals", "un-sdgs"])
        with immediate(db):
            for id in ("purpose-goals", "un-sdgs"):
                row = dict.fromkeys(("name", "basis", "trained_at", "command"), "")
                rest = {
                    "decisions": 1,
                    "passages": 1,
                    "documents": 1,
                    "figures": "{}",
                    "earned": 1,
                    "state": b"",
                    "active": 1,
                }
                db.table("models").insert({"id": f"m-{id}", "framework_id": id, **row, **rest})
        with pytest.raises(NotFound, match="in use for purpose-goals and un-sdgs"):
            models.back(db)


# Pictures of pages


def original(path: Path) -> Original:
    return Original(str(path), (hashlib.sha256(path.read_bytes()).hexdigest(),), "application/pdf")


def test_a_page_that_no_painter_can_draw_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(report(1))
    assert painting._answer(fails, original(tmp_path / "a.pdf")) == (
        painting.UNDRAWABLE,
        f"{painting.FAILED} (RuntimeError)",
    )


def test_a_file_that_is_too_large_is_not_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(report(1))
    monkeypatch.setattr(painting, "MOST_BYTES", 10)
    code, told = cast("tuple[int, str]", painting._answer(fails, original(tmp_path / "a.pdf")))
    assert (code, told.partition(".")[0]) == (painting.UNDRAWABLE, "The file is too large to be drawn")


def test_a_file_that_names_somebody_who_was_removed_is_not_drawn(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(report(1))
    code, _ = cast("tuple[int, str]", painting._answer(fails, replace(original(tmp_path / "a.pdf"), is_withheld=True)))
    assert code == 403


def test_a_painter_that_does_not_begin_in_time_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painting, "SECONDS_TO_START", 0.0)
    with pytest.raises(NotServed, match="Nothing can be drawn just now"):
        painting.Painter()


def test_whoever_asks_for_one_picture_too_many_is_asked_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_images, "MOST_WAITING", 0)
    with pytest.raises(NotServed, match=page_images.BUSY[:10]):
        asyncio.run(page_images.picture(cast(Any, "an order that nobody gave before")))


# Sheets, files and cells


def test_a_cell_that_looks_like_data_and_is_none_is_marked_as_text() -> None:
    assert in_cell("[Amara] says so", lambda text: text.replace("Amara", "*****")) == "[*****] says so"


def test_what_stray_letters_become_is_for_reading_only() -> None:
    with pytest.raises(UnicodeEncodeError):
        "é".encode("ascii", STRAY)


def test_a_cell_of_a_day_that_is_no_number_stands_as_it_is() -> None:
    assert _shown_by(["yyyy-mm-dd"], False)("soon", 0) == "soon"


def test_names_that_are_no_list_are_a_fault() -> None:
    with pytest.raises(exchange_reading._Fault, match="not a list of names"):
        exchange_reading._names("Amara")


# PostgreSQL


@pytest.fixture
def store(postgres: Server) -> Iterator[Any]:
    address = postgres.create("error_branches")
    with closing(open_database(address)) as db:
        yield db
    postgres.drop("error_branches")


def test_what_fails_half_way_is_undone(store: Any) -> None:
    def half() -> None:
        with store.atomic():
            store.table("documents").insert({"id": "d1", "path": "a.txt", "status": "ok"})
            fails()

    with pytest.raises(RuntimeError):
        half()
    assert store.execute("select count(*) from documents").fetchone() == (0,)


def test_a_row_that_is_not_there_is_neither_found_nor_changed(store: Any) -> None:
    with pytest.raises(NotFoundError):
        store.table("documents").get("d1")
    with pytest.raises(NotFoundError):
        store.table("documents").update("d1", {"title": "A"})
