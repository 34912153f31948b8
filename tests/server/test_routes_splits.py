"""Routes of splits, on real files, with an engine and kernels that a test controls."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.adapters.report_pages import ReportPages
from aidevsecops_ext.app.verification_ports import VerificationPorts
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.verification import OutputDiff
from aidevsecops_ext.server.backstage import Backstage
from aidevsecops_ext.server.base import NAMESPACE
from aidevsecops_ext.server.split_calls import SPLIT_KIND, VERIFY_KIND
from tests.fakes.all_packages import AllPackages
from tests.fakes.clock import FakeClock
from tests.kits.kernels import KernelKit
from tests.kits.services import with_ports
from tests.kits.split_notebooks import CHURN, split_source
from tests.kits.splits import SameRuns

from .client import Client

STEPS = ("load", "train", "say")
FILES = [f"work/churn-{step}.ipynb" for step in STEPS]


class FakeDiffs:
    """Finds nothing to show."""

    def compare(self, before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[OutputDiff, ...]:
        del before, after
        return ()


@pytest.fixture
def runs() -> SameRuns:
    """The runs of the notebook and its steps."""
    return SameRuns()


@pytest.fixture
def server(client: Client, backstage: Backstage, runs: SameRuns, tmp_path: Path) -> Client:
    """A client of a server that resolves and runs with fakes."""
    build = backstage.build
    backstage.build = lambda root, settings: with_ports(
        build(root, settings),
        package_files=AllPackages(),
        output_diffs=FakeDiffs(),
        reports=ReportPages(tmp_path / "reports"),
        verification_ports=lambda: VerificationPorts(runs, KernelKit().ports, FakeClock(1.0)),
    )
    return client


@pytest.fixture
def root(backstage: Backstage) -> Path:
    """The server's root, with the folder of the notebook in it."""
    (backstage.paths.root / "work").mkdir()
    return backstage.paths.root


def body(**fields: Any) -> dict[str, Any]:
    return {"path": "work/churn.ipynb", "notebook": split_source(), **fields}


async def preview(server: Client, **fields: Any) -> Any:
    answer = await server.post("/splits/previews", body(**fields))
    assert answer.status == 200, answer.json
    return answer.json


async def apply(server: Client, **fields: Any) -> Any:
    """The ended job that makes just the split that a preview shows."""
    wish = {name: value for name, value in fields.items() if name not in ("force", "verify")}
    digest = (await preview(server, **wish))["digest"]
    answer = await server.post("/splits", body(preview_digest=digest, **fields))
    assert answer.status == 202, answer.json
    return await server.wait_for_end(answer.json["job_id"])


async def test_preview_answers_steps_flows_cells_and_files(server: Client, root: Path) -> None:
    found = await preview(server)

    assert (found["by"], found["level"], found["can_apply"]) == ("heading", 2, True)
    assert [step["name"] for step in found["steps"]] == [*STEPS]
    assert found["steps"][1]["inputs"] == ["limit", "rows"]
    assert found["steps"][1]["repeated"] == ["scaled"]
    assert found["steps"][1]["overlay"] == "overlays/train"
    assert [file["path"] for file in found["files"]] == FILES
    step_of = [cell["step"] for cell in found["cells"]]
    assert step_of == ["load", "load", "load", "load", "train", "train", "say", "say"]
    assert {"source": "load", "target": "train"}.items() <= found["edges"][0].items()
    assert found["edit"] == {"metadata": {}}
    assert list(root.rglob("*.ipynb")) == []


async def test_preview_by_hand_answers_the_tags_that_keep_the_choice(server: Client) -> None:
    chosen = [{"name": "Get it!", "cells": [1, 3]}, {"name": "use", "cells": [5, 7]}]

    found = await preview(server, by="hand", steps=chosen)

    assert [step["name"] for step in found["steps"]] == ["get_it", "use"]
    assert found["edit"]["tags"] == [
        {"index": 1, "id": "cell-1", "base": [], "tags": ["step:get_it"]},
        {"index": 5, "id": "cell-5", "base": [], "tags": ["step:use"]},
    ]
    assert [warning["code"] for warning in found["warnings"]] == ["steps.name-changed"]


async def test_preview_after_applying_the_tags_is_the_same_split(server: Client) -> None:
    chosen = [{"name": "one", "cells": [1, 3]}, {"name": "two", "cells": [5, 7]}]
    by_hand = await preview(server, by="hand", steps=chosen)
    tags = {edit["index"]: edit["tags"] for edit in by_hand["edit"]["tags"]}

    by_tags = await preview(server, notebook=split_source(CHURN, tags))

    assert by_tags["by"] == "tag"
    assert [step["cells"] for step in by_tags["steps"]] == [
        step["cells"] for step in by_hand["steps"]
    ]


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"path": "../x.ipynb"}, 422, "notebook.outside-root"),
        ({"out": "../elsewhere"}, 422, "notebook.outside-root"),
        ({"path": ".hidden/x.ipynb"}, 404, "notebook.not-found"),
        ({"out": ".hidden"}, 404, "notebook.not-found"),
        ({"by": "magic"}, 400, "request.invalid"),
        ({"level": 7}, 400, "request.invalid"),
        ({"by": "hand", "steps": [{"name": "a", "cells": []}]}, 400, "request.invalid"),
        ({"by": "hand", "steps": [{"name": "a", "cells": [99]}]}, 400, "request.invalid"),
        ({"notebook": {"nbformat": 3, "worksheets": []}}, 422, "notebook.unsupported-format"),
        ({"notebook": {"nbformat": 4}}, 400, "notebook.invalid"),
    ],
)
async def test_preview_is_refused_when_it_asks_for_what_cannot_be(
    server: Client, fields: dict[str, Any], status: int, code: str
) -> None:
    answer = await server.post("/splits/previews", body(**fields))

    assert (answer.status, answer.json["code"]) == (status, code)


async def test_preview_is_refused_when_the_notebook_is_of_another_language(server: Client) -> None:
    source = split_source(kernelspec={"name": "ir", "display_name": "R", "language": "R"})

    answer = await server.post("/splits/previews", body(notebook=source))

    assert (answer.status, answer.json["code"]) == (422, "notebook.unsupported-language")


async def test_preview_cannot_be_applied_when_no_cell_has_code(server: Client) -> None:
    found = await preview(server, notebook=split_source(()))

    assert (found["steps"], found["can_apply"]) == ([], False)


async def test_split_writes_steps_and_overlays_at_once(server: Client, root: Path) -> None:
    job = await apply(server)

    result = job["result"]
    assert (job["kind"], job["state"], job["error"]) == (SPLIT_KIND, "succeeded", None)
    assert set(FILES) <= set(result["written"])
    assert [(each["name"], each["step"]) for each in result["overlays"]] == [
        (step, step) for step in STEPS
    ]
    assert (result["verified"], result["verification"]) == (None, None)
    assert (root / "overlays" / "train" / "requirements.txt").is_file()
    assert not (root / "work" / "churn.ipynb").exists()


async def test_split_by_hand_ends_with_the_tags_for_the_open_notebook(
    server: Client, root: Path
) -> None:
    chosen = [{"name": "one", "cells": [1, 3]}, {"name": "two", "cells": [5, 7]}]

    job = await apply(server, by="hand", steps=chosen, overlays=False, out="steps")

    assert sorted(path.name for path in (root / "steps").iterdir()) == [
        "churn-one.ipynb",
        "churn-two.ipynb",
    ]
    assert [edit["index"] for edit in job["result"]["edit"]["tags"]] == [1, 5]


async def test_split_deletes_what_an_earlier_one_left_when_it_is_to_prune(
    server: Client, root: Path
) -> None:
    (root / "work" / "churn.ipynb").write_text(json.dumps(split_source()))
    await apply(server)
    fewer = split_source(CHURN[:6])

    kept = await preview(server, notebook=fewer)
    job = await apply(server, notebook=fewer, prune=True)

    gone = {"work/churn-say.ipynb", "overlays/say/Pipfile", "overlays/say/Containerfile"}
    assert kept["removals"] == []
    assert gone <= set(job["result"]["deleted"])
    assert not (root / "work" / "churn-say.ipynb").exists()
    assert not (root / "overlays" / "say").exists()
    assert "say" not in (root / ".thoth.yaml").read_text()


async def test_split_ends_with_the_level_for_the_open_notebook(server: Client, root: Path) -> None:
    job = await apply(server, by="heading", level=1, overlays=False)

    record: Json = {"cut": {"by": "heading", "level": 1}}
    assert job["result"]["edit"] == {"metadata": {"aidevsecops": record}}
    again = await preview(server, notebook=split_source(aidevsecops=record), overlays=False)
    assert (again["by"], again["level"], again["edit"]) == ("heading", 1, {"metadata": {}})
    assert {step["state"] for step in again["steps"]} == {"unchanged"}
    assert not (root / "work" / "churn.ipynb").exists()


async def test_split_is_refused_when_it_is_another_one_than_the_preview(
    server: Client, root: Path
) -> None:
    digest = (await preview(server, overlays=False))["digest"]
    other = split_source((*CHURN, ">more = 1"))

    answer = await server.post(
        "/splits", body(notebook=other, overlays=False, preview_digest=digest)
    )
    job = await server.wait_for_end(answer.json["job_id"])

    assert (job["state"], job["error"]["code"]) == ("failed", "split.preview-outdated")
    assert list(root.rglob("*-*.ipynb")) == []


async def test_split_leaves_an_edited_step_alone_unless_forced(server: Client, root: Path) -> None:
    await apply(server, overlays=False)
    path = root / FILES[1]
    notebook = json.loads(path.read_text())
    notebook["cells"][-1]["source"] = ["by_hand = 1"]
    path.write_text(json.dumps(notebook))

    refused = await apply(server, overlays=False)
    shown = await preview(server, overlays=False)
    forced = await apply(server, overlays=False, force=True)

    assert refused["error"]["code"] == "split.step-edited"
    assert [step["state"] for step in shown["steps"]] == ["unchanged", "edited", "unchanged"]
    assert "-by_hand = 1" in shown["files"][1]["diff"]
    assert forced["result"]["written"] == [FILES[1]]


async def test_split_is_the_same_job_when_its_key_is_the_same(server: Client) -> None:
    wish = body(preview_digest="x", idempotency_key="once")

    first = await server.post("/splits", wish)
    second = await server.post("/splits", wish)

    assert first.json["job_id"] == second.json["job_id"]
    await server.wait_for_end(first.json["job_id"])


async def test_split_with_verification_marks_its_steps(server: Client, root: Path) -> None:
    job = await apply(server, overlays=False, verify=True)

    result = job["result"]
    assert (result["verified"], result["verification"]["verdict"]) == (True, "same")
    step = json.loads((root / FILES[0]).read_text())
    assert step["metadata"]["aidevsecops"]["split"]["verified"] is True
    assert (await preview(server, overlays=False))["verified"] is True


async def test_verification_runs_a_split_that_was_made(
    server: Client, root: Path, runs: SameRuns
) -> None:
    await apply(server)

    answer = await server.post("/splits/verifications", body())
    job = await server.wait_for_end(answer.json["job_id"])

    assert (job["kind"], job["state"], job["error"]) == (VERIFY_KIND, "succeeded", None)
    assert job["result"]["verified"] is True
    assert [request.path for request in runs.requests] == ["work/churn.ipynb", *FILES]
    step = json.loads((root / FILES[2]).read_text())
    assert step["metadata"]["aidevsecops"]["split"]["verified"] is True


async def test_verification_fails_when_there_is_no_split(server: Client, root: Path) -> None:
    assert (root / "work").is_dir()

    answer = await server.post("/splits/verifications", body())
    job = await server.wait_for_end(answer.json["job_id"])

    assert (job["state"], job["error"]["code"]) == ("failed", "split.not-made")


async def test_report_is_a_page_that_can_do_nothing(
    server: Client, root: Path, jp_fetch: Callable[..., Any]
) -> None:
    assert (root / "work").is_dir()
    job = await apply(server, overlays=False, verify=True)
    report = job["result"]["verification"]["report"]

    page = await jp_fetch(NAMESPACE, "splits", "verifications", report)

    assert page.headers["Content-Type"].startswith("text/html")
    assert page.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert b"churn" in page.body


@pytest.mark.parametrize("name", ["0" * 32, "nothing", "..%2F..%2Fetc%2Fpasswd"])
async def test_report_is_not_found_when_there_is_none(server: Client, name: str) -> None:
    answer = await server.get(f"/splits/verifications/{name}")

    assert (answer.status, answer.json["code"]) == (404, "split.report-not-found")


async def test_split_keeps_pictures_of_texts_when_the_notebook_is_large(
    server: Client, root: Path
) -> None:
    notebook: dict[str, Any] = split_source()
    texts = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    picture = {"a.png": {"image/png": "y" * 1_500_000}}
    texts[-1]["attachments"] = picture

    await apply(server, notebook=notebook, overlays=False)

    step = json.loads((root / FILES[-1]).read_text())
    assert picture in [cell.get("attachments") for cell in step["cells"]]
