"""The real ``uv audit`` against a small OSV service of the test's own, and folders of records."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.advisories import OsvAdvisories
from aidevsecops_ext.domain.advisories import Audit, Severity
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, ToolMissingError, UserError
from aidevsecops_ext.jobs.cancel import CancelSource
from tests.kits.osv_service import LOW, OsvService, osv_record, serve_osv

pytestmark = pytest.mark.needs_uv


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[OsvService]:
    """A service that knows two holes of ``holey``."""
    for name in [*os.environ]:
        if name.startswith(("UV_", "PIP_")) or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    known = OsvService(
        records=[
            osv_record("GHSA-1", "holey", fixed="2.0", aliases=["CVE-1"]),
            osv_record("PYSEC-1", "holey", fixed="2.0", vector=None, aliases=["CVE-1"]),
            osv_record("GHSA-2", "holey", vector=LOW),
        ],
        hits={("holey", "1.0"): ("PYSEC-1", "GHSA-1", "GHSA-2")},
    )
    with serve_osv(known) as served:
        yield served


def audit(root: Path, service: str, *packages: tuple[str, str], timeout: float = 30.0) -> Audit:
    adapter = OsvAdvisories(root, service, timeout=timeout)
    return adapter.audit(packages or (("holey", "1.0"), ("sound", "3.1")), CancelSource())


def test_audit_tells_severity_and_fixed_versions_of_the_records(
    service: OsvService, tmp_path: Path
) -> None:
    found = audit(tmp_path, service.url)

    holey, sound = found.packages
    worst, least = holey.advisories
    assert (holey.name, holey.version) == ("holey", "1.0")
    assert (worst.id, worst.aliases, worst.severity) == (
        "GHSA-1",
        ("CVE-1",),
        Severity.CRITICAL,
    )
    assert (worst.fixed, worst.summary) == (("2.0",), "holey has a hole")
    assert worst.url == "https://advisories.example/GHSA-1"
    assert (least.id, least.severity, least.fixed) == ("GHSA-2", Severity.LOW, ())
    assert (sound.name, sound.advisories, found.unchecked) == ("sound", (), ())


def test_audit_asks_the_service_only(service: OsvService, tmp_path: Path) -> None:
    audit(tmp_path, service.url, ("sound", "3.1"))

    assert service.asked == ["/v1/querybatch"]


def test_audit_keeps_what_uv_says_when_a_record_cannot_be_read(
    service: OsvService, tmp_path: Path
) -> None:
    service.has_records = False

    [holey, _] = audit(tmp_path, service.url).packages

    assert {advisory.id for advisory in holey.advisories} == {"GHSA-1", "GHSA-2"}
    assert {advisory.severity for advisory in holey.advisories} == {Severity.UNKNOWN}


def test_audit_keeps_what_uv_says_when_a_record_is_none(
    service: OsvService, tmp_path: Path
) -> None:
    service.record_answer = b"<html>Sign in</html>"

    [holey, _] = audit(tmp_path, service.url).packages

    assert {advisory.severity for advisory in holey.advisories} == {Severity.UNKNOWN}


def test_audit_leaves_out_what_was_withdrawn(service: OsvService, tmp_path: Path) -> None:
    for record in service.records:
        record["withdrawn"] = "2026-02-01T00:00:00Z"

    [holey, _] = audit(tmp_path, service.url).packages

    assert holey.advisories == ()


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (200, b"<html>Sign in</html>", "could not be asked"),
        (200, b"{}", "could not be asked"),
        (500, b"no", "500 Internal Server Error"),
    ],
)
def test_audit_calls_nothing_clean_when_the_answer_is_none(
    service: OsvService, tmp_path: Path, status: int, body: bytes, said: str
) -> None:
    service.batch_answer = (status, body)

    found = audit(tmp_path, service.url)

    assert found.packages == ()
    assert [entry.name for entry in found.unchecked] == ["holey", "sound"]
    assert said in found.unchecked[0].reason


def test_audit_calls_nothing_clean_when_the_service_hangs(
    service: OsvService, tmp_path: Path
) -> None:
    service.is_hanging = True

    found = audit(tmp_path, service.url, timeout=1.0)

    assert found.packages == ()
    assert found.unchecked[0].reason == ("The advisory service did not answer within 1 seconds.")


def test_audit_calls_nothing_clean_when_the_service_is_away(
    service: OsvService, tmp_path: Path
) -> None:
    del service

    found = audit(tmp_path, "http://127.0.0.1:9")

    assert found.packages == ()
    assert "could not be asked" in found.unchecked[0].reason
    assert "Connection refused" in found.unchecked[0].reason


def test_audit_calls_nothing_clean_when_there_is_no_uv(
    service: OsvService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> str:
        raise ToolMissingError(ErrorCode.ENGINE_MISSING, "No uv.")

    monkeypatch.setattr("aidevsecops_ext.adapters.advisories.find_uv", missing)

    found = audit(tmp_path, service.url)

    assert "not installed" in found.unchecked[0].reason


def test_audit_calls_nothing_clean_when_no_file_can_be_written(
    service: OsvService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "absent"))

    found = audit(tmp_path, service.url)

    assert "temporary files" in found.unchecked[0].reason


def test_audit_stops_when_cancelled(service: OsvService, tmp_path: Path) -> None:
    cancel = CancelSource()
    cancel.cancel()

    with pytest.raises(CancelledError):
        OsvAdvisories(tmp_path, service.url, timeout=30.0).audit((("holey", "1.0"),), cancel)


@pytest.mark.parametrize("address", ["ftp://osv.example", "https://me:pw@osv.example", "http://"])
def test_audit_refuses_an_address_that_is_none(tmp_path: Path, address: str) -> None:
    with pytest.raises(UserError) as caught:
        audit(tmp_path, address)

    assert caught.value.code is ErrorCode.AUDIT_SERVICE_INVALID
    assert "me:pw" not in caught.value.message


def test_dump_tells_the_same_without_a_network(tmp_path: Path) -> None:
    folder = tmp_path / "osv" / "PyPI"
    folder.mkdir(parents=True)
    records = [
        osv_record("GHSA-1", "Holey", fixed="2.0"),
        osv_record("GHSA-3", "holey", introduced="5"),
        osv_record("GHSA-4", "holey", withdrawn="2026-02-01T00:00:00Z"),
    ]
    for record in records:
        (folder / f"{record['id']}.json").write_text(json.dumps(record))

    found = audit(tmp_path, "osv")

    assert [a.id for a in found.packages[0].advisories] == ["GHSA-1"]
    assert found.packages[1].advisories == ()
    assert found.unchecked == ()


@pytest.mark.parametrize(
    ("text", "said"), [(None, "holds no OSV records"), ("[]", "1 files"), ("{", "1 files")]
)
def test_dump_calls_nothing_clean_when_it_is_not_whole(
    tmp_path: Path, text: str | None, said: str
) -> None:
    (tmp_path / "osv").mkdir()
    if text is not None:
        (tmp_path / "osv" / "A.json").write_text(text)

    found = audit(tmp_path, "osv")

    assert found.packages == ()
    assert said in found.unchecked[0].reason
