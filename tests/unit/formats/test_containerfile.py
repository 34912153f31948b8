"""The image of an overlay."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from aidevsecops_ext.formats.containerfile import Image, containerfile_text, kept_containerfile
from aidevsecops_ext.formats.custody import Custody, is_edited

CUSTODY = Custody("notebooks/nb.ipynb", "ab12", "train", "notebooks/nb-train.ipynb", (1,))


def text_of(**given: Any) -> str:
    return containerfile_text(Image("overlays/train", "3.11", CUSTODY, **given))


def test_image_installs_the_lock_and_runs_the_notebook_as_anybody() -> None:
    text = text_of(notebook="notebooks/nb-train.ipynb")

    assert text.index("ARG BASE_IMAGE=python:3.11-slim") < text.index("FROM ${BASE_IMAGE}")
    assert 'COPY ["overlays/train/requirements.txt", "./"]' in text
    assert "pip install --no-cache-dir --require-hashes -r requirements.txt" in text
    assert 'COPY ["notebooks/nb-train.ipynb", "/opt/app-root/src/notebooks/"]' in text
    assert "chgrp -R 0 /opt/app-root/src && chmod -R g=u /opt/app-root/src" in text
    assert 'ENV NOTEBOOK="notebooks/nb-train.ipynb"' in text
    assert re.findall(r"^USER (\S+)$", text, re.M) == ["0", "1001"]
    assert 'aidevsecops.lock="sha256:ab12"' in text
    assert not is_edited(text)


def test_image_holds_what_the_notebook_imports_of_the_repository() -> None:
    modules = ("digits/__init__.py", "digits/cleaning.py", "settings.py")

    text = text_of(notebook="nb-train.ipynb", modules=modules)

    assert re.findall(r"^COPY (.*)$", text, re.M)[1:] == [
        '["nb-train.ipynb", "settings.py", "/opt/app-root/src/"]',
        '["digits/__init__.py", "digits/cleaning.py", "/opt/app-root/src/digits/"]',
    ]


def test_image_runs_python_that_is_valid() -> None:
    [command] = re.findall(r"^CMD (.*)$", text_of(notebook="nb.ipynb"), re.M)

    program = json.loads(command)

    assert program[:2] == ["python", "-c"]
    compile(program[2], "<runner>", "exec")


def test_image_has_no_command_when_there_is_no_notebook() -> None:
    text = containerfile_text(Image("o", "3.9", Custody("nb.ipynb", "ab")))

    assert "CMD" not in text
    assert "NOTEBOOK" not in text
    assert "aidevsecops.step" not in text


def test_image_is_based_on_that_of_the_environment() -> None:
    text = text_of(base_image="quay.example/org/image:v1")

    assert "ARG BASE_IMAGE=quay.example/org/image:v1" in text


@pytest.mark.parametrize(
    ("path", "copied", "said"),
    [
        ("a b.ipynb", "a b.ipynb", "a b.ipynb"),
        ("x[1].ipynb", "x[[]1].ipynb", "x[1].ipynb"),
        ("$HOME.ipynb", "\\$HOME.ipynb", "\\$HOME.ipynb"),
    ],
)
def test_image_takes_notebooks_of_any_name(path: str, copied: str, said: str) -> None:
    text = text_of(notebook=path)

    assert f"COPY {json.dumps([copied, '/opt/app-root/src/'])}" in text
    assert f"ENV NOTEBOOK={json.dumps(said)}" in text


def test_edited_image_keeps_all_but_the_lock_that_it_names() -> None:
    edited = text_of().replace("USER 0", "USER 0\nRUN dnf install -y gcc")

    kept = kept_containerfile(edited, "ff99")

    assert kept == edited.replace("ab12", "ff99")
    assert kept_containerfile("FROM x\n", "ff99") == "FROM x\n"
