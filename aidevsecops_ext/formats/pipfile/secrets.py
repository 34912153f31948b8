"""Sources without the passwords that somebody wrote into them; ``${VARIABLES}`` are none."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .digest import hash_of, is_hash_of
from .entries import without_credentials

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...domain.json_value import Json


def without_secrets(pipfile: Mapping[str, Json]) -> dict[str, Json]:
    """The Pipfile as it may be written to a file that others read.

    Raises:
        UserError: the address of a source is none.
    """
    if "source" not in pipfile:
        return {**pipfile}
    return {**pipfile, "source": safe_sources(pipfile["source"])}


def safe_sources(sources: Json) -> Json:
    """The sources, each address without user and password unless these are variables.

    Raises:
        UserError: an address is none.
    """
    if isinstance(sources, list):
        return [safe_sources(source) for source in sources]
    url = sources.get("url") if isinstance(sources, dict) else None
    if isinstance(sources, dict) and isinstance(url, str):
        return {**sources, "url": without_secret(url)}
    return sources


def without_secret(url: str) -> str:
    """The address, with user and password only where these are variables.

    Raises:
        UserError: it is not an address.
    """
    bare = without_credentials(url)
    login = urlsplit(url).netloc.rpartition("@")[0]
    # pipenv, pip and uv expand ${NAME} when they install.
    is_variable = all(part.startswith("${") for part in login.split(":") if part)
    return url if is_variable else bare


def retied(digest: str, old: Mapping[str, Json], new: Mapping[str, Json]) -> str:
    """The hash of a lock of the old Pipfile, as a lock of the new one has it."""
    return hash_of(new) if old != new and is_hash_of(old, digest) else digest


def shown_lockfile(lockfile: Mapping[str, Json], pipfile: Mapping[str, Json]) -> Mapping[str, Json]:
    """The lock of a Pipfile, as the lock of what ``without_secrets`` leaves of it.

    Raises:
        UserError: the address of a source is none.
    """
    meta = lockfile.get("_meta")
    if not isinstance(meta, dict):
        return lockfile
    shown = {**meta}
    if "sources" in meta:
        shown["sources"] = safe_sources(meta["sources"])
    digests = meta.get("hash")
    digest = digests.get("sha256") if isinstance(digests, dict) else None
    if isinstance(digests, dict) and isinstance(digest, str):
        shown["hash"] = {**digests, "sha256": retied(digest, pipfile, without_secrets(pipfile))}
    return {**lockfile, "_meta": shown}
