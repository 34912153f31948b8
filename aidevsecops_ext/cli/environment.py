"""Settings from environment variables: ``AIDEVSECOPS_<FIELD>`` in upper case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..config import MAY_BE_ZERO, Settings
from ..domain.errors import ErrorCode, UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

_PREFIX = "AIDEVSECOPS_"


def settings_from(environment: Mapping[str, str]) -> Settings:
    """The settings, with the defaults where the environment says nothing.

    Raises:
        UserError: a variable does not hold a value of its kind.
    """
    values: dict[str, object] = {}
    for name, default in Settings.defaults().items():
        variable = _PREFIX + name.upper()
        text = environment.get(variable, "").strip()
        if text:
            value = _value(variable, text, default)
            if value == 0 and name not in MAY_BE_ZERO:
                raise _not_positive(variable, text)
            values[name] = value
    return Settings(**values)  # type: ignore[arg-type]


def _value(variable: str, text: str, default: object) -> object:
    if isinstance(default, tuple):
        return tuple(text.split())
    if isinstance(default, str):
        return text
    kind = float if isinstance(default, float) else int
    try:
        number = kind(text)
    except ValueError as error:
        raise _not_positive(variable, text) from error
    if not number >= 0:
        raise _not_positive(variable, text)
    return number


def _not_positive(variable: str, text: str) -> UserError:
    return UserError(
        ErrorCode.REQUEST_INVALID,
        f"The environment variable {variable} is '{text}', which is not a positive number.",
        hint="Correct it or unset it.",
        details={"variable": variable},
    )
