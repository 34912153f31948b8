"""The addresses of remotes, with the credentials that somebody may have written into them."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from ..formats.remote_address import address_login
from .git_program import GitCall, GitLimits, failure_of

if TYPE_CHECKING:
    from ..app.ports import CancelToken
    from .git_program import GitProgram


def address_of(
    git: GitProgram, remote: str, cancel: CancelToken, *, is_pushed_to: bool = True
) -> str:
    """Where a remote is pushed to, or fetched from; not to be shown as it is.

    Raises:
        AidevsecopsError: there is no such remote, or git is missing, fails or does not end.
    """
    kind = ("--push",) if is_pushed_to else ()
    words = ("remote", "get-url", *kind, "--", remote)
    call = GitCall(words, GitLimits().reading, is_reading=True, is_raw=True)
    outcome = git.run(call, cancel)
    if outcome.returncode != 0:
        raise failure_of("remote get-url", outcome)
    return outcome.stdout.split("\n")[0]


def login_settings(url: str) -> tuple[tuple[str, str], ...]:
    """Settings by which git sends the login in an address as a header, and asks without it there.

    git would start its helper with the whole address among the arguments, which every user of the
    machine can read. Settings of one command are in its environment.
    """
    user, password = address_login(url)
    if not password:
        return ()
    parts = urlsplit(url)
    bare = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    login = base64.b64encode(f"{user}:{password}".encode()).decode()
    return (
        (f"url.{bare}.insteadOf", url),
        (f"url.{bare}.pushInsteadOf", url),
        (f"http.{bare}.extraHeader", f"Authorization: Basic {login}"),
    )
