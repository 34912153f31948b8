"""``.aidevsecops.toml``: which kind of forge a repository is on, under ``[forge]``.

A repository cannot say where its forge is: a token goes nowhere but to the host of its remote.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from ..domain.errors import ErrorCode, UserError
from ..domain.forge import ForgeKind  # noqa: TC001 - read at run time, by msgspec
from .prepared import prepared
from .toml_text import parse_toml


class _ForgeSettings(Struct, frozen=True, forbid_unknown_fields=True):
    kind: ForgeKind | None = None


_SETTINGS = prepared(_ForgeSettings)


def forge_kind_of(text: str, name: str) -> ForgeKind | None:
    """What runs on the host of the remote; None where the file does not say it.

    Raises:
        UserError: it is not TOML, or says something that nothing can be made of.
    """
    try:
        return msgspec.convert(parse_toml(text).get("forge", {}), _SETTINGS).kind
    except (ValueError, RecursionError) as error:
        raise UserError(
            ErrorCode.FORGE_SETTINGS_INVALID,
            f"'[forge]' in {name} cannot be read: {error}.",
            hint='It says kind = "github", "gitlab" or "gitea", and nothing else.',
            details={"file": name},
        ) from error
