from __future__ import annotations

import pytest

from aidevsecops_ext.app.content_checks import content_checks
from aidevsecops_ext.app.release_ports import ContentWish
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, OutsideFailedError
from aidevsecops_ext.domain.release import Check, CheckStatus
from aidevsecops_ext.domain.release_settings import CheckName, ReleaseSettings
from tests.fakes.advisories import FakeAdvisories
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.content import content_ports
from tests.fakes.files import FakeFiles
from tests.fakes.git import FakeGit
from tests.fakes.progress import FakeProgress

NAMES = [
    CheckName.LOCKS,
    CheckName.ADVISORIES,
    CheckName.SECRETS,
    CheckName.OUTPUTS,
    CheckName.SPLITS,
    CheckName.COMMANDS,
]


def run(wish: ContentWish, git: FakeGit, cancel: FakeCancelToken | None = None) -> list[Check]:
    checks = content_checks(wish, content_ports(git.files, FakeAdvisories(), git))
    return [check(FakeProgress(), cancel or FakeCancelToken()) for check in checks.values()]


def test_checks_pass_in_their_order_when_there_is_nothing() -> None:
    found = run(ContentWish(ReleaseSettings()), FakeGit(FakeFiles()))

    assert [check.name for check in found] == NAMES
    assert {check.status for check in found} == {CheckStatus.PASSED}


def test_checks_ask_nobody_offline() -> None:
    found = run(ContentWish(ReleaseSettings(), is_offline=True), FakeGit(FakeFiles()))

    assert [check.name for check in found] == NAMES
    assert found[1].message == "Unchecked: the advisory service was not to be asked."


def test_checks_fail_when_they_cannot_be_made() -> None:
    git = FakeGit(FakeFiles())
    git.errors["tracked"] = [
        OutsideFailedError(ErrorCode.RELEASE_GIT_FAILED, "Git broke.", hint="Mend it.")
    ]

    found = run(ContentWish(ReleaseSettings()), git)

    assert found[0] == Check(
        CheckName.LOCKS, CheckStatus.FAILED, "It cannot be checked: Git broke.", "Mend it."
    )
    assert found[1].status is CheckStatus.PASSED


def test_checks_end_when_cancelled() -> None:
    with pytest.raises(CancelledError):
        run(
            ContentWish(ReleaseSettings()),
            FakeGit(FakeFiles()),
            FakeCancelToken(is_cancelled=True),
        )
