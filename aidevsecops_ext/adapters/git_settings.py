"""What git is set to: the repository's, the user's and the machine's settings together."""

from __future__ import annotations

from ..domain.repository import Signing

_TRUE = {"true", "yes", "on", "1"}
_FORMATS = {"openpgp": Signing.OPENPGP, "ssh": Signing.SSH, "x509": Signing.X509}


class GitSettings:
    """The settings in ``git config --list --null``; of several the last counts, as for git."""

    def __init__(self, text: str) -> None:
        self._values: dict[str, str] = {}
        for entry in text.split("\0"):
            key, separator, value = entry.partition("\n")
            # A switch that stands alone is on.
            self._values[key] = value if separator else "true"

    def get(self, key: str) -> str | None:
        """A setting; section and variable in small letters, as git writes them."""
        return self._values.get(key)

    def remotes(self) -> tuple[str, ...]:
        """The names of all remotes that have an address."""
        names = (
            key.removeprefix("remote.").removesuffix(".url")
            for key in self._values
            if key.startswith("remote.") and key.endswith(".url")
        )
        return tuple(sorted(names))

    @property
    def tag_signing(self) -> Signing:
        """What annotated tags are signed with."""
        return self.signing("tag.gpgsign", "tag.forcesignannotated")

    def signing(self, *switches: str) -> Signing:
        """What is signed with, where one of the switches is on."""
        if not any(self._values.get(name, "").lower() in _TRUE for name in switches):
            return Signing.OFF
        return _FORMATS.get(self._values.get("gpg.format", "").lower(), Signing.OPENPGP)
