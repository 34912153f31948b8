"""``aidevsecops audit``, with folders of records: no network is needed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aidevsecops_ext.domain.lock import LockedPackage
from tests.cli.conftest import Terminal
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.osv_service import osv_record

HOLEY = [LockedPackage("holey", "1.0"), LockedPackage("sound", "2.0")]


@pytest.fixture
def dump(terminal: Terminal) -> Path:
    """A folder of records, and a notebook that locks a package with a hole."""
    terminal.write("nb.ipynb", notebook_text([], **locked_metadata({"holey": "*"}, HOLEY)))
    terminal.write("sound.ipynb", notebook_text([], **locked_metadata({}, HOLEY[1:])))
    record = osv_record("GHSA-1", "holey", fixed="1.1")
    return terminal.write("osv/GHSA-1.json", json.dumps(record)).parent


def test_audit_answers_the_promised_json(terminal: Terminal, dump: Path) -> None:
    result = terminal.run("audit", "nb.ipynb", "--json", "--service-url", str(dump))

    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "notebook": "nb.ipynb",
            "packages": [
                {
                    "name": "holey",
                    "version": "1.0",
                    "advisories": [{"id": "GHSA-1", "severity": "critical", "fixed": ["1.1"]}],
                },
                {"name": "sound", "version": "2.0", "advisories": []},
            ],
            "unchecked": [],
        }
    ]


def test_audit_prints_a_table(terminal: Terminal, dump: Path) -> None:
    result = terminal.run("audit", "nb.ipynb", "sound.ipynb", "--service-url", dump.name)

    assert "nb.ipynb: 1 advisory in 2 packages" in result.stdout
    assert "critical  holey 1.0  GHSA-1  fixed in 1.1" in result.stdout
    assert "sound.ipynb: no known advisory in 1 packages" in result.stdout


def test_audit_ends_well_when_nothing_is_known(terminal: Terminal, dump: Path) -> None:
    result = terminal.run("audit", "sound.ipynb", "--service-url", str(dump))

    assert result.exit_code == 0


@pytest.mark.parametrize(("option", "status"), [([], 4), (["--allow-unchecked"], 0)])
def test_audit_does_not_end_well_when_something_was_not_checked(
    terminal: Terminal, dump: Path, option: list[str], status: int
) -> None:
    (dump / "GHSA-1.json").unlink()

    result = terminal.run("audit", "nb.ipynb", "--service-url", str(dump), *option)

    assert result.exit_code == status
    assert "nothing was checked (2 packages)" in result.stdout
    assert "not checked: holey, sound: The folder" in result.stdout


def test_audit_answers_sarif(terminal: Terminal, dump: Path) -> None:
    terminal.write("unlocked.ipynb", notebook_text())

    result = terminal.run("audit", ".", "--format", "sarif", "--service-url", str(dump))

    [run] = json.loads(result.stdout)["runs"]
    assert result.exit_code == 3
    assert [found["ruleId"] for found in run["results"]] == ["GHSA-1"]
    assert not run["invocations"][0]["executionSuccessful"]
    assert "no lock to audit" in result.stderr


@pytest.mark.parametrize(
    ("expires", "status", "said"),
    [
        ("2999-01-01", 0, "ignored until 2999-01-01: GHSA-1 (not reachable)"),
        ("2001-01-01", 1, "no longer ignored since 2001-01-01: GHSA-1 (not reachable)"),
    ],
)
def test_audit_says_what_is_ignored(
    terminal: Terminal, dump: Path, expires: str, status: int, said: str
) -> None:
    terminal.write(
        ".aidevsecops.toml",
        f'[[audit.ignore]]\nid = "GHSA-1"\nreason = "not reachable"\nexpires = {expires}\n',
    )

    result = terminal.run("audit", "nb.ipynb", "--service-url", str(dump))

    assert result.exit_code == status
    assert said in result.stdout


def test_audit_takes_the_service_from_the_settings(
    terminal: Terminal, dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIDEVSECOPS_ADVISORY_SERVICE", str(dump))

    assert terminal.run("audit", "nb.ipynb").exit_code == 1
