"""State that is no variable: settings that steps repeat, and random generators that cross."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .flow_facts import NO_NAMES
from .flow_library import WELL_BEHAVED
from .split import Fragment, Generator, SplitCode, SplitWarning
from .split_bindings import Bound, roots_of
from .split_loggers import makes_logging
from .split_plots import MATPLOTLIB, draws_pictures
from .split_random import MAY_DRAW, NO_DRAWS, Draws, draws_of, possible_with
from .split_settings import PROCESS, changed_state, matters_to
from .split_values import Setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .flow_facts import ImportBinding
    from .split_bindings import Binding
    from .split_cells import Placed
    from .split_edges import Edges
    from .split_reading import StepReader
    from .split_values import StepFacts

# Of these modules it is known whether they draw.
_UNDERSTOOD = WELL_BEHAVED | MAY_DRAW


class Settings:
    """The settings that each step repeats."""

    def __init__(self, reader: StepReader) -> None:
        self._reader = reader
        self._repeated: list[dict[Placed, Fragment]] = [{} for _ in reader.steps]
        self.warnings: list[SplitWarning] = []

    def add(self, taken: Sequence[Iterable[Binding]] = ()) -> None:
        """Have the steps repeat what matters to them: what they import, and what they take.

        Without ``taken`` it is not known yet what crosses, and settings may still ask for more.
        """
        for facts in self._reader.steps:
            inputs = taken[facts.number] if taken else ()
            roots = roots_of((*facts.imports.values(), *inputs))
            if draws_pictures(facts, roots):
                facts.draws_pictures = True
                roots |= {MATPLOTLIB}
            for setting in self._reader.settings:
                if setting.placed.step >= facts.number:
                    break
                if matters_to(setting.module, roots):
                    self._repeat(setting, facts, may_ask=not taken)

    def fragments(self, number: int) -> tuple[Fragment, ...]:
        """What a step repeats, in the order of the notebook."""
        found = self._repeated[number]
        return tuple(found[placed] for placed in sorted(found, key=lambda each: each.order))

    def repeated(self, number: int) -> Iterable[Placed]:
        """The statements of other steps that a step repeats."""
        return self._repeated[number]

    def _repeat(self, setting: Setting, facts: StepFacts, *, may_ask: bool) -> None:
        placed = setting.placed
        repeated = self._repeated[facts.number]
        if placed in repeated:
            return
        if not setting.is_whole:
            held = changed_state(placed.statement)
            self._warn(
                setting,
                "This sets something for all that follows and does other things too, so later "
                "steps do without. Set it in a statement of its own."
                if held is None
                else f"This changes what the module {held} holds, which does not cross: later "
                "steps have it as it is after the import. Keep it in a variable of the notebook.",
            )
            return
        made = [each for each in setting.needs if _is_of_logging(each)]
        for binding in made:
            needs = self._reader.known_before(binding.placed)
            self._repeat(Setting(binding.placed, PROCESS, needs), facts, may_ask=may_ask)
        others = [each for each in setting.needs if each.placed not in repeated]
        for binding in others:
            if binding.kind is Bound.VALUE:
                now = self._reader.bound_at(binding.name, facts.number)
                if now is not binding or not may_ask:
                    self._warn(
                        setting,
                        "This sets something for all that follows, by the value that "
                        f"{binding.name} has here; later steps do without, because it has "
                        "another value there.",
                    )
                    return
        for binding in others:
            facts.use(binding)
        statement = placed.statement
        repeated[placed] = Fragment(statement.source, placed.cell, statement.line)

    def _warn(self, setting: Setting, message: str) -> None:
        placed = setting.placed
        warning = SplitWarning(
            SplitCode.SETTING_DEPENDS,
            message,
            placed.cell,
            placed.statement.line,
        )
        if warning not in self.warnings:
            self.warnings.append(warning)


class Generators:
    """Which steps take and leave the state of which random generators."""

    def __init__(self, reader: StepReader) -> None:
        self._reader = reader
        count = len(reader.steps)
        self.taken: list[dict[Generator, int]] = [{} for _ in range(count)]
        self.left: list[set[Generator]] = [set() for _ in range(count)]
        self.warnings: list[SplitWarning] = []

    def follow(self, names: Sequence[str], edges: Edges) -> None:
        """Find out who takes which state from whom."""
        owner: dict[Generator, int] = {}
        unseeded: dict[Generator, Placed] = {}
        modules = roots_of(
            binding for facts in self._reader.steps for binding in facts.imports.values()
        )
        possible = possible_with(modules)
        for facts in self._reader.steps:
            begun: set[Generator] = set()
            for placed, draws in self._draws(facts):
                for generator in sorted(possible & (draws.draws | draws.may_draw) - begun):
                    if generator in owner:
                        self.taken[facts.number].setdefault(generator, owner[generator])
                        begun.add(generator)
                for generator in sorted(draws.draws - owner.keys() - begun):
                    unseeded.setdefault(generator, placed)
                seeds = draws.seeds & possible
                if placed.statement.is_conditional:
                    for generator in sorted(seeds & owner.keys() - begun):
                        self.taken[facts.number].setdefault(generator, owner[generator])
                begun |= seeds
            for generator, who in self.taken[facts.number].items():
                self.left[who].add(generator)
                reason = (
                    f"{names[facts.number]} goes on with the random numbers ({generator.value}) "
                    f"where {names[who]} stops."
                )
                edges.add(who, facts.number, reason)
            owner.update(dict.fromkeys(begun, facts.number))
        for generator, placed in unseeded.items():
            self._warn(generator, placed)

    def _draws(self, facts: StepFacts) -> Iterator[tuple[Placed, Draws]]:
        for placed in facts.statements:
            statement = placed.statement
            calls = [call for call in statement.calls if not call.is_deferred]
            has_unknown = False
            for binding in facts.calls.get(placed, ()):
                if binding.kind is Bound.DEFINITION:
                    calls += binding.placed.statement.calls
                elif binding.imported is not None and _is_unknown(binding.imported):
                    has_unknown = True
            if calls or has_unknown:
                draws = draws_of(calls, has_unknown, facts.fitted.get(placed, NO_NAMES))
                if draws is not NO_DRAWS:
                    yield placed, draws

    def _warn(self, generator: Generator, placed: Placed) -> None:
        self.warnings.append(
            SplitWarning(
                SplitCode.UNSEEDED,
                f"The random numbers of {generator.value} are never seeded: each run gives others, "
                "with the notebook as with its steps.",
                placed.cell,
                placed.statement.line,
            )
        )


def _is_of_logging(binding: Binding) -> bool:
    return binding.kind is Bound.VALUE and makes_logging(binding.placed.statement)


def _is_unknown(imported: ImportBinding) -> bool:
    """True for what comes of a module of which nobody knows whether it draws."""
    return imported.module.partition(".")[0] not in _UNDERSTOOD
