from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.output_text import (
    first_difference,
    normalised,
    normalised_markup,
    reads_clock,
    without_volatile,
    without_warnings,
)

_NOISE = [
    "<A at 0x7f3a5c001200>",
    "object at 0x10a3b4c5d",
    "0x7f0123456789",
    "\x1b[31mred\x1b[0m",
    "100%|██████████| 10/10 [00:03<00:00,  3.21it/s, loss=0.5]",
    "  0%|          | 0/10 [00:00<?, ?it/s]",
    "CPU times: user 3 µs, sys: 1 µs, total: 4 µs\n",
    "Wall time: 7.15 µs\n",
    "/tmp/ipykernel_123/456.py:3: FutureWarning: x\n",
    "Cell In[5], line 3",
    "/tmp/tmpab12cd34/x",
    "a\rb\rc\n",
    "12/12 ━━━━ 1s 23ms/step - accuracy: 0.5",
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<A object at 0x7f3a5c001200>", "<A object at 0x7fffffff0000>"),
        ("function f at 0x10a3b4c5d>", "function f at 0x10f000001>"),
        ("[0x7f0123456789]", "[0x55aabbccddee]"),
        ("\x1b[0;31mred\x1b[0m", "red"),
        ("/tmp/ipykernel_1/2.py:3: UserWarning: x", "/tmp/ipykernel_9/8.py:1: UserWarning: x"),
        ('File "C:\\T\\ipykernel_1\\2.py"', 'File "C:\\T\\ipykernel_3\\4.py"'),
        ("Cell In[5], line 3", "Cell In[1], line 1"),
        ("<ipython-input-3-0a1b2c>", "<ipython-input-9-ffffff>"),
        ("/tmp/tmpab12cd34/x", "/tmp/tmpzzzzzzzz/x"),
        ("CPU times: user 1 s, sys: 2 s, total: 3 s", "CPU times: user 2 s, sys: 0 s, total: 2 s"),
        ("Wall time: 7.15 µs", "Wall time: 1min 3s"),
        (
            "1.2 µs ± 3 ns per loop (mean ± std. dev. of 7 runs, 10 loops each)",
            "2.2 ms ± 9 ns per loop (mean ± std. dev. of 7 runs, 100 loops each)",
        ),
        ("10/10 [00:03<00:00,  3.21it/s]", "10/10 [01:00:03<00:00, 12.0s/it]"),
        ("0/10 [00:00<?, ?it/s]", "0/10 [00:01<?, ?it/s]"),
        ("1/1 ━━ 1s 23ms/step - loss: 0.5", "1/1 ━━ 0s 4ms/step - loss: 0.5"),
        ("| elapsed:    0.1s finished", "| elapsed:    2.0min finished"),
        ("[CV] END C=1; total time=   0.0s", "[CV] END C=1; total time=   0.2s"),
        (" 10%\r 50%\r100%\n", "100%\n"),
        ("in /home/jo/.cache/env-1/lib/x.py", "in <folder>/lib/x.py"),
    ],
)
def test_normalised_is_the_same_when_only_the_run_is_another(one: str, other: str) -> None:
    prefixes = ("", "/home/jo/.cache/env-1")

    assert normalised(one, prefixes) == normalised(other, prefixes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("accuracy 0.91", "accuracy 0.92"),
        ("0xdeadbeef", "0xdeadbeee"),
        ("distance: 3.2 m", "distance: 3.3 m"),
        ("took 3.2 s", "took 3.3 s"),
        ("2026-01-01", "2026-01-02"),
        ("1.2 MB", "1.3 MB"),
        ("10/10 [00:03<00:00, 3it/s, loss=0.5]", "10/10 [00:03<00:00, 3it/s, loss=0.6]"),
        ("9/10 [00:03<00:00, 3it/s]", "10/10 [00:03<00:00, 3it/s]"),
        ("1/1 ━━ 1s 23ms/step - loss: 0.5", "1/1 ━━ 1s 23ms/step - loss: 0.6"),
        ("pid 5", "pid 6"),
        ("T_0a1b2", "T_0a1b3"),
        ("f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "f81d4fae-7dec-11d0-a765-00a0c91e6bf7"),
        ("[1, 2]", "[1, 3]"),
    ],
)
def test_normalised_keeps_what_may_be_a_result(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('<table id="T_0a1b2">', '<table id="T_fffff">'),
        ("#sk-container-id-1 {", "#sk-container-id-12 {"),
        (
            '<div id="f81d4fae-7dec-11d0-a765-00a0c91e6bf6">',
            '<div id="a' + 7 * "0" + '-7dec-11d0-a765-00a0c91e6bf6">',
        ),
        ('<g clip-path="url(#p0123456789)">', '<g clip-path="url(#pabcdef0123)">'),
        ("<dc:date>2026-01-01</dc:date>", "<dc:date>2027-01-01</dc:date>"),
    ],
)
def test_markup_is_the_same_when_only_made_up_names_differ(one: str, other: str) -> None:
    assert normalised_markup(one) == normalised_markup(other)


def test_markup_keeps_numbers_of_a_table() -> None:
    assert normalised_markup("<td>0.91</td>") != normalised_markup("<td>0.92</td>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("done in 3.2 s, score 0.91", "done in <duration>, score 0.91"),
        ("12:30:01.5 start", "<time> start"),
        ("2026-01-01T12:30:01Z start", "<time> start"),
        ("RSS 12.5 MiB at 3 it/s", "RSS <size> at <rate>"),
        ("elapsed: 0.0123", "elapsed: <duration>"),
        ("Fit time 0.5", "Fit time <duration>"),
        ("pid=123", "pid=<pid>"),
        ("1763000000.25", "<time>"),
        ("140234567890123", "<address>"),
        ("id f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "id <uuid>"),
        ("accuracy 0.91 of 120 rows", "accuracy 0.91 of 120 rows"),
    ],
)
def test_volatile_forms_are_taken_out(text: str, expected: str) -> None:
    assert without_volatile(text) == expected


@pytest.mark.parametrize(
    ("code", "is_timed"),
    [
        ("t = time.perf_counter()", True),
        ("from time import monotonic_ns", True),
        ("time.time() - began", True),
        ("datetime.now()", True),
        ("times = frame['time']", False),
        ("pd.to_datetime(x)", False),
    ],
)
def test_clock_is_seen_in_code(code: str, is_timed: bool) -> None:
    assert reads_clock(code) is is_timed


@pytest.mark.parametrize(
    "text",
    [
        "<cell>: FutureWarning: old\n  frame.append(row)\n",
        "/lib/x.py:12: UserWarning: careful\n  warnings.warn(text)\n",
        "/lib/x.py:12: pkg.errors.DtypeWarning: careful\n",
    ],
)
def test_warnings_are_taken_out_and_nothing_else(text: str) -> None:
    assert without_warnings(f"before\n{text}after\n") == "before\nafter\n"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a\nb 1\n", "a\nb 2\n", "line 2 was 'b 1' and is 'b 2'"),
        ("a\n", "a\nb\n", "there were 1 lines and are 2"),
        ("a", "a\n", "line ends differ"),
        ("x" * 100 + "1", "x" * 100 + "2", "line 1 was …'xxxxxx"),
        ("ab", "abc", "line 1 was 'ab' and is 'abc'"),
        ("1" + "x" * 100, "2" + "x" * 100, "line 1 was '1xxx"),
    ],
)
def test_first_difference_says_where(before: str, after: str, expected: str) -> None:
    assert first_difference(before, after).startswith(expected)


_texts = st.lists(
    st.one_of(st.sampled_from(_NOISE), st.text(max_size=20), st.floats().map(str)), max_size=6
).map(" ".join)


@given(_texts)
def test_normalised_changes_nothing_when_done_again(text: str) -> None:
    once = normalised(text)

    assert normalised(once) == once
    assert normalised_markup(normalised_markup(text)) == normalised_markup(text)


@given(
    st.sampled_from(["score", "accuracy =", "", "x:", "mean", "(", "rows", "loss="]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(_NOISE),
)
def test_normalised_never_hides_another_number(
    word: str, one: float, other: float, noise: str
) -> None:
    left = f"{noise}\n{word} {one!r}\n{noise}"
    right = f"{noise}\n{word} {other!r}\n{noise}"

    assert (normalised(left) == normalised(right)) == (repr(one) == repr(other))


@given(st.lists(st.integers(), min_size=1), st.integers(min_value=0), st.integers())
def test_normalised_never_hides_another_number_of_a_list(
    numbers: list[int], position: int, value: int
) -> None:
    at = position % len(numbers)
    changed = [*numbers[:at], value, *numbers[at + 1 :]]

    assert (normalised(str(numbers)) == normalised(str(changed))) == (numbers == changed)
