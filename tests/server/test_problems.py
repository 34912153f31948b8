from __future__ import annotations

import pytest

from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    CancelledError,
    ErrorCode,
    UserError,
)
from aidevsecops_ext.server.problems import STATUSES, problem_of, status_of


class _SpecialError(UserError):
    """A class of errors that somebody will add one day."""


@pytest.mark.parametrize("kind", AidevsecopsError.__subclasses__())
def test_status_of_is_known_for_every_class(kind: type[AidevsecopsError]) -> None:
    assert kind in STATUSES


def test_status_of_is_that_of_the_parent_when_the_class_has_none() -> None:
    assert status_of(_SpecialError(ErrorCode.REQUEST_INVALID, "No.")) == 400


def test_problem_of_says_what_the_error_says() -> None:
    error = UserError(ErrorCode.REQUEST_INVALID, "No.", hint="Ask again.", details={"field": "a"})

    problem = problem_of(error, "abc")

    assert problem == {
        "message": "No.",
        "reason": "Bad Request",
        "code": "request.invalid",
        "hint": "Ask again.",
        "details": {"field": "a"},
        "request_id": "abc",
    }


def test_problem_of_a_cancel_is_a_conflict() -> None:
    problem = problem_of(CancelledError(), "abc")

    assert (problem["code"], problem["reason"]) == ("job.cancelled", "Conflict")
