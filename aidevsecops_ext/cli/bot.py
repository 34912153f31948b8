"""The commands about bots: parse, call a use case, render."""

from __future__ import annotations

import click

_AS_JSON = click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Show it; change nothing.")
_YES = click.option("--yes", "-y", "is_agreed", is_flag=True, help="Do not ask.")


@click.group()
def bot() -> None:
    """Ask bots for releases and updates by issues, and be one.

    The issues have the titles, labels and texts that Kebechet and AICoE-CI act on: those of the
    repository's templates (.github/ISSUE_TEMPLATE), else the usual ones.
    """


@bot.command()
@click.argument("request")
@click.option("--tag", default="", help="The tag to deliver, for deliver-image and deliver-module.")
@_DRY_RUN
@_YES
@_AS_JSON
def ask(request: str, tag: str, **flags: bool) -> None:
    """Open the issue that asks a bot for REQUEST.

    REQUEST is major, minor, patch, calver, prerelease, build, finalize or a version for a release;
    update, advise or info for the dependencies; deliver-image or deliver-module for what is built
    of a tag. An issue that asks for the same and is open is not opened again.
    """
    from ..domain.bot_requests import request_named
    from .botting import AskOptions, run_ask

    run_ask(
        AskOptions(
            request_named(request),
            tag,
            is_dry_run=flags["dry_run"],
            is_agreed=flags["is_agreed"],
            is_json=flags["is_json"],
        )
    )


@bot.command()
@click.argument("number", type=click.IntRange(min=1), required=False)
@_AS_JSON
def status(number: int | None, is_json: bool) -> None:
    """Say what became of the issue NUMBER: comments, pull request, tag, builds.

    Without a number, list the issues that ask a bot for something and are open.
    """
    from .botting import run_requests, run_status

    if number is None:
        run_requests(is_json=is_json)
    else:
        run_status(number, is_json=is_json)


@bot.command()
@_DRY_RUN
@_AS_JSON
def run(dry_run: bool, is_json: bool) -> None:
    """Do what open issues ask for, as Kebechet does; for CI.

    Reads the managers in .thoth.yaml (version, update, thoth-advise, info). Their maintainers may
    ask, else the approvers in OWNERS, else who may push. A release becomes a pull request, one in a
    run; newer versions of what is locked become one, too; dependencies are answered. Every issue is
    answered with what was done, or why it was not; what was done is not done again.

    Exit status 1 if something did not work.
    """
    from .bot_running import run_the_bot

    run_the_bot(is_dry_run=dry_run, is_json=is_json)
