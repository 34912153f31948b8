"""What variables lose when they cross: the plan tells it where a later step would notice."""

from __future__ import annotations

import pytest

from tests.kits.plans import plan

NOT_KEPT = "flow.not-kept"
IMPORTS = "import types\nimport numpy as np\nimport pandas as pd\n"
FRAME = "df = pd.DataFrame(rows, copy=False)"


def _told(*steps: str) -> list[tuple[int | None, int | None]]:
    found = plan(IMPORTS + steps[0], *steps[1:])
    return [(each.cell, each.line) for each in found.warnings if each.code.value == NOT_KEPT]


@pytest.mark.parametrize(
    ("made", "changed", "used"),
    [
        (FRAME, "rows[0, 0] = 5", "print(df)"),
        (FRAME, "df.iloc[0, 0] = 5", "print(rows)"),
        ("df = np.frombuffer(rows)", "df[0] = 5", "print(rows)"),
        ("df = types.MappingProxyType(rows)", "rows['a'] = 1", "print(df)"),
        ("df = vars(rows)", "df['a'] = 1", "print(rows)"),
        ("df = rows.__dict__", "df['a'] = 1", "print(rows)"),
        ("df = rows.to_numpy()", "rows.loc[0, 'a'] = 9", "print(df)"),
        ("df = rows.values", "df[0] = 9", "print(rows)"),
        ("df = rows.index", "df.name = 'a'", "print(rows)"),
    ],
)
def test_plan_tells_of_a_window_when_a_later_step_changes_one_and_uses_the_other(
    made: str, changed: str, used: str
) -> None:
    rows = "rows = make()"

    assert _told(f"{rows}\n{made}", changed, used) == [(0, 5)]
    assert _told(rows, made, f"{changed}\n{used}") == [(1, 1)]


@pytest.mark.parametrize(
    "steps",
    [
        ("rows = make()", FRAME, "print(df, rows)"),
        ("rows = make()", "df = pd.DataFrame(rows)", "rows[0, 0] = 5", "print(df)"),
        ("rows = make()", "df = pd.DataFrame(rows, copy=True)", "rows[0, 0] = 5", "print(df)"),
        ("rows = make()", f"{FRAME}\nrows[0, 0] = 5", "print(df)"),
        ("rows = make()", FRAME, "rows[0, 0] = 5", "print(rows)"),
        ("rows = make()", FRAME, "rows = make()\nrows[0, 0] = 5", "print(df)"),
        ("rows = make()", FRAME, "rows[0, 0] = 5", "df = 1\nprint(df)"),
        ("rows = make()", FRAME, "print(1)"),
        ("rows = make()", "df = rows.values", "rows['b'] = 9", "print(df)"),
        ("rows = make()", "df = rows.index", "rows['b'] = 9", "print(df)"),
        ("rows = make()", "rows = rows.values", "rows[0] = 9", "print(rows)"),
        ("rows = make()", "df = rows['a'].values", "rows.loc[0, 'a'] = 9", "print(df)"),
        ("rows = make()", "a, b = vars(rows), 1", "a['b'] = 9", "print(rows)"),
    ],
)
def test_plan_tells_of_no_window_when_nobody_would_notice(steps: tuple[str, ...]) -> None:
    assert _told(*steps) == []


@pytest.mark.parametrize(
    "steps",
    [
        ("a = [1]\nseen = {id(a): 'a'}", "print(seen.get(id(a)))"),
        ("a = [1]\nseen = {}\nseen[id(a)] = 1", "print(id(a) in seen)"),
        ("def key(x):\n    return id(x)\na = [1]\nseen = {key(a): 1}", "print(key(a) in seen)"),
    ],
)
def test_plan_tells_what_holds_ids_when_a_later_step_asks_for_them_again(
    steps: tuple[str, ...],
) -> None:
    assert [cell for cell, _ in _told(*steps)] == [0]


@pytest.mark.parametrize(
    "steps",
    [
        ("a = [1]\nprint(id(a))", "print(id(a))"),
        ("a = [1]\nplace = id(a)", "print(place)"),
        ("a = [1]\nplace = id(a)", "print(id(a))"),
        ("id = len\na = [1]\nseen = {id(a): 1}", "print(id(a) in seen)"),
        ("valid = str\nseen = {valid(1): 1}", "print(valid(1) in seen)"),
    ],
)
def test_plan_tells_of_no_ids_when_nobody_compares_them(steps: tuple[str, ...]) -> None:
    assert _told(*steps) == []


MAP = "m = np.memmap('f', 'float32', 'w+', shape=3)"


@pytest.mark.parametrize(
    "made",
    [
        MAP,
        "m = np.memmap('f')",
        "m = np.memmap('f', mode=mode)",
        "m = np.lib.format.open_memmap('f', 'r+')",
        "m = np.load('f.npy', mmap_mode='r+')",
    ],
)
def test_plan_tells_of_a_file_in_memory_when_a_later_step_changes_it(made: str) -> None:
    assert _told(f"mode = input()\n{made}", "m[0] = 1") == [(0, 5)]


@pytest.mark.parametrize(
    "steps",
    [
        ("m = np.memmap('f', mode='r')", "m[0] = 1"),
        ("m = np.memmap('f', 'float32', 'c')", "m[0] = 1"),
        ("m = np.load('f.npy')", "m[0] = 1"),
        ("m = np.load('f.npy', mmap_mode=None)", "m[0] = 1"),
        (MAP, "print(m)"),
        ("m = make_mmap('f')", "m[0] = 1"),
        (f"{MAP}\nm[0] = 1", "print(m)"),
        (MAP, "m = [1]\nm[0] = 2"),
        ("n = 1", MAP, "n += 1"),
    ],
)
def test_plan_tells_of_no_file_in_memory_when_nobody_would_notice(steps: tuple[str, ...]) -> None:
    assert _told(*steps) == []
