"""What files around a notebook say to uv: whoever wrote the repository wrote them, not the user.

Of the user are the files where uv looks for those of a user, and what lies in or above the home.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import AidevsecopsError, CancelledError, ErrorCode, RefusedError
from ..formats.pipfile.entries import without_credentials
from .uv_configuration import project_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..app.ports import CancelToken
    from ..domain.json_value import Json
    from ..formats.uv_options import Steering


class RepositoryOptions(Struct, frozen=True):
    """A file of a repository, and what in it steers uv."""

    file: Path
    said: Steering


def repository_options(environ: Mapping[str, str], folder: Path) -> tuple[RepositoryOptions, ...]:
    """The files that steer a uv which runs in ``folder``, the nearest to the front.

    All of them: which one counts depends on workspaces as well.
    """
    if environ.get("UV_CONFIG_FILE") or environ.get("UV_NO_CONFIG"):
        return ()
    return tuple(_found(environ, folder.resolve()))


def _found(environ: Mapping[str, str], folder: Path) -> Iterator[RepositoryOptions]:
    home = Path(environ.get("HOME") or Path.home()).resolve()
    for place in (folder, *folder.parents):
        if home.is_relative_to(place):
            return
        for file, options in project_options(place):
            said = _steering(options)
            if said.indexes or said.settings:
                yield RepositoryOptions(file, said)


def _steering(options: Mapping[str, Json] | None) -> Steering:
    # Here and not above, as below: most locks need none of it, and should start quickly.
    from ..formats.uv_options import Steering, steering

    if options is None:
        # Whoever reads it otherwise than we do may find something in it.
        return Steering(settings=("what cannot be read",))
    return steering(options)


def untrusted(
    found: tuple[RepositoryOptions, ...], agreed: Iterable[str], cancel: CancelToken
) -> tuple[RepositoryOptions, ...]:
    """Those files, with what of them the user did not agree to: as addresses, or by their folder.

    Raises:
        CancelledError: cancelled.
    """
    left = _not_agreed(found, agreed)
    if not left:
        return ()
    from .git_own_programs import is_trusted

    said = _git_settings(left[0].file.parent, cancel)
    return tuple(each for each in left if not is_trusted(said, each.file.parent))


def _git_settings(folder: Path, cancel: CancelToken) -> str:
    from .git_own_programs import LISTING
    from .git_program import GitCall, GitLimits, GitProgram

    call = GitCall(LISTING, GitLimits().reading, is_reading=True, is_raw=True)
    try:
        outcome = GitProgram(folder).run(call, cancel)
    except CancelledError:
        raise
    except AidevsecopsError:
        return ""
    return outcome.stdout if outcome.returncode == 0 else ""


def _not_agreed(
    found: Iterable[RepositoryOptions], agreed: Iterable[str]
) -> tuple[RepositoryOptions, ...]:
    known = {_same(address) for address in agreed}
    left = (
        replace(
            each,
            said=replace(
                each.said, indexes=tuple(i for i in each.said.indexes if _same(i[1]) not in known)
            ),
        )
        for each in found
    )
    return tuple(each for each in left if each.said.indexes or each.said.settings)


def refusal(left: tuple[RepositoryOptions, ...]) -> RefusedError:
    """The error for what nobody agreed to."""
    steered = [each for each in left if each.said.settings]
    if steered:
        import shlex

        file, said = steered[0].file, steered[0].said
        trust = shlex.join(
            ("git", "config", "--global", "--add", "aidevsecops.trusted", str(file.parent))
        )
        return RefusedError(
            ErrorCode.LOCK_UNTRUSTED_SETTINGS,
            f"{file.name} of the repository sets what you have not agreed to: "
            f"{', '.join(said.settings)}.",
            hint=f"Look at {file}. If you trust the folder: {trust}",
            details={"file": str(file), "settings": list(said.settings)},
        )
    indexes = [(name, without_credentials(url)) for each in left for name, url in each.said.indexes]
    files = ", ".join(dict.fromkeys(each.file.name for each in left))
    return RefusedError(
        ErrorCode.LOCK_UNTRUSTED_INDEX,
        f"{files} of the repository names package indexes that you have not agreed to: "
        f"{', '.join(url for _, url in indexes)}.",
        hint="Look at the addresses. If you trust them, agree to them and lock again.",
        details={"indexes": [{"name": name, "url": url} for name, url in indexes]},
    )


def _same(address: str) -> str:
    return without_credentials(address).rstrip("/")
