"""The pinned model is checked file by file before it is loaded."""

import shutil
from pathlib import Path

import pytest

from goalmap.extract.tagger import model
from goalmap.ingest.errors import ModelProblem


def test_the_installed_model_is_the_official_one() -> None:
    report = model.model_report()
    assert (report.version, report.state, report.problem) == (model.VERSION, "verified", None)


def test_an_absent_model_is_answered_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "PACKAGE", "no_such_model_package")
    assert model.model_report().state == "absent"
    with pytest.raises(ModelProblem, match="pip install"):
        model.load_model()


def test_an_altered_file_is_named_and_the_model_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = model.model_report().folder
    assert folder is not None
    copy = shutil.copytree(folder, tmp_path / "model")
    (copy / "ner" / "cfg").write_text("{}")
    monkeypatch.setattr(model, "_model_folder", lambda: copy)
    assert model.model_report().state == "altered"
    with pytest.raises(ModelProblem, match="ner/cfg"):
        model.load_model()


def test_only_the_name_tagger_is_loaded() -> None:
    assert model.load_model().pipe_names == ["ner"]
