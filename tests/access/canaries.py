"""Secrets that are planted, each at one place, and how they are found wherever they come out."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from urllib.parse import quote

# Survives being percent-encoded, so that it is found in an address as in any other text.
_PREFIX = "cnry"
# What follows does not: passwords do have such letters.
_SUFFIX = "/p+w=%@"


@dataclass
class Canaries:
    """The secrets by the places where they were planted."""

    planted: dict[str, str] = field(default_factory=dict)

    def plant(self, place: str, secret: str | None = None) -> str:
        """A new secret for a place, or that one."""
        word = "".join(letter for letter in place.title() if letter.isalnum())
        made = f"{_PREFIX}{len(self.planted):02}{word}Zq" if secret is None else secret
        self.planted[place] = made
        return made

    def plant_odd(self, place: str) -> tuple[str, str]:
        """A new secret with letters that addresses encode, as it is and as it is encoded."""
        odd = self.plant(place) + _SUFFIX
        return odd, quote(odd, safe="")

    def found_in(self, content: bytes) -> set[str]:
        """The places whose secret is in it: as it is, percent-encoded, in base64 or backwards."""
        return {
            place
            for place, secret in self.planted.items()
            if any(form in content for form in _forms(secret))
        }


def _forms(secret: str) -> list[bytes]:
    raw = secret.encode()
    # Whatever stands before it shifts the letters of base64 by one of three; the ends depend on
    # what is beside it.
    shifted = [base64.b64encode(b"\0" * shift + raw)[4:-4] for shift in range(3)]
    quoted = quote(secret, safe="").encode()
    return [raw, quoted, raw[::-1], raw.hex().encode(), *shifted]
