from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.utils import canonicalize_name

from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError
from aidevsecops_ext.formats.requirements_txt import (
    CompiledPackage,
    CompiledRequirements,
    read_compiled,
)

REAL = """\
--index-url https://index.example/simple
--extra-index-url https://other.example/simple

colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:4f1d \\
    --hash=sha256:0869
    # via this-notebook (pyproject.toml), Tqdm.Ext
    # from https://index.example/simple
requests[socks,use-chardet]==2.34.2 \\
    --hash=sha256:2a0d
    # via -r requirements.in, torch
torch==2.13.0+cpu
"""


def test_read_compiled_reads_what_uv_writes() -> None:
    compiled = read_compiled(REAL)

    assert compiled == CompiledRequirements(
        packages=(
            CompiledPackage(
                "colorama",
                "0.4.6",
                markers="sys_platform == 'win32'",
                hashes=("sha256:0869", "sha256:4f1d"),
                via=frozenset({"tqdm-ext"}),
                index_url="https://index.example/simple",
            ),
            CompiledPackage(
                "requests",
                "2.34.2",
                extras=("socks", "use-chardet"),
                hashes=("sha256:2a0d",),
                via=frozenset({"torch"}),
            ),
            CompiledPackage("torch", "2.13.0+cpu"),
        ),
        index_url="https://index.example/simple",
    )


@pytest.mark.parametrize("text", ["", "# only a comment\n", "--no-index\n\n"])
def test_read_compiled_is_empty_when_nothing_is_pinned(text: str) -> None:
    assert read_compiled(text) == CompiledRequirements()


@pytest.mark.parametrize(
    "line", ["six @ https://code.example/six.whl", "six>=1", "-e ./six", "./six.whl", "six"]
)
def test_read_compiled_raises_when_a_pin_is_of_no_index(line: str) -> None:
    with pytest.raises(OutsideFailedError) as caught:
        read_compiled(line)

    assert caught.value.code is ErrorCode.LOCK_ENGINE_FAILED
    assert caught.value.details == {"line": line}


def test_needed_by_follows_the_graph() -> None:
    compiled = CompiledRequirements(
        (
            CompiledPackage("a", "1"),
            CompiledPackage("B.x", "1", via=frozenset({"a", "d"})),
            CompiledPackage("c", "1", via=frozenset({"b-x"})),
            CompiledPackage("d", "1", via=frozenset({"c"})),
            CompiledPackage("e", "1"),
            CompiledPackage("f", "1", via=frozenset({"e"})),
        )
    )

    assert compiled.needed_by(frozenset({"a"})) == {"a", "b-x", "c", "d"}
    assert compiled.needed_by(frozenset({"e", "gone"})) == {"e", "f", "gone"}
    assert compiled.needed_by(frozenset()) == frozenset()


NAMES = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
HASHES = st.lists(st.from_regex(r"sha256:[0-9a-f]{8}", fullmatch=True), max_size=3, unique=True)
PACKAGES = st.builds(
    CompiledPackage,
    name=NAMES,
    version=st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,2}(\+cpu|rc1)?", fullmatch=True),
    extras=st.lists(NAMES, max_size=2, unique=True).map(tuple),
    markers=st.sampled_from(["", "python_full_version >= '3.12'", "os_name == 'nt' or extra"]),
    hashes=HASHES.map(lambda found: tuple(sorted(found))),
    via=st.frozensets(NAMES.map(canonicalize_name), max_size=3),
    index_url=st.sampled_from([None, "https://index.example/simple", "file:///srv/simple"]),
)


def _write(package: CompiledPackage) -> str:
    extras = f"[{','.join(package.extras)}]" if package.extras else ""
    markers = f" ; {package.markers}" if package.markers else ""
    lines = [f"{package.name}{extras}=={package.version}{markers}"]
    lines += [f"    --hash={digest}" for digest in package.hashes]
    text = " \\\n".join(lines)
    if package.via:
        text += f"\n    # via {', '.join(sorted(package.via))}"
    if package.index_url:
        text += f"\n    # from {package.index_url}"
    return text + "\n"


@given(st.lists(PACKAGES, max_size=4))
def test_read_compiled_reads_every_combination(packages: list[CompiledPackage]) -> None:
    text = "".join(map(_write, packages))

    assert read_compiled(text).packages == tuple(packages)


@given(st.text())
def test_read_compiled_reads_any_text_or_says_why_not(text: str) -> None:
    try:
        compiled = read_compiled(text)
    except OutsideFailedError as error:
        assert error.details["line"]  # noqa: PT017 - either outcome is right
    else:
        assert all(package.name and package.version for package in compiled.packages)
