from __future__ import annotations

import itertools

import pytest

from aidevsecops_ext.domain.jobs import JobState

_ALLOWED = {
    ("queued", "running"),
    ("queued", "cancelled"),
    ("queued", "failed"),
    ("running", "cancelling"),
    ("running", "succeeded"),
    ("running", "failed"),
    ("cancelling", "cancelled"),
    ("cancelling", "succeeded"),
    ("cancelling", "failed"),
}


@pytest.mark.parametrize(("before", "after"), list(itertools.product(JobState, JobState)))
def test_can_become_allows_exactly_the_steps_of_the_contract(
    before: JobState, after: JobState
) -> None:
    is_allowed = before.can_become(after)

    assert is_allowed is ((before.value, after.value) in _ALLOWED)


@pytest.mark.parametrize("state", JobState)
def test_is_final_holds_when_the_job_has_ended(state: JobState) -> None:
    is_final = state.is_final

    assert is_final is (state.value in {"succeeded", "failed", "cancelled"})
