"""What cannot be used is refused with a clear problem, and leaves every file as it was."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.config import Settings
from aidevsecops_ext.server.backstage import Backstage

from .client import Answer, Client
from .notebooks import make_notebook

_POSTS = ["/notebooks/dependencies", "/notebooks/requirements", "/notebooks/locks"]
_LIMIT = Settings().max_notebook_bytes


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


async def _inspect(client: Client, path: str) -> Answer:
    return await client.get("/notebooks/dependencies", {"path": path})


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        ("", 400, "notebook.invalid"),
        ("just text", 400, "notebook.invalid"),
        ('{"cells": [}', 400, "notebook.invalid"),
        ("[1, 2]", 400, "notebook.invalid"),
        ('{"a": 1}', 400, "notebook.invalid"),
        (b"\xff\xfe\x00", 400, "notebook.invalid"),
        ("[" * 100_000, 400, "notebook.invalid"),
        ('{"nbformat": 3, "worksheets": []}', 422, "notebook.unsupported-format"),
        ('{"nbformat": 5, "cells": []}', 422, "notebook.unsupported-format"),
    ],
)
async def test_get_dependencies_refuses_what_is_no_notebook(
    client: Client, jp_root_dir: Path, content: str | bytes, status: int, code: str
) -> None:
    file = jp_root_dir / "nb.ipynb"
    _write(file, content)
    before = file.read_bytes()

    answer = await _inspect(client, "nb.ipynb")

    assert (answer.status, answer.json["code"]) == (status, code)
    assert answer.json["message"].startswith("nb.ipynb")
    assert file.read_bytes() == before


async def test_get_dependencies_refuses_when_the_file_is_too_large(
    client: Client, jp_root_dir: Path
) -> None:
    file = jp_root_dir / "nb.ipynb"
    file.touch()
    os.truncate(file, _LIMIT + 1)

    answer = await _inspect(client, "nb.ipynb")

    assert (answer.status, answer.json["code"]) == (422, "notebook.too-large")


@pytest.mark.parametrize("path", ["../nb.ipynb", "a/../../nb.ipynb", "/../nb.ipynb", "link.ipynb"])
async def test_notebook_routes_refuse_when_the_path_leads_out_of_the_root(
    client: Client, jp_root_dir: Path, path: str
) -> None:
    outside = jp_root_dir.parent / "nb.ipynb"
    _write(outside, json.dumps(make_notebook("secret = 'hunter22'")))
    (jp_root_dir / "link.ipynb").symlink_to(outside)
    body = {"path": path, "notebook": make_notebook()}

    answers = [await _inspect(client, path)]
    answers.append(await client.get("/notebooks/targets", {"path": path}))
    answers += [await client.post(route, body) for route in _POSTS]

    assert {answer.status for answer in answers} == {422}
    assert {answer.json["code"] for answer in answers} == {"notebook.outside-root"}


async def test_get_dependencies_reads_an_absolute_path_as_one_below_the_root(
    client: Client, jp_root_dir: Path
) -> None:
    outside = jp_root_dir.parent / "nb.ipynb"
    _write(outside, json.dumps(make_notebook()))

    answer = await _inspect(client, str(outside))

    assert (answer.status, answer.json["code"]) == (404, "notebook.not-found")


@pytest.mark.parametrize("path", [".hidden/nb.ipynb", ".nb.ipynb", "a/.b/nb.ipynb"])
async def test_notebook_routes_answer_not_found_when_the_notebook_is_hidden(
    client: Client, jp_root_dir: Path, path: str
) -> None:
    _write(jp_root_dir / path, json.dumps(make_notebook()))

    read = await _inspect(client, path)
    posted = await client.post("/notebooks/locks", {"path": path, "notebook": make_notebook()})

    assert (read.status, read.json["code"]) == (404, "notebook.not-found")
    assert (posted.status, posted.json["code"]) == (404, "notebook.not-found")


@pytest.mark.parametrize(
    "path", ["missing.ipynb", "folder/missing.ipynb", "x" * 300 + ".ipynb", "circle.ipynb"]
)
async def test_get_dependencies_answers_a_problem_when_there_is_no_such_file(
    client: Client, jp_root_dir: Path, path: str
) -> None:
    (jp_root_dir / "circle.ipynb").symlink_to(jp_root_dir / "circle.ipynb")

    answer = await _inspect(client, path)

    assert answer.status in {404, 422, 502}
    assert answer.json["code"] in {"notebook.not-found", "notebook.unreadable"}


async def test_get_dependencies_refuses_when_the_path_is_a_folder(
    client: Client, jp_root_dir: Path
) -> None:
    (jp_root_dir / "folder").mkdir()

    answer = await _inspect(client, "folder")

    assert (answer.status, answer.json["code"]) == (422, "notebook.unreadable")


@pytest.mark.parametrize("path", ["a\0b.ipynb", "\ud800.ipynb"])
async def test_post_refuses_when_the_path_can_be_no_path(client: Client, path: str) -> None:
    for route in _POSTS:
        answer = await client.post(route, {"path": path, "notebook": make_notebook()})

        assert (answer.status, answer.json["code"]) == (404, "notebook.not-found")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"notebook": {}}, "path"),
        ({"path": "nb.ipynb"}, "notebook"),
        ({"path": "", "notebook": {}}, "path"),
        ({"path": 1, "notebook": {}}, "path"),
        ({"path": "nb.ipynb", "notebook": []}, "notebook"),
        ({"path": "nb.ipynb", "notebook": {}, "more": 1}, "more"),
        ([], ""),
        (None, ""),
        ("text", ""),
    ],
)
async def test_post_names_the_field_when_the_body_does_not_fit(
    client: Client, body: Any, field: str
) -> None:
    for route in _POSTS:
        answer = await client.post(route, body)

        assert (answer.status, answer.json["code"]) == (400, "request.invalid")
        assert answer.json["details"] == {"field": field}
        assert (field or "the body") in answer.json["message"]


@pytest.mark.parametrize(
    ("route", "fields", "field"),
    [
        ("/notebooks/requirements", {"add": [{}]}, "add[0].name"),
        ("/notebooks/requirements", {"add": [{"name": "a", "dev": 1}]}, "add[0].dev"),
        ("/notebooks/requirements", {"add": [{"name": "a"}, {"name": ""}]}, "add[1].name"),
        ("/notebooks/requirements", {"add": [{"name": "a", "source": ""}]}, "add[0].source"),
        ("/notebooks/requirements", {"remove": "requests"}, "remove"),
        ("/notebooks/locks", {"target": {"python_version": "2.7"}}, "target.python_version"),
        ("/notebooks/locks", {"target": {"python": "3.11"}}, "target.python"),
        ("/notebooks/locks", {"upgrade": "yes"}, "upgrade"),
        ("/notebooks/locks", {"trust_indexes": [None]}, "trust_indexes[0]"),
    ],
)
async def test_post_names_the_inner_field_when_it_does_not_fit(
    client: Client, route: str, fields: dict[str, Any], field: str
) -> None:
    answer = await client.post(route, {"path": "nb.ipynb", "notebook": make_notebook(), **fields})

    assert (answer.status, answer.json["details"]) == (400, {"field": field})


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b'{"path": NaN}', b"[" * 100_000, b"9" * 10_000]
)
async def test_post_refuses_when_the_body_is_not_json(client: Client, body: bytes) -> None:
    for route in _POSTS:
        answer = await client.call("POST", route, body)

        assert (answer.status, answer.json["code"]) == (400, "request.invalid")


async def test_post_refuses_when_the_notebook_is_too_large(client: Client) -> None:
    body = b'{"path": "nb.ipynb", "notebook": {"a": "' + b"x" * (_LIMIT + 1_000_000) + b'"}}'

    for route in _POSTS:
        answer = await client.call("POST", route, body)

        assert (answer.status, answer.json["code"]) == (422, "notebook.too-large")


async def test_post_refuses_when_the_notebook_is_none(client: Client) -> None:
    for route in _POSTS:
        answer = await client.post(route, {"path": "nb.ipynb", "notebook": {"cells": []}})

        assert (answer.status, answer.json["code"]) == (400, "notebook.invalid")


@pytest.mark.parametrize("number", [3, 5])
async def test_post_refuses_when_the_format_is_another(client: Client, number: int) -> None:
    notebook = {**make_notebook(), "nbformat": number}

    for route in _POSTS:
        answer = await client.post(route, {"path": "nb.ipynb", "notebook": notebook})

        assert (answer.status, answer.json["code"]) == (422, "notebook.unsupported-format")


async def test_answer_never_repeats_what_was_sent_when_it_does_not_fit(client: Client) -> None:
    answer = await client.post(
        "/notebooks/locks", {"path": {"password": "hunter22"}, "notebook": ["hunter22"]}
    )

    assert answer.status == 400
    assert "hunter22" not in json.dumps(answer.json)


async def test_mistake_of_ours_answers_a_problem_without_the_reason(
    client: Client, backstage: Backstage, caplog: pytest.LogCaptureFixture
) -> None:
    def build(_root: Path, _settings: Settings) -> Any:
        raise ValueError("hunter22")

    backstage.build = build

    answer = await client.get("/jobs")

    assert answer.status == 500
    assert answer.json["code"] == "internal.unexpected"
    assert "hunter22" not in json.dumps(answer.json)
    assert "hunter22" in caplog.text
    assert answer.json["request_id"] in caplog.text
