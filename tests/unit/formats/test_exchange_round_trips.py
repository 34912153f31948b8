"""There and back again: what two formats share survives, whatever it is."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from aidevsecops_ext.domain.exchange import PackageFile
from aidevsecops_ext.domain.lock import Lock, LockedPackage
from aidevsecops_ext.domain.requirements import Index, Requirement, RequirementSet
from aidevsecops_ext.formats.pylock import read_pylock, write_pylock
from aidevsecops_ext.formats.pyproject_toml import read_pyproject, write_pyproject
from aidevsecops_ext.formats.requirements_lock import read_requirements, write_locked
from aidevsecops_ext.formats.script_block import read_block, write_block

NAMES = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
VERSIONS = st.from_regex(r"[0-9]\.[0-9]{1,2}(rc1|\.post2)?", fullmatch=True)
MARKERS = st.sampled_from(
    ["", 'sys_platform == "win32"', 'os_name == "nt" and python_version < "3.12"']
)
EXTRAS = st.lists(NAMES, max_size=2, unique=True).map(lambda found: tuple(sorted(found)))
HASHES = st.lists(
    st.text("0123456789abcdef", min_size=64, max_size=64).map(lambda digest: f"sha256:{digest}"),
    min_size=1,
    max_size=3,
    unique=True,
).map(lambda found: tuple(sorted(found)))
OWN = Index("own.example", "https://own.example/simple")
PYTHONS = st.sampled_from(["3.9", "3.11", "3.13"])

PACKAGES = st.lists(
    st.builds(
        LockedPackage, NAMES, VERSIONS, HASHES, MARKERS, EXTRAS, st.sampled_from([None, OWN.name])
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda package: package.key,
).map(lambda found: tuple(sorted(found, key=lambda package: package.key)))

ASKED = st.lists(
    st.builds(
        Requirement,
        NAMES,
        VERSIONS.map(lambda version: f">={version}"),
        EXTRAS,
        MARKERS,
        st.sampled_from([None, OWN.name]),
    ),
    max_size=4,
    unique_by=lambda requirement: requirement.key,
)


@given(packages=PACKAGES)
def test_a_lock_survives_requirements_but_for_indexes(packages: tuple[LockedPackage, ...]) -> None:
    lock = Lock(tuple(replace(package, index=None) for package in packages), "")

    assert read_requirements(write_locked(lock, is_dev=False)).lock == lock


@given(packages=PACKAGES, python=PYTHONS)
def test_a_lock_survives_pylock_but_for_extras(
    packages: tuple[LockedPackage, ...], python: str
) -> None:
    lock = Lock(
        tuple(replace(package, extras=(), index=OWN.name) for package in packages),
        "",
        (OWN,),
        python,
    )
    files = {
        package.key: tuple(
            PackageFile(f"https://files.example/{number}.whl", value)
            for number, value in enumerate(package.hashes)
        )
        for package in packages
    }

    reading = read_pylock(write_pylock(lock, files))

    assert reading.lock == lock
    assert reading.lost == ()


@given(asked=ASKED, dev=ASKED, python=PYTHONS, is_pre=st.booleans())
def test_what_is_asked_for_survives_a_project(
    asked: list[Requirement], dev: list[Requirement], python: str, *, is_pre: bool
) -> None:
    taken = {requirement.key for requirement in asked}
    both = (*asked, *(replace(r, is_dev=True) for r in dev if r.key not in taken))
    default = Index("pypi", "https://index.example/simple")
    wanted = RequirementSet(both, (default, OWN), python, allow_prereleases=is_pre)

    text, lost = write_pyproject(wanted, "nb")

    assert read_pyproject(text).asked == replace(wanted, indexes=(OWN,))
    assert lost == ()


@given(asked=ASKED, python=PYTHONS)
def test_what_is_asked_for_survives_a_script_block(asked: list[Requirement], python: str) -> None:
    default = Index("pypi", "https://index.example/simple")
    wanted = RequirementSet(tuple(asked), (default, OWN), python)

    reading = read_block(write_block("import x", wanted)[0])

    assert reading is not None
    assert reading.asked == replace(wanted, indexes=(OWN,))
