"""Audits as SARIF 2.1.0, for code scanning services."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from ..domain.advisories import Advisory, Audit, AuditedPackage, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.json_value import Json

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MODERATE: "warning",
    Severity.UNKNOWN: "warning",
    Severity.LOW: "note",
}
# The middle of the range of scores that CVSS calls so; code scanning sorts by it.
_SCORES = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MODERATE: "5.5",
    Severity.LOW: "2.0",
}


def sarif_of(
    audits: Mapping[str, Audit], failures: Mapping[str, str], version: str
) -> dict[str, Json]:
    """One run over notebooks: a result for each advisory against a package.

    What was not checked is a notification, and then the run was not successful; ``failures`` are
    the messages of notebooks that could not be audited.
    """
    rules: dict[str, Json] = {}
    results: list[Json] = []
    notes: list[Json] = [_note(path, message, "error") for path, message in failures.items()]
    for path, audit in audits.items():
        for package in audit.vulnerable:
            for advisory in package.advisories:
                rules.setdefault(advisory.id, _rule(advisory))
                results.append(_result(path, package, advisory))
        notes += [
            _note(path, f"{entry.name} {entry.version} was not checked: {entry.reason}", "warning")
            for entry in audit.unchecked
        ]
    driver: dict[str, Json] = {
        "name": "aidevsecops",
        "version": version,
        "rules": [*rules.values()],
    }
    invocation: dict[str, Json] = {
        "executionSuccessful": not notes,
        "toolExecutionNotifications": notes,
    }
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(advisory: Advisory) -> Json:
    properties: dict[str, Json] = {"tags": ["security", "vulnerability"]}
    if advisory.severity in _SCORES:
        properties["security-severity"] = _SCORES[advisory.severity]
    rule: dict[str, Json] = {
        "id": advisory.id,
        "shortDescription": {"text": advisory.summary or advisory.id},
        "defaultConfiguration": {"level": _LEVELS[advisory.severity]},
        "properties": properties,
    }
    if advisory.url:
        rule["helpUri"] = advisory.url
    return rule


def _result(path: str, package: AuditedPackage, advisory: Advisory) -> Json:
    what = f"{package.name} {package.version}: {advisory.summary or advisory.id}"
    fixed = f" Fixed in {', '.join(advisory.fixed)}." if advisory.fixed else " No version fixes it."
    return {
        "ruleId": advisory.id,
        "level": _LEVELS[advisory.severity],
        "message": {"text": f"{what.rstrip('.')}.{fixed}"},
        "locations": [_location(path)],
        "partialFingerprints": {
            "aidevsecops/v1": f"{advisory.id}:{package.name}:{package.version}:{path}"
        },
        "properties": {
            "package": package.name,
            "version": package.version,
            "severity": advisory.severity.value,
            "fixed": [*advisory.fixed],
            "aliases": [*advisory.aliases],
        },
    }


def _note(path: str, message: str, level: str) -> Json:
    return {"level": level, "message": {"text": message}, "locations": [_location(path)]}


def _location(path: str) -> Json:
    uri = quote(path.replace("\\", "/"))
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": 1}}}
