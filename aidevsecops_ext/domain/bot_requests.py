"""What people ask bots for, in the titles of issues that Kebechet and AICoE-CI act on."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from .errors import ErrorCode, UserError
from .versions import ReleaseKind, is_version

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS: Mapping[ReleaseKind, str] = {
    ReleaseKind.MAJOR: "New major release",
    ReleaseKind.MINOR: "New minor release",
    ReleaseKind.PATCH: "New patch release",
    ReleaseKind.CALVER: "New calendar release",
    ReleaseKind.PRERELEASE: "New pre-release",
    ReleaseKind.BUILD: "New build release",
    ReleaseKind.FINALIZE: "Finalize version",
}


class Wish(str, Enum):
    """What somebody wants of a bot."""

    RELEASE = "release"
    DELIVER_IMAGE = "deliver-image"
    DELIVER_MODULE = "deliver-module"
    UPDATE = "update"
    INFO = "info"
    ADVISE = "advise"


_TITLES: Mapping[Wish, str] = {
    Wish.DELIVER_IMAGE: "Deliver Container Image",
    Wish.DELIVER_MODULE: "Deliver Missing Module",
    Wish.UPDATE: "Kebechet update",
    Wish.INFO: "Kebechet info",
    Wish.ADVISE: "Kebechet Advise",
}
_DELIVERED = frozenset({Wish.DELIVER_IMAGE, Wish.DELIVER_MODULE})


class BotRequest(Struct, frozen=True):
    """One wish: a release is of a ``kind``, an explicit one of a ``version``."""

    wish: Wish
    kind: ReleaseKind = ReleaseKind.EXPLICIT
    version: str = ""

    @property
    def title(self) -> str:
        """The title of the issue, exactly as the bots want it."""
        if self.wish is not Wish.RELEASE:
            return _TITLES[self.wish]
        return _KINDS.get(self.kind) or f"{self.version} release"

    @property
    def has_tag(self) -> bool:
        """True when a tag is asked for: what is to be built of it."""
        return self.wish in _DELIVERED


_REQUESTS = {
    request.title.lower(): request
    for request in (
        *(BotRequest(Wish.RELEASE, kind) for kind in _KINDS),
        *(BotRequest(wish) for wish in _TITLES),
    )
}


def request_titled(title: str) -> BotRequest | None:
    """What an issue of that title asks for; None for one that is no request.

    Big and small letters are the same, and nothing else may differ.
    """
    version, blank, word = title.partition(" ")
    if blank and word.lower() == "release" and is_version(version):
        return BotRequest(Wish.RELEASE, version=version.removeprefix("v"))
    return _REQUESTS.get(title.lower())


def request_named(name: str) -> BotRequest:
    """What somebody means by a word: a wish, a kind of release, or a version.

    Raises:
        UserError: it is none of them.
    """
    wishes = {wish.value: wish for wish in Wish if wish is not Wish.RELEASE}
    kinds = {kind.value: kind for kind in _KINDS}
    if name in wishes:
        return BotRequest(wishes[name])
    if name in kinds:
        return BotRequest(Wish.RELEASE, kinds[name])
    if is_version(name):
        return BotRequest(Wish.RELEASE, version=name.removeprefix("v"))
    raise UserError(
        ErrorCode.BOT_REQUEST_UNKNOWN,
        f"'{name}' is nothing that a bot can be asked for.",
        hint=f"One of {', '.join([*kinds, *wishes])}, or a version such as 1.4.0.",
        details={"request": name},
    )
