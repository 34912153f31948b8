"""What changes what a module holds."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.module_state import ModuleState

MINE = """
import logging
import math
from .other import note
log = logging.getLogger(__name__)
rows, count = [], 0

def add(row):
    log.info("one more")
    rows.append(row)

def via(row):
    return add(math.floor(row))

def up():
    global count
    count += 1

def seen(row, cache={}):
    cache[row] = True

def noted(row):
    note(row)

def size():
    log.info("size")
    return len(rows)

class Register:
    def __init__(self):
        self.rows = []

    def put(self, row):
        self.rows.append(row)

class Counted:
    made = 0
    def __init__(self):
        Counted.made += 1

register = Register()
"""
OTHER = "noted = {}\ndef note(row):\n    noted[row] = 1\n"
NAMES = {"pack": "pack/__init__.py", "pack.mine": "pack/mine.py", ".other": "pack/other.py"}
STATE = ModuleState.of(
    NAMES, {"pack/__init__.py": "", "pack/mine.py": MINE, "pack/other.py": OTHER, "x.py": "("}
)


@pytest.mark.parametrize(
    "called", ["add", "via", "up", "seen", "noted", "Counted", "register.put", "rows.pop"]
)
def test_module_state_knows_what_changes_the_module(called: str) -> None:
    assert STATE.changed_by(f"pack.mine.{called}") == "pack.mine"


@pytest.mark.parametrize(
    "target",
    ["pack.mine.size", "pack.mine.Register", "pack.mine.rows.copy", "pack.x", "pandas.concat", ""],
)
def test_module_state_is_silent_of_what_changes_nothing(target: str) -> None:
    assert STATE.changed_by(target) is None
