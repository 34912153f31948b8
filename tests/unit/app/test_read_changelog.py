from __future__ import annotations

from datetime import datetime, timezone

import pytest

from aidevsecops_ext.app.file_drafts import FileDrafts
from aidevsecops_ext.app.read_changelog import Changelog, read_changelog
from aidevsecops_ext.domain.changelog import ChangelogEntry
from aidevsecops_ext.formats.changelog_file import ChangelogRelease, ChangelogStyle
from tests.fakes.files import FakeFiles

KEBECHETS = "# Changelog\n\n## Release 1.0.0 (2026-01-02T03:04:05)\n* 0123456 Begin\n"
SMART = "managers:\n  - name: version\n    configuration:\n      changelog_smart: true\n"
RELEASE = ChangelogRelease(
    "1.1.0",
    "v1.1.0",
    datetime(2026, 2, 3, tzinfo=timezone.utc),
    (ChangelogEntry("Answer sooner", "c" * 40, "feat: answer sooner", commit_type="feat"),),
)


def changelog(**files: str) -> Changelog:
    names = {"changelog": "CHANGELOG.md", "thoth": ".thoth.yaml"}
    return read_changelog(
        FileDrafts(FakeFiles({names[name]: text for name, text in files.items()}))
    )


def test_changelog_is_begun_as_keep_a_changelog_has_it_whatever_manages_versions() -> None:
    found = changelog(thoth=SMART)

    assert (found.text, found.style) == (None, ChangelogStyle.KEEP_A_CHANGELOG)
    assert found.notes(RELEASE) == "### Added\n\n- Answer sooner"
    assert "## [1.1.0] - 2026-02-03" in found.with_release(RELEASE)


def test_changelog_that_kebechet_has_written_is_grouped_when_the_version_manager_is_smart() -> None:
    found = changelog(changelog=KEBECHETS, thoth=SMART)

    assert found.notes(RELEASE) == "### Features\n\n* ccccccc feat: answer sooner"
    assert "## Release 1.1.0 (2026-02-03T00:00:00)\n### Features" in found.with_release(RELEASE)


@pytest.mark.parametrize(
    "thoth",
    [
        "{}",
        "managers:\n  - version\n",
        SMART.replace("true", "false"),
        SMART.replace("version", "update"),
        f"{SMART}      enabled: false\n",
        "managers: [",
    ],
)
def test_changelog_that_kebechet_has_written_is_a_list_when_it_is_not(thoth: str) -> None:
    assert changelog(changelog=KEBECHETS, thoth=thoth).notes(RELEASE) == (
        "* ccccccc feat: answer sooner"
    )


def test_changelog_that_kebechet_has_written_is_a_list_when_nothing_manages_versions() -> None:
    assert changelog(changelog=KEBECHETS).notes(RELEASE) == "* ccccccc feat: answer sooner"
