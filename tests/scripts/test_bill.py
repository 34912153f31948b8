"""The bill of materials of a release names what is installed and what the front end contains."""

from __future__ import annotations

import json
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from scripts.bill import write_bill

PINS = [
    "Jinja2==3.1.6 \\",
    f"    --hash=sha256:{'a' * 64} \\",
    f"    --hash=sha256:{'b' * 64}",
    "tomli==2.2.1 ; python_full_version < '3.11' \\",
    f"    --hash=sha256:{'c' * 64}",
]
LICENSES = json.dumps({"packages": [{"name": "@dagrejs/dagre", "versionInfo": "3.1.3"}]})


def test_bill_names_packages_with_hashes_and_libraries_of_the_front_end(tmp_path: Path) -> None:
    wheel = tmp_path / "aidevsecops_ext-1.2.0-py3-none-any.whl"

    written = write_bill(wheel, PINS, LICENSES)

    text = written.read_text()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = json.loads(text)
    assert bill["metadata"]["component"]["purl"] == "pkg:pypi/aidevsecops-ext@1.2.0"
    hashes = {
        part["purl"]: sorted(entry["content"][0] for entry in part.get("hashes", []))
        for part in bill["components"]
    }
    assert hashes == {
        "pkg:pypi/jinja2@3.1.6": ["a", "b"],
        "pkg:pypi/tomli@2.2.1": ["c"],
        "pkg:npm/%40dagrejs/dagre@3.1.3": [],
    }
