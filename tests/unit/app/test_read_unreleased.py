"""What the next release would tell."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.read_unreleased import UnreleasedChanges, read_unreleased
from aidevsecops_ext.domain.changelog import ChangelogEntry
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from aidevsecops_ext.domain.repository import Tag
from tests.fakes.cancel import FakeCancelToken
from tests.kits.plannable import Plannable


class _Changes:
    """These changes, whatever was released."""

    def __init__(self, *entries: ChangelogEntry) -> None:
        self.entries = entries
        self.asked: list[str | None] = []

    def since(self, tag: str | None, cancel: CancelToken) -> tuple[ChangelogEntry, ...]:
        cancel.raise_if_cancelled()
        self.asked.append(tag)
        return self.entries


FEATURE = ChangelogEntry("Answer sooner", "c2", "feat: answer sooner", commit_type="feat")
MERGE = ChangelogEntry("Merge it", "c3", "Merge branch 'it'", is_merge=True)


def unreleased(repo: Plannable, changes: _Changes) -> UnreleasedChanges:
    return read_unreleased(replace(repo.ports, changes=changes), FakeCancelToken())


def test_unreleased_is_what_changed_since_the_newest_tag_behind_the_head() -> None:
    repo, changes = Plannable(), _Changes(MERGE, FEATURE)
    repo.git.tag_list = [Tag("v1.0.0", "c0", "t1"), Tag("nightly", "c0", "t2")]

    found = unreleased(repo, changes)

    assert changes.asked == ["v1.0.0"]
    assert found == UnreleasedChanges("v1.0.0", 1, "### Added\n\n- Answer sooner", "1.1.0")


def test_unreleased_is_all_when_nothing_was_released_and_no_version_is_known() -> None:
    found = unreleased(Plannable(""), _Changes(FEATURE))

    assert found == UnreleasedChanges(None, 1, "### Added\n\n- Answer sooner", None)


def test_unreleased_is_in_the_words_of_people_when_the_changelog_has_them() -> None:
    repo = Plannable()
    repo.files.texts["CHANGELOG.md"] = "# Changelog\n\n## [Unreleased]\n\n- Much.\n"

    assert unreleased(repo, _Changes(FEATURE)).notes == "- Much."


def test_unreleased_is_refused_when_nothing_was_committed() -> None:
    repo = Plannable()
    repo.git.history.clear()

    with pytest.raises(RefusedError) as caught:
        unreleased(repo, _Changes())

    assert caught.value.code is ErrorCode.RELEASE_NO_COMMITS
