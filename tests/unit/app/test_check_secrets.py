from __future__ import annotations

import pytest

from aidevsecops_ext.app.check_secrets import LARGEST_TEXT, check_secrets
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    CancelledError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
    UserError,
)
from aidevsecops_ext.domain.release import Check, CheckStatus
from aidevsecops_ext.domain.release_settings import ReleaseSettings
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.content import content_ports
from tests.fakes.files import FakeFiles
from tests.fakes.progress import FakeProgress
from tests.kits.notebooks import notebook_text


def check(
    files: FakeFiles, progress: FakeProgress | None = None, excluded: tuple[str, ...] = ()
) -> Check:
    settings = ReleaseSettings(secrets_exclude=excluded)
    ports = content_ports(files)
    return check_secrets(settings, ports, progress or FakeProgress(), FakeCancelToken())


def test_secrets_pass_when_there_are_no_files() -> None:
    found = check(FakeFiles())

    assert (found.status, found.message) == (CheckStatus.PASSED, "There are no files.")


def test_secrets_pass_when_there_are_none() -> None:
    found = check(FakeFiles({"a.py": "x = 1", "b.ipynb": notebook_text(["x"])}))

    assert (found.status, found.message) == (CheckStatus.PASSED, "No secrets were found.")


def test_secrets_fail_with_place_and_kind() -> None:
    progress = FakeProgress()
    files = FakeFiles(
        {"a.py": "\nx = PERHAPS", "b.ipynb": notebook_text(["x", "y\nSECRET hunter2"])}
    )

    found = check(files, progress)

    assert found.status is CheckStatus.FAILED
    assert found.message == (
        "Secrets: b.ipynb, cell 2, line 2: Test Token. Perhaps: a.py, line 2: Test Token."
    )
    assert "pragma: allowlist secret" in found.fix
    assert progress.lines == [
        "a.py, line 2: Test Token",
        "b.ipynb, cell 2, line 2: Test Token",
    ]


def test_secrets_are_not_looked_for_in_what_the_settings_exclude() -> None:
    files = FakeFiles({"a.py": "x", "tests/kit/b.py": "SECRET hunter2", "c.lock": "SECRET x"})

    assert check(files, excluded=("tests", "*.lock")).status is CheckStatus.PASSED
    assert (
        check(files, excluded=("tests/kit/*.py",)).message == "Secrets: c.lock, line 1: Test Token."
    )
    assert check(files, excluded=("kit", "*.txt")).status is CheckStatus.FAILED


def test_secrets_warn_of_what_only_looks_like_one() -> None:
    found = check(FakeFiles({"a.py": "PERHAPS"}))

    assert found.status is CheckStatus.WARNED
    assert found.message == "Perhaps secrets: a.py, line 1: Test Token."


def test_secrets_warn_of_files_that_were_not_looked_through() -> None:
    texts = dict.fromkeys(("gone", "picture", "huge", "odd"), "SECRET")
    errors: dict[str, AidevsecopsError] = {
        "gone": NotFoundError(ErrorCode.NOTEBOOK_NOT_FOUND, "gone"),
        "picture": UserError(ErrorCode.NOTEBOOK_INVALID, "no text"),
        "huge": RefusedError(ErrorCode.NOTEBOOK_INVALID, "too large"),
        "odd": OutsideFailedError(ErrorCode.NOTEBOOK_INVALID, "denied"),
    }

    found = check(FakeFiles({**texts, "large.csv": "1" * (LARGEST_TEXT + 1)}, errors))

    assert found.status is CheckStatus.WARNED
    assert found.message == (
        "No secrets were found. Not looked through: huge (too large), odd (cannot be read), "
        "large.csv (too large)."
    )


def test_secrets_look_through_large_notebooks() -> None:
    text = notebook_text([f"# {'1' * LARGEST_TEXT}\nSECRET"])

    assert check(FakeFiles({"a.ipynb": text})).status is CheckStatus.FAILED


def test_secrets_end_when_cancelled() -> None:
    ports = content_ports(FakeFiles({"a.py": ""}))

    with pytest.raises(CancelledError):
        check_secrets(ReleaseSettings(), ports, FakeProgress(), FakeCancelToken(is_cancelled=True))
