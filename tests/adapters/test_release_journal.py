"""The journal of releases, on a real disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.file_lock import take_lock
from aidevsecops_ext.adapters.release_journal import GitJournal
from aidevsecops_ext.domain.errors import ConflictError, ErrorCode, OutsideFailedError
from aidevsecops_ext.domain.release_record import ReleaseRecord

RECORD = ReleaseRecord("1.1.0", "v1.1.0", "c0", "main", "", (), 5.0)


@pytest.fixture
def journal(tmp_path: Path) -> GitJournal:
    return GitJournal(lambda: tmp_path)


def test_record_is_kept_for_its_owner_alone(journal: GitJournal, tmp_path: Path) -> None:
    assert journal.read() is None

    journal.write(RECORD)

    assert journal.read() == RECORD
    file = tmp_path / "aidevsecops/release.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["release.json"]


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"format": 2}'])
def test_record_is_not_read_when_it_is_none(
    journal: GitJournal, tmp_path: Path, content: bytes
) -> None:
    journal.write(RECORD)
    (tmp_path / "aidevsecops/release.json").write_bytes(content)

    with pytest.raises(OutsideFailedError) as caught:
        journal.read()

    assert caught.value.code is ErrorCode.RELEASE_JOURNAL_FAILED


def test_record_is_not_read_when_it_is_a_folder(journal: GitJournal, tmp_path: Path) -> None:
    (tmp_path / "aidevsecops/release.json").mkdir(parents=True)

    with pytest.raises(OutsideFailedError):
        journal.read()
    with pytest.raises(OutsideFailedError):
        journal.write(RECORD)

    assert [path.name for path in (tmp_path / "aidevsecops").iterdir()] == ["release.json"]


def test_journal_cannot_be_used_when_its_folder_is_a_file(
    journal: GitJournal, tmp_path: Path
) -> None:
    (tmp_path / "aidevsecops").touch()

    with pytest.raises(OutsideFailedError):
        journal.write(RECORD)
    with pytest.raises(OutsideFailedError), journal.locked():
        pytest.fail("It must not be locked.")
    with pytest.raises(OutsideFailedError):
        journal.is_locked()


def test_journal_is_locked_by_one_at_a_time(journal: GitJournal, tmp_path: Path) -> None:
    other = GitJournal(lambda: tmp_path)

    with journal.locked():
        assert other.is_locked()
        with pytest.raises(ConflictError), other.locked():
            pytest.fail("It must not be locked twice.")

    assert not other.is_locked()
    with other.locked():
        assert journal.is_locked()


def test_journal_is_locked_when_somebody_only_looked(
    journal: GitJournal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking = take_lock(tmp_path / "aidevsecops/release.lock")
    assert looking is not None
    monkeypatch.setattr(f"{GitJournal.__module__}.sleep", lambda _: os.close(looking))

    with journal.locked():
        assert journal.is_locked()
