from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.changelog import ChangelogSource
from aidevsecops_ext.domain.errors import ErrorCode, UserError
from aidevsecops_ext.domain.release_settings import CheckName, OutputsPolicy, ReleaseSettings
from aidevsecops_ext.formats.release_settings import release_settings_of

TEXT = """\
[audit]
ignore = []

[release]
fatal = ["tree", "locks"]
commands = [["python", "-m", "pytest"], ["make", "lint"]]
command-seconds = 60
outputs = "stripped"
changelog = "pull-requests"
version-files = ["version.py"]
"""


def test_settings_are_what_the_repository_says() -> None:
    assert release_settings_of(TEXT) == ReleaseSettings(
        fatal=frozenset({CheckName.TREE, CheckName.LOCKS}),
        commands=(("python", "-m", "pytest"), ("make", "lint")),
        command_seconds=60,
        outputs=OutputsPolicy.STRIPPED,
        changelog=ChangelogSource.PULL_REQUESTS,
        version_files=("version.py",),
    )


def test_settings_are_the_usual_ones_where_the_repository_says_nothing() -> None:
    assert release_settings_of("") == ReleaseSettings()


@pytest.mark.parametrize(
    "text",
    [
        "[release",
        "release = 3",
        '[release]\nfatal = ["everything"]',
        '[release]\ncommands = ["make test"]',
        "[release]\ncommands = [[]]",
        '[release]\ncommands = [[""]]',
        '[release]\noutputs = "some"',
        "[release]\nfatl = []",
    ],
)
def test_settings_that_nothing_can_be_made_of_are_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"'\[release\]' in \.aidevsecops\.toml") as caught:
        release_settings_of(text)

    assert caught.value.code is ErrorCode.RELEASE_SETTINGS_INVALID


@given(st.text(alphabet='[]release="\n abc123', max_size=60))
def test_settings_are_read_or_refused_in_any_text(text: str) -> None:
    try:
        settings = release_settings_of(text)
    except UserError:
        return
    assert isinstance(settings, ReleaseSettings)
