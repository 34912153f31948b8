"""Examples in a new folder: where they go, and what becomes of the repository."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from aidevsecops_ext.app.copy_examples import CopiedExamples, ExamplePorts, copy_examples
from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ErrorCode,
    OutsideFailedError,
    ToolMissingError,
)
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.file_changes import FakeFileChanges
from tests.fakes.files import FakeFiles

NOTEBOOK = "digits-pipeline.ipynb"


class FakeExamples:
    """Two files."""

    def texts(self) -> Mapping[str, str]:
        return {NOTEBOOK: "{}", "digits/__init__.py": ""}


class FakeRepositories:
    """Remembers which folders became repositories; says the error instead, where there is one."""

    def __init__(self, error: Exception | None = None) -> None:
        self.begun: list[str] = []
        self._error = error

    def begin(self, folder: str, cancel: CancelToken) -> None:
        cancel.raise_if_cancelled()
        if self._error:
            raise self._error
        self.begun.append(folder)


class Setting:
    """Files that there are, and a git that works or does not."""

    def __init__(self, *paths: str, error: Exception | None = None) -> None:
        self.files = FakeFiles(dict.fromkeys(paths, "mine"))
        self.repositories = FakeRepositories(error)

    def copy(self, parent: str = ".") -> CopiedExamples:
        changes = FakeFileChanges(self.files)
        ports = ExamplePorts(self.files, changes, FakeExamples(), self.repositories)
        return copy_examples(parent, ports, FakeCancelToken())


def test_copy_makes_a_repository_of_a_new_folder() -> None:
    setting = Setting("work/mine.txt")

    copied = setting.copy("work")

    folder = "work/aidevsecops-examples"
    assert copied == CopiedExamples(folder, f"{folder}/{NOTEBOOK}")
    assert setting.repositories.begun == [folder]
    assert setting.files.texts[f"{folder}/digits/__init__.py"] == ""


def test_copy_takes_another_name_when_file_and_folder_have_them() -> None:
    setting = Setting("aidevsecops-examples", "aidevsecops-examples-2/mine.txt")

    copied = setting.copy()

    assert copied.folder == "aidevsecops-examples-3"
    assert setting.files.texts["aidevsecops-examples"] == "mine"
    assert setting.files.texts["aidevsecops-examples-2/mine.txt"] == "mine"


def test_copy_says_why_there_is_no_repository_when_git_is_missing() -> None:
    missing = ToolMissingError(ErrorCode.RELEASE_NO_GIT, "git is not installed.")
    setting = Setting(error=missing)

    copied = setting.copy()

    assert copied.problem == "git is not installed."
    assert f"{copied.folder}/{NOTEBOOK}" in setting.files.texts


def test_copy_ends_when_it_is_cancelled() -> None:
    with pytest.raises(CancelledError):
        Setting(error=CancelledError()).copy()


def test_copy_fails_when_there_are_no_examples() -> None:
    class NoExamples:
        def texts(self) -> Mapping[str, str]:
            raise OutsideFailedError(ErrorCode.EXAMPLES_MISSING, "Gone.")

    setting = Setting()
    changes = FakeFileChanges(setting.files)

    with pytest.raises(OutsideFailedError, match="Gone"):
        copy_examples(
            ".",
            ExamplePorts(setting.files, changes, NoExamples(), setting.repositories),
            FakeCancelToken(),
        )
    assert setting.files.texts == {}


def test_copy_makes_the_folder_that_is_not_there() -> None:
    copied = Setting("work/mine.txt").copy("new/one")

    assert copied.folder == "new/one/aidevsecops-examples"
