"""Random programs: what running them does is within what the analysis says of them."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, assume, example, given, note, settings
from hypothesis import strategies as st

from aidevsecops_ext.domain.dataflow import analyze
from aidevsecops_ext.domain.statement_flow import KnownNames, read_statements

from ...kits.random_programs import (
    NAMES,
    initial,
    parts_of,
    plain_state,
    programs,
    run,
    simple_statements,
)

_MANY = settings(max_examples=20, suppress_health_check=list(HealthCheck))
_PROGRAMS = st.integers(0, 2**32).map(lambda seed: programs(Random(seed)))
_LINES = st.integers(0, 2**32).map(lambda seed: simple_statements(Random(seed), NAMES))


@_MANY
@given(_PROGRAMS)
def test_analyze_names_all_that_a_program_reads(source: str) -> None:
    whole = run(source)
    assume(whole is not None)
    flow = analyze(source)
    note(source)

    part = run(source, set(flow.reads | flow.deletes))

    assert whole is not None
    assert part is not None
    left = plain_state(part.after)
    assert left == {name: text for name, text in plain_state(whole.after).items() if name in left}


_HELD_BY_A_PART = """
b, d = d, b[1:]
b = [lambda p, q: [p, a.copy()]]
del d[0]
d[0].append(max([d, dict(k=b)['k']], b, key=len))
""".strip()


@_MANY
@given(_PROGRAMS)
@example(_HELD_BY_A_PART)
def test_analyze_names_all_that_a_program_writes_and_changes(source: str) -> None:
    outcome = run(source)
    assume(outcome is not None)
    flow = analyze(source)
    note(source)

    assert outcome is not None
    after, before = outcome.after, outcome.before
    bound = {name for name, value in after.items() if value is not before.get(name)}
    assert bound <= flow.writes
    assert outcome.changed <= flow.mutates
    assert before.keys() - after.keys() <= flow.deletes


@_MANY
@given(_PROGRAMS)
def test_statements_name_all_that_come_to_share_objects(source: str) -> None:
    outcome = run(source)
    assume(outcome is not None)
    group = {name: name for name in initial()}

    def find(name: str) -> str:  # the group of a name
        while group.setdefault(name, name) != name:
            name = group[name]
        return name

    for statement in read_statements(source):
        for target, other in statement.shares:
            group[find(target)] = find(other)
    note(source)

    assert outcome is not None
    held = {name: parts_of(value) for name, value in outcome.after.items()}
    for name in held:
        for other in held:
            assert find(name) == find(other) or not held[name] & held[other]


@_MANY
@given(_PROGRAMS)
def test_statements_in_cells_of_their_own_say_the_same(source: str) -> None:
    known = KnownNames()

    apart = [
        statement
        for each in read_statements(source)
        for statement in read_statements(each.source, known)
    ]

    together = read_statements(source)
    assert [each.reads for each in apart] == [each.reads for each in together]
    assert [each.mutates for each in apart] == [each.mutates for each in together]
    assert [each.shares for each in apart] == [each.shares for each in together]


class _Traced(dict[str, object]):
    """A namespace that notes which names are read before they are written."""

    def __init__(self) -> None:
        super().__init__(initial())
        self.reads: set[str] = set()
        self.writes: set[str] = set()

    def __getitem__(self, name: str) -> object:
        value = super().__getitem__(name)
        if name not in self.writes:
            self.reads.add(name)
        return value

    def __setitem__(self, name: str, value: object) -> None:
        self.writes.add(name)
        super().__setitem__(name, value)


@_MANY
@given(st.lists(_LINES, min_size=1, max_size=6))
def test_analyze_says_exactly_what_a_straight_program_reads_and_writes(lines: list[str]) -> None:
    source = "\n".join(line for line in lines if not any(word in line for word in _BRANCHING))
    traced = _Traced()
    try:
        exec(source, {}, traced)
    except Exception:  # any failure of a random program will do
        assume(False)

    flow = analyze(source)

    assert flow.reads == traced.reads
    assert flow.writes == traced.writes


_BRANCHING = (" if ", " or ", "lambda", "f(", "g(", "h(", "K(")
