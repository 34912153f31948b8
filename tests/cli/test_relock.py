"""``aidevsecops lock`` of some packages only, and with the advisories gained and lost."""

from __future__ import annotations

import json

import pytest

from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.requirements import Requirement
from tests.cli.conftest import Terminal
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.osv_service import osv_record

OLD = [LockedPackage("holey", "1"), LockedPackage("other", "1")]
TEXT = notebook_text([], **locked_metadata({"holey": "*", "other": "*"}, OLD))


@pytest.fixture
def locked(terminal: Terminal) -> Terminal:
    """A terminal with a locked notebook, newer versions of what it locks, and a dump."""
    terminal.write("nb.ipynb", TEXT)
    terminal.resolver.versions = {"holey": "2", "other": "2"}
    return terminal


def dump(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    record = osv_record("GHSA-1", "holey", fixed="2")
    worse = osv_record("GHSA-2", "holey", introduced="2")
    for each in (record, worse):
        terminal.write(f"osv/{each['id']}.json", json.dumps(each))
    monkeypatch.setenv("AIDEVSECOPS_ADVISORY_SERVICE", str(terminal.folder / "osv"))


def test_lock_upgrades_the_packages_that_are_named(locked: Terminal) -> None:
    answer = locked.json("lock", "nb.ipynb", "--upgrade-package", "holey>=2")

    assert answer["changed"]["updated"] == [{"name": "holey", "old": "1", "new": "2"}]
    assert "advisories" not in answer
    assert locked.resolver.requests[0].constraints == (Requirement("holey", ">=2"),)


def test_lock_upgrades_several_packages(locked: Terminal) -> None:
    answer = locked.json(
        "lock", "nb.ipynb", "--upgrade-package", "holey", "--upgrade-package", "other"
    )

    assert [change["name"] for change in answer["changed"]["updated"]] == ["holey", "other"]


def test_lock_ends_with_2_when_an_upgrade_is_no_name(locked: Terminal) -> None:
    result = locked.run("lock", "nb.ipynb", "--upgrade-package", "a b")

    assert result.exit_code == 2
    assert "cannot be upgraded" in result.stderr


def test_lock_preview_shows_the_advisories_gained_and_lost(
    locked: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump(locked, monkeypatch)

    result = locked.run("lock", "nb.ipynb", "--upgrade", "--dry-run", "--advisories")

    assert result.exit_code == 0
    assert "  ~ holey 1 -> 2\n" in result.stdout
    assert "  advisories: 1 gained, 1 lost, 0 kept\n" in result.stdout
    assert "  + critical  holey 2  GHSA-2  no fix known\n" in result.stdout
    assert "  - critical  holey 1  GHSA-1  fixed in 2\n" in result.stdout
    assert (locked.folder / "nb.ipynb").read_text(encoding="utf-8") == TEXT


def test_lock_answers_the_advisories_in_json(
    locked: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump(locked, monkeypatch)

    answer = locked.json("lock", "nb.ipynb", "--upgrade", "--advisories")["advisories"]

    ids = {key: [entry["advisory"]["id"] for entry in answer[key]] for key in ("gained", "lost")}
    assert ids == {"gained": ["GHSA-2"], "lost": ["GHSA-1"]}
    assert answer["kept"] == answer["unchecked"] == []
