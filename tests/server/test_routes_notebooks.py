from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    TimedOutError,
    ToolMissingError,
)
from tests.fakes.engine import FakeEngine
from tests.fakes.package_index import FakePackageIndex

from .client import Client
from .notebooks import make_notebook

THOTH_YAML = """\
host: thoth.example
runtime_environments:
  - name: ubi8
    operating_system: {name: ubi, version: "8"}
    python_version: "3.9"
"""


async def _lock(client: Client, **fields: Any) -> Any:
    """The ended job of a lock."""
    body = {"path": "nb.ipynb", "notebook": make_notebook("import requests"), **fields}
    answer = await client.post("/notebooks/locks", body)
    assert answer.status == 202, answer.json
    return await client.wait_for_end(answer.json["job_id"])


async def test_get_dependencies_answers_what_the_saved_notebook_needs(
    client: Client, jp_root_dir: Path
) -> None:
    (jp_root_dir / "nb.ipynb").write_text(
        json.dumps(make_notebook("import sklearn", "import rich"))
    )

    answer = await client.get("/notebooks/dependencies", {"path": "nb.ipynb"})

    assert answer.status == 200
    assert answer.json["notebook"] == "nb.ipynb"
    assert answer.json["status"] == "unlocked"
    rows = {row["name"]: row["cells"] for row in answer.json["requirements"]}
    assert rows == {"scikit-learn": [0], "rich": [1]}


async def test_get_dependencies_ignores_the_number_that_browsers_add(
    client: Client, jp_root_dir: Path
) -> None:
    (jp_root_dir / "nb.ipynb").write_text(json.dumps(make_notebook()))

    answer = await client.get("/notebooks/dependencies", {"path": "/nb.ipynb", "1700000000": ""})

    assert (answer.status, answer.json["notebook"]) == (200, "nb.ipynb")


async def test_get_dependencies_answers_unsupported_when_the_language_is_another(
    client: Client, jp_root_dir: Path
) -> None:
    (jp_root_dir / "nb.ipynb").write_text(json.dumps(make_notebook("library(dplyr)", language="R")))

    answer = await client.get("/notebooks/dependencies", {"path": "nb.ipynb"})

    assert (answer.status, answer.json["status"]) == (200, "unsupported")


async def test_get_dependencies_refuses_when_no_path_is_given(client: Client) -> None:
    answer = await client.get("/notebooks/dependencies")

    assert answer.status == 400
    assert answer.json["details"] == {"field": "path"}


async def test_inspect_dependencies_takes_the_notebook_from_the_request(
    client: Client, jp_root_dir: Path
) -> None:
    (jp_root_dir / "nb.ipynb").write_text(json.dumps(make_notebook("import sklearn")))

    answer = await client.post(
        "/notebooks/dependencies", {"path": "nb.ipynb", "notebook": make_notebook("import rich")}
    )

    assert answer.status == 200
    assert [row["name"] for row in answer.json["requirements"]] == ["rich"]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OutsideFailedError(ErrorCode.LOCK_INDEX_UNREACHABLE, "The index is away."), 502),
        (TimedOutError(ErrorCode.LOCK_TIMED_OUT, "The index is slow."), 504),
    ],
)
async def test_inspect_dependencies_answers_in_spite_of_a_failing_index(
    client: Client, index: FakePackageIndex, error: AidevsecopsError, status: int
) -> None:
    index.error = error

    answer = await client.post(
        "/notebooks/dependencies",
        {"path": "nb.ipynb", "notebook": make_notebook("import nobody_knows_this")},
    )

    assert answer.status in {200, status}
    if answer.status == status:
        assert answer.json["message"] == error.message
    else:
        assert [found["import"] for found in answer.json["unresolved"]] == ["nobody_knows_this"]


async def test_edit_requirements_answers_the_edit_and_writes_nothing(
    client: Client, jp_root_dir: Path
) -> None:
    file = jp_root_dir / "nb.ipynb"
    file.write_text(json.dumps(make_notebook()))
    before = file.read_bytes()

    answer = await client.post(
        "/notebooks/requirements",
        {
            "path": "nb.ipynb",
            "notebook": make_notebook(),
            "add": [{"name": "requests", "specifier": ">=2", "extras": ["socks"], "dev": True}],
        },
    )

    assert answer.status == 200
    pipfile = json.loads(answer.json["edit"]["metadata"]["requirements"])
    assert pipfile["dev-packages"]["requests"] == {"extras": ["socks"], "version": ">=2"}
    assert file.read_bytes() == before


async def test_edit_requirements_takes_an_index_by_its_address(client: Client) -> None:
    added = {"name": "requests", "index": "https://other.example/simple"}

    answer = await client.post(
        "/notebooks/requirements",
        {"path": "nb.ipynb", "notebook": make_notebook(), "add": [added]},
    )

    pipfile = json.loads(answer.json["edit"]["metadata"]["requirements"])
    urls = [source["url"] for source in pipfile["source"]]
    assert urls == ["https://index.example/simple", "https://other.example/simple"]


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"name": "two words"}, "name", "'two words' is not a package name."),
        ({"specifier": "^2"}, "specifier", "'^2' is not a version constraint."),
        ({"extras": ["a b"]}, "extras", "'a b' is not the name of an extra."),
        ({"markers": "sometimes"}, "markers", "'sometimes' is not an environment marker."),
        ({"index": "inner"}, "index", "The notebook has no index 'inner'."),
        (
            {"index": "https://jo:secret@index.example/simple"},
            "index",
            "The address of the index https://index.example/simple holds a user name or password.",
        ),
    ],
)
async def test_edit_requirements_names_the_field_when_it_is_not_valid(
    client: Client, wrong: dict[str, Any], field: str, message: str
) -> None:
    add = [{"name": "rich"}, {"name": "requests", **wrong}]
    answer = await client.post(
        "/notebooks/requirements",
        {"path": "nb.ipynb", "notebook": make_notebook(), "add": add},
    )

    assert answer.status in (400, 422)
    assert answer.json["message"] == message
    assert answer.json["details"]["field"] == f"add[1].{field}"


async def test_edit_requirements_answers_not_found_when_the_removed_one_is_unknown(
    client: Client,
) -> None:
    answer = await client.post(
        "/notebooks/requirements",
        {"path": "nb.ipynb", "notebook": make_notebook(), "remove": ["requests"]},
    )

    assert (answer.status, answer.json["code"]) == (404, "requirements.unknown")


async def test_lock_answers_a_job_whose_address_has_the_base_url(client: Client) -> None:
    answer = await client.post(
        "/notebooks/locks", {"path": "/a/nb.ipynb", "notebook": make_notebook("import requests")}
    )

    job = answer.json
    assert answer.status == 202
    assert job["url"] == f"/user/jo/aidevsecops-ext/jobs/{job['job_id']}"
    assert answer.headers["Location"] == job["url"]
    assert (job["kind"], job["key"], job["title"]) == ("lock", "a/nb.ipynb", "Lock nb.ipynb")


async def test_lock_ends_with_an_edit_of_the_notebook_in_the_request(client: Client) -> None:
    job = await _lock(client)

    result = job["result"]
    assert job["state"] == "succeeded"
    assert result["notebook"] == "nb.ipynb"
    assert result["packages"] == 1
    assert result["changed"]["added"] == [{"name": "requests", "version": "1.0"}]
    assert set(result["edit"]["metadata"]) >= {"requirements", "requirements_lock"}
    assert result["base"]["requirements"] is None
    assert json.loads(result["edit"]["metadata"]["requirements_lock"])["default"]["requests"]


async def test_lock_leaves_its_steps_and_a_summary_in_the_log(client: Client) -> None:
    job = await _lock(client)

    log = await client.get(f"/jobs/{job['job_id']}/log")
    first, *_, last = log.json["lines"]
    assert first == "Looking for what the notebook imports"
    assert re.fullmatch(r"Locked 1 package in \d+\.\d s", last)


async def test_lock_passes_the_choices_of_the_request_on(
    client: Client, engine: FakeEngine
) -> None:
    await _lock(client, target={"python_version": "3.12", "platform": "linux"}, upgrade=True)

    [asked] = engine.requests
    assert (asked.target.python_version, asked.target.platform) == ("3.12", "linux")


async def test_lock_answers_the_same_job_when_the_idempotency_key_is_repeated(
    client: Client,
) -> None:
    body = {
        "path": "nb.ipynb",
        "notebook": make_notebook("import requests"),
        "idempotency_key": "click-1",
    }

    first = await client.post("/notebooks/locks", body)
    second = await client.post("/notebooks/locks", body)

    assert first.json["job_id"] == second.json["job_id"]


async def test_lock_fails_with_the_engines_words_when_there_is_a_conflict(
    client: Client, engine: FakeEngine
) -> None:
    engine.error = RefusedError(ErrorCode.LOCK_UNSATISFIABLE, "These do not fit together.")

    job = await _lock(client)

    assert job["state"] == "failed"
    assert job["error"]["code"] == "lock.unsatisfiable"
    assert job["result"] is None


async def test_lock_fails_when_the_engine_is_missing(client: Client, engine: FakeEngine) -> None:
    engine.error = ToolMissingError(ErrorCode.ENGINE_MISSING, "No uv.", hint="pip install uv")

    job = await _lock(client)

    assert (job["error"]["code"], job["error"]["hint"]) == ("engine.missing", "pip install uv")


async def test_lock_refuses_at_once_when_the_language_is_another(client: Client) -> None:
    answer = await client.post(
        "/notebooks/locks", {"path": "nb.ipynb", "notebook": make_notebook("1", language="julia")}
    )

    assert (answer.status, answer.json["code"]) == (422, "notebook.unsupported-language")


async def test_lock_refuses_at_once_when_the_engine_is_unknown(client: Client) -> None:
    answer = await client.post(
        "/notebooks/locks",
        {"path": "nb.ipynb", "notebook": make_notebook(), "engine": "nothing"},
    )

    assert (answer.status, answer.json["code"]) == (400, "engine.unknown")


async def test_get_targets_answers_the_environments_of_the_nearest_file(
    client: Client, jp_root_dir: Path
) -> None:
    (jp_root_dir / "a").mkdir()
    (jp_root_dir / ".thoth.yaml").write_text(THOTH_YAML)

    answer = await client.get("/notebooks/targets", {"path": "a/unsaved.ipynb"})

    assert answer.status == 200
    assert answer.json["path"] == ".thoth.yaml"
    assert [found["name"] for found in answer.json["environments"]] == ["ubi8"]
    assert answer.json["thoth_host"] == "thoth.example"
    assert answer.json["environments"][0]["target"]["python_version"] == "3.9"


async def test_get_targets_answers_none_when_there_is_no_file(client: Client) -> None:
    answer = await client.get("/notebooks/targets", {"path": "nb.ipynb"})

    assert answer.json == {"path": None, "environments": [], "problems": [], "thoth_host": None}


async def test_get_targets_refuses_when_the_file_is_not_yaml(
    client: Client, jp_root_dir: Path
) -> None:
    (jp_root_dir / ".thoth.yaml").write_text("a: [")

    answer = await client.get("/notebooks/targets", {"path": "nb.ipynb"})

    assert (answer.status, answer.json["code"]) == (400, "thoth-yaml.invalid")
