from __future__ import annotations

from aidevsecops_ext.app.check_commands import check_commands
from aidevsecops_ext.app.content_ports import CommandEnd
from aidevsecops_ext.domain.release import Check, CheckStatus
from aidevsecops_ext.domain.release_settings import ReleaseSettings
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.content import FakeCommandRunner
from tests.fakes.progress import FakeProgress


def check(runner: FakeCommandRunner, *commands: tuple[str, ...]) -> Check:
    settings = ReleaseSettings(commands=commands, command_seconds=5)
    return check_commands(settings, runner, FakeProgress(), FakeCancelToken())


def test_commands_pass_when_there_are_none() -> None:
    found = check(FakeCommandRunner())

    assert (found.status, found.message) == (CheckStatus.PASSED, "There are no commands to run.")


def test_commands_pass_when_all_succeed() -> None:
    runner = FakeCommandRunner()

    one, two = check(runner, ("a",)), check(runner, ("a", "x y"), ("b",))

    assert (one.status, one.message) == (CheckStatus.PASSED, "The command succeeds.")
    assert (two.status, two.message) == (CheckStatus.PASSED, "All 2 commands succeed.")
    assert runner.asked == [(("a",), 5), (("a", "x y"), 5), (("b",), 5)]


def test_commands_fail_with_the_last_lines_of_the_first_that_fails() -> None:
    lines = tuple(f"line {number}" for number in range(20))
    runner = FakeCommandRunner({"b": CommandEnd(2, lines)})

    found = check(runner, ("a",), ("b", "x y", "https://me:hunter2@host/"), ("c",))

    assert found.status is CheckStatus.FAILED
    assert found.message.splitlines()[0] == "b 'x y' https://***@host/ ended with status 2:"
    assert found.message.splitlines()[1:] == list(lines[10:])
    assert "root of the repository" in found.fix
    assert [argv[0] for argv, _ in runner.asked] == ["a", "b"]


def test_commands_fail_when_one_cannot_be_run() -> None:
    runner = FakeCommandRunner({"a": CommandEnd(None, reason="cannot be run: no such program")})

    assert check(runner, ("a",)).message == "a cannot be run: no such program."
