"""What an install brings: its licences, its hashes, and the bill of materials that lists both."""

import json
import re
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from releasing import licences, sbom

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    return sbom.bill()


def named(bill: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    return {part["bom-ref"]: part for part in bill["components"] if part["type"] == kind}


def test_every_package_has_a_licence_that_is_permissive_or_accepted_by_name() -> None:
    assert licences.faults() == []


def test_a_package_that_says_nothing_and_one_that_asks_for_much_are_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown, strict = (licences.Pin(name, "1", "", (), ()) for name in ("no-such-package", "certifi"))
    monkeypatch.setattr(licences, "installed", lambda: [unknown, strict])
    monkeypatch.setattr(licences, "reviewed", lambda: {"read": {}, "spellings": {}, "accepted": {}})
    assert [fault.split(":")[0] for fault in licences.faults() if fault.startswith(("no-", "cert"))] == [
        "certifi",
        "no-such-package",
    ]


@pytest.mark.parametrize(
    ("expression", "is_so"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT AND MPL-2.0", False),
        ("MPL-2.0 OR MIT", True),
        ("(MIT OR GPL-2.0-only)", True),
        ("BSD", False),
    ],
)
def test_a_choice_of_licences_is_permissive_where_one_of_them_is(expression: str, is_so: bool) -> None:
    assert licences.is_permissive(expression) is is_so


def test_nothing_is_reviewed_that_is_not_brought() -> None:
    brought = {pin.name for pin in (*licences.installed(), *licences.of_extras())}
    assert [
        name for table in ("read", "accepted", "bundled") for name in licences.reviewed()[table] if name not in brought
    ] == []


def test_every_package_is_held_to_a_hash() -> None:
    for file in ("requirements.txt", "requirements-runtime.txt", "requirements-oldest.txt"):
        pins = list(licences.pins(ROOT / file))
        assert len(pins) > 50
        assert [pin.name for pin in pins if not pin.hashes] == []


def test_the_bill_of_materials_is_valid_and_whole(bill: dict[str, Any]) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None
    packages, models = named(bill, "library"), named(bill, "machine-learning-model")
    wanted = {re.split(r"[\[><=; ]", wish)[0].lower().replace("_", "-") for wish in requires("goalmap") or []}
    assert wanted <= {part["name"] for part in packages.values()}
    assert all(part["externalReferences"][0]["hashes"] for part in packages.values())
    assert models.keys() == {
        f"models/{path.name}" for path in (ROOT / "models").iterdir() if path.suffix in (".skops", ".onnx", ".gz")
    } | {"models/encoder.npz"}


def test_what_is_needed_is_listed_and_each_package_is_reached(bill: dict[str, Any]) -> None:
    needs = {one["ref"]: one["dependsOn"] for one in bill["dependencies"]}
    packages = named(bill, "library")
    reached, left = set[str](), [bill["metadata"]["component"]["bom-ref"]]
    while left:
        left.extend(more := [name for name in needs[left.pop()] if name not in reached])
        reached.update(more)
    assert {name for name, part in packages.items() if part["scope"] == "required"} <= reached
    assert reached <= packages.keys()


def test_the_same_tree_gives_the_same_bill(bill: dict[str, Any], tmp_path: Path) -> None:
    sbom.main(tmp_path / "new" / "bill.json")
    assert json.loads((tmp_path / "new" / "bill.json").read_text("utf-8")) == bill
