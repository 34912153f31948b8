"""What the operating system refuses, in words."""

from __future__ import annotations

import errno
import os

import pytest

from aidevsecops_ext.domain.errors import ErrorCode
from aidevsecops_ext.domain.machine_refusals import refusal_of


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.ENOSPC, "TMPDIR"),
        (errno.EDQUOT, "TMPDIR"),
        (errno.EROFS, "permissions"),
        (errno.EACCES, "permissions"),
        (errno.ESTALE, "Try again"),
        (errno.EMFILE, "ulimit"),
    ],
)
def test_refusal_says_what_and_where_and_what_to_do(number: int, hint: str) -> None:
    refusal = refusal_of(OSError(number, os.strerror(number), "/a/b"))

    assert refusal is not None
    assert refusal.code is ErrorCode.MACHINE_REFUSED
    assert refusal.message == f"The operating system refuses: {os.strerror(number)} (/a/b)."
    assert hint in refusal.hint


def test_refusal_names_no_file_when_there_is_none() -> None:
    refusal = refusal_of(OSError(errno.ENOSPC, "No space"))

    assert refusal is not None
    assert refusal.message == "The operating system refuses: No space."


@pytest.mark.parametrize(
    "error", [KeyError("a"), OSError("odd"), FileNotFoundError(errno.ENOENT, "No such file")]
)
def test_other_errors_are_no_refusal(error: Exception) -> None:
    assert refusal_of(error) is None
