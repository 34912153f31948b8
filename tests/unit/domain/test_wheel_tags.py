from __future__ import annotations

import pytest
from packaging.utils import parse_wheel_filename

from aidevsecops_ext.domain.wheel_tags import fitting_tags, platform_tags_of


def fits(wheel: str, python: str, platform: str) -> bool:
    *_, tags = parse_wheel_filename(f"a-1-{wheel}.whl")
    return not fitting_tags(python, platform_tags_of(platform)).isdisjoint(tags)


@pytest.mark.parametrize(
    ("wheel", "python", "platform", "expected"),
    [
        ("py3-none-any", "3.11", "linux", True),
        ("py2-none-any", "3.11", "linux", False),
        ("cp311-cp311-manylinux_2_17_x86_64", "3.11", "linux", True),
        ("cp311-cp311-manylinux2014_x86_64", "3.11", "linux", True),
        ("cp311-cp311-manylinux1_x86_64", "3.11", "linux", True),
        ("cp311-cp311-manylinux_2_34_x86_64", "3.11", "linux", False),
        ("cp311-cp311-manylinux_2_34_x86_64", "3.11", "x86_64-manylinux_2_34", True),
        ("cp311-cp311-manylinux_2_28_x86_64", "3.11", "x86_64-manylinux2014", False),
        ("cp311-cp311-manylinux_2_17_aarch64", "3.11", "linux", False),
        ("cp311-cp311-manylinux_2_17_aarch64", "3.11", "aarch64-unknown-linux-gnu", True),
        ("cp311-cp311-musllinux_1_2_x86_64", "3.11", "x86_64-unknown-linux-musl", True),
        ("cp311-cp311-musllinux_1_2_x86_64", "3.11", "linux", False),
        ("cp39-abi3-win_amd64", "3.12", "windows", True),
        ("cp312-cp312-win_amd64", "3.11", "windows", False),
        ("cp311-cp311-win_arm64", "3.11", "aarch64-pc-windows-msvc", True),
        ("cp311-cp311-macosx_11_0_arm64", "3.11", "macos", True),
        ("cp311-cp311-macosx_11_0_universal2", "3.11", "x86_64-apple-darwin", True),
        ("cp311-cp311-macosx_15_0_arm64", "3.11", "macos", False),
    ],
)
def test_fitting_tags_are_those_that_uv_would_take(
    wheel: str, python: str, platform: str, expected: bool
) -> None:
    assert fits(wheel, python, platform) is expected


def test_platform_tags_of_knows_none_for_other_platforms() -> None:
    assert platform_tags_of("wasm32-pyodide2024") == ()
