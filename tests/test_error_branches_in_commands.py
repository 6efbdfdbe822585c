"""What commands say, and how they end, where something is missing or cannot be."""

import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goalmap.cli import main
from goalmap.ingest.errors import ModelProblem
from goalmap.store import doctor

WITHOUT = "import sys; sys.modules[sys.argv.pop(1)] = None; from goalmap.cli import main; main()"


def goalmap(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize(
    ("module", "words", "extra"),
    [
        (
            "distributed",
            ("ingest", "files", "--db", "a.db", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9"),
            "cluster",
        ),
        ("distributed", ("cluster", "up"), "cluster"),
        ("psycopg", ("status", "--db", "postgresql://nobody@127.0.0.1:9/none"), "postgres"),
    ],
)
def test_what_is_not_installed_is_named_with_what_to_install(
    tmp_path: Path, module: str, words: tuple[str, ...], extra: str
) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.txt").write_text("We lend tablets.")
    ran = subprocess.run([sys.executable, "-c", WITHOUT, module, *words], cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode in (1, 2)
    assert f"goalmap[{extra}]" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("ingest", ".", "--scheduler", "tcp://127.0.0.1:9", "--engine", "serial"), "go with --engine dask"),
        (("cluster", "join", "nowhere"), "is no address of a scheduler"),
        (("entities", "gazetteer", "a.csv", "--remove", "b"), "not both"),
        (("learn", "--list", "--back"), "Choose one of"),
        (("report", "pack", "-o", "p.html"), "--initiative"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("name\n")
    result = goalmap(*words)
    assert result.exit_code in (1, 2)
    assert message in " ".join(result.stderr.split())


def test_a_reader_of_the_output_who_leaves_early_gets_no_complaint(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "goalmap.cli", "frameworks", "show", "un-sdgs"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
    assert b"Traceback" not in told


def test_the_doctor_names_what_is_amiss_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(doctor, "version", refused)
    result = goalmap("doctor")
    assert result.exit_code == 1
    assert "not installed" in result.output
    assert "pip install spacy" in result.output


def test_the_doctor_names_a_framework_whose_model_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(name: str) -> None:
        raise ModelProblem(f"The model {name} is damaged.")

    monkeypatch.setattr(doctor, "load_model", refused)
    checks = list(doctor._models(Path.cwd()))
    assert checks
    assert not any(check.ok for check in checks)
    assert all("is damaged" in check.detail for check in checks)
