"""What advisory services said, in a file."""

from __future__ import annotations

from pathlib import Path

from aidevsecops_ext.adapters.advisory_memory import AdvisoryFile
from aidevsecops_ext.domain.advisories import Advisory, AuditedPackage, Severity

SIX = AuditedPackage("six", "1.16", (Advisory("CVE-1", severity=Severity.HIGH),))
ATTRS = AuditedPackage("attrs", "23.1")


def test_what_was_said_is_known_to_others_later(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "advisories.json"
    AdvisoryFile(path, "https://osv.example.org").keep([SIX, ATTRS], 1.0)
    AdvisoryFile(path, "https://osv.example.org").keep([ATTRS], 2.0)

    known = AdvisoryFile(path, "https://osv.example.org").known()

    assert known == {("six", "1.16"): (1.0, SIX), ("attrs", "23.1"): (2.0, ATTRS)}
    assert AdvisoryFile(path, "https://other.example.org").known() == {}
    assert [each.name for each in path.parent.iterdir()] == ["advisories.json"]


def test_file_that_is_damaged_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "advisories.json"
    path.write_bytes(b"\xff{")
    memory = AdvisoryFile(path, "https://osv.example.org")

    before = memory.known()
    memory.keep([SIX], 1.0)

    assert before == {}
    assert [*memory.known()] == [("six", "1.16")]


def test_what_cannot_be_written_is_not_remembered(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "advisories.json").mkdir()
    for path in (tmp_path / "file" / "advisories.json", tmp_path / "advisories.json"):
        memory = AdvisoryFile(path, "https://osv.example.org")

        memory.keep([SIX], 1.0)

        assert memory.known() == {}
    assert {each.name for each in tmp_path.iterdir()} == {"file", "advisories.json"}
