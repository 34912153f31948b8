"""A week of locks, kernels and steps: few environments stay, and none goes that is in use."""

from __future__ import annotations

import pytest

from aidevsecops_ext.app.build_environment import LockedEnvironment, build_environment
from aidevsecops_ext.app.delete_kernel import delete_kernel
from aidevsecops_ext.app.find_lock import require_lock
from aidevsecops_ext.app.forget_environments import SPARE
from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.formats.notebook_json import parse
from tests.kits.kernels import HASH, KernelKit, locked_text

WEEK = 500


def _text(number: int) -> str:
    return locked_text(LockedPackage("six", f"1.{number}", (HASH,)))


def _relocked(kit: KernelKit, path: str, number: int) -> str:
    """The environment of a kernel whose notebook has another lock."""
    return kit.make(path, _text(number)).environment


def _run_step(kit: KernelKit, number: int) -> str:
    """The environment that a step runs in, without a kernel."""
    lock = require_lock(parse(_text(number), "step.ipynb"))
    asked = LockedEnvironment("step.ipynb", lock)
    return build_environment(asked, kit.ports, kit.progress, kit.cancel).key


def test_notebook_that_is_locked_anew_all_week_leaves_few_environments() -> None:
    kit = KernelKit()
    steady = _relocked(kit, "steady.ipynb", 0)

    keys = [_relocked(kit, "busy.ipynb", number) for number in range(1, WEEK)]

    assert len(kit.environments.known) == SPARE + 2
    assert {steady, *keys[-SPARE - 1 :]} == set(kit.environments.known)


def test_environment_of_a_kernel_that_still_runs_stays() -> None:
    kit = KernelKit()
    old = _relocked(kit, "busy.ipynb", 0)
    kit.environments.running = {old}

    for number in range(1, WEEK):
        _relocked(kit, "busy.ipynb", number)

    assert old in kit.environments.known
    assert len(kit.environments.known) <= SPARE + 2


def test_steps_of_a_pipeline_keep_their_environments_while_they_are_run() -> None:
    kit = KernelKit()

    for number in range(100, 100 + WEEK):
        steps = [_run_step(kit, step) for step in range(SPARE - 2)]
        _run_step(kit, number)
        assert set(steps) <= set(kit.environments.known)

    assert len(kit.environments.known) == SPARE


def test_deleting_a_kernel_leaves_what_a_step_runs_in() -> None:
    kit = KernelKit()
    _relocked(kit, "busy.ipynb", 0)
    step, idle = _run_step(kit, 1), _run_step(kit, 2)
    kit.environments.running = {step}

    removal = delete_kernel("busy", kit.ports, kit.cancel)

    assert idle in removal.environments
    assert set(kit.environments.known) == {step}


def test_environment_that_cannot_be_removed_keeps_nobody_from_their_kernel(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kit = KernelKit()

    def refuse(key: str) -> None:
        kit.environments.is_held = False
        raise OutsideFailedError(ErrorCode.KERNEL_BUILD_FAILED, key)

    monkeypatch.setattr(kit.environments, "remove", refuse)
    for number in range(SPARE + 2):
        _run_step(kit, number)
    made = _relocked(kit, "busy.ipynb", 99)

    assert made in kit.environments.known
