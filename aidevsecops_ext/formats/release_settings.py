"""``.aidevsecops.toml``: what a repository says of its releases, under ``[release]``."""

from __future__ import annotations

import msgspec

from ..domain.errors import ErrorCode, UserError
from ..domain.release_settings import ReleaseSettings
from .prepared import prepared
from .toml_text import parse_toml

RELEASE_SETTINGS = ".aidevsecops.toml"
_SETTINGS = prepared(ReleaseSettings)


def release_settings_of(text: str) -> ReleaseSettings:
    """What the file says of releases; what it leaves out is as usual.

    Raises:
        UserError: it is not TOML, or says something that nothing can be made of.
    """
    try:
        settings = msgspec.convert(parse_toml(text).get("release", {}), _SETTINGS)
    except (ValueError, RecursionError) as error:
        raise _invalid(str(error)) from error
    if not all(command and command[0] for command in settings.commands):
        raise _invalid("a command in 'commands' is empty")
    return settings


def _invalid(reason: str) -> UserError:
    return UserError(
        ErrorCode.RELEASE_SETTINGS_INVALID,
        f"'[release]' in {RELEASE_SETTINGS} cannot be read: {reason}.",
        hint="The documentation shows what may stand there.",
        details={"file": RELEASE_SETTINGS},
    )
