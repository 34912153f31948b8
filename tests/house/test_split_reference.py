"""What warnings of a split mean is in the reference."""

from __future__ import annotations

import re

from aidevsecops_ext.domain.split import SplitCode

from .sources import ROOT

_ROW = re.compile(r"^\| `([a-z-]+\.[a-z-]+)` \| .+ \|$", re.M)


def test_reference_explains_every_warning_of_a_split_once() -> None:
    text = (ROOT / "docs" / "reference" / "split.md").read_text(encoding="utf-8")

    assert sorted(_ROW.findall(text)) == sorted(code.value for code in SplitCode)
