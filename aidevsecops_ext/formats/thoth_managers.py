"""``managers`` of ``.thoth.yaml``: what a bot does for the repository; and who may ask it.

``OWNERS`` is YAML with ``approvers``, and ``OWNERS_ALIASES`` says who is in a group of
them, as prow has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import ErrorCode, UserError
from .thoth_yaml import load_thoth_yaml
from .yaml_values import yaml_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.json_value import Json

OWNERS = "OWNERS"
OWNERS_ALIASES = "OWNERS_ALIASES"
_ALL_FILES = ".*"
_OFF = frozenset({"false", "no", "off"})
_ON = frozenset({"true", "yes", "on"})


class Manager(Struct, frozen=True):
    """One manager that is on: ``labels`` are for pull requests, ``maintainers`` may ask it.

    Of the environments only those in ``allowed`` count, where there are any, and none of
    ``disallowed``. ``is_changelog_smart`` groups what a changelog tells.
    """

    name: str
    labels: tuple[str, ...] = ()
    maintainers: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    disallowed: tuple[str, ...] = ()
    is_changelog_smart: bool = False

    def has_environment(self, name: str | None) -> bool:
        """True when the manager looks after an environment."""
        is_allowed = not self.allowed or name in self.allowed
        return is_allowed and name not in self.disallowed


def managers_of(text: str) -> dict[str, Manager]:
    """The managers that are on, by name; the first of several of one name counts.

    Raises:
        UserError: it is not YAML, or not a table.
    """
    found: dict[str, Manager] = {}
    for manager in _managers(load_thoth_yaml(text).get("managers")):
        found.setdefault(manager.name, manager)
    return found


def approvers_of(text: str, aliases: str = "") -> tuple[str, ...]:
    """Who may approve, as an ``OWNERS`` file says; ``aliases`` is the text of that file.

    The name of a group is that of no account: its members take its place.

    Raises:
        UserError: one of them is no such file.
    """
    table = _table(OWNERS, text)
    # Some name them by the files that they look after.
    of_all = _mapping(_mapping(table.get("filters")).get(_ALL_FILES))
    named = _names(table.get("approvers")) or _names(of_all.get("approvers"))
    groups = {
        name.casefold(): _names(members)
        for name, members in _mapping(_table(OWNERS_ALIASES, aliases).get("aliases")).items()
    }
    members = (groups.get(name.casefold(), (name,)) for name in named)
    return tuple(dict.fromkeys(name for group in members for name in group))


def _table(file: str, text: str) -> dict[str, Json]:
    try:
        table = yaml_value(text) if text.strip() else {}
    except ValueError as error:
        raise _invalid(file, str(error)) from error
    if not isinstance(table, dict):
        raise _invalid(file, "it is not a table")
    return table


def _mapping(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _managers(entries: Json) -> Iterator[Manager]:
    for entry in entries if isinstance(entries, list) else []:
        # A name alone is a manager without a configuration.
        table = entry if isinstance(entry, dict) else {"name": entry}
        name, settings = table.get("name"), table.get("configuration")
        if not isinstance(settings, dict):
            settings = {}
        is_off = str(settings.get("enabled", "")).lower() in _OFF
        if isinstance(name, str) and not is_off:
            yield Manager(
                name,
                _names(settings.get("labels")),
                _names(settings.get("maintainers")),
                _names(settings.get("env_allow_list")),
                _names(settings.get("env_disallow_list")),
                str(settings.get("changelog_smart", "")).lower() in _ON,
            )


def _names(value: Json) -> tuple[str, ...]:
    names = value if isinstance(value, list) else []
    return tuple(name for name in names if isinstance(name, str) and name)


def _invalid(file: str, reason: str) -> UserError:
    return UserError(
        ErrorCode.BOT_OWNERS_INVALID,
        f"The file {file} cannot be read: {reason}.",
        hint="Correct it: it says who may ask for releases.",
        details={"file": file},
    )
