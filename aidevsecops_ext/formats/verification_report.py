"""What a verification found, as JSON: the short form of answers and the whole one of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.verification import Likeness

if TYPE_CHECKING:
    from ..domain.json_value import Json
    from ..domain.verification import Comparison, RunReport, Verification


def verification_json(found: Verification) -> dict[str, Json]:
    """What was found, as an answer has it: without the outputs themselves."""
    return {
        "notebook": found.notebook,
        "verified": found.is_verified,
        "differences": found.difference_count,
        "cells": [_comparison(one) for one in found.cells],
        "variables": [_comparison(one) for one in found.variables],
        "files": [_comparison(one) for one in found.files],
        "seconds": round(found.seconds, 3),
    }


def report_json(found: Verification) -> dict[str, Json]:
    """All that was found: also the runs, what was left out, and both sides of what differs."""
    return {
        **verification_json(found),
        "verdict": found.verdict.value,
        "summary": found.summary,
        "runs": [_run(one) for one in found.runs],
        "cells": [_with_sides(one) for one in found.cells],
        "variables": [_with_sides(one) for one in found.variables],
        "files": [_with_sides(one) for one in found.files],
        "left_out": [
            {"cell": one.cell, "name": one.name, "reason": one.reason} for one in found.left_out
        ],
        "notes": [*found.notes],
    }


def _comparison(one: Comparison) -> dict[str, Json]:
    return {
        "name": one.name,
        "step": one.step,
        "cell": one.cell,
        "outcome": one.outcome.value,
        "message": one.message,
    }


def _with_sides(one: Comparison) -> dict[str, Json]:
    if one.outcome is Likeness.SAME:
        return _comparison(one)
    return {**_comparison(one), "before": [*one.before], "after": [*one.after]}


def _run(one: RunReport) -> dict[str, Json]:
    failure = one.failure
    return {
        "step": one.step,
        "where": one.where,
        "end": one.end.value,
        "seconds": round(one.seconds, 3),
        "failure": None
        if failure is None
        else {
            "cell": failure.cell,
            "name": failure.name,
            "value": failure.value,
            "traceback": [*failure.traceback],
        },
    }
