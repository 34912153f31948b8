"""What is made of a fact about a machine."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.diagnosis import (
    Diagnosis,
    Finding,
    FindingGroup,
    FindingState,
    FixAction,
    sorted_by_group,
)
from aidevsecops_ext.domain.diagnosis_rules import (
    FULL_BYTES,
    LOW_BYTES,
    judge_extra,
    judge_kernel_record,
    judge_runtime,
    judge_space,
    judge_variable,
)
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.kernels import KernelRecord, KernelState
from aidevsecops_ext.domain.runtime import EngineKind, RuntimeConfiguration

COMPLETE: dict[str, Json] = {
    "api_endpoint": "https://kfp.example.org/pipeline",
    "cos_endpoint": "https://s3.example.org",
    "cos_bucket": "runs",
    "cos_username": "minio",
    "cos_password": "very-secret",
}


def _finding(group: FindingGroup, state: FindingState = FindingState.GOOD) -> Finding:
    return Finding(group.value, group, state, "")


def test_a_diagnosis_counts_and_orders() -> None:
    disk = _finding(FindingGroup.DISK, FindingState.PROBLEM)
    tools = _finding(FindingGroup.TOOLS)

    found = Diagnosis(sorted_by_group((disk, tools)))

    assert found.findings == (tools, disk)
    assert found.has_problem
    assert found.count(FindingState.GOOD) == 1
    assert not Diagnosis((tools,)).has_problem


@pytest.mark.parametrize(
    ("free", "state"),
    [
        (FULL_BYTES - 1, FindingState.PROBLEM),
        (FULL_BYTES, FindingState.ATTENTION),
        (LOW_BYTES - 1, FindingState.ATTENTION),
        (LOW_BYTES, FindingState.GOOD),
    ],
)
def test_a_volume_is_full_before_nothing_fits(free: int, state: FindingState) -> None:
    found = judge_space("home", "/home/jo", free)

    assert found.state is state
    assert (found.fix is None) is (state is FindingState.GOOD)


def test_the_cache_of_uv_is_emptied_by_uv() -> None:
    found = judge_space("uv cache", "/cache", 0)

    assert found.message == "0.0 GB are free in /cache."
    assert found.fix is not None
    assert found.fix.command == "uv cache prune"


@pytest.mark.parametrize(
    ("kind", "change", "lacking"),
    [
        ("kfp", {}, None),
        ("kfp", {"cos_password": ""}, "It lacks cos_password."),
        ("kfp", {"api_endpoint": "", "cos_username": " "}, "It lacks api_endpoint and cos_use"),
        ("kfp", {"cos_auth_type": "KUBERNETES_SECRET"}, "It lacks cos_secret."),
        (
            "kfp",
            {"cos_auth_type": "AWS_IAM_ROLES_FOR_SERVICE_ACCOUNTS", "cos_password": ""},
            None,
        ),
        (
            "airflow",
            {"github_repo": "o/dags", "github_api_endpoint": "https://forge.example.org"},
            "It lacks github_repo_token.",
        ),
    ],
)
def test_a_runtime_needs_its_secrets(
    kind: str, change: dict[str, Json], lacking: str | None
) -> None:
    runtime = RuntimeConfiguration("mine", "Mine", EngineKind(kind), {**COMPLETE, **change})

    found = judge_runtime(runtime)

    assert (found.state is FindingState.PROBLEM) is (lacking is not None)
    assert found.message.startswith(lacking or "Complete; ")
    assert "very-secret" not in repr(found)
    if found.fix is not None:
        assert found.fix.command == f"aidevsecops runtime add mine --kind {kind} --force"


def _record(state: KernelState, reason: str = "", notebook: str | None = "a.ipynb") -> KernelRecord:
    return KernelRecord("mine", "Mine", "3.12", "k", 1, 1.0, state, reason, notebook)


def test_a_kernel_that_is_broken_is_made_anew_or_deleted() -> None:
    good = judge_kernel_record(_record(KernelState.OK))
    gone = judge_kernel_record(_record(KernelState.BROKEN, "Its environment is gone."))
    stale = judge_kernel_record(_record(KernelState.STALE, "No lock.", notebook=None))

    assert (good.state, good.fix) == (FindingState.GOOD, None)
    assert gone.state is FindingState.PROBLEM
    assert gone.fix is not None
    assert gone.fix.command == "aidevsecops kernel refresh mine"
    assert gone.fix.action is FixAction.MANAGE_KERNELS
    assert stale.state is FindingState.ATTENTION
    assert stale.fix is not None
    assert stale.fix.command == "aidevsecops kernel delete mine"


def test_a_variable_names_some_of_its_notebooks() -> None:
    few = judge_variable("AWS_KEY", ["a.ipynb"])
    many = judge_variable("AWS_KEY", ["a.ipynb", "b.ipynb", "c.ipynb", "d.ipynb"])

    assert few.message == "It is not set, and is read in a.ipynb."
    assert many.message.endswith("a.ipynb, b.ipynb, c.ipynb and 1 more.")


def test_an_extra_that_is_missing_is_no_problem() -> None:
    assert judge_extra("elyra", "submitting", is_installed=True).fix is None
    assert judge_extra("elyra", "submitting", is_installed=False).state is FindingState.GOOD
