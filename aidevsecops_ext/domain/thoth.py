"""What a Thoth service is asked beside the requirements, and what is kept of its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .json_value import Json
    from .recommendation import RecommendationType

THOTH_ENGINE = "thoth"
"""The engine that asks a Thoth service; recorded so for jupyterlab-requirements, too."""

NO_FALLBACK = "none"
"""The word for: fail rather than let another engine resolve."""


class ThothSettings(Struct, frozen=True):
    """What an installation says: its service's host, and the engine for when that is not there."""

    host: str = ""
    fallback: str = NO_FALLBACK


class ThothOptions(Struct, frozen=True):
    """What the user chose for one question; ``is_dev`` None asks for what the notebook declares.

    ``is_forced`` asks for a new analysis where the service has an answer already.
    """

    labels: tuple[tuple[str, str], ...] = ()
    timeout: float | None = None
    is_forced: bool = False
    is_dev: bool | None = None


class ThothQuestion(Struct, frozen=True):
    """One question to a service, in its own formats.

    ``config`` is the JSON text of a ``.thoth.yaml`` with one runtime environment, ``pipfile`` the
    text of a Pipfile. With ``is_for_this_machine`` the operating system is to be filled in.
    """

    host: str
    verify_tls: bool
    config: str
    environment: str
    pipfile: str
    recommendation: RecommendationType
    timeout: float | None = None
    is_forced: bool = False
    is_dev: bool = False
    is_for_this_machine: bool = False
    may_send_token: bool = False


class ThothRecord(Struct, frozen=True):
    """What a notebook keeps of an answer: the ``.thoth.yaml`` asked with, and the analysis' id."""

    config: Mapping[str, Json]
    analysis_id: str
