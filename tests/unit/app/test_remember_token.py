"""Tokens for the forge of a repository's remote."""

from __future__ import annotations

import pytest

from aidevsecops_ext.app.remember_token import remember_token
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.files import FakeFiles
from tests.fakes.forge import FakeForge, FakeForges
from tests.fakes.git import FakeGit

CANCEL = FakeCancelToken()


def test_token_is_kept_for_the_forge_of_the_remote() -> None:
    forges = FakeForges(FakeForge())

    place = remember_token("jo", "t0ken", FakeGit(FakeFiles({})), forges, CANCEL)

    assert forges.kept == (place, "jo", "t0ken")


@pytest.mark.parametrize(
    ("has_remote", "code"),
    [(False, ErrorCode.RELEASE_NO_REMOTE), (True, ErrorCode.RELEASE_NO_FORGE)],
)
def test_token_is_kept_for_no_other_host(has_remote: bool, code: ErrorCode) -> None:
    forges = FakeForges()

    with pytest.raises(RefusedError) as caught:
        remember_token("", "t0ken", FakeGit(FakeFiles({}), has_remote=has_remote), forges, CANCEL)

    assert caught.value.code is code
    assert forges.kept is None
