"""How a notebook sets up its logging, when its loggers and handlers have names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .late_patterns import late_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .flow_facts import Statement
    from .split_bindings import Binding

_CHANGES = late_pattern(
    r"([^\W\d]\w*)\.(?:(?:setLevel|addHandler|removeHandler|addFilter|setFormatter)\("
    r"|(?:propagate|disabled|handlers|level|formatter)\s*=(?!=))"
)
_MAKERS = late_pattern(
    r"logging\.(?:getLogger|LoggerAdapter|Formatter|\w*Handler|Filter"
    r"|handlers\.\w+Handler)"
)


def changes_logging(statement: Statement, bound: Mapping[str, Binding]) -> bool:
    """True when a statement sets something of a logger, or of a handler, that has a name."""
    if statement.is_conditional or statement.writes:
        return False
    found = _CHANGES.match(statement.source)
    if found is None:
        return False
    binding = bound.get(found[1])
    return binding is not None and makes_logging(binding.placed.statement)


def makes_logging(statement: Statement) -> bool:
    """True when a statement gives a name to a logger, or to what belongs to one, and that is all.

    It can be done again: a logger of the same name is the same, and a handler stays in its process.
    """
    return (
        len(statement.writes) == 1
        and not statement.is_conditional
        and bool(statement.calls)
        and all(_MAKERS.fullmatch(call.target) for call in statement.calls)
    )
