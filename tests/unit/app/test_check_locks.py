from __future__ import annotations

import pytest

from aidevsecops_ext.app.check_locks import check_locks
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, NotFoundError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.release import Check, CheckStatus
from aidevsecops_ext.formats.custody import Custody
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.content import content_ports
from tests.fakes.files import FakeFiles
from tests.fakes.git import FakeGit
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.overlays import overlay_texts

SIX = LockedPackage("six", "1.16", ("sha256:aa",))
LOCKED = locked_metadata({"six": "*"}, [SIX])


def check(texts: dict[str, str]) -> Check:
    return check_locks(content_ports(FakeFiles(texts)), FakeCancelToken())


def test_locks_pass_when_there_is_nothing_to_lock() -> None:
    julia: Json = {"name": "julia-1", "language": "julia"}

    found = check({"a.py": "", "b.ipynb": notebook_text(["using X"], kernelspec=julia)})

    assert found.status is CheckStatus.PASSED
    assert found.message == "There are no Python notebooks and no overlays."


def test_locks_pass_when_all_are_fresh_or_not_needed() -> None:
    texts = {
        "a.ipynb": notebook_text(["import six"], **LOCKED),
        "plain.ipynb": notebook_text(["import os"]),
        **overlay_texts(),
    }

    found = check(texts)

    assert (found.status, found.message) == (CheckStatus.PASSED, "All locks are fresh.")


def test_locks_pass_when_nothing_needs_one() -> None:
    found = check({"plain.ipynb": notebook_text(["import os"])})

    assert (found.status, found.message) == (CheckStatus.PASSED, "No notebook needs a lock.")


def test_locks_fail_with_what_is_not_fresh() -> None:
    texts = {
        "an a.ipynb": notebook_text(["%pip install attrs\nimport six"], **LOCKED),
        "b.ipynb": notebook_text(["import six"], dependency_resolution_engine="x"),
        "broken.ipynb": "{",
        "odd.ipynb": notebook_text(["1"], **{**LOCKED, "requirements_lock": "{"}),
        **overlay_texts(is_stale=True),
    }

    found = check(texts)

    assert found.status is CheckStatus.FAILED
    assert found.message == (
        "Locks do not hold: overlays/train (stale), an a.ipynb (drifted), b.ipynb (unlocked), "
        "odd.ipynb (cannot be read), broken.ipynb (cannot be read)."
    )
    assert found.fix.splitlines() == [
        "Lock them: aidevsecops lock overlays/train 'an a.ipynb' b.ipynb",
        "Mend or delete odd.ipynb, broken.ipynb.",
    ]


def test_locks_name_all_when_many_are_not_fresh() -> None:
    found = check({f"{n}.ipynb": notebook_text(["import six"]) for n in range(6)})

    assert found.message.endswith("4.ipynb (unlocked), and 1 more.")
    assert found.fix == "Lock them: aidevsecops lock ."


def test_locks_pass_when_an_overlay_has_the_lock_of_a_notebook() -> None:
    custody = Custody(notebook="a.ipynb", lock="", step="one", step_notebook="a-one.ipynb")
    texts = {
        "a.ipynb": notebook_text(["import os"]),
        "a-one.ipynb": notebook_text(["import six"]),
        **overlay_texts(custody=custody),
    }

    assert check(texts).message == "All locks are fresh."


def test_locks_fail_when_an_overlay_belongs_to_nothing_or_cannot_be_read() -> None:
    orphan = check(overlay_texts(custody=Custody(notebook="gone.ipynb", lock="")))
    invalid = check({**overlay_texts(), "overlays/train/Pipfile": "["})

    assert orphan.message == "Locks do not hold: overlays/train (belongs to no notebook)."
    assert invalid.message == "Locks do not hold: overlays/train (cannot be read)."
    assert invalid.fix == "Mend or delete overlays/train."


def test_locks_leave_out_what_is_not_tracked() -> None:
    files = FakeFiles({"a.py": ""})
    git = FakeGit(files)
    files.texts |= {"a.ipynb": notebook_text(["import six"]), **overlay_texts(is_stale=True)}

    found = check_locks(content_ports(files, git=git), FakeCancelToken())

    assert found.message == "There are no Python notebooks and no overlays."


def test_locks_fail_when_the_overlay_of_a_notebook_is_not_in_git() -> None:
    custody = Custody(notebook="a.ipynb", lock="", step="one", step_notebook="a-one.ipynb")
    files = FakeFiles(
        {"a.ipynb": notebook_text(["1"]), "a-one.ipynb": notebook_text(["import six"])}
    )
    git = FakeGit(files)
    files.texts |= overlay_texts(custody=custody)

    found = check_locks(content_ports(files, git=git), FakeCancelToken())

    assert found.message == "Locks do not hold: overlays/train (not in Git)."
    assert found.fix == "Add overlays/train to Git; a .gitignore may leave it out."


def test_locks_leave_out_a_notebook_that_was_deleted() -> None:
    gone = NotFoundError(ErrorCode.NOTEBOOK_NOT_FOUND, "gone")
    files = FakeFiles({"a.ipynb": ""}, {"a.ipynb": gone})

    assert check_locks(content_ports(files), FakeCancelToken()).status is CheckStatus.PASSED


class _CancelledLater(FakeCancelToken):
    """Cancelled when it has been asked a few times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self._left = times

    def raise_if_cancelled(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise CancelledError


@pytest.mark.parametrize("times", range(4))
def test_locks_end_when_cancelled(times: int) -> None:
    ports = content_ports(FakeFiles({"a.ipynb": notebook_text(["import six"])}))

    with pytest.raises(CancelledError):
        check_locks(ports, _CancelledLater(times))
