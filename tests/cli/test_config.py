"""Configuration files in a terminal."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Terminal

GOOD = "runtime_environments:\n  - name: training\n"


def test_files_are_checked_line_by_line(terminal: Terminal) -> None:
    terminal.write(".thoth.yaml", GOOD + "  - name: rhel:8\n")
    terminal.write(".aicoe-ci.yaml", "build:\n  build-strategy: Source\n")
    terminal.write("deep/.thoth.yaml", GOOD)

    found = terminal.run("config", "check")
    deep = terminal.run("config", "check", "deep", ".aicoe-ci.yaml")

    assert found.exit_code == 1
    assert found.stdout.splitlines() == [
        ".aicoe-ci.yaml:2: note: The system reads 'build-stratergy'; this spelling it ignores when "
        "it builds the overlays of a tag. (build.build-strategy)",
        ".thoth.yaml:3: error: A name has letters, digits, '-' and '_' only: Thoth allows no "
        "others. (runtime_environments[2].name)",
    ]
    assert deep.exit_code == 0
    assert deep.stdout.startswith("deep/.thoth.yaml: ok\n.aicoe-ci.yaml:2: note: ")


def test_reports_are_answered_in_json(terminal: Terminal) -> None:
    terminal.write(".thoth.yaml", "")

    answer = terminal.json("config", "check", ".thoth.yaml")

    assert answer == {
        "files": [
            {
                "file": ".thoth.yaml",
                "kind": "thoth",
                "valid": False,
                "problems": [{"line": 1, "place": "", "level": "error", "message": "It is empty."}],
            }
        ]
    }


def test_other_files_are_refused(terminal: Terminal) -> None:
    terminal.write("values.yaml", "a: 1\n")

    assert terminal.run("config", "check", "values.yaml").exit_code == 2
    assert "neither .thoth.yaml nor" in terminal.run("config", "check").stderr


def test_schemas_are_printed_and_found(terminal: Terminal) -> None:
    printed = json.loads(terminal.run("config", "schema", "thoth").stdout)
    path = Path(terminal.run("config", "schema", "aicoe-ci", "--path").stdout.strip())

    assert printed["title"] == ".thoth.yaml"
    assert json.loads(path.read_text())["title"] == ".aicoe-ci.yaml"
