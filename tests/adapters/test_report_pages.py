"""Reports as files."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.report_pages import ReportPages
from aidevsecops_ext.domain.errors import ErrorCode, NotFoundError, OutsideFailedError


def test_report_is_read_under_the_name_that_it_was_kept_under(tmp_path: Path) -> None:
    pages = ReportPages(tmp_path / "new" / "reports")

    name = pages.keep("<p>é \ud800</p>")

    assert pages.read(name) == "<p>é ?</p>"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_report_is_for_nobody_else(tmp_path: Path) -> None:
    name = ReportPages(tmp_path).keep("secret")

    assert stat.S_IMODE((tmp_path / f"{name}.html").stat().st_mode) == 0o600


def test_reports_are_forgotten_when_there_are_newer_ones(tmp_path: Path) -> None:
    pages = ReportPages(tmp_path)

    names = [pages.keep(str(number)) for number in range(23)]

    assert len(list(tmp_path.iterdir())) == 20
    assert pages.read(names[-1]) == "22"


@pytest.mark.parametrize("name", ["", "0" * 32, "../secret", "0" * 31 + "\n", "A" * 32])
def test_report_is_not_found_when_there_is_none_of_that_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.html").write_text("no")

    with pytest.raises(NotFoundError) as caught:
        ReportPages(tmp_path / "reports").read(name)

    assert caught.value.code is ErrorCode.SPLIT_REPORT_NOT_FOUND


def test_report_is_not_kept_when_the_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(OutsideFailedError, match="could not be kept"):
        ReportPages(tmp_path / "file" / "reports").keep("x")
