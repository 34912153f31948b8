"""Check before a release that no secret is in what a repository tracks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import AidevsecopsError, NotFoundError, OutsideFailedError, UserError
from ..domain.path_patterns import matches_any
from ..domain.release import Check, CheckStatus
from ..domain.release_checks import listed
from ..domain.release_settings import CheckName
from ..formats.passages import passages_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..domain.release_settings import ReleaseSettings
    from ..domain.secrets_found import FoundSecret, Passage
    from .content_ports import ContentPorts
    from .ports import CancelToken, Progress

LARGEST_TEXT = 2_000_000
"""How many characters a file may have that is looked through, notebooks not counted."""
_FIX = (
    "Take it out and have the service give out another one: it stays in the history of the "
    "repository.\nIf it is none, write '# pragma: allowlist secret' at the end of its line, or "
    "name the file under 'secrets-exclude' of '[release]' in .aidevsecops.toml."
)


def check_secrets(
    settings: ReleaseSettings, ports: ContentPorts, progress: Progress, cancel: CancelToken
) -> Check:
    """Whether the text files that are tracked, and the cells and outputs of notebooks, have none.

    Files that the settings exclude are left out. Where a secret is goes to the log as well; what
    it is goes nowhere.

    Raises:
        AidevsecopsError: git fails.
        CancelledError: cancelled.
    """
    skipped: list[str] = []
    tracked = ports.git.tracked(cancel)
    paths = [path for path in tracked if not matches_any(path, settings.secrets_exclude)]
    if not paths:
        return Check(CheckName.SECRETS, CheckStatus.PASSED, "There are no files.")
    passages = _passages(paths, ports, cancel, skipped)
    found: dict[str, FoundSecret] = {}
    for secret in ports.secrets.scan(passages, cancel):
        said = f"{secret.place}: {secret.kind}"
        found[said] = secret
        progress.log(said)
    certain = [said for said, secret in found.items() if secret.is_certain]
    others = [said for said, secret in found.items() if not secret.is_certain]
    unread = f" Not looked through: {listed(skipped)}." if skipped else ""
    if certain:
        more = f" Perhaps: {listed(others)}." if others else ""
        message = f"Secrets: {listed(certain)}.{more}{unread}"
        return Check(CheckName.SECRETS, CheckStatus.FAILED, message, _FIX)
    if others:
        message = f"Perhaps secrets: {listed(others)}.{unread}"
        return Check(CheckName.SECRETS, CheckStatus.WARNED, message, _FIX)
    if skipped:
        return Check(
            CheckName.SECRETS,
            CheckStatus.WARNED,
            f"No secrets were found.{unread}",
            "Look at them yourself, or keep them out of the repository.",
        )
    return Check(CheckName.SECRETS, CheckStatus.PASSED, "No secrets were found.")


def _passages(
    paths: Sequence[str], ports: ContentPorts, cancel: CancelToken, skipped: list[str]
) -> Iterator[Passage]:
    for path in paths:
        cancel.raise_if_cancelled()
        try:
            text = ports.files.read(path).text
        except (NotFoundError, UserError):
            # Deleted, which is said elsewhere, or no text.
            continue
        except OutsideFailedError:
            skipped.append(f"{path} (cannot be read)")
            continue
        except AidevsecopsError:
            skipped.append(f"{path} (too large)")
            continue
        if len(text) > LARGEST_TEXT and not path.endswith(".ipynb"):
            skipped.append(f"{path} (too large)")
            continue
        yield from passages_of(path, text)
