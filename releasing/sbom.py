"""The bill of materials of a release, as CycloneDX JSON: python -m releasing.sbom [FILE]

It lists what an install brings, each package with its licence and with the hashes that the lock holds it to, and the models in
the wheel. The same tree gives the same bytes.
"""

import hashlib
import json
import sys
import tomllib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from releasing.licences import ROOT, Pin, installed, licence_of, of_extras

SPECIFICATION = "1.6"
CARDS = ("*.card.json", "*.card.toml")
TARGET = Path("dist/goalmap.cdx.json")
Part = dict[str, Any]


def bill() -> Part:
    """The whole bill."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    base, extras = installed(), of_extras()
    parts = [*(_package(pin) for pin in base), *(_package(pin, "optional") for pin in extras), *_models()]
    own = _own(project)
    told = {
        "bomFormat": "CycloneDX",
        "specVersion": SPECIFICATION,
        "version": 1,
        "metadata": {"component": own},
        "components": sorted(parts, key=lambda part: str(part["bom-ref"])),
        "dependencies": _dependencies(own["bom-ref"], project["dependencies"], [*base, *extras]),
    }
    return {**told, "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(told, sort_keys=True))}"}


def _own(project: Mapping[str, Any]) -> Part:
    return {
        "type": "application",
        "bom-ref": f"pkg:pypi/goalmap@{project['version']}",
        "name": "goalmap",
        "version": project["version"],
        "description": project["description"],
        "licenses": [{"expression": project["license"]}],
        "purl": f"pkg:pypi/goalmap@{project['version']}",
    }


def _package(pin: Pin, scope: str = "required") -> Part:
    where = [{"name": "goalmap:only-where", "value": pin.where}] if pin.where else []
    return {
        "type": "library",
        "bom-ref": pin.purl,
        "name": pin.name,
        "version": pin.version,
        "scope": scope,
        "licenses": [{"expression": licence_of(pin.name) or "NOASSERTION"}],
        "purl": pin.purl,
        "externalReferences": [
            {"type": "distribution", "url": pin.purl, "hashes": [_hash(digest) for digest in sorted(pin.hashes)]}
        ],
        "properties": where,
    }


def _hash(digest: str) -> Part:
    return {"alg": "SHA-256", "content": digest}


def cards() -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The card of each model in models/, and what it says."""
    for pattern in CARDS:
        for path in sorted((ROOT / "models").glob(pattern)):
            text = path.read_text("utf-8")
            yield path, json.loads(text) if path.suffix == ".json" else tomllib.loads(text)


def _models() -> Iterator[Part]:
    for _, card in cards():
        yield {
            "type": "machine-learning-model",
            "bom-ref": f"models/{card['file']}",
            "name": card["name"],
            "licenses": [{"license": {"name": card["licence"]}}],
            "hashes": [_hash(hashlib.sha256((ROOT / "models" / card["file"]).read_bytes()).hexdigest())],
            "modelCard": {
                "considerations": {
                    "useCases": [card["use"]],
                    "technicalLimitations": [card["limits"]],
                }
            },
        }


def _dependencies(own: str, wanted: Sequence[str], known: Sequence[Pin]) -> list[Part]:
    """What needs what, as the lock tells it."""
    names = {wish.split("[")[0].split(">")[0].split("=")[0].strip().lower().replace("_", "-") for wish in wanted}
    needs = {own: sorted(pin.purl for pin in known if pin.name in names)}
    for pin in known:
        needs[pin.purl] = sorted(other.purl for other in known if pin.name in other.parents)
    return [{"ref": name, "dependsOn": needs[name]} for name in sorted(needs)]


def main(target: Path) -> None:
    """Write the bill."""
    target.parent.mkdir(parents=True, exist_ok=True)
    told = bill()
    target.write_text(json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{target}: {len(told['components'])} components")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
