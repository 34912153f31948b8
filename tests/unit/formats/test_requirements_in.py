"""``requirements.in`` as it is read, and the ``requirements.txt`` that is written for it."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.lock import Lock, LockedPackage
from aidevsecops_ext.domain.requirements import Index, Requirement, RequirementSet
from aidevsecops_ext.formats.overlay_lock import read_overlay_lock, write_overlay_lock
from aidevsecops_ext.formats.requirements_in import digest_of, read_asked

TEXT = """
# what the service needs
-r base.in
--requirement=more.in
-cconstraints.txt
--index-url https://index.example/simple
--pre
numpy>=2, \\
    <3  # because
rich ; python_version < '3.9'
requests==2 --hash=sha256:abc
"""
HASH = "sha256:" + "a" * 64
LOCK = Lock(
    (LockedPackage("numpy", "2.1", (HASH,)), LockedPackage("rich", "14.0", (HASH,))),
    "0" * 64,
    (Index("index.example", "https://index.example/simple"),),
    "3.11",
)


def test_read_asked_reads_requirements_and_names_other_files() -> None:
    asked = read_asked(TEXT)

    assert [requirement.to_pep508() for requirement in asked.requirements] == [
        "numpy<3,>=2",
        'rich ; python_version < "3.9"',
        "requests==2",
    ]
    assert asked.included == ["base.in", "more.in"]
    assert asked.constraints == ["constraints.txt"]
    assert asked.index_urls == ["https://index.example/simple"]
    assert asked.allow_prereleases
    assert asked.refused == {}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("-e .", "cannot follow"),
        ("--find-links /wheels", "cannot follow"),
        ("-r", "cannot follow"),
        ("--extra-index-url https://b.example/simple", "every index"),
        ("git+https://git.example/x", "is an address"),
        ("./wheels/x.whl", "is a path"),
    ],
)
def test_read_asked_refuses_what_a_hashed_lock_cannot_follow(line: str, reason: str) -> None:
    asked = read_asked(f"numpy\n{line}\n")

    assert [*asked.refused] == [line]
    assert reason in asked.refused[line]


def test_read_asked_shows_no_password_when_it_refuses() -> None:
    asked = read_asked("--extra-index-url https://me:s3cret@b.example/simple")

    assert "s3cret" not in str(asked.refused)


def test_digest_is_the_same_when_only_order_and_spelling_differ() -> None:
    one = RequirementSet((Requirement("NumPy", ">=2"), Requirement("rich")))
    other = RequirementSet((Requirement("rich"), Requirement("numpy", ">=2")))

    assert digest_of(one, ()) == digest_of(other, ())


@pytest.mark.parametrize(
    ("asked", "constraints"),
    [
        (RequirementSet((Requirement("numpy", ">=3"),)), ()),
        (RequirementSet((Requirement("numpy", ">=2", ("extra",)),)), ()),
        (RequirementSet((Requirement("numpy", ">=2", (), "os_name == 'nt'"),)), ()),
        (RequirementSet((Requirement("numpy", ">=2"),), allow_prereleases=True), ()),
        (RequirementSet((Requirement("numpy", ">=2"),), (Index("a", "https://a.example"),)), ()),
        (RequirementSet((Requirement("numpy", ">=2"),)), (Requirement("rich", "<14"),)),
    ],
)
def test_digest_differs_when_something_else_is_asked(
    asked: RequirementSet, constraints: tuple[Requirement, ...]
) -> None:
    assert digest_of(asked, constraints) != digest_of(
        RequirementSet((Requirement("numpy", ">=2"),)), ()
    )


def test_overlay_lock_reads_back_what_it_was_made_for() -> None:
    text = write_overlay_lock(LOCK)

    assert text.splitlines()[:4] == [
        "# Locked by aidevsecops: change requirements.in instead.",
        f"# requirements: sha256:{'0' * 64}, Python 3.11",
        "--index-url https://index.example/simple",
        "numpy==2.1 \\",
    ]
    assert read_overlay_lock(text) == LOCK


def test_overlay_lock_reads_back_when_it_locks_nothing() -> None:
    empty = Lock((), "1" * 64, (), "3.11")

    assert read_overlay_lock(write_overlay_lock(empty)) == empty


def test_overlay_lock_is_read_when_another_tool_wrote_it() -> None:
    lock = read_overlay_lock(
        f"# by another tool\nnumpy==2.1 \\\n    --hash={HASH}\n    # via -r x\n"
    )

    assert lock == Lock((LockedPackage("numpy", "2.1", (HASH,)),), "")


@pytest.mark.parametrize(
    "text", ["numpy==2.1\n", "numpy>=2\n", f"numpy==2 --hash={HASH}\nrich\n", ""]
)
def test_overlay_lock_is_none_when_a_pin_or_hash_is_missing(text: str) -> None:
    head = write_overlay_lock(Lock((), "1" * 64, (), "3.11"))

    assert read_overlay_lock(text) is None
    assert not text or read_overlay_lock(head + text) is None
