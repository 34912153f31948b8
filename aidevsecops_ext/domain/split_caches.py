"""Functions that remember what they have computed: each step begins without that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .flow_facts import StatementKind
from .split import SplitCode, SplitWarning
from .split_hidden import has_cache
from .split_random import draws_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from .flow_facts import Statement
    from .split_cells import Placed
    from .split_values import StepFacts

_EFFECTS = frozenset({"print", "display", "input", "open", "next"})
_OF_NOW = ("time.", "datetime.", "uuid.", "secrets.", "os.urandom")


def kept_caches(
    steps: Sequence[StepFacts], statements: Sequence[Placed], crossing: Collection[str]
) -> Iterator[SplitWarning]:
    """What steps do again that the notebook does once, and caches that would have to cross."""
    for placed in statements:
        statement = placed.statement
        if statement.kind is not StatementKind.DEFINITION or not has_cache(statement.source):
            continue
        name = min(statement.definitions)
        what = None
        if name in crossing and not statement.source.lstrip().startswith("class"):
            what = (
                f"Later steps need {name} with what it remembers, and that stays in its process. "
                "Use it in one step, or keep the results in a variable."
            )
        elif _has_effects(statement) and any(
            each.placed is placed for facts in steps for each in facts.definitions
        ):
            what = (
                f"{name} remembers what it has computed, but each step begins anew: what it does "
                "besides is done again there."
            )
        if what is not None:
            yield SplitWarning(
                SplitCode.DEFINITION_STATE,
                what,
                placed.cell,
                statement.line,
                is_error=name in crossing,
            )


def _has_effects(statement: Statement) -> bool:
    if statement.deferred_mutates or statement.deferred_writes:
        return True
    draws = draws_of(statement.calls, has_unknown=False)
    return bool(draws.draws | draws.may_draw) or any(
        call.callee in _EFFECTS or call.target.startswith(_OF_NOW) for call in statement.calls
    )
