"""``.aidevsecops.toml``: the advisories that a repository accepts for a while."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from ..domain.advisories import IgnoredAdvisory
from ..domain.errors import ErrorCode, UserError
from .toml_text import parse_toml

if TYPE_CHECKING:
    from ..domain.json_value import Json

AUDIT_SETTINGS = ".aidevsecops.toml"


def ignored_of(text: str) -> tuple[IgnoredAdvisory, ...]:
    """The entries of ``[[audit.ignore]]``.

    Raises:
        UserError: not TOML, or an entry lacks its id, its reason or its day of expiry.
    """
    try:
        document = parse_toml(text)
    except (ValueError, RecursionError) as error:
        raise _invalid(f"it is not TOML ({error})") from error
    audit = document.get("audit", {})
    entries = audit.get("ignore", []) if isinstance(audit, dict) else None
    if not isinstance(entries, list):
        raise _invalid("'[[audit.ignore]]' must be a list of tables")
    return tuple(_ignored(number, entry) for number, entry in enumerate(entries, start=1))


def _ignored(number: int, entry: object) -> IgnoredAdvisory:
    table = entry if isinstance(entry, dict) else {}
    identity, reason, expires = (table.get(key) for key in ("id", "reason", "expires"))
    if not isinstance(identity, str) or not identity.strip():
        raise _invalid(f"entry {number} of '[[audit.ignore]]' has no id")
    if not isinstance(reason, str) or not reason.strip():
        raise _invalid(f"'{identity}' is ignored without a reason", identity)
    day = _day(expires)
    if day is None:
        raise _invalid(f"'{identity}' is ignored without a day on which that expires", identity)
    return IgnoredAdvisory(identity.strip(), reason.strip(), day)


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _invalid(reason: str, identity: Json = None) -> UserError:
    return UserError(
        ErrorCode.AUDIT_SETTINGS_INVALID,
        f"The file {AUDIT_SETTINGS} cannot be used: {reason}.",
        hint="Each entry needs id, reason and expires (a day such as 2027-01-31).",
        details={"id": identity},
    )
