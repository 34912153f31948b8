"""The commands about releases: parse, call a use case, render."""

from __future__ import annotations

import click

_AS_JSON = click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Show the plan; change nothing.")
_YES = click.option("--yes", "-y", "is_agreed", is_flag=True, help="Do not ask.")
_OFFLINE = click.option("--offline", "is_offline", is_flag=True, help="Do not ask the remote.")


class _KindGroup(click.Group):
    """A group where a word that is no command is the kind of a release."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words name."""
        is_kind = bool(args) and args[0] not in self.commands and not args[0].startswith("-")
        return super().resolve_command(ctx, ["cut", *args] if is_kind else args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how it is called."""
        formatter.write_usage(ctx.command_path, "KIND [OPTIONS] | COMMAND [OPTIONS]")


@click.group(cls=_KindGroup)
def release() -> None:
    """Cut a release: one plan, one commit, one tag; one undo.

    KIND is major, minor, patch, prerelease, build, finalize, calver (by the calendar), auto (by
    the commits), or a version such as 1.4.0. 'aidevsecops release minor --dry-run' shows the plan;
    its options are those of 'aidevsecops release cut'.
    """


@release.command()
@click.argument("kind")
@_DRY_RUN
@click.option(
    "--mode",
    type=click.Choice(["direct", "pull-request", "bot"]),
    help="Release at once, open a pull request, or ask a bot; else as .aidevsecops.toml says.",
)
@click.option("--no-push", is_flag=True, help="Commit and tag; push neither.")
@click.option("--no-checks", is_flag=True, help="Do not look at locks, secrets, outputs …")
@_OFFLINE
@_YES
@_AS_JSON
def cut(kind: str, mode: str | None, **flags: bool) -> None:
    """Plan a release of KIND, show the plan, and carry it out.

    The version is written where files say it, CHANGELOG.md tells what changed, and files that name
    images of the repository name those of the release. That is one commit, an annotated tag, and
    one push of both. Where a stage fails nothing is changed, or what is out is said: then 'resume'
    goes on.

    As a pull request the commit goes to a branch vX.Y.Z of the remote, and nothing changes here;
    what it needs to be tagged when it is merged is shown by 'aidevsecops release workflow'. A bot
    is asked by an issue, as by 'aidevsecops bot ask KIND'.

    Exit status 3 if a check forbids the release.
    """
    from ..domain.release_proposal import ReleaseMode
    from .releasing import CutOptions, run_cut

    run_cut(
        CutOptions(
            kind=kind,
            mode=None if mode is None else ReleaseMode(mode),
            is_dry_run=flags["dry_run"],
            is_pushed=not flags["no_push"],
            is_unchecked=flags["no_checks"],
            is_offline=flags["is_offline"],
            is_agreed=flags["is_agreed"],
            is_json=flags["is_json"],
        )
    )


@release.command()
@_OFFLINE
@_AS_JSON
def status(is_offline: bool, is_json: bool) -> None:
    """Say how far the newest release came, and what can be done with it."""
    from .releasing import run_status

    run_status(is_offline=is_offline, is_json=is_json)


@release.command()
@_AS_JSON
def resume(is_json: bool) -> None:
    """Go on with a release that was begun and is not done."""
    from .releasing import run_resume

    run_resume(is_json=is_json)


@release.command()
@click.option(
    "--published", "is_remote", is_flag=True, help="Take it back from its remote as well."
)
@_YES
@_AS_JSON
def undo(is_remote: bool, is_agreed: bool, is_json: bool) -> None:
    """Take the newest release back.

    What never left this machine is as it was before. A release that is out is taken back when
    --published says so: the commit is reverted by another one, and the tag deleted, where the
    remote still has exactly those. A pull request that is open is closed, and its branch deleted.
    """
    from .releasing import run_undo

    run_undo(is_remote=is_remote, is_agreed=is_agreed, is_json=is_json)


@release.command("tag-merged")
@_DRY_RUN
@_AS_JSON
def tag_merged(dry_run: bool, is_json: bool) -> None:
    """Tag the release that a merged pull request brought; for CI.

    To be run at each push to the branch that releases are made of, with its whole history. The tag
    vX.Y.Z is on the commit by which 'Release of version X.Y.Z' came to the branch, and is pushed;
    the forge's release has the notes of CHANGELOG.md, and the branch of the pull request is
    deleted. What was done before is not done again; where nothing was merged, nothing is done.
    """
    from .release_on_merge import run_tag_merged

    run_tag_merged(is_dry_run=dry_run, is_json=is_json)


@release.command()
@click.option(
    "--for",
    "forge",
    type=click.Choice(["github", "gitlab", "gitea"]),
    help="Which forge it is for; else that of the remote.",
)
@_DRY_RUN
@_YES
@_AS_JSON
def workflow(forge: str | None, dry_run: bool, is_agreed: bool, is_json: bool) -> None:
    """Write the workflow by which the forge tags what was merged.

    It is shown first, a file that is there with how it would change.
    """
    from .release_on_merge import run_workflow

    run_workflow(forge, is_dry_run=dry_run, is_agreed=is_agreed, is_json=is_json)


@release.command()
@_AS_JSON
def notes(is_json: bool) -> None:
    """Print what a release would tell of the changes since the last one."""
    from .releasing import run_notes

    run_notes(is_json=is_json)


@release.command()
@_AS_JSON
def tags(is_json: bool) -> None:
    """List the releases that there are, the newest first."""
    from .releasing import run_tags

    run_tags(is_json=is_json)
