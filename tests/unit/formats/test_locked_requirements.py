"""Locked packages as requirements with hashes."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.formats.locked_requirements import requirements_text

SIX = LockedPackage("Six", "1.16.0", ("sha256:aa", "sha256:bb"), markers="os_name == 'nt'")


def test_requirements_text_pins_each_package_with_its_hashes() -> None:
    text = requirements_text([SIX, LockedPackage("torch", "2.1+cpu", ("sha256:cc",))])

    assert text == (
        "six==1.16.0 --hash=sha256:aa --hash=sha256:bb\ntorch==2.1+cpu --hash=sha256:cc\n"
    )


@pytest.mark.parametrize(
    "package",
    [
        replace(SIX, name="six\n--index-url=https://evil.example"),
        replace(SIX, version="1.0\n--index-url=https://evil.example"),
        replace(SIX, version="1.0 ; os_name"),
        replace(SIX, hashes=("sha256:aa\n--index-url=https://evil.example",)),
        replace(SIX, hashes=()),
    ],
)
def test_requirements_text_refuses_what_is_no_pin(package: LockedPackage) -> None:
    with pytest.raises(RefusedError) as caught:
        requirements_text([package])

    assert caught.value.code is ErrorCode.KERNEL_LOCK_INCOMPLETE
