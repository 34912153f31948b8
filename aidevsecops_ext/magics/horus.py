"""``%horus``, the magics of jupyterlab-requirements, in today's words.

``%horus requirements --add a b`` is ``%aidevsecops requirements --add a --add b``.
What asked something of the Thoth service, or has another place by now, is said and left out; what
has no counterpart at all is refused, with what to use instead.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NoReturn

from msgspec import Struct

from ..cli.exit_codes import exit_code_of
from ..cli.render import print_error
from ..cli.screen import echo_styled
from ..domain.errors import AidevsecopsError, ErrorCode, UserError
from ..formats.thoth_yaml import RuntimeEnvironment, platform_of
from .running import ended, run_words, split

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .shell import Shell

_NO_LOG = "The log of a lock is what '%aidevsecops lock --verbose' shows, and in the sidebar."
_NO_SAVE = "Use '%aidevsecops import --from FILE', for a Pipfile, a Pipfile.lock and more."
_GONE = {"log": _NO_LOG, "save": _NO_SAVE}
_THOTH = "{} is for a Thoth service and is left out; '%aidevsecops lock --engine thoth' asks one."


class Translation(Struct, frozen=True):
    """Today's words, and sentences on what of the old ones is not in them."""

    words: tuple[str, ...]
    notes: tuple[str, ...] = ()


def run_old(line: str, shell: Shell) -> None:
    """Run what a line of ``%horus`` asks for.

    Raises:
        MagicFailedError: it ended with an exit status above that of findings.
    """
    ended(_try(line, shell), shell)


def _try(line: str, shell: Shell) -> int:
    try:
        today = translate(split(line))
        echo_styled(f"%aidevsecops {' '.join(today.words)}", is_error=True, is_dim=True)
        for note in today.notes:
            echo_styled(f"Note: {note}", is_error=True, fg="yellow")
        return run_words(today.words, shell)
    except AidevsecopsError as error:
        print_error(error)
        return exit_code_of(error)


def translate(old: Sequence[str]) -> Translation:
    """The words of ``%horus`` as those of ``%aidevsecops``.

    Raises:
        UserError: there is no such command or option, or it has no counterpart.
    """
    if not old or old[0] in ("help", "--help", "-h"):
        return Translation(("--help",))
    command, *rest = old
    if command in _GONE:
        raise _refusal(f"'%horus {command}' has no counterpart.", _GONE[command])
    if command not in _COMMANDS:
        known = ", ".join(sorted([*_COMMANDS, "help"]))
        raise _refusal(f"There is no '%horus {command}'.", f"Known are: {known}.")
    return _COMMANDS[command](rest)


class _Parser(argparse.ArgumentParser):
    """A parser that answers what it does not understand as an error of ours."""

    def __init__(self, command: str) -> None:
        super().__init__(prog=f"%horus {command}", add_help=False, allow_abbrev=False)
        self.add_argument("-h", "--help", action="store_true")

    def error(self, message: str) -> NoReturn:
        raise _refusal(
            f"'{self.prog}' cannot be read: {message}.",
            f"Use '%aidevsecops' instead; '{self.prog} --help' shows today's options.",
        )

    def values(self, words: Sequence[str]) -> Mapping[str, object]:
        """The values of the options."""
        return vars(self.parse_args([*words]))


def _refusal(message: str, hint: str) -> UserError:
    return UserError(ErrorCode.REQUEST_INVALID, message, hint=hint)


def _plain(old: str, *today: str) -> Callable[[Sequence[str]], Translation]:
    """A command that has no options any more but those of both."""

    def translated(words: Sequence[str]) -> Translation:
        parser = _Parser(old)
        parser.add_argument("--force", action="store_true")
        given = parser.values(words)
        notes = ("--force is not needed and left out.",) if given["force"] else ()
        return Translation((*today, *_help(given)), notes)

    return translated


def _check(words: Sequence[str]) -> Translation:
    parser = _Parser("check")
    parser.add_argument("-o", "--output-format", choices=["json", "yaml", "table"])
    given = parser.values(words)
    if given["output_format"] == "yaml":
        raise _refusal("There is no YAML any more.", "Use '%aidevsecops check --json'.")
    as_json = ("--json",) if given["output_format"] == "json" else ()
    return Translation(("check", *as_json, *_help(given)))


def _show(words: Sequence[str]) -> Translation:
    parser = _Parser("show")
    parts = ("--pipfile", "--pipfile-lock", "--thoth-config")
    for part in parts:
        parser.add_argument(part, action="store_true")
    given = parser.values(words)
    if given["thoth_config"]:
        return Translation(("export", "--format", "thoth-yaml", "--out", "-"))
    if given["pipfile"] or given["pipfile_lock"]:
        return Translation(("export", "--format", "pipfile", "--out", "-"))
    return Translation(("show", *_help(given)))


def _requirements(words: Sequence[str]) -> Translation:
    parser = _Parser("requirements")
    parser.add_argument("-a", "--add", nargs="+", action="extend", default=[])
    parser.add_argument("-r", "--remove", nargs="+", action="extend", default=[])
    parser.add_argument("-i", "--index-url")
    parser.add_argument("--dev", action="store_true")
    given = parser.values(words)
    today = ["requirements"]
    for option in ("add", "remove"):
        names = given[option]
        for name in names if isinstance(names, list) else []:
            today += [f"--{option}", str(name)]
    if given["index_url"]:
        today += ["--index", str(given["index_url"])]
    today += ["--dev"] if given["dev"] else []
    return Translation((*today, *_help(given)))


def _lock(words: Sequence[str]) -> Translation:
    parser = _Parser("lock")
    for option in ("--recommendation-type", "--python-version", "--os-name", "--os-version"):
        parser.add_argument(option)
    parser.add_argument("--kernel-name")
    parser.add_argument("--timeout", "--set-timeout")
    parser.add_argument("-l", "--labels")
    for flag in ("--pipenv", "--force", "--debug"):
        parser.add_argument(flag, action="store_true")
    given = parser.values(words)
    today = ["lock"]
    for option in ("recommendation_type", "python_version"):
        if given[option]:
            today += [f"--{option.replace('_', '-')}", str(given[option])]
    name, version = given["os_name"], given["os_version"]
    if name or version:
        asked = RuntimeEnvironment("", None, str(name or ""), str(version or ""))
        today += ["--python-platform", platform_of(asked)]
    today += ["--verbose"] if given["debug"] else []
    return Translation((*today, *_help(given)), tuple(_lock_notes(given)))


def _lock_notes(given: Mapping[str, object]) -> list[str]:
    notes = [_THOTH.format(f"--{name}") for name in ("force", "labels") if given[name]]
    if given["pipenv"]:
        notes.append("--pipenv is left out: uv resolves, and writes what pipenv reads.")
    if given["timeout"]:
        notes.append("--timeout is the setting AIDEVSECOPS_LOCK_TIMEOUT now, and left out.")
    name = f" --name {given['kernel_name']}" if given["kernel_name"] else ""
    if not given["help"]:
        notes.append(
            f"A lock makes no kernel any more: '%aidevsecops kernel install{name}' does that."
        )
    return notes


def _extract(words: Sequence[str]) -> Translation:
    parser = _Parser("extract")
    parser.add_argument("--store-files-path")
    for flag in ("--pipfile", "--pipfile-lock", "--thoth-config", "--use-overlay", "--force"):
        parser.add_argument(flag, action="store_true")
    given = parser.values(words)
    is_config = given["thoth_config"] and not (given["pipfile"] or given["pipfile_lock"])
    today = ["export", "--format", "thoth-yaml" if is_config else "pipfile"]
    if given["use_overlay"] and not is_config:
        today.append("--use-overlay")
    if given["store_files_path"] and not is_config:
        today += ["--out", str(given["store_files_path"])]
    today += ["--force"] if given["force"] else []
    notes = []
    if given["pipfile"] is not given["pipfile_lock"]:
        notes.append("Pipfile and Pipfile.lock are written together: neither says enough alone.")
    return Translation((*today, *_help(given)), tuple(notes))


def _set_kernel(words: Sequence[str]) -> Translation:
    parser = _Parser("set-kernel")
    parser.add_argument("--kernel-name")
    parser.add_argument("--force", action="store_true")
    given = parser.values(words)
    name = ("--name", str(given["kernel_name"])) if given["kernel_name"] else ()
    force = ("--force",) if given["force"] else ()
    return Translation(("kernel", "install", *name, *force, *_help(given)))


def _delete_kernel(words: Sequence[str]) -> Translation:
    parser = _Parser("delete-kernel")
    parser.add_argument("name", nargs="?")
    parser.add_argument("--kernel-name")
    given = parser.values(words)
    name = given["name"] or given["kernel_name"]
    return Translation(("kernel", "delete", *([str(name)] if name else []), *_help(given)))


def _check_kernel(words: Sequence[str]) -> Translation:
    parser = _Parser("check-kernel")
    parser.add_argument("--kernel-name")
    given = parser.values(words)
    name = (str(given["kernel_name"]),) if given["kernel_name"] else ()
    return Translation(("kernel", "check", *name, *_help(given)))


def _help(given: Mapping[str, object]) -> tuple[str, ...]:
    return ("--help",) if given["help"] else ()


_COMMANDS: Mapping[str, Callable[[Sequence[str]], Translation]] = {
    "check": _check,
    "check-kernel": _check_kernel,
    "convert": _plain("convert", "convert"),
    "delete-kernel": _delete_kernel,
    "discover": _plain("discover", "discover"),
    "extract": _extract,
    "list-kernels": _plain("list-kernels", "kernel", "list"),
    "lock": _lock,
    "requirements": _requirements,
    "set-kernel": _set_kernel,
    "show": _show,
    "version": _plain("version", "--version"),
}
