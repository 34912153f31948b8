"""Routes that read and write configuration files."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aidevsecops_ext.server.backstage import Backstage

from .client import Answer, Client

TEXT = "# ours\nhost: x.example  # whose\nruntime_environments:\n  - name: a  # first\n"


@pytest.fixture
def project(backstage: Backstage) -> str:
    """A folder with a ``.thoth.yaml``."""
    folder = backstage.paths.root / "project"
    folder.mkdir()
    (folder / ".thoth.yaml").write_bytes(TEXT.encode())
    return "project"


async def _read(client: Client, folder: str, kind: str = "thoth") -> Answer:
    return await client.get("/configuration", {"folder": folder, "kind": kind})


async def _write(client: Client, body: dict[str, Any]) -> Answer:
    return await client.call("PUT", "/configuration", json.dumps(body))


async def test_a_file_is_read_with_its_values_and_schema(client: Client, project: str) -> None:
    answer = await _read(client, project)

    assert (answer.status, answer.json["text"]) == (200, TEXT)
    assert (answer.json["file"], answer.json["valid"]) == ("project/.thoth.yaml", True)
    assert answer.json["values"] == {"host": "x.example", "runtime_environments": [{"name": "a"}]}
    assert answer.json["schema"]["title"] == ".thoth.yaml"


@pytest.mark.parametrize("text", ["a: [", "- a\n"])
async def test_a_file_that_is_no_table_has_no_values(
    client: Client, backstage: Backstage, project: str, text: str
) -> None:
    (backstage.paths.root / project / ".thoth.yaml").write_text(text)

    answer = await _read(client, project)

    assert (answer.status, answer.json["values"], answer.json["valid"]) == (200, None, False)


async def test_values_are_written_and_comments_stay(
    client: Client, backstage: Backstage, project: str
) -> None:
    read = (await _read(client, project)).json
    values = {**read["values"], "host": "y.example"}
    values["runtime_environments"].append({"name": "rhel:8"})
    body = {"folder": project, "kind": "thoth", "values": values, "revision": read["revision"]}
    file = backstage.paths.root / project / ".thoth.yaml"

    preview = await client.post("/configuration/previews", body)
    untouched = file.read_text()
    written = await _write(client, body)
    again = await _write(client, body)

    expected = TEXT.replace("x.example", "y.example") + "  - name: rhel:8\n"
    expected = expected.replace("rhel:8", '"rhel:8"')
    assert untouched == TEXT
    assert (preview.json["before"], preview.json["after"]) == (TEXT, expected)
    assert [problem["line"] for problem in preview.json["problems"]] == [5]
    assert (written.status, file.read_text()) == (200, expected)
    assert (again.status, again.json["code"]) == (409, "configuration.changed")


async def test_nothing_is_written_where_nothing_changes(client: Client, project: str) -> None:
    read = (await _read(client, project)).json
    body = {"folder": project, "kind": "thoth", "values": read["values"]}

    written = await _write(client, {**body, "revision": read["revision"]})

    assert (written.json["before"], written.json["after"]) == (TEXT, TEXT)


async def test_what_is_not_there_or_not_known_is_refused(client: Client, project: str) -> None:
    gone = await _read(client, project, "aicoe-ci")
    unknown = await _read(client, project, "other")
    outside = await _read(client, "../x")

    assert (gone.status, gone.json["code"]) == (404, "configuration.not-found")
    assert (unknown.status, outside.status) == (400, 422)
