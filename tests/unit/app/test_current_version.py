"""Which version a repository is, and which can come next."""

from __future__ import annotations

from aidevsecops_ext.app.current_version import CurrentVersion, current_version
from aidevsecops_ext.domain.release import VersionPlace
from aidevsecops_ext.domain.repository import Tag
from aidevsecops_ext.domain.versions import ReleaseKind
from tests.fakes.cancel import FakeCancelToken
from tests.kits.plannable import Plannable


def version_of(repo: Plannable) -> CurrentVersion:
    return current_version(repo.ports, FakeCancelToken())


def test_version_is_what_the_files_say() -> None:
    found = version_of(Plannable('__version__ = "1.0.0"\n'))

    assert (found.value, found.problem) == ("1.0.0", "")
    assert found.places == (VersionPlace("version.py", 1, "1.0.0"),)
    assert found.following == {
        ReleaseKind.MAJOR: "2.0.0",
        ReleaseKind.MINOR: "1.1.0",
        ReleaseKind.PATCH: "1.0.1",
        ReleaseKind.PRERELEASE: "1.0.1-rc.1",
        ReleaseKind.BUILD: "1.0.0+build.1",
        ReleaseKind.CALVER: "2026.11.21",
    }


def test_version_is_that_of_the_newest_tag_when_no_file_says_one() -> None:
    repo = Plannable("")
    repo.git.tag_list = [Tag("nightly", "c0", "c0"), Tag("v1.4.0-rc.1", "c0", "t1")]

    found = version_of(repo)

    assert (found.value, found.places) == ("1.4.0-rc.1", ())
    assert found.following[ReleaseKind.FINALIZE] == "1.4.0"


def test_version_is_none_when_nothing_says_one() -> None:
    assert version_of(Plannable("")) == CurrentVersion()


def test_version_is_what_the_files_say_when_nothing_was_committed() -> None:
    repo = Plannable()
    repo.git.history.clear()

    assert version_of(repo).value == "1.0.0"


def test_version_cannot_be_told_when_files_disagree() -> None:
    repo = Plannable()
    repo.files.texts["setup.py"] = '__version__ = "2.0.0"\n'
    repo.git.index = dict(repo.files.texts)

    found = version_of(repo)

    assert (found.value, found.following) == (None, {})
    assert "setup.py:1 says 2.0.0" in found.problem


def test_version_cannot_be_told_when_a_file_says_none_to_go_on_from() -> None:
    found = version_of(Plannable('\n__version__ = "1.2.0.dev1"\n'))

    assert found.value is None
    assert "version.py:2 says '1.2.0.dev1', which is no version" in found.problem


def test_version_is_that_of_the_files_that_the_settings_name() -> None:
    repo = Plannable()
    repo.files.texts["setup.py"] = '__version__ = "2.0.0"\n'
    repo.git.index = dict(repo.files.texts)
    repo.files.texts[".aidevsecops.toml"] = '[release]\nversion-files = ["version.py"]\n'

    assert version_of(repo).value == "1.0.0"


def test_version_cannot_be_told_when_the_settings_make_no_sense() -> None:
    repo = Plannable()
    repo.files.texts[".aidevsecops.toml"] = "[release]\nfatal = 1\n"

    assert ".aidevsecops.toml" in version_of(repo).problem
