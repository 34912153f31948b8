"""What an overlay may be called."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.overlay_name import is_overlay_name


@pytest.mark.parametrize("name", ["train", "Train_2", "a", "_x", "v1.2", "console", "n" * 100])
def test_name_that_a_folder_can_have_everywhere(name: str) -> None:
    assert is_overlay_name(name)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "-x", "a/b", "a b", "dot.", "CON", "nul.txt", "com1", "é", "n" * 101]
)
def test_name_that_some_system_or_shell_refuses(name: str) -> None:
    assert not is_overlay_name(name)
