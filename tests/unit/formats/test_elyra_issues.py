"""Tests of what Elyra finds wrong."""

from __future__ import annotations

from aidevsecops_ext.domain.engine import EngineIssue, IssueLevel
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.formats.elyra_issues import read_issues


def test_read_issues_gives_the_worst_first_and_each_once() -> None:
    odd: Json = {"severity": 2, "type": "invalidNodeType", "message": "Odd."}
    bad: Json = {
        "severity": 1,
        "type": "invalidFilePath",
        "message": "No file.",
        "data": {"nodeName": "load", "propertyName": "filename", "value": "a.ipynb"},
    }

    issues = read_issues({"issues": [odd, bad, odd, {"severity": 4, "message": "Hint"}]})

    assert issues == (
        EngineIssue(IssueLevel.ERROR, "No file", "invalidFilePath", "load", "filename", "a.ipynb"),
        EngineIssue(IssueLevel.WARNING, "Odd", "invalidNodeType"),
        EngineIssue(IssueLevel.NOTE, "Hint"),
    )
    assert [issue.sentence for issue in issues] == [
        "load, filename: No file (now: a.ipynb)",
        "Odd",
        "Hint",
    ]


def test_read_issues_names_all_nodes_that_an_issue_is_about() -> None:
    data: Json = {"nodeNames": ["load", "train"], "value": []}

    issues = read_issues({"issues": [{"severity": "?", "message": "circle", "data": data}]})

    assert [issue.sentence for issue in issues] == ["load, train: circle"]
    assert issues[0].level is IssueLevel.NOTE
