from __future__ import annotations

import pytest

from aidevsecops_ext.domain.secrets_found import FoundSecret, PassagePart


@pytest.mark.parametrize(
    ("part", "cell", "expected"),
    [
        (PassagePart.FILE, None, "a.txt, line 3"),
        (PassagePart.SOURCE, 1, "a.txt, cell 2, line 3"),
        (PassagePart.OUTPUT, 1, "a.txt, cell 2, output, line 3"),
        (PassagePart.METADATA, 1, "a.txt, cell 2, metadata"),
        (PassagePart.METADATA, None, "a.txt, metadata"),
    ],
)
def test_place_says_where_a_secret_is(part: PassagePart, cell: int | None, expected: str) -> None:
    assert FoundSecret("a.txt", 3, "Private Key", part=part, cell=cell).place == expected
