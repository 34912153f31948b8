"""A split verified in environments of its locks: real index, real uv, real kernels."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from aidevsecops_ext.app.find_lock import find_lock
from aidevsecops_ext.app.verify_split import StepToVerify, VerifyRequest, verify_split
from aidevsecops_ext.cli.main import main
from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.lock import Lock
from aidevsecops_ext.domain.notebook_run import RunEnd
from aidevsecops_ext.formats.notebook_json import parse
from aidevsecops_ext.jobs.cancel import CancelSource
from aidevsecops_ext.wiring import Services
from tests.fakes.progress import FakeProgress
from tests.kits.notebooks import notebook_text
from tests.kits.runs import step_text

pytestmark = [pytest.mark.online, pytest.mark.needs_uv, pytest.mark.slow, pytest.mark.timeout(400)]

_TABLE = "import tabulate\nprint(tabulate.tabulate([[1]]))"
_ALONE = "import importlib.util\nprint(importlib.util.find_spec('pytest'))"


def _locked(path: Path) -> tuple[str, Lock]:
    """A notebook that was locked, and its lock."""
    path.write_text(notebook_text([_TABLE, _ALONE]))
    outcome = CliRunner().invoke(main, ["lock", path.name])
    assert outcome.exit_code == 0, outcome.stderr
    text = path.read_text()
    lock = find_lock(parse(text, path.name))
    assert lock is not None
    return text, lock


def test_steps_run_in_the_environments_of_their_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    project = tmp_path / "project"
    project.mkdir()
    monkeypatch.chdir(project)
    text, lock = _locked(project / "nb.ipynb")
    steps = (
        StepToVerify("table", "nb-table.ipynb", step_text((_TABLE, "source", 0)), (), (), lock),
        StepToVerify(
            "bare",
            "nb-bare.ipynb",
            step_text((_ALONE, "source", 1), ("import tabulate", "write", None)),
            (),
            ("table",),
            Lock((), "", (), lock.python_version),
        ),
    )
    services = Services(project, Settings())

    found = verify_split(
        VerifyRequest("nb.ipynb", text, steps, lock),
        services.verification_ports(),
        FakeProgress(),
        CancelSource(),
    )

    assert [one.outcome.value for one in found.cells] == ["same", "same"]
    assert [run.end for run in found.runs] == [RunEnd.DONE, RunEnd.DONE, RunEnd.FAILED]
    assert found.runs[0].where == found.runs[1].where != found.runs[2].where
    assert found.summary.startswith("The step bare fails where the notebook does not (ModuleNot")
    assert services.output_diffs is services.output_diffs
