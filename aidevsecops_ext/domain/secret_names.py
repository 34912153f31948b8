"""Names of variables that hold secrets: ``DB_PASSWORD``, ``API_TOKEN``, ``SECRET_KEY``."""

from __future__ import annotations

import re

_WORD = re.compile(
    r"(?:^|_)(?:PASSWORD|PASSWD|PASS|PWD|TOKEN|SECRET|CREDENTIALS?|PRIVATE_KEY|API_?KEY"
    r"|ACCESS_KEY|SECRET_KEY|AUTH)(?:_ID)?$|(?:^|_)KEY$",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"^(?:\$\{?\w+\}?|\{\{.*\}\}|<.*>)$")


def is_secret_name(name: str) -> bool:
    """True for a name of a variable whose value should be nobody's to read."""
    return _WORD.search(name) is not None


def is_literal(value: str) -> bool:
    """True for a value that is one, and neither empty nor the place of one."""
    return bool(value.strip()) and _REFERENCE.match(value.strip()) is None
