"""The command ``aidevsecops``: its commands are imported when they are used."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from .._version import __version__
from ..domain.errors import AidevsecopsError, CancelledError
from .exit_codes import CANCELLED, exit_code_of, unexpected
from .render import print_error
from .screen import print_misuse

_NOTEBOOK = "aidevsecops_ext.cli.notebook"
_KERNEL = "aidevsecops_ext.cli.kernel"
_EXCHANGE = "aidevsecops_ext.cli.exchange"
_OVERLAY = "aidevsecops_ext.cli.overlay"
_SPLIT = "aidevsecops_ext.cli.split"
_PIPELINE = "aidevsecops_ext.cli.pipeline"
_RUNTIME = "aidevsecops_ext.cli.runtime"
_IMAGE = "aidevsecops_ext.cli.image"
_RELEASE = "aidevsecops_ext.cli.release"
_BOT = "aidevsecops_ext.cli.bot"
_PACKAGES = "aidevsecops_ext.cli.packages"
_CONFIG = "aidevsecops_ext.cli.config"
_DOCTOR = "aidevsecops_ext.cli.doctor"
_EXAMPLES = "aidevsecops_ext.cli.examples"
_PROJECT = "aidevsecops_ext.cli.project"
_COMMANDS = {
    "discover": (_NOTEBOOK, "Say what notebooks need and how each thing was found."),
    "requirements": (_NOTEBOOK, "Show or change what a notebook declares."),
    "lock": (_NOTEBOOK, "Record exact versions with hashes in notebooks."),
    "check": (_NOTEBOOK, "Say whether the locks of notebooks still hold."),
    "audit": (_NOTEBOOK, "Say which advisories are known against locked packages."),
    "show": (_NOTEBOOK, "Show a notebook's requirements, lock and status."),
    "search": (_PACKAGES, "Search your package indexes for names, or for versions."),
    "convert": (_EXCHANGE, "Record what cells install, and comment those lines out."),
    "export": (_EXCHANGE, "Write a notebook's environment in the files of other tools."),
    "import": (_EXCHANGE, "Record in a notebook what a file of another tool says."),
    "kernel": (_KERNEL, "Make kernels from locks, list, check and delete them."),
    "split": (_SPLIT, "Split a notebook into steps, each with its own environment."),
    "overlay": (_OVERLAY, "Keep locked environments as folders of the repository."),
    "pipeline": (_PIPELINE, "Make pipelines of steps, check them, and run them."),
    "image": (_IMAGE, "Register the images of overlays for pipelines."),
    "runtime": (_RUNTIME, "Say where pipelines are submitted to, and try it."),
    "release": (_RELEASE, "Cut a release: one plan, one commit, one tag; one undo."),
    "bot": (_BOT, "Ask bots for releases and updates by issues, and be one."),
    "status": (_PROJECT, "Say how a project is, and what is next."),
    "init": (_PROJECT, "Adopt a project: write the files that it lacks."),
    "config": (_CONFIG, "Check .thoth.yaml and .aicoe-ci.yaml, line by line."),
    "doctor": (_DOCTOR, "Say what is in the way on this machine, and how to mend it."),
    "examples": (_EXAMPLES, "Copy an example project to try all of this on."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are run; it answers errors in words."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order in which they are used."""
        del ctx
        return [*_COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(_COMMANDS[cmd_name][0])
        # A word of the language itself cannot name a function.
        command: object = getattr(module, cmd_name, None) or getattr(module, f"{cmd_name}_command")
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in _COMMANDS.items()])

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """The context of a command; a name that the shell put in may steer the terminal as well.

        Raises:
            Exit: the words are no command.
        """
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.ClickException as error:
            print_misuse(error)
            raise click.exceptions.Exit(error.exit_code) from error

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; every error becomes words on standard error and an exit status."""
        _print_everything()
        try:
            return super().invoke(ctx)
        except AidevsecopsError as error:
            print_error(error)
            ctx.exit(exit_code_of(error))
        except KeyboardInterrupt:
            print_error(CancelledError())
            ctx.exit(CANCELLED)
        except click.ClickException as error:
            print_misuse(error)
            ctx.exit(error.exit_code)
        except (click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            failure = unexpected(error)
            print_error(failure)
            ctx.exit(exit_code_of(failure))


def _print_everything() -> None:
    """Have what a terminal or UTF-8 cannot hold printed as an escape, as JSON has it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aidevsecops")
def main() -> None:
    """Carry notebooks from their imports to locked, reproducible environments.

    NOTEBOOK arguments are paths, folders (all notebooks below them) or patterns such as
    '**/*.ipynb'. Every command has --json for machines.

    \b
    Exit status: 0 done, 1 findings, 2 wrong usage or input, 3 refused,
    4 something outside failed, 130 cancelled.
    """
    # What a command makes it mostly needs until it ends: to look for garbage often takes a while.
    thresholds = gc.get_threshold()
    gc.set_threshold(100_000, *thresholds[1:])
    click.get_current_context().call_on_close(lambda: gc.set_threshold(*thresholds))
    # Python would look for garbage once more before it ends, which takes longer than many a check.
    atexit.register(gc.freeze)
    if os.environ.get("AIDEVSECOPS_DEBUG"):
        from .debug_log import log_everything

        log_everything()
