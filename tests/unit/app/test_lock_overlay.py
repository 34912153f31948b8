"""Locking, checking and auditing overlays."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.audit_notebook import AuditPorts
from aidevsecops_ext.app.audit_overlay import audit_overlay
from aidevsecops_ext.app.check_overlay import check_overlay
from aidevsecops_ext.app.exchange_ports import FileChange, FileRemoval
from aidevsecops_ext.app.lock_notebook import LockPorts
from aidevsecops_ext.app.lock_overlay import (
    OverlayLock,
    OverlayLockRequest,
    lock_overlay,
    save_overlay,
)
from aidevsecops_ext.app.open_overlay import open_overlay
from aidevsecops_ext.app.ports import CancelToken, Progress, Resolution, ResolveRequest
from aidevsecops_ext.app.recommend import RecommendPorts
from aidevsecops_ext.domain.advisories import Advisory
from aidevsecops_ext.domain.errors import (
    ConflictError,
    ErrorCode,
    NotFoundError,
    RefusedError,
    UserError,
)
from aidevsecops_ext.domain.lock import CheckResult
from aidevsecops_ext.domain.overlay import Overlay, OverlayStyle
from aidevsecops_ext.domain.recommendation import RecommendationType
from aidevsecops_ext.domain.target import TargetChoice
from aidevsecops_ext.formats.pipfile import is_hash_of, lock_of, read_pipfile
from tests.fakes.advisories import FakeAdvisories
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.files import FakeFiles
from tests.fakes.package_index import FakePackageIndex
from tests.fakes.progress import FakeProgress
from tests.fakes.resolver import FakeResolver

PIPFILE = """# Ours.
[[source]]
name = "pypi"
url = "https://index.example/simple"
verify_ssl = true

[packages]
NumPy = "*"  # fast
rich = ">=13"

[requires]
python_version = "3.8"  # as the image has it
"""
HASH = "sha256:" + "a" * 64
OVERLAY = Overlay(
    "overlays/training",
    OverlayStyle.PIPENV,
    "training",
    "3.8",
    "x86_64-manylinux_2_28",
    RecommendationType.PERFORMANCE,
)
PIP = Overlay("overlays/serving", OverlayStyle.PIP, "serving", "3.11")
LOCK_PATH = "overlays/training/Pipfile.lock"
TXT = "overlays/serving/requirements.txt"


class HashingResolver(FakeResolver):
    """As the fake one, with hashes that look like hashes."""

    def resolve(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> Resolution:
        found = super().resolve(request, progress, cancel)
        return replace(found, packages=tuple(replace(p, hashes=(HASH,)) for p in found.packages))


class WrittenFiles:
    """Writes changes into the files of a test."""

    def __init__(self, files: FakeFiles) -> None:
        self._files = files

    def write(
        self, changes: tuple[FileChange, ...], removals: tuple[FileRemoval, ...] = ()
    ) -> None:
        assert not removals
        for change in changes:
            self._files.texts[change.path] = change.text


def with_pipfile(text: str = PIPFILE, **more: str) -> FakeFiles:
    return FakeFiles({OVERLAY.asked_path: text, **more})


def with_asked(text: str, more: Mapping[str, str] | None = None) -> FakeFiles:
    return FakeFiles({PIP.asked_path: text, **(more or {})})


def ports(files: FakeFiles, resolver: FakeResolver, *, advisories: FakeAdvisories) -> LockPorts:
    audit = AuditPorts(files, advisories, FakeClock())
    return LockPorts(
        files=files,
        index=FakePackageIndex(),
        resolvers={"uv": resolver},
        default_engine="uv",
        default_python="3.12",
        recommend=RecommendPorts(FakeClock(), lambda: audit, 14),
        here="this test",
    )


def lock(
    files: FakeFiles,
    overlay: Overlay = OVERLAY,
    resolver: FakeResolver | None = None,
    advisories: FakeAdvisories | None = None,
    **asked: object,
) -> OverlayLock:
    request = OverlayLockRequest(open_overlay(overlay, files), **asked)  # type: ignore[arg-type]
    outside = ports(files, resolver or FakeResolver(), advisories=advisories or FakeAdvisories())
    return lock_overlay(request, outside, FakeProgress(), FakeCancelToken())


def lock_and_save(files: FakeFiles, overlay: Overlay = OVERLAY) -> bool:
    return save_overlay(lock(files, overlay), files, WrittenFiles(files))


def check(files: FakeFiles, overlay: Overlay = OVERLAY) -> CheckResult:
    return check_overlay(open_overlay(overlay, files))


def test_lock_overlay_answers_a_lock_that_fits_the_pipfile() -> None:
    files, resolver = with_pipfile(), FakeResolver({"numpy": "1.24", "rich": "13.9"})

    locked = lock(files, resolver=resolver)

    (change,) = locked.files
    assert (change.path, change.revision) == (LOCK_PATH, None)
    recorded = lock_of(json.loads(change.text))
    assert [(p.key, p.version) for p in recorded.packages] == [("numpy", "1.24"), ("rich", "13.9")]
    assert is_hash_of(read_pipfile(PIPFILE), recorded.requirements_hash)
    assert recorded.python_version == "3.8"
    assert change.text == json.dumps(json.loads(change.text), indent=4, sort_keys=True) + "\n"
    (request,) = resolver.requests
    assert request.folder == "overlays/training"
    assert request.target.describe() == "Python 3.8 on x86_64-manylinux_2_28"
    assert request.policy.wheels_only
    assert locked.recommendation is RecommendationType.PERFORMANCE
    assert [p.name for p in locked.change.added] == ["numpy", "rich"]


def test_lock_overlay_changes_nothing_when_it_is_locked_again() -> None:
    files = with_asked("rich\n")
    assert save_overlay(lock(files, PIP, HashingResolver()), files, WrittenFiles(files))

    assert lock(files, PIP, HashingResolver()).files == ()


def test_lock_overlay_changes_nothing_when_the_lock_says_the_same() -> None:
    files = with_pipfile()
    assert lock_and_save(files)
    files.texts[LOCK_PATH] = json.dumps(json.loads(files.texts[LOCK_PATH]))
    before = dict(files.texts)

    assert not lock_and_save(files)

    assert files.texts == before
    assert check(files).status.value == "fresh"


def test_lock_overlay_changes_only_the_python_of_the_pipfile_when_it_is_another() -> None:
    files = with_pipfile()

    locked = lock(files, target=TargetChoice(python_version="3.11"))

    assert [change.path for change in locked.files] == [OVERLAY.asked_path, LOCK_PATH]
    assert locked.files[0].text == PIPFILE.replace('"3.8"', '"3.11"')
    hashed = json.loads(locked.files[1].text)["_meta"]["hash"]["sha256"]
    assert is_hash_of(read_pipfile(locked.files[0].text), hashed)
    assert locked.notes == ("The Pipfile asked for Python 3.8, and now asks for 3.11.",)


def test_lock_overlay_leaves_a_pipfile_alone_when_it_names_no_python_and_no_index() -> None:
    files = with_pipfile('[packages]\nnumpy = "*"\n')

    (change,) = lock(files).files

    meta = json.loads(change.text)["_meta"]
    assert meta["requires"] == {}
    assert [source["url"] for source in meta["sources"]] == ["https://index.example/simple"]


def as_pipenv_writes(text: str, **more: object) -> str:
    """The same lock with what pipenv adds to each entry."""
    lock = json.loads(text)
    for entry in lock["default"].values():
        entry |= {"index": "pypi", "markers": "python_version >= '3.7'", **more}
    return json.dumps(lock)


def test_lock_overlay_leaves_the_lock_of_pipenv_when_it_installs_the_same() -> None:
    files = with_pipfile()
    lock_and_save(files)
    files.texts[LOCK_PATH] = as_pipenv_writes(files.texts[LOCK_PATH])

    assert lock(files).files == ()


class MarkingResolver(FakeResolver):
    """As the fake one; each package has a marker."""

    def resolve(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> Resolution:
        found = super().resolve(request, progress, cancel)
        marked = tuple(replace(p, markers="os_name == 'nt'") for p in found.packages)
        return replace(found, packages=marked)


def test_lock_overlay_writes_a_lock_when_hashes_or_markers_are_others() -> None:
    files = with_pipfile()
    lock_and_save(files)

    marked = lock(files, resolver=MarkingResolver())
    files.texts[LOCK_PATH] = as_pipenv_writes(files.texts[LOCK_PATH], hashes=[HASH])
    hashed = lock(files)

    assert [change.path for change in marked.files] == [LOCK_PATH]
    assert [change.path for change in hashed.files] == [LOCK_PATH]


def test_lock_overlay_writes_a_lock_when_a_package_is_added_or_replaced() -> None:
    files = with_pipfile('[packages]\nnumpy = "*"\n')
    lock_and_save(files)
    files.texts[OVERLAY.asked_path] = '[packages]\nrich = "*"\n'
    replaced = lock(files)
    files.texts[OVERLAY.asked_path] = '[packages]\nnumpy = "*"\nrich = "*"\n'
    added = lock(files)

    assert [change.path for change in replaced.files] == [LOCK_PATH]
    assert [change.path for change in added.files] == [LOCK_PATH]


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (TargetChoice(is_universal=True), "Python 3.8 on every platform"),
        (TargetChoice(platform="windows"), "Python 3.8 on windows"),
        (TargetChoice(environment="training"), "Python 3.8 on x86_64-manylinux_2_28"),
    ],
)
def test_lock_overlay_locks_for_what_the_user_says(choice: TargetChoice, words: str) -> None:
    assert lock(with_pipfile(), target=choice).target.describe() == words


def test_lock_overlay_locks_for_this_machine_when_no_environment_is_known() -> None:
    files = FakeFiles({"requirements.in": "rich\n"})

    locked = lock(files, Overlay("", OverlayStyle.PIP))

    assert locked.target.describe() == "Python 3.12 on this test"
    assert locked.files[0].path == "requirements.txt"


def test_lock_overlay_keeps_locked_versions_unless_upgrading() -> None:
    files = with_pipfile()
    assert lock_and_save(files)
    newer = FakeResolver({"numpy": "2.0", "rich": "14.0"})

    kept = lock(files, resolver=newer)
    upgraded = lock(files, resolver=newer, upgrade=True)
    partly = lock(files, resolver=newer, upgrade_packages=("rich", "flask"))

    assert kept.files == ()
    assert [(c.name, c.new) for c in upgraded.change.updated] == [
        ("numpy", "2.0"),
        ("rich", "14.0"),
    ]
    assert [(c.name, c.new) for c in partly.change.updated] == [("rich", "14.0")]
    assert partly.notes == ("flask was not upgraded: the notebook does not need it.",)


def test_lock_overlay_replaces_a_lock_that_cannot_be_read() -> None:
    files = with_pipfile(**{LOCK_PATH: "<<<<<<< ours"})

    with pytest.raises(UserError):
        check(files)

    assert lock_and_save(files)
    assert check(files).status.value == "fresh"


def test_lock_overlay_compares_advisories_when_asked() -> None:
    service = FakeAdvisories({("rich", "1.0"): (Advisory("X-1"),)})

    locked = lock(with_pipfile(), advisories=service, with_advisories=True)

    assert locked.advisories is not None
    assert [entry.name for entry in locked.advisories.gained] == ["rich"]


def test_lock_overlay_names_what_is_declared_when_it_fails() -> None:
    error = RefusedError(ErrorCode.LOCK_UNSATISFIABLE, "No.", details={"requirements": ["rich"]})

    with pytest.raises(RefusedError) as caught:
        lock(with_pipfile(), resolver=FakeResolver(error=error))

    assert caught.value.details["requirements"] == [
        {"name": "rich", "specifier": ">=13", "source": "metadata", "imports": [], "cells": []}
    ]


def test_lock_overlay_refuses_an_index_that_nobody_agreed_to() -> None:
    files = with_asked("--index-url https://own.example/simple\nrich\n")

    with pytest.raises(RefusedError) as caught:
        lock(files, PIP)
    agreed = lock(files, PIP, trusted_indexes=("https://own.example/simple",))

    assert caught.value.code is ErrorCode.LOCK_UNTRUSTED_INDEX
    assert "--index-url https://own.example/simple\n" in agreed.files[0].text


def test_lock_overlay_locks_what_files_of_pip_bring_in() -> None:
    files = with_asked(
        "-r ../base.in\n-r requirements.in\nrich\n-c limits.txt\n",
        {
            "overlays/base.in": "numpy\n--pre\n-c serving/limits.txt\n",
            "overlays/serving/limits.txt": "rich<14\n-c more.txt\n",
            "overlays/serving/more.txt": "idna<3\n",
            "overlays/serving/constraints.txt": "pygments<3\n",
        },
    )
    resolver = FakeResolver()

    locked = lock(files, PIP, resolver)

    (request,) = resolver.requests
    assert [r.name for r in request.requirements] == ["rich", "numpy"]
    assert [r.to_pep508() for r in request.constraints] == ["rich<14", "idna<3", "pygments<3"]
    assert request.allow_prereleases
    assert len(locked.read) == 5


def test_lock_overlay_refuses_lines_that_a_lock_cannot_hold() -> None:
    with pytest.raises(RefusedError) as caught:
        lock(with_asked("rich\n-e ../lib\n"), PIP)

    assert caught.value.code is ErrorCode.REQUIREMENTS_UNSUPPORTED
    assert "-e ../lib" in caught.value.message


def test_open_overlay_fails_when_a_file_that_it_names_is_missing() -> None:
    with pytest.raises(NotFoundError):
        open_overlay(PIP, with_asked("-r gone.in\n"))


def test_save_overlay_writes_nothing_when_what_was_read_changed_meanwhile() -> None:
    files = with_asked("rich\n", {"overlays/serving/constraints.txt": ""})
    locked = lock(files, PIP)
    files.texts["overlays/serving/constraints.txt"] = "rich<14\n"

    with pytest.raises(ConflictError):
        save_overlay(locked, files, WrittenFiles(files))
    del files.texts["overlays/serving/constraints.txt"]
    with pytest.raises(ConflictError):
        save_overlay(locked, files, WrittenFiles(files))

    assert TXT not in files.texts


def test_lock_overlay_leaves_the_lock_of_another_tool_when_it_is_the_same() -> None:
    other = f"# by another tool\nrich==1.0 \\\n    --hash={HASH}\n"
    files = with_asked("rich\n", {TXT: other})

    locked = lock(files, PIP, HashingResolver())

    assert locked.files == ()
    assert check(files, PIP).status.value == "fresh"


@pytest.mark.parametrize(
    ("asked", "status", "codes"),
    [
        ("rich\nnumpy\n", "fresh", []),
        ("numpy\nrich # in another order\n", "fresh", []),
        ("rich>=2\nnumpy\n", "stale", ["requirement-changed"]),
        ("rich\nnumpy\nflask\n", "stale", ["requirement-added"]),
        ("rich\n", "stale", ["requirements-changed"]),
    ],
)
def test_check_overlay_says_what_changed_when_pip_s_files_did(
    asked: str, status: str, codes: list[str]
) -> None:
    files = with_asked("rich\nnumpy\n")
    locked = lock(files, PIP, HashingResolver())
    save_overlay(locked, files, WrittenFiles(files))
    files.texts[PIP.asked_path] = asked

    result = check(files, PIP)

    assert result.status.value == status
    assert [detail.code for detail in result.details] == codes


def test_check_overlay_counts_constraints_of_what_is_locked() -> None:
    files = with_asked("rich\n")
    save_overlay(lock(files, PIP, HashingResolver()), files, WrittenFiles(files))
    files.texts["overlays/serving/constraints.txt"] = "rich>=2\nflask>=3\n"

    result = check(files, PIP)

    assert [detail.message for detail in result.details] == ["rich>=2 is asked for, 1.0 is locked."]


@pytest.mark.parametrize("overlay", [OVERLAY, PIP])
def test_check_overlay_is_unlocked_when_there_is_no_lock(overlay: Overlay) -> None:
    files = FakeFiles({OVERLAY.asked_path: PIPFILE, PIP.asked_path: "rich\n"})

    assert check(files, overlay).status.value == "unlocked"
    with pytest.raises(RefusedError) as caught:
        audit(files, overlay)
    assert caught.value.code is ErrorCode.AUDIT_UNLOCKED


def test_check_overlay_is_stale_when_the_lock_has_no_hashes() -> None:
    files = with_asked("rich\n", {TXT: "rich==1.0\n"})

    assert [detail.code for detail in check(files, PIP).details] == ["hash-missing"]


def test_check_overlay_says_what_changed_when_the_pipfile_did() -> None:
    files = with_pipfile()
    lock_and_save(files)
    files.texts[OVERLAY.asked_path] = PIPFILE.replace(">=13", ">=14")

    result = check(files)

    assert [(d.code, d.name) for d in result.details] == [("requirement-changed", "rich")]


@pytest.mark.parametrize("in_pipfile", [True, False])
def test_check_overlay_is_stale_once_when_another_python_is_asked_for(in_pipfile: bool) -> None:
    files = with_pipfile()
    lock_and_save(files)
    if in_pipfile:
        files.texts[OVERLAY.asked_path] = PIPFILE.replace('"3.8"', '"3.9"')
    now = Overlay("overlays/training", OverlayStyle.PIPENV, "training", "3.9")

    result = check(files, now)

    assert [detail.code for detail in result.details] == ["python-changed"]
    assert "notebook" not in result.details[0].message


def audit(files: FakeFiles, overlay: Overlay) -> list[str]:
    service = FakeAdvisories({("rich", "1.0"): (Advisory("X-1"),)})
    outside = AuditPorts(files, service, FakeClock())
    found = audit_overlay(open_overlay(overlay, files), outside, FakeProgress(), FakeCancelToken())
    return [package.name for package in found.vulnerable]


def test_audit_overlay_says_what_is_known_against_its_lock() -> None:
    files = with_pipfile()
    lock_and_save(files)

    assert audit(files, OVERLAY) == ["rich"]


def test_audit_overlay_fails_when_the_lock_cannot_be_read() -> None:
    with pytest.raises(UserError):
        audit(with_pipfile(**{LOCK_PATH: "{"}), OVERLAY)
