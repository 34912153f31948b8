"""The user's index configuration, for uv: what pip is configured with counts for uv too.

Addresses may hold credentials, so they go to uv as environment variables and never as arguments,
which every user of the machine can read. Why pip's extra indexes are translated as they are:
``docs/decisions/0002-index-configuration.md``.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec import Struct

from ..formats.redaction import secrets_in
from .pip_configuration import pip_settings
from .uv_configuration import UvSetting, uv_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_TRUE = frozenset({"1", "true", "yes", "on", "t", "y"})
_URL_VARIABLES = (
    "UV_DEFAULT_INDEX",
    "UV_INDEX_URL",
    "UV_INDEX",
    "UV_EXTRA_INDEX_URL",
    "UV_FIND_LINKS",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
)


class IndexConfiguration(Struct, frozen=True):
    """The environment for uv, arguments without secrets, and the secrets to mask."""

    environment: Mapping[str, str]
    arguments: tuple[str, ...] = ()
    secrets: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        # Logs and tracebacks show this: nothing that may hold a secret.
        return f"IndexConfiguration(arguments={self.arguments!r})"


def index_configuration(
    environ: Mapping[str, str],
    folder: Path,
    default_index: Callable[[Mapping[str, str] | None], str | None],
) -> IndexConfiguration:
    """The configuration for a uv that runs in ``folder`` with ``environ`` as its environment.

    ``default_index`` answers uv's default index in an environment, and that of uv itself for None,
    where nobody configures one; it is asked only when pip has extra indexes.
    """
    pip = pip_settings(environ)
    known = uv_settings(environ, folder)
    added = _translated(pip, known)
    extra = pip.get("extra-index-url", "").split()
    if extra and UvSetting.INDEXES not in known:
        is_configured = UvSetting.DEFAULT_INDEX in known or "UV_DEFAULT_INDEX" in added
        primary = default_index({**environ, **added} if is_configured else None)
        # First the default index: of one version on two indexes uv records the first one's files,
        # and a mirror often holds only the files of this machine.
        added["UV_INDEX"] = " ".join([primary, *extra] if primary else extra)
        if UvSetting.STRATEGY not in known:
            added["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    environment = {**environ, **added}
    has_no_index = pip.get("no-index", "").lower() in _TRUE and UvSetting.NO_INDEX not in known
    return IndexConfiguration(
        environment=environment,
        arguments=("--no-index",) if has_no_index else (),
        secrets=_secrets(environment),
    )


def _translated(pip: Mapping[str, str], known: frozenset[UvSetting]) -> dict[str, str]:
    values = {
        (UvSetting.DEFAULT_INDEX, "UV_DEFAULT_INDEX"): pip.get("index-url", ""),
        (UvSetting.FIND_LINKS, "UV_FIND_LINKS"): ",".join(
            _absolute(place) for place in pip.get("find-links", "").split()
        ),
        (UvSetting.INSECURE_HOST, "UV_INSECURE_HOST"): pip.get("trusted-host", ""),
        (UvSetting.CERTIFICATES, "SSL_CERT_FILE"): pip.get("cert", ""),
        (UvSetting.CLIENT_CERTIFICATE, "SSL_CLIENT_CERT"): pip.get("client-cert", ""),
        (UvSetting.PROXY, "ALL_PROXY"): pip.get("proxy", ""),
    }
    return {
        variable: value
        for (setting, variable), value in values.items()
        if value and setting not in known
    }


def _absolute(place: str) -> str:
    # uv runs in the notebook's folder, pip in the one the user is in.
    return place if "://" in place else os.path.abspath(os.path.expanduser(place))


def _secrets(environment: Mapping[str, str]) -> frozenset[str]:
    urls = " ".join(value for name, value in environment.items() if name.upper() in _URL_VARIABLES)
    passwords = {
        value
        for name, value in environment.items()
        if name.startswith("UV_INDEX_") and name.endswith("_PASSWORD")
    }
    named = (
        url.partition("=")[2] if "=" in url.partition("://")[0] else url
        for url in urls.replace(",", " ").split()
    )
    return secrets_in(named) | frozenset(filter(None, passwords))
