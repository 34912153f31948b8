"""The image for hubs, as far as it can be told without building it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from aidevsecops_ext.formats.toml_text import parse_toml
from scripts.hub_image import SHOWN, TARGET, image_stream, locked_versions
from scripts.machine import ROOT
from scripts.pins import HUB_PYTHON, SOURCES

CONTAINERFILE = ROOT / "images" / "hub" / "Containerfile"


def _instructions() -> list[tuple[str, str]]:
    """The instructions, with continued lines joined and comments left out."""
    text = re.sub(r"(?m)^\s*#.*\n", "", CONTAINERFILE.read_text(encoding="utf-8"))
    lines = [" ".join(line.split()) for line in text.replace("\\\n", " ").splitlines()]
    pairs = [line.split(" ", 1) for line in lines if line]
    return [(name, rest) for name, rest in pairs]


@pytest.fixture
def manifest() -> Any:
    """What is written down."""
    return yaml.safe_load(TARGET.read_text(encoding="utf-8"))


def test_manifest_is_the_one_that_the_lock_makes() -> None:
    assert TARGET.read_text(encoding="utf-8") == image_stream(), "python -m scripts.hub_image"


def test_annotations_are_json_that_agrees_with_the_lock(manifest: Any) -> None:
    [tag] = manifest["spec"]["tags"]
    version = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["version"]
    named = json.loads(tag["annotations"]["opendatahub.io/notebook-python-dependencies"])
    locked = locked_versions()

    assert (tag["name"], tag["from"]["name"].rpartition(":")[2]) == (version, version)
    assert named[0] == {"name": "AIDevSecOps", "version": version}
    assert {each["name"]: each["version"] for each in named[1:]} == {
        shown: locked[name] for name, shown in SHOWN.items()
    }
    [software] = json.loads(tag["annotations"]["opendatahub.io/notebook-software"])
    assert software == {"name": "Python", "version": f"v{HUB_PYTHON}"}
    assert manifest["metadata"]["labels"] == {"opendatahub.io/notebook-image": "true"}
    assert image_stream("registry.example/other").count("registry.example/other") == 2


def test_lock_has_what_the_package_and_the_image_need_with_hashes() -> None:
    project: Any = parse_toml((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["elyra"],
        *project["dependency-groups"]["hub"],
    ]
    # Those of other Pythons alone are left out.
    names = {re.split(r"[<>=; \[]", each)[0] for each in asked if "python_version" not in each}
    blocks = re.split(r"(?m)^(?=\S)", (ROOT / "requirements" / "hub.txt").read_text("utf-8"))
    pinned = [block for block in blocks if "==" in block and not block.startswith("#")]

    assert names <= {*locked_versions()}
    assert len(pinned) == len(locked_versions())
    assert all("--hash=sha256:" in block for block in pinned)
    assert "hub" in SOURCES


def test_image_is_built_from_the_lock_alone_and_runs_as_anybody() -> None:
    steps = _instructions()
    text = " ".join(rest for name, rest in steps if name == "RUN")
    names = [name for name, _ in steps]

    assert names.index("ARG") < names.index("FROM")
    assert ("FROM", "${BASE}") in steps
    assert text.count("pip install") == 2
    assert "--require-hashes --no-deps -r hub.txt" in text
    assert "--no-index --no-deps ./*.whl" in text
    assert "jupyter server extension list" in text
    assert "chgrp -R 0" in text
    assert "chmod -R g=u /opt/app-root" in text
    # A number, since there need be no user of a name.
    assert [rest for name, rest in steps if name == "USER"] == ["0", "1001"]
    [command] = [rest for name, rest in steps if name == "CMD"]
    assert json.loads(command)[:2] == ["jupyter", "lab"]
    environment = next(rest for name, rest in steps if name == "ENV")
    assert "HOME=/opt/app-root/src" in environment


def test_what_the_image_copies_is_there_or_built() -> None:
    [copied] = [rest for name, rest in _instructions() if name == "COPY"]
    *sources, _ = copied.split()

    assert sources == ["requirements/hub.txt", "dist/*.whl"]
    assert (ROOT / sources[0]).is_file()


def test_install_enables_the_server_extension() -> None:
    project: Any = parse_toml((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    folder = "jupyter-config/server-config"
    [file] = (ROOT / folder).iterdir()

    enabled = json.loads(file.read_text(encoding="utf-8"))

    assert shared[folder] == "etc/jupyter/jupyter_server_config.d"
    assert enabled == {"ServerApp": {"jpserver_extensions": {"aidevsecops_ext": True}}}
