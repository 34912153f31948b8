from __future__ import annotations

import pytest

from aidevsecops_ext.domain.target import Target, platform_words


@pytest.mark.parametrize(
    ("system", "processor", "words"),
    [
        ("Linux", "x86_64", "Linux x86-64"),
        ("Linux", "aarch64", "Linux ARM64"),
        ("Darwin", "arm64", "macOS ARM64"),
        ("Windows", "AMD64", "Windows x86-64"),
        ("FreeBSD", "riscv64", "FreeBSD riscv64"),
        ("Linux", "", "Linux"),
        ("", "", "this platform"),
    ],
)
def test_platform_words_are_those_that_people_use(system: str, processor: str, words: str) -> None:
    assert platform_words(system, processor) == words


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (Target("3.11", here="Linux x86-64"), "Python 3.11 on Linux x86-64"),
        (Target("3.11", "windows", here="Linux x86-64"), "Python 3.11 on windows"),
        (Target("3.11", is_universal=True, here="Linux x86-64"), "Python 3.11 on every platform"),
    ],
)
def test_describe_says_where_the_lock_holds(target: Target, words: str) -> None:
    assert target.describe() == words
