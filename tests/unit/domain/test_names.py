from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.utils import InvalidName
from packaging.utils import canonicalize_name as reference

from aidevsecops_ext.domain.names import canonicalize_name, is_valid_name

NAMES = st.text(alphabet="aZ09-_. é\n[", max_size=8)


@given(NAMES)
def test_canonicalize_name_agrees_with_packaging(name: str) -> None:
    assert canonicalize_name(name) == reference(name)


@given(NAMES)
def test_is_valid_name_agrees_with_packaging(name: str) -> None:
    try:
        reference(name, validate=True)
    except InvalidName:
        is_valid = False
    else:
        is_valid = True

    assert is_valid_name(name) is is_valid


@pytest.mark.parametrize("name", ["", "-a", "a-", "a b", "a\n", "é"])
def test_is_valid_name_refuses_when_it_is_none(name: str) -> None:
    assert not is_valid_name(name)
