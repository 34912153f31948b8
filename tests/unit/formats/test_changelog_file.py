from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.changelog import ChangelogEntry
from aidevsecops_ext.formats.changelog_file import (
    ChangelogRelease,
    ChangelogStyle,
    notes_of,
    section_of,
    style_of,
    with_release,
)

KEPT, KEBECHET = ChangelogStyle.KEEP_A_CHANGELOG, ChangelogStyle.KEBECHET
AT = datetime(2026, 11, 21, 23, 30, 5, tzinfo=timezone(timedelta(hours=-1)))
ENTRIES = (
    ChangelogEntry("Answer sooner", "a" * 40, "feat: answer sooner", "feat", pull_request=4),
    ChangelogEntry("Drop the old way", "b" * 40, "fix!: drop it", "fix", is_breaking=True),
    ChangelogEntry("Write `a<b` as <b>", "c" * 40, "Write `a<b` as <b>"),
)
KEBECHET_ENTRIES = (
    *ENTRIES,
    ChangelogEntry("x", "d" * 40, ":arrow_up: Automatic update of dependencies"),
    ChangelogEntry("x", "e" * 40, "refactor: names", "refactor"),
)


def release(*entries: ChangelogEntry, is_smart: bool = False) -> ChangelogRelease:
    return ChangelogRelease("1.3.0", "v1.3.0", AT, entries, is_smart)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, KEPT),
        ("# Changes\n", KEPT),
        ("# Changelog\n\n## [Unreleased]\n", KEPT),
        ("# Changes\n\n## Release 0.14.1 (2021-11-12T10:28:27)\n* 0a1b2c3 One\n", KEBECHET),
        ("## [Unreleased]\n\n## Release 0.14.1 (2021-11-12T10:28:27)\n* 0a1b2c3 One\n", KEPT),
        ("## Release 0.14.1 (2021-11-12T10:28:27)\n* 0a One\n\n## [Unreleased]\n", KEBECHET),
        ("```\n## [Unreleased]\n```\n\n## Release 0.1.0 (2021-11-12T10:28:27)\n", KEBECHET),
    ],
)
def test_style_of_is_told_by_what_the_file_holds(
    text: str | None, expected: ChangelogStyle
) -> None:
    assert style_of(text, KEPT) is expected


def test_style_of_keeps_a_changelog_where_it_says_so_and_the_default_is_another() -> None:
    assert style_of("See keepachangelog.com\n", KEBECHET) is KEPT


def test_section_has_a_heading_for_each_type_of_change() -> None:
    assert section_of(None, release(*ENTRIES), KEPT) == (
        "### Added\n\n- Answer sooner (#4)\n\n"
        "### Changed\n\n- Write `a<b` as \\<b\\>\n\n"
        "### Fixed\n\n- **Breaking:** Drop the old way"
    )


def test_section_is_what_people_wrote_under_unreleased() -> None:
    text = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- By hand\n\n## [1.2.0] - 2026-01-01\n"

    assert section_of(text, release(*ENTRIES), KEPT) == "### Added\n\n- By hand"


def test_with_release_begins_a_file_where_there_is_none() -> None:
    text = with_release(None, release(ENTRIES[0]), KEPT)

    assert text.startswith("# Changelog\n\nThe format is that of [Keep a Changelog]")
    assert text.endswith(
        "## [Unreleased]\n\n## [1.3.0] - 2026-11-21\n\n### Added\n\n- Answer sooner (#4)\n"
    )


def test_with_release_moves_what_was_unreleased_and_its_link() -> None:
    text = (
        "# Changelog\n\n## [Unreleased]\n\n- By hand\n\n## [1.2.0] - 2026-01-01\n\n- Old\n\n"
        "[Unreleased]: https://example.com/p/compare/v1.2.0...HEAD\n"
        "[1.2.0]: https://example.com/p/releases/v1.2.0\n"
    )

    assert with_release(text, release(), KEPT) == (
        "# Changelog\n\n## [Unreleased]\n\n## [1.3.0] - 2026-11-21\n\n- By hand\n\n"
        "## [1.2.0] - 2026-01-01\n\n- Old\n\n"
        "[Unreleased]: https://example.com/p/compare/v1.3.0...HEAD\n"
        "[1.3.0]: https://example.com/p/compare/v1.2.0...v1.3.0\n"
        "[1.2.0]: https://example.com/p/releases/v1.2.0\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "# Changes\n\n## 1.2.0\n\n- Old\n",
            "# Changes\n\n## [1.3.0] - 2026-11-21\n\n{}\n\n## 1.2.0\n\n- Old\n",
        ),
        ("# Changes\n", "# Changes\n\n## [1.3.0] - 2026-11-21\n\n{}\n"),
    ],
)
def test_with_release_stands_before_older_ones_where_nothing_is_unreleased(
    text: str, expected: str
) -> None:
    notes = "### Added\n\n- Answer sooner (#4)"

    assert with_release(text, release(ENTRIES[0]), KEPT) == expected.format(notes)


SECTION = "## [1.3.0] - 2026-11-21\n\n### Added\n\n- Answer sooner (#4)\n"
BY_HAND = "## [1.3.0] - 2026-11-21\n\n- By hand\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Headings and words that wait for somebody to fill them in are told by nobody.
        (
            "## [Unreleased]\n\n### Added\n\n### Fixed\n\n## 1.2.0\n",
            "## [Unreleased]\n\n### Added\n\n### Fixed\n\n" + SECTION + "\n## 1.2.0\n",
        ),
        (
            "## [Unreleased]\n\n<!-- Say what is new. -->\n",
            "## [Unreleased]\n\n<!-- Say what is new. -->\n\n" + SECTION,
        ),
        (
            "## [Unreleased]\n\n### Added\n\n### Fixed\n\n- By hand\n\n## 1.2.0\n",
            "## [Unreleased]\n\n## [1.3.0] - 2026-11-21\n\n### Fixed\n\n- By hand\n\n## 1.2.0\n",
        ),
        # Where each version is a heading of another level, the new one is above them.
        ("# 1.2.0\n\n- Old\n", SECTION[1:] + "\n# 1.2.0\n\n- Old\n"),
        ("# Log\n\n### 1.2.0\n\n- Old\n", "# Log\n\n" + SECTION + "\n### 1.2.0\n\n- Old\n"),
        (
            "Log\n===\n\n1.2.0 (2026)\n-----\n\n- Old\n",
            "Log\n===\n\n" + SECTION + "\n1.2.0 (2026)\n-----\n\n- Old\n",
        ),
        ("# Log\n\n## Kinds\n\n## 1.2.0\n", "# Log\n\n## Kinds\n\n" + SECTION + "\n## 1.2.0\n"),
        # What people wrote for this version is taken as it is.
        ("## [1.3.0] - 2026-11-20\n\n- By hand\n", "## [1.3.0] - 2026-11-20\n\n- By hand\n"),
        ("## 1.3.0 (unreleased)\n\n- By hand\n", BY_HAND),
        ("## 1.2.1 (unreleased)\n\n- By hand\n\n## 1.2.0\n", BY_HAND + "\n## 1.2.0\n"),
        ("## 1.3.0 (unreleased)\n\n## 1.2.0\n", SECTION + "\n## 1.2.0\n"),
        ("## 1.3.0\n", SECTION.replace("[1.3.0] - 2026-11-21", "1.3.0")),
        # The branch may be named in the link.
        (
            "## [Unreleased]\n\n- By hand\n\n[unreleased]: https://example.com/p/compare/v1...main\n",
            "## [Unreleased]\n\n" + BY_HAND + "\n"
            "[unreleased]: https://example.com/p/compare/v1.3.0...main\n"
            "[1.3.0]: https://example.com/p/compare/v1...v1.3.0\n",
        ),
    ],
)
def test_with_release_takes_changelogs_of_many_shapes(text: str, expected: str) -> None:
    assert with_release(text, release(ENTRIES[0]), KEPT) == expected


def test_section_holds_code_and_links_of_its_own() -> None:
    written = "- One [way]\n\n[way]: https://example.org\n\n```markdown\n## Title\n```\n\n- Two"
    text = f"## [Unreleased]\n\n{written}\n\n## 1.2.0\n\n[1.2.0]: https://example.org\n"

    assert section_of(text, release(), KEPT) == written
    assert notes_of(with_release(text, release(), KEPT), "1.3.0") == written


def test_with_release_ends_lines_as_most_of_them_do() -> None:
    text = with_release("# Changes\r\n\n## 1.2.0\n\n- Old\n", release(ENTRIES[0]), KEPT)

    assert "\r" not in text


def test_with_release_writes_for_kebechet_after_the_title_in_utc() -> None:
    text = "# Changelog\n\n## Release 1.2.0 (2021-11-12T10:28:27)\n* 0a1b2c3 Old\n"

    assert with_release(text, release(ENTRIES[0]), KEBECHET) == (
        "# Changelog\n\n## Release 1.3.0 (2026-11-22T00:30:05)\n* aaaaaaa feat: answer sooner\n\n"
        "## Release 1.2.0 (2021-11-12T10:28:27)\n* 0a1b2c3 Old\n"
    )


@pytest.mark.parametrize(
    ("text", "start"),
    [("", "## Release 1.3.0"), ("Changes\n=======\n", "Changes\n=======\n\n## Release 1.3.0")],
)
def test_with_release_for_kebechet_begins_at_the_top_or_after_an_underlined_title(
    text: str, start: str
) -> None:
    assert with_release(text, release(ENTRIES[0]), KEBECHET).startswith(start)


def test_section_for_kebechet_has_its_own_groups_when_it_is_smart() -> None:
    assert section_of(None, release(*KEBECHET_ENTRIES, is_smart=True), KEBECHET) == (
        "### Features\n\n* aaaaaaa feat: answer sooner\n\n"
        "### Bug Fixes\n\n* bbbbbbb fix!: drop it\n\n"
        "### Improvements\n\n* eeeeeee refactor: names\n\n"
        "### Automatic Updates\n\n* ddddddd :arrow_up: Automatic update of dependencies\n\n"
        "### Other\n\n* ccccccc Write `a<b` as \\<b\\>"
    )


@pytest.mark.parametrize("style", [KEPT, KEBECHET])
def test_with_release_keeps_the_ends_of_lines(style: ChangelogStyle) -> None:
    text = with_release("# Changes\r\n\r\n## 1.2.0\r\n\r\n- Old\r\n", release(ENTRIES[0]), style)

    assert text.count("\n") == text.count("\r\n") > 5


@given(
    st.lists(
        st.sampled_from(
            [
                "# T",
                "## [1.0.0] - 2020-01-01",
                "- a",
                "",
                "### Added",
                "words",
                "```",
                "---",
                "[a]: b",
            ]
        )
    ),
    st.sampled_from([KEPT, KEBECHET]),
)
def test_with_release_loses_no_line(lines: list[str], style: ChangelogStyle) -> None:
    text = "".join(f"{line}\n" for line in lines)

    changed = with_release(text, release(ENTRIES[0]), style).splitlines()

    assert [line for line in lines if line and line not in changed] == []
    assert len([line for line in changed if line]) >= len([line for line in lines if line])


@pytest.mark.parametrize(
    ("text", "version", "notes"),
    [
        ("# C\n\n## [1.1.0] - 2026-11-21\n\n- A\n\n## [1.0.0]\n\n- B\n", "1.1.0", "- A"),
        ("# C\r\n\r\n## [1.0.0]\r\n\r\n- B\r\n\r\n[1.0.0]: x/v1.0.0\r\n", "1.0.0", "- B"),
        ("## Release 1.1.0 (2026-11-21T10:00:00)\n* a1 A\n", "1.1.0", "* a1 A"),
        ("## v1.1.0\n- A\n", "1.1.0", "- A"),
        ("## [1.1.0](https://example.org/v1.1.0) (2026-11-21)\n\n- A\n", "1.1.0", "- A"),
        ("# 1.1.0\n\n- A\n\n## More\n\n- B\n\n# 1.0.0\n", "1.1.0", "- A\n\n## More\n\n- B"),
        ("1.1.0\n-----\n\n- A\n\n1.0.0\n-----\n", "1.1.0", "- A"),
        ("## [1.1.0-rc.1]\n\n- A\n", "1.1.0", ""),
        ("<!--\n## 1.1.0\n\n- A\n-->\n", "1.1.0", ""),
        ("## 11.1.0\n\n- A\n", "1.1.0", ""),
        ("", "1.1.0", ""),
    ],
)
def test_notes_are_those_of_a_version(text: str, version: str, notes: str) -> None:
    assert notes_of(text, version) == notes
