from __future__ import annotations

import pytest

from aidevsecops_ext.app.audit_notebook import AuditPorts, audit_notebook
from aidevsecops_ext.domain.advisories import Advisory, Audit
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from aidevsecops_ext.domain.lock import LockedPackage
from tests.fakes.advisories import FakeAdvisories
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.files import FakeFiles
from tests.fakes.progress import FakeProgress
from tests.kits.notebooks import locked_metadata, notebook

KNOWN = {("holey", "1.0"): (Advisory("GHSA-1", ("CVE-1",)),)}
IGNORING = '[[audit.ignore]]\nid = "CVE-1"\nreason = "so"\nexpires = 1970-01-02\n'


def audit(
    *packages: LockedPackage,
    advisories: FakeAdvisories | None = None,
    files: dict[str, str] | None = None,
    seconds: float = 0.0,
) -> Audit:
    metadata = locked_metadata({p.name: "*" for p in packages}, packages)
    ports = AuditPorts(FakeFiles(files), advisories or FakeAdvisories(KNOWN), FakeClock(seconds))
    return audit_notebook(
        "deep/er/nb.ipynb", notebook(**metadata), ports, FakeProgress(), FakeCancelToken()
    )


def test_audit_tells_what_is_known_against_the_lock() -> None:
    found = audit(LockedPackage("Holey", "1.0"), LockedPackage("sound", "2.0"))

    assert [(p.name, len(p.advisories)) for p in found.packages] == [("holey", 1), ("sound", 0)]


def test_audit_asks_for_the_public_version_of_a_build() -> None:
    advisories = FakeAdvisories(KNOWN, failing=["away"])

    found = audit(
        LockedPackage("holey", "1.0+cu121"),
        LockedPackage("away", "1+local"),
        advisories=advisories,
    )

    assert advisories.asked == [(("away", "1"), ("holey", "1.0"))]
    assert [(p.name, p.version, len(p.advisories)) for p in found.packages] == [
        ("holey", "1.0+cu121", 1)
    ]
    assert [(u.name, u.version) for u in found.unchecked] == [("away", "1+local")]


@pytest.mark.parametrize(("name", "version"), [("from-git", ""), ("no name", "1.0")])
def test_audit_does_not_call_clean_what_has_no_name_or_version(name: str, version: str) -> None:
    advisories = FakeAdvisories()

    found = audit(LockedPackage(name, version), advisories=advisories)

    assert found.packages == ()
    assert [u.reason for u in found.unchecked] == ["The lock names no exact version."]
    assert advisories.asked == []


@pytest.mark.parametrize(("day", "count"), [(1, 0), (2, 1)])
def test_audit_ignores_until_the_day_that_the_nearest_file_names(day: int, count: int) -> None:
    files = {"deep/.aidevsecops.toml": IGNORING, ".aidevsecops.toml": "nonsense"}

    found = audit(LockedPackage("holey", "1.0"), files=files, seconds=day * 86400.0)

    assert len(found.packages[0].advisories) == count
    assert (len(found.ignored), len(found.expired)) == (1 - count, count)


def test_audit_is_refused_when_there_is_no_lock() -> None:
    ports = AuditPorts(FakeFiles(), FakeAdvisories(), FakeClock())

    with pytest.raises(RefusedError) as caught:
        audit_notebook("nb.ipynb", notebook(), ports, FakeProgress(), FakeCancelToken())

    assert caught.value.code is ErrorCode.AUDIT_UNLOCKED
