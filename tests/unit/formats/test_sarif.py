"""SARIF as its published schema wants it, where ``AIDEVSECOPS_SARIF_SCHEMA`` says where that is."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from aidevsecops_ext.domain.advisories import (
    Advisory,
    Audit,
    AuditedPackage,
    Severity,
    Unchecked,
)
from aidevsecops_ext.formats.sarif import sarif_of

AUDIT = Audit(
    (
        AuditedPackage(
            "holey",
            "1.0",
            (
                Advisory(
                    "GHSA-1", ("CVE-1",), Severity.HIGH, "A hole.", ("2",), "https://a.example"
                ),
                Advisory("GHSA-2"),
            ),
        ),
        AuditedPackage("sound", "1.0"),
    ),
    (Unchecked("away", "1.0", "no answer"),),
)


def run_of(audits: dict[str, Audit], failures: dict[str, str] | None = None) -> Any:
    document: Any = sarif_of(audits, failures or {}, "1.2.3")
    [run] = document["runs"]
    return run


def test_sarif_has_a_result_for_each_advisory() -> None:
    run = run_of({"my notes/nb.ipynb": AUDIT, "b.ipynb": AUDIT})

    assert [result["ruleId"] for result in run["results"]] == ["GHSA-1", "GHSA-2"] * 2
    first, second = run["results"][:2]
    assert (first["level"], second["level"]) == ("error", "warning")
    assert first["message"]["text"] == "holey 1.0: A hole. Fixed in 2."
    assert second["message"]["text"] == "holey 1.0: GHSA-2. No version fixes it."
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20notes/nb.ipynb"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["GHSA-1", "GHSA-2"]
    assert run["tool"]["driver"]["rules"][0]["properties"]["security-severity"] == "8.0"


def test_sarif_says_what_was_not_checked() -> None:
    run = run_of({"a.ipynb": AUDIT}, {"b.ipynb": "No lock."})

    [invocation] = run["invocations"]
    said = [note["message"]["text"] for note in invocation["toolExecutionNotifications"]]
    assert said == ["No lock.", "away 1.0 was not checked: no answer"]
    assert not invocation["executionSuccessful"]
    assert run_of({"a.ipynb": Audit()})["invocations"][0]["executionSuccessful"]


@pytest.mark.skipif(
    "AIDEVSECOPS_SARIF_SCHEMA" not in os.environ,
    reason="AIDEVSECOPS_SARIF_SCHEMA names no copy of sarif-schema-2.1.0.json",
)
def test_sarif_fits_its_published_schema() -> None:
    schema = json.loads(Path(os.environ["AIDEVSECOPS_SARIF_SCHEMA"]).read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())

    for document in (
        sarif_of({"a b.ipynb": AUDIT}, {"c.ipynb": "No lock."}, "1"),
        sarif_of({}, {}, "1"),
    ):
        assert [error.message for error in validator.iter_errors(document)] == []
