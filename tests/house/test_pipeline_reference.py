"""What findings of pipelines mean is in the reference."""

from __future__ import annotations

import re

from aidevsecops_ext.domain.pipeline_findings import FindingCode

from .sources import ROOT

_ROW = re.compile(r"^\| `([a-z]+\.[a-z-]+)` \| (?:error|warning|note) \| .+ \|$", re.M)


def test_reference_explains_every_finding_once() -> None:
    text = (ROOT / "docs" / "reference" / "pipelines.md").read_text(encoding="utf-8")

    assert sorted(_ROW.findall(text)) == sorted(code.value for code in FindingCode)
