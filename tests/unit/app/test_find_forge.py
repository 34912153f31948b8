"""What is known of the forge of a remote, before anything is done."""

from __future__ import annotations

import pytest

from aidevsecops_ext.app.find_forge import look_for_forge
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    ToolMissingError,
)
from aidevsecops_ext.domain.release import CheckStatus
from aidevsecops_ext.domain.release_checks import check_forge
from aidevsecops_ext.domain.repository import Remote
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.forge import FakeForge, FakeForges

ORIGIN = Remote("origin", "https://example.org/group/a", "main")
CANCEL = FakeCancelToken()


@pytest.fixture
def forge() -> FakeForge:
    return FakeForge()


def test_forge_that_lets_us_in_is_usable(forge: FakeForge) -> None:
    found = look_for_forge(ORIGIN, FakeForges(forge), CANCEL, is_offline=False)

    assert (found.place, found.problem, found.is_usable) == (forge.place, None, True)


def test_remote_may_be_on_no_forge() -> None:
    forges = FakeForges()

    assert not look_for_forge(ORIGIN, forges, CANCEL, is_offline=False).is_usable
    assert look_for_forge(None, forges, CANCEL, is_offline=False).place is None
    assert forges.asked == [ORIGIN.url]


def test_forge_without_credentials_is_not_asked(forge: FakeForge) -> None:
    forge.is_let_in = False

    found = look_for_forge(ORIGIN, FakeForges(forge), CANCEL, is_offline=False)

    assert isinstance(found.problem, RefusedError)
    assert found.problem.code is ErrorCode.FORGE_NO_CREDENTIALS
    assert not found.is_usable


def test_forge_where_we_may_only_read_is_not_usable(forge: FakeForge) -> None:
    forge.may_push = False

    found = look_for_forge(ORIGIN, FakeForges(forge), CANCEL, is_offline=False)

    assert isinstance(found.problem, RefusedError)
    assert found.problem.code is ErrorCode.FORGE_REFUSED
    assert not found.is_usable


def test_forge_is_not_asked_when_offline(forge: FakeForge) -> None:
    forge.fail("can_push", CancelledError())

    assert look_for_forge(ORIGIN, FakeForges(forge), CANCEL, is_offline=True).is_usable


def test_forge_that_does_not_answer_may_do_so_later(forge: FakeForge) -> None:
    forge.fail("can_push", OutsideFailedError(ErrorCode.FORGE_UNREACHABLE, "It is away."))

    found = look_for_forge(ORIGIN, FakeForges(forge), CANCEL, is_offline=False)

    assert found.problem is not None
    assert found.is_usable


def test_client_that_is_not_installed_is_a_problem(forge: FakeForge) -> None:
    forge.fail("can_push", ToolMissingError(ErrorCode.FORGE_NO_CLIENT, "ogr is missing."))

    assert not look_for_forge(ORIGIN, FakeForges(forge), CANCEL, is_offline=False).is_usable


def test_cancelling_is_no_problem_of_the_forge(forge: FakeForge) -> None:
    forge.fail("can_push", CancelledError())

    with pytest.raises(CancelledError):
        look_for_forge(ORIGIN, FakeForges(forge), CANCEL, is_offline=False)


def test_check_says_what_the_forge_gets(forge: FakeForge) -> None:
    problem = RefusedError(ErrorCode.FORGE_REFUSED, "No.", hint="Ask somebody.")

    release = check_forge(forge.place, None, is_proposed=False)
    refused = check_forge(forge.place, problem, is_proposed=True)
    unknown = check_forge(None, None, is_proposed=False)
    nowhere = check_forge(None, None, is_proposed=True)

    assert release.status is CheckStatus.PASSED
    assert release.message == "https://example.org/group/a gets a release with the notes."
    assert (refused.status, refused.fix) == (CheckStatus.FAILED, "Ask somebody.")
    assert refused.message == "https://example.org/group/a may get no pull request: No."
    assert unknown.status is CheckStatus.PASSED
    assert (nowhere.status, bool(nowhere.fix)) == (CheckStatus.FAILED, True)
