"""How the builds of a release stand on its forge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from .forge import Build, ForgePlace


class ReleaseBuilds(Struct, frozen=True):
    """The builds of the newest release: of its tag, or of the pull request that brings it.

    ``place`` is None where the remote is on no known forge, ``tag`` and ``commit`` where nothing
    was released. ``note`` says why the forge was not asked, and is empty where it could be;
    ``wants_token`` is true where a token is what it takes.
    """

    place: ForgePlace | None = None
    tag: str | None = None
    commit: str | None = None
    builds: tuple[Build, ...] = ()
    note: str = ""
    wants_token: bool = False
