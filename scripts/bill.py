"""``python -m scripts.bill WHEEL``: the bill of materials of a release.

It runs in ``.venv``, which has the library that the other scripts must do without.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.utils import canonicalize_name, parse_wheel_filename

from .machine import ROOT

LICENSES = ROOT / "aidevsecops_ext" / "labextension" / "static" / "third-party-licenses.json"
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def write_bill(wheel: Path, pins: list[str], licenses: str) -> Path:
    """Write the bill (CycloneDX 1.6, JSON) beside the wheel that it is of.

    ``pins`` are what the package installs, as lines of pip's format; ``licenses`` is the list that
    the build of the front end leaves of the libraries within it.
    """
    name, version, *_ = parse_wheel_filename(wheel.name)
    package = _component("pypi", name, str(version), ComponentType.APPLICATION)
    bill = Bom(components=[*python_components(pins), *front_end_components(licenses)])
    bill.metadata.component = package
    bill.register_dependency(package, bill.components)
    target = wheel.with_suffix(".cdx.json")
    output = make_outputter(bill, OutputFormat.JSON, SchemaVersion.V1_6)
    target.write_text(output.output_as_string(indent=2) + "\n")
    return target


def python_components(pins: list[str]) -> Iterator[Component]:
    """The packages of pins in the format of pip, each with its hashes."""
    found: Component | None = None
    for line in pins:
        if pin := PIN.match(line):
            if found is not None:
                yield found
            found = _component("pypi", canonicalize_name(pin["name"]), pin["version"])
        if found is not None:
            digests = HASH.findall(line)
            found.hashes.update(HashType(alg=HashAlgorithm.SHA_256, content=d) for d in digests)
    if found is not None:
        yield found


def front_end_components(licenses: str) -> Iterator[Component]:
    """The libraries within the built front end, from the list that its build leaves."""
    for package in json.loads(licenses)["packages"]:
        yield _component("npm", package["name"], package["versionInfo"])


def _component(
    kind: str, name: str, version: str, type_: ComponentType = ComponentType.LIBRARY
) -> Component:
    group, _, short = name.rpartition("/")
    address = PackageURL(kind, group or None, short, version)
    return Component(
        name=short,
        group=group or None,
        version=version,
        purl=address,
        type=type_,
        bom_ref=str(address),
    )


def _tested_pins() -> list[str]:
    """What the package needs, at the versions that it is tested with."""
    words = ["uv", "pip", "compile", "pyproject.toml", "--constraints", "requirements/dev.txt"]
    words += ["--universal", "--generate-hashes", "--no-annotate", "--no-header", "--quiet"]
    answer = subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return answer.stdout.splitlines()


if __name__ == "__main__":
    written = write_bill(Path(sys.argv[1]), _tested_pins(), LICENSES.read_text())
    sys.stdout.write(f"{written}\n")
