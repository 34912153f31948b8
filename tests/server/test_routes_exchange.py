from __future__ import annotations

from typing import Any

import pytest

from aidevsecops_ext.domain.lock import LockedPackage
from tests.kits.notebooks import locked_metadata

from .client import Client
from .notebooks import make_notebook

A = LockedPackage("a", "1", ("sha256:11",))


def _locked(*sources: str) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        **locked_metadata({"a": ">=1"}, (A,)),
        "thoth_config": '{"host":"advice.example"}',
    }
    return make_notebook(*sources, **metadata)


@pytest.mark.parametrize(
    ("file_format", "names"),
    [
        ("pipfile", ["Pipfile", "Pipfile.lock"]),
        ("requirements", ["requirements.txt"]),
        ("pyproject", ["pyproject.toml"]),
        ("sbom", ["nb.cdx.json"]),
        ("pep723", ["nb.py"]),
        ("juv", ["nb.ipynb"]),
        ("thoth-yaml", [".thoth.yaml"]),
    ],
)
async def test_post_exports_answers_the_files(
    client: Client, file_format: str, names: list[str]
) -> None:
    body = {"path": "nb.ipynb", "notebook": _locked("import a"), "format": file_format}

    answer = await client.post("/notebooks/exports", body)

    assert answer.status == 200, answer.json
    assert [file["name"] for file in answer.json["files"]] == names


async def test_post_exports_is_refused_when_there_is_no_lock(client: Client) -> None:
    body = {"path": "nb.ipynb", "notebook": make_notebook(), "format": "sbom"}

    answer = await client.post("/notebooks/exports", body)

    assert answer.status == 422
    assert answer.json["code"] == "format.needs-lock"


async def test_post_imports_answers_the_edit(client: Client) -> None:
    files = [{"name": "requirements.txt", "text": "a==1 --hash=sha256:11\n-e .\n"}]
    body = {"path": "nb.ipynb", "notebook": make_notebook(), "files": files}

    answer = await client.post("/notebooks/imports", body)

    assert answer.status == 200
    assert (answer.json["requirements"], answer.json["packages"]) == (1, 1)
    assert set(answer.json["edit"]["metadata"]) == {
        "dependency_resolution_engine",
        "requirements",
        "requirements_lock",
    }
    assert "The line '-e .' is not taken over." in answer.json["lost"]


@pytest.mark.parametrize(
    ("name", "text", "status", "code"),
    [
        ("pylock.toml", 'lock-version = "2.0"', 422, "format.unsupported"),
        ("pylock.toml", "[", 400, "format.invalid"),
        ("x.bin", "", 422, "format.unsupported"),
    ],
)
async def test_post_imports_is_refused_when_the_file_cannot_be_taken_over(
    client: Client, name: str, text: str, status: int, code: str
) -> None:
    body = {"path": "n.ipynb", "notebook": make_notebook(), "files": [{"name": name, "text": text}]}

    answer = await client.post("/notebooks/imports", body)

    assert (answer.status, answer.json["code"]) == (status, code)


async def test_post_conversions_answers_the_edit_of_cells_and_requirements(client: Client) -> None:
    notebook = make_notebook("!pip install a", "import a")

    answer = await client.post("/notebooks/conversions", {"path": "n.ipynb", "notebook": notebook})

    assert answer.status == 200
    assert answer.json["recorded"] == ["a"]
    assert answer.json["lines"] == [{"cell": 0, "line": 1, "text": "!pip install a"}]
    assert answer.json["edit"]["cells"] == [
        {"index": 0, "id": "c0", "base": "!pip install a", "source": "# !pip install a"}
    ]


async def test_post_conversions_is_refused_when_the_notebook_is_not_python(client: Client) -> None:
    body = {"path": "nb.ipynb", "notebook": make_notebook(language="R")}

    answer = await client.post("/notebooks/conversions", body)

    assert answer.status == 422
