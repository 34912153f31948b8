"""Where on which forge a repository is, read from the address of its remote.

git@git.example.org:team/app.git    team/app on https://git.example.org, where that is known
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from ..domain.forge import ForgeKind, ForgePlace

if TYPE_CHECKING:
    from collections.abc import Iterable

# Some answer to git at another name than to people.
_ALIASES = {
    "ssh.github.com": "github.com",
    "www.github.com": "github.com",
    "altssh.gitlab.com": "gitlab.com",
}
# git takes a word before a colon for a host, but for the letter of a drive.
_SHORT = re.compile(r"(?:[^/@:]+@)?(?P<host>[^/@:]{2,}|\[[0-9A-Fa-f:.]+\]):(?P<path>.+)")
_SSH = {"ssh", "git+ssh", "ssh+git", "git"}
_WEB = {"http", "https"}
_PORTS = {"http": 80, "https": 443}
_DEPTH = 2
_NAME = re.compile(r"[\w.~+-]+")


class KnownForge(Struct, frozen=True):
    """A forge at an address without a slash at its end, such as ``https://example.org/git``."""

    url: str
    kind: ForgeKind


PUBLIC_FORGES = (
    KnownForge("https://github.com", ForgeKind.GITHUB),
    KnownForge("https://gitlab.com", ForgeKind.GITLAB),
    KnownForge("https://codeberg.org", ForgeKind.GITEA),
    KnownForge("https://gitea.com", ForgeKind.GITEA),
)


def known_forge(text: str) -> KnownForge:
    """The forge that a setting names: ``git.example.org=gitea``, ``http://localhost:3000=gitea``.

    Raises:
        ValueError: it names none.
    """
    address, separator, kind = text.rpartition("=")
    url = web_address(address)
    if not separator or url is None:
        raise ValueError(f"'{text}' is no ADDRESS=KIND")
    return KnownForge(url, ForgeKind(kind.strip().lower()))


def web_address(text: str) -> str | None:
    """The address of a host or of an address as settings name it; None for anything else.

    What says nothing of it is reached by https.
    """
    text = text.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        return _web_url(parts.scheme, parts.hostname, parts.port, parts.path)
    except ValueError:
        return None


def read_place(
    remote_url: str, known: Iterable[KnownForge], kind: ForgeKind | None = None
) -> ForgePlace | None:
    """The repository behind the address of a remote; None where its forge is not known.

    ``kind`` is what runs on a host that is not among the known ones: such a host is only reached by
    https.
    """
    try:
        remote = _read_remote(remote_url)
    except ValueError:
        return None
    if remote is None:
        return None
    for forge in known:
        place = _place_on(forge, remote)
        if place is not None:
            return place
    if kind is None or remote.scheme == "http":
        return None
    url = remote.url if remote.scheme == "https" else f"https://{remote.host}"
    return _place(kind, url, remote.path)


class _Remote(Struct, frozen=True):
    """Where git goes: ``url`` is that of the host, empty where it is no web address."""

    scheme: str
    host: str
    path: str
    url: str = ""


def _read_remote(text: str) -> _Remote | None:
    if "://" not in text:
        match = _SHORT.fullmatch(text)
        return None if match is None else _Remote("ssh", _host(match["host"]), match["path"])
    parts = urlsplit(text)
    scheme = parts.scheme.lower()
    if not parts.hostname or scheme not in _WEB | _SSH:
        return None
    host = _host(_bracketed(parts.hostname))
    if scheme in _SSH:
        return _Remote("ssh", host, parts.path)
    return _Remote(scheme, host, parts.path, _web_url(scheme, host, parts.port, "") or "")


def _place_on(forge: KnownForge, remote: _Remote) -> ForgePlace | None:
    parts = urlsplit(forge.url)
    if remote.scheme == "ssh":
        # What follows the host there is the path of the repository alone.
        is_there = _bracketed(parts.hostname or "") == remote.host
        return _place(forge.kind, forge.url, remote.path) if is_there else None
    prefix = f"{parts.path}/"
    if f"{parts.scheme}://{parts.netloc}" != remote.url or not remote.path.startswith(prefix):
        return None
    return _place(forge.kind, forge.url, remote.path.removeprefix(prefix))


def _place(kind: ForgeKind, url: str, path: str) -> ForgePlace | None:
    names = unquote(path).strip("/").removesuffix(".git").split("/")
    # GitLab has groups in groups.
    is_deep = kind is ForgeKind.GITLAB and len(names) > _DEPTH
    if not (len(names) == _DEPTH or is_deep):
        return None
    if not all(_NAME.fullmatch(name) and name.strip(".") for name in names):
        return None
    return ForgePlace(kind, url, "/".join(names))


def _web_url(scheme: str, host: str | None, port: int | None, path: str) -> str | None:
    if scheme.lower() not in _WEB or not host:
        return None
    scheme = scheme.lower()
    shown = f":{port}" if port is not None and port != _PORTS[scheme] else ""
    return f"{scheme}://{_bracketed(host.lower())}{shown}{path.rstrip('/')}"


def _host(name: str) -> str:
    return _ALIASES.get(name.lower(), name.lower())


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
