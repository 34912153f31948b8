"""A plan that somebody agrees to is found again, or is outdated."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.agree_release import (
    PreviewedRelease,
    agreed_release,
    preview_release,
)
from aidevsecops_ext.app.plan_release import PlanRequest
from aidevsecops_ext.domain.errors import CancelledError, ConflictError, ErrorCode
from aidevsecops_ext.domain.release import ReleasePlan
from aidevsecops_ext.domain.versions import ReleaseKind
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.progress import FakeProgress
from tests.kits.plannable import NOW, Plannable

REQUEST = PlanRequest(ReleaseKind.MINOR, is_unchecked=True)


@pytest.fixture
def repo() -> Plannable:
    return Plannable()


def preview(repo: Plannable) -> PreviewedRelease:
    return preview_release(REQUEST, repo.ports, FakeProgress(), FakeCancelToken())


def agreed(repo: Plannable, digest: str) -> ReleasePlan:
    return agreed_release(REQUEST, digest, repo.ports, FakeProgress(), FakeCancelToken())


def assert_outdated(repo: Plannable, digest: str) -> None:
    with pytest.raises(ConflictError) as caught:
        agreed(repo, digest)
    assert caught.value.code is ErrorCode.RELEASE_PLAN_OUTDATED


def test_preview_is_the_plan_with_its_digest(repo: Plannable) -> None:
    found = preview(repo)

    assert (found.plan.next, found.plan.branch) == ("1.1.0", "main")
    assert found.digest.startswith(f"{int(NOW)}-")


def test_agreed_plan_is_that_of_the_preview_when_nothing_but_time_went_on(
    repo: Plannable,
) -> None:
    found = preview(repo)
    repo.clock.seconds += 3600

    assert agreed(repo, found.digest) == found.plan


def test_agreed_plan_has_the_checks_of_now(repo: Plannable) -> None:
    found = preview(repo)
    repo.git.base = replace(repo.git.base, identity=None, missing_identity=("user.name",))

    assert [check.name.value for check in agreed(repo, found.digest).failures] == ["identity"]


def test_agreed_plan_is_outdated_when_something_was_committed(repo: Plannable) -> None:
    digest = preview(repo).digest
    repo.git.add("More")

    assert_outdated(repo, digest)


def test_agreed_plan_is_outdated_when_a_file_was_changed(repo: Plannable) -> None:
    digest = preview(repo).digest
    repo.files.texts["version.py"] += "# by hand\n"

    assert_outdated(repo, digest)


def test_agreed_plan_is_outdated_when_another_branch_is_checked_out(repo: Plannable) -> None:
    digest = preview(repo).digest
    repo.git.base = replace(repo.git.base, branch="other")

    assert_outdated(repo, digest)


def test_agreed_plan_is_outdated_when_it_is_of_another_day(repo: Plannable) -> None:
    digest = preview(repo).digest
    repo.clock.seconds += 86_400

    assert_outdated(repo, digest)


@pytest.mark.parametrize("digest", ["", "nonsense", f"{int(NOW)}-", f"{int(NOW)}-0"])
def test_agreed_plan_is_outdated_when_the_digest_is_of_no_plan(
    repo: Plannable, digest: str
) -> None:
    assert_outdated(repo, digest)


def test_preview_ends_when_it_is_cancelled(repo: Plannable) -> None:
    cancel = FakeCancelToken(is_cancelled=True)

    with pytest.raises(CancelledError):
        preview_release(REQUEST, repo.ports, FakeProgress(), cancel)
