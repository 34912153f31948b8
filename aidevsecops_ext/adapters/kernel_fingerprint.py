"""Fingerprints of variables, taken inside a kernel: this file is run there, by its path.

It needs nothing but the standard library, and knows NumPy, pandas, Matplotlib and tensors where the
kernel has loaded them. Two values have the same digest when they are of the same types, hold the
same data, bit by bit, in the same order, and are made of shared objects in the same way.
"""

from __future__ import annotations

import copyreg
import enum
import hashlib
import json
import reprlib
import struct
import sys
import types
from itertools import combinations
from typing import Any

# What has no identity of its own, as bytes.
_PLAIN: dict[type, Any] = {
    type(None): lambda _: b"",
    bool: lambda value: b"%d" % value,
    type(Ellipsis): lambda _: b"",
    type(NotImplemented): lambda _: b"",
    int: lambda value: f"{value:x}".encode(),
    str: lambda value: value.encode("utf-8", "surrogatepass"),
    bytes: lambda value: value,
    bytearray: bytes,
    types.ModuleType: lambda value: value.__name__.encode(),
}
_SKIPPED_IN_CLASSES = frozenset(
    (
        *("__dict__", "__weakref__", "__module__", "__qualname__", "__firstlineno__"),
        *("__static_attributes__", "_abc_impl", "__annotate_func__", "__annotations_cache__"),
    )
)
_UNCHANGING = (
    *(type, types.FunctionType, types.BuiltinFunctionType, types.MethodType, frozenset),
    enum.Enum,
)
_REPR = reprlib.Repr()
_REPR.maxother = _REPR.maxstring = 200
_REPR.maxlist = _REPR.maxtuple = _REPR.maxset = _REPR.maxdict = 8
_DEPTH = 6_000


class Knowledge:
    """What all walks of one call share: ``known`` adds the objects of a library, by its name.

    Classes and functions of ``own`` modules count as if the notebook had defined them.
    """

    def __init__(self, known: dict[str, Any], own: frozenset[str]) -> None:
        self.known = known
        self.own = own
        self.cache: dict[int, tuple[Any, bytes, bytes]] = {}

    def name_of(self, kind: type) -> str:
        """The name of a type, the same one in every notebook."""
        module = getattr(kind, "__module__", "")
        name = getattr(kind, "__qualname__", repr(kind))
        return str(name) if module in self.own or module == "builtins" else f"{module}.{name}"


def write(namespace: dict[str, Any], asked: dict[str, Any], known: dict[str, Any]) -> None:
    """Write what was asked for into the file that ``asked`` names, as JSON."""
    # Deep structures are walked deeply; a kernel's thread has room for this.
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _DEPTH))
    try:
        answer = fingerprints(namespace, asked, known)
    finally:
        sys.setrecursionlimit(limit)
    with open(asked["file"], "w", encoding="utf-8") as file:
        json.dump(answer, file)


def fingerprints(
    namespace: dict[str, Any], asked: dict[str, Any], known: dict[str, Any]
) -> dict[str, Any]:
    """The fingerprint of each name, and the pairs of names that have an object in common."""
    knowledge = Knowledge(known, frozenset({"__main__", *asked["modules"]}))
    variables: dict[str, Any] = {}
    walks: dict[str, Walk] = {}
    for name in asked["names"]:
        if name in namespace:
            walks[name] = Walk(knowledge)
            variables[name] = _fingerprint(namespace[name], walks[name], knowledge)
        else:
            variables[name] = {"kind": "", "digest": "", "rounded": "", "shown": "", "gaps": []}
    return {"variables": variables, "shared": _shared(walks)}


def _fingerprint(value: Any, walk: Walk, knowledge: Knowledge) -> dict[str, Any]:
    walk.whole(value)
    return {
        "kind": knowledge.name_of(type(value)),
        "digest": walk.exact.hexdigest(),
        "rounded": walk.rounded.hexdigest(),
        "shown": _shown(value),
        "gaps": sorted(set(walk.gaps)),
    }


def _shared(walks: dict[str, Walk]) -> list[tuple[str, str]]:
    """The pairs; what is inside of a library's objects is its own affair."""
    owners: dict[int, list[str]] = {}
    for name in sorted(walks):
        for number in walks[name].open:
            owners.setdefault(number, []).append(name)
    return sorted({pair for names in owners.values() for pair in combinations(names, 2)})


def _shown(value: Any) -> str:
    try:
        return str(_REPR.repr(value))
    except Exception:  # a notebook's __repr__ may do anything
        return f"<{type(value).__name__} without a representation>"


class Walk:
    """Feeds all that a value is made of to two hashes, one of which has floats rounded."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.exact, self.rounded = _new_hash(), _new_hash()
        self.gaps: list[str] = []
        self._knowledge = knowledge
        self._seen: dict[int, int] = {}
        # The changeable objects that code of the notebook can come by, by their address.
        self.open: set[int] = set()
        self._depth = 0
        # What is seen must stay alive: a new object could have the address of a dead one.
        self._alive: list[Any] = []

    def feed(self, data: bytes, rounded: bytes | None = None) -> None:
        """Add a piece; its length goes first, so that pieces cannot be taken for one another."""
        other = data if rounded is None else rounded
        self.exact.update(struct.pack("<Q", len(data)) + data)
        self.rounded.update(struct.pack("<Q", len(other)) + other)

    def whole(self, value: Any) -> None:
        """Add a value; what is nested too deeply becomes a gap."""
        try:
            self.add(value)
        except RecursionError:
            self.exact, self.rounded = _new_hash(), _new_hash()
            self.gap("it is nested too deeply")

    def add(self, value: Any) -> None:
        """Add a value; an object that was met before is only named."""
        kind = type(value)
        self.feed(self._knowledge.name_of(kind).encode())
        plain = _PLAIN.get(kind)
        if plain is not None:
            self.feed(plain(value))
        elif kind is float:
            self._float(value)
        elif kind is complex:
            self._float(value.real)
            self._float(value.imag)
        elif kind is tuple:
            self._items(value)
        elif kind is types.CodeType:
            self._code(value)
        elif not self._is_seen(value):
            self._object(value, kind)

    def _is_seen(self, value: Any) -> bool:
        number = self._seen.get(id(value))
        if number is not None:
            self.feed(b"seen %d" % number)
            return True
        self._seen[id(value)] = len(self._seen)
        self._alive.append(value)
        if not self._depth and _is_changeable(value):
            self.open.add(id(value))
        return False

    def _object(self, value: Any, kind: type) -> None:
        add = _ADDED_BY.get(kind)
        if add is not None:
            add(self, value)
        elif getattr(kind, "__module__", "") in self._knowledge.own:
            self._instance(value)
        else:
            self._foreign(value, kind)

    def _foreign(self, value: Any, kind: type) -> None:
        """A definition, or an object of a library: what is inside stays inside."""
        self._depth += 1
        if isinstance(value, type):
            self._class(value)
        elif kind is types.FunctionType:
            self._function(value)
        elif not self._is_known(value, kind):
            self._instance(value)
        self._depth -= 1

    def _is_known(self, value: Any, kind: type) -> bool:
        """Add an object of a library that has its own way; False when there is none."""
        roots = (str(getattr(base, "__module__", "")).partition(".")[0] for base in kind.__mro__)
        for name in dict.fromkeys(roots):
            add, library = self._knowledge.known.get(name), sys.modules.get(name)
            if add is not None and library is not None and add(self, value, library):
                return True
        return False

    def _pairs(self, value: Any) -> None:
        self._items([part for item in value.items() for part in item])

    def _method(self, value: Any) -> None:
        self._items((value.__func__.__qualname__, value.__self__))

    def _float(self, value: float) -> None:
        exact = b"nan" if value != value else struct.pack("<d", value)
        self.feed(exact, f"{value:.8e}".encode())

    def _items(self, values: Any) -> None:
        self.feed(b"%d" % len(values))
        for value in values:
            self.add(value)

    def _unordered(self, values: Any) -> None:
        found = []
        for value in values:
            walk = Walk(self._knowledge)
            walk.add(value)
            self.gaps += walk.gaps
            found.append((walk.exact.digest(), walk.rounded.digest()))
        self.feed(
            b"".join(sorted(exact for exact, _ in found)),
            b"".join(sorted(rounded for _, rounded in found)),
        )

    def _class(self, value: Any) -> None:
        self.feed(value.__qualname__.encode())
        if value.__module__ not in self._knowledge.own:
            self.feed(value.__module__.encode())
            return
        self._items([base.__qualname__ for base in value.__bases__])
        for name in sorted(set(vars(value)) - _SKIPPED_IN_CLASSES):
            self.feed(name.encode())
            self.add(vars(value)[name])

    def _function(self, value: Any) -> None:
        self.feed(value.__qualname__.encode())
        if value.__module__ not in self._knowledge.own:
            self.feed(str(value.__module__).encode())
            return
        self._code(value.__code__)
        self.add(value.__defaults__)
        self.add(value.__kwdefaults__)
        self.add(dict(value.__dict__))
        self._items([_content(cell) for cell in value.__closure__ or ()])

    def _code(self, code: types.CodeType) -> None:
        # Where it stands is left out: the cells of a step are shorter.
        self.feed(code.co_code)
        self._items([code.co_name, code.co_names, code.co_varnames, code.co_freevars])
        self._items(code.co_consts)

    def _instance(self, value: Any) -> None:
        """An object by what pickle would make of it."""
        try:
            reduce = copyreg.dispatch_table.get(type(value))
            reduced = reduce(value) if reduce else value.__reduce_ex__(4)
        except RecursionError:
            raise
        except Exception:  # what cannot be pickled says so in all sorts of ways
            self.gap(f"{self._knowledge.name_of(type(value))} cannot be compared")
            self.add(dict(getattr(value, "__dict__", {})))
            return
        if isinstance(reduced, str):
            self.feed(reduced.encode())
            return
        maker, arguments, state, items, pairs = (tuple(reduced) + (None,) * 5)[:5]
        self._named(maker)
        self.add(tuple(arguments))
        self.add(state)
        self._items(list(items or ()))
        self._items([part for item in (pairs or ()) for part in item])

    def _named(self, maker: Any) -> None:
        name = getattr(maker, "__qualname__", None)
        if name is None:
            self.add(maker)
        else:
            self.feed(f"{getattr(maker, '__module__', '')}.{name}".encode())

    def gap(self, reason: str) -> None:
        """Note a part that cannot be compared."""
        self.feed(b"gap")
        self.gaps.append(reason)

    def data(self, value: Any, exact: Any, rounded: Any) -> None:
        """Add the digests of much data, which two functions give; taken once for each object."""
        cache = self._knowledge.cache
        if id(value) not in cache:
            cache[id(value)] = (value, _hash(exact()), _hash(rounded()))
        _, one, other = cache[id(value)]
        self.feed(one, other)


def _hash(data: Any) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


_ADDED_BY = {
    list: Walk._items,
    dict: Walk._pairs,
    set: Walk._unordered,
    frozenset: Walk._unordered,
    types.MethodType: Walk._method,
}


def _is_changeable(value: Any) -> bool:
    """False for what nobody can tell from an equal object: it is hashed by what it holds."""
    kind: Any = type(value)
    is_by_value = kind.__hash__ is not None and kind.__eq__ is not object.__eq__
    return not is_by_value and not isinstance(value, _UNCHANGING)


def _new_hash() -> Any:
    return hashlib.blake2b(digest_size=16)


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return NotImplemented
