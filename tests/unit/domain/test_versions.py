from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.errors import ErrorCode, RefusedError, UserError
from aidevsecops_ext.domain.versions import (
    ReleaseKind,
    is_version,
    newer,
    next_version,
    parse_version,
)

TODAY = date(2026, 11, 21)
STEPS = [kind for kind in ReleaseKind if kind.value in {"major", "minor", "patch", "prerelease"}]


@pytest.mark.parametrize(
    ("current", "kind", "expected"),
    [
        ("1.4.2", ReleaseKind.MAJOR, "2.0.0"),
        ("1.4.2", ReleaseKind.MINOR, "1.5.0"),
        ("1.4.2", ReleaseKind.PATCH, "1.4.3"),
        ("1.4.2", ReleaseKind.PRERELEASE, "1.4.3-rc.1"),
        ("1.4.3-rc.1", ReleaseKind.PRERELEASE, "1.4.3-rc.2"),
        ("1.4.3-rc.2", ReleaseKind.PATCH, "1.4.3"),
        ("1.5.0-rc.1", ReleaseKind.MINOR, "1.5.0"),
        ("2.0.0-rc.1", ReleaseKind.MAJOR, "2.0.0"),
        ("1.4.2", ReleaseKind.BUILD, "1.4.2+build.1"),
        ("1.4.2+build.1", ReleaseKind.BUILD, "1.4.2+build.2"),
        ("1.4.3-rc.2", ReleaseKind.FINALIZE, "1.4.3"),
        ("1.4.2", ReleaseKind.CALVER, "2026.11.21"),
        ("2026.01.05", ReleaseKind.CALVER, "2026.11.21"),
        ("v0.14.1", ReleaseKind.PATCH, "0.14.2"),
        ("1.2", ReleaseKind.PATCH, "1.2.1"),
        ("1.2.0rc1", ReleaseKind.PRERELEASE, "1.2.0-rc.2"),
    ],
)
def test_next_version_follows_semantic_versioning(
    current: str, kind: ReleaseKind, expected: str
) -> None:
    assert next_version(current, kind, TODAY) == expected


@pytest.mark.parametrize(
    ("current", "kind"),
    [
        ("1.4.2", ReleaseKind.FINALIZE),
        ("1.4.2+build.1", ReleaseKind.FINALIZE),
        ("2026.11.21", ReleaseKind.CALVER),
        ("3000.1.1", ReleaseKind.CALVER),
    ],
)
def test_next_version_is_refused_when_it_would_not_be_newer(
    current: str, kind: ReleaseKind
) -> None:
    with pytest.raises(RefusedError) as caught:
        next_version(current, kind, TODAY)

    assert caught.value.code is ErrorCode.RELEASE_NOT_NEWER


@pytest.mark.parametrize(
    "text", ["", "major", "1.2.3.4", "1!2.0", "1.2.dev1", "1.2.post1", "1.2.3-", "../1.2.3"]
)
def test_parse_version_says_what_a_version_is_when_it_is_given_none(text: str) -> None:

    with pytest.raises(UserError) as caught:
        parse_version(text)

    assert caught.value.code is ErrorCode.RELEASE_VERSION_INVALID


def test_newer_writes_a_version_as_semantic_versioning_does() -> None:
    assert newer("1.4.2", "v1.5.0rc1") == "1.5.0-rc.1"


@pytest.mark.parametrize("wanted", ["1.4.2", "1.4.1", "1.4.2-rc.1"])
def test_newer_refuses_what_is_not(wanted: str) -> None:
    with pytest.raises(RefusedError, match=r"does not come after 1\.4\.2"):
        newer("1.4.2", wanted)


@given(
    st.tuples(*[st.integers(0, 999)] * 3),
    st.sampled_from(["", "-rc.1", "-alpha.3", "-rc.1+build.2", "+build.9"]),
    st.sampled_from(STEPS),
)
def test_next_version_always_comes_after(
    numbers: tuple[int, int, int], rest: str, kind: ReleaseKind
) -> None:
    current = ".".join(map(str, numbers)) + rest

    following = next_version(current, kind, TODAY)

    assert parse_version(following) > parse_version(current)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2.0", True),
        ("v1.2.0-rc.1", True),
        ("2026.01.05", True),
        ("1.2", False),
        ("latest", False),
        ("1.2.3.4", False),
        ("1.2.x", False),
    ],
)
def test_is_version_wants_three_numbers(text: str, expected: bool) -> None:
    assert is_version(text) is expected
