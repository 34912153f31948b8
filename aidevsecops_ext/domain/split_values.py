"""What a step has to be given, as one pass over the statements finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from .split_bindings import Binding, Bound

if TYPE_CHECKING:
    from .flow_facts import ImportBinding
    from .split_aliases import StepAliases
    from .split_cells import Placed
    from .split_shell import FileUse

PARAMETER = -1
"""Who has a parameter that no step has changed."""


class Missing(Struct, frozen=True):
    """A name that a statement reads, and nobody has bound by then."""

    name: str
    placed: Placed


class Setting(Struct, frozen=True):
    """A statement that sets something of a module, and what it needs for that.

    What is not ``is_whole`` does other things too, so that nobody can repeat it.
    """

    placed: Placed
    module: str
    needs: tuple[Binding, ...]
    is_whole: bool = True


class StepFacts:
    """What one step reads, binds and changes, while its statements are followed."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.reads: set[str] = set()
        self.needs: set[str] = set()
        self.local: set[str] = set()
        self.written: set[str] = set()
        self.maybe: set[str] = set()
        self.deleted: set[str] = set()
        self.seen: set[str] = set()
        self.compared: set[str] = set()
        self.aliases: StepAliases | None = None
        self.made: dict[str, frozenset[Binding]] = {}
        self.loaded: frozenset[Binding] = frozenset()
        self.statements: list[Placed] = []
        self.imports: dict[ImportBinding, Binding] = {}
        self.definitions: dict[Binding, None] = {}
        self.hoisted: dict[Placed, tuple[Binding, ...]] = {}
        self.followed: set[Binding] = set()
        self.calls: dict[Placed, set[Binding]] = {}
        self.fitted: dict[Placed, frozenset[str]] = {}
        self.files: list[tuple[int, FileUse]] = []
        self.has_marker = False
        self.is_dynamic = False
        self.draws_pictures = False

    def use_import(self, binding: Binding) -> None:
        """Note that the step uses what an import binds."""
        each: Binding | None = binding
        while each is not None and each.imported is not None:
            self.imports.setdefault(each.imported, each)
            each = each.also

    def use(self, binding: Binding) -> None:
        """Note that the step uses what another one binds."""
        if binding.kind is Bound.IMPORT:
            self.use_import(binding)
        elif binding.kind is Bound.DEFINITION:
            self.definitions.setdefault(binding)
        else:
            self.needs.add(binding.name)
