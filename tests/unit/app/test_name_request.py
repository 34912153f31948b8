"""What a bot is asked for in words."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.name_request import name_request
from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.domain.changelog import ChangelogEntry
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from tests.fakes.cancel import FakeCancelToken
from tests.kits.plannable import Plannable


class _Feature:
    """One feature since whatever was released."""

    def since(self, tag: str | None, cancel: CancelToken) -> tuple[ChangelogEntry, ...]:
        del tag
        cancel.raise_if_cancelled()
        return (ChangelogEntry("Answer", "c2", "feat: answer", commit_type="feat"),)


@pytest.mark.parametrize(
    ("name", "title"),
    [("auto", "1.1.0 release"), ("minor", "New minor release"), ("update", "Kebechet update")],
)
def test_request_is_what_the_word_means(name: str, title: str) -> None:
    ports = replace(Plannable().ports, changes=_Feature())

    assert name_request(name, ports, FakeCancelToken()).title == title


def test_request_by_the_commits_needs_a_version() -> None:
    ports = replace(Plannable("").ports, changes=_Feature())

    with pytest.raises(RefusedError) as caught:
        name_request("auto", ports, FakeCancelToken())

    assert caught.value.code is ErrorCode.RELEASE_NO_VERSION
