"""Parts of a run say what happened, and a failed one is never overlooked."""

from __future__ import annotations

import sys

import pytest

from scripts.parts import PartFailedError, Run


def test_run_ends_with_0_when_every_part_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    run = Run("make something")
    run.part("First", lambda: None)
    run.part("Second", lambda: "up to date")

    status = run.close()

    assert status == 0
    table = capsys.readouterr().out.split("how long each part took")[1]
    assert [line.split()[0] for line in table.splitlines() if line] == ["First", "Second", "all"]
    assert "up to date" in table


def test_run_goes_on_and_ends_with_1_when_a_part_fails(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run = Run("make something")
    program = [sys.executable, "-c", "print('what went wrong'); raise SystemExit(3)"]
    run.part("First", lambda: run.command(*program, quiet=True))
    run.part("Second", lambda: None)

    status = run.close()

    assert status == 1
    printed = capsys.readouterr().out
    assert "what went wrong" in printed
    assert "exit status 3" in printed
    assert printed.splitlines()[-1] == "Failed: First"
    assert [result.outcome for result in run.results] == ["FAILED", "ok"]


def test_need_stops_the_run_when_its_part_fails() -> None:
    run = Run("make something")

    def fail() -> None:
        raise PartFailedError("no network")

    with pytest.raises(SystemExit) as stopped:
        run.need("Packages", fail)

    assert stopped.value.code == 1


def test_command_names_the_program_when_it_is_not_there() -> None:
    run = Run("make something")

    with pytest.raises(PartFailedError, match="no-such-program"):
        run.command("no-such-program")


def test_run_repeats_the_closing_line_of_pytest_when_it_saw_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    closing = "================== 3 passed, 1 skipped in 0.12s =================="
    run = Run("make test")
    run.part("pytest", lambda: run.command(sys.executable, "-c", f"print({closing!r})"))
    capsys.readouterr()

    run.close()

    assert capsys.readouterr().out.splitlines()[-1] == closing


@pytest.mark.parametrize(
    "line",
    [
        "FAILED tests/app/test_lock.py::test_lock_fails - assert False",
        "  1 flaky",
        "  58 passed (5.9m)",
        "    tests/jobs.spec.ts:99:3 › jobs › should be applied ─────",
    ],
)
def test_run_repeats_what_failed_when_a_tool_summed_it_up(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run("make test")
    words = (sys.executable, "-X", "utf8", "-c", f"print({line!r}); print('x 1 passed')")

    run.part("tests", lambda: run.command(*words))

    run.close()
    assert capsys.readouterr().out.splitlines()[-1] == line
