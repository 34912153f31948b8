import json

import pytest

from aidevsecops_ext.cli.render import print_json


@pytest.mark.parametrize(
    "value",
    [
        {"steps": [], "edges": {}, "number": [1, 1e22, -0.0], "text": "é\n\u2028"},
        {"number": float("inf")},
        "text",
    ],
)
def test_json_is_laid_out_as_by_the_standard_library(
    value: object, capsys: pytest.CaptureFixture[str]
) -> None:
    print_json(value)  # type: ignore[arg-type] # JSON, of several types

    assert capsys.readouterr().out == json.dumps(value, indent=2, ensure_ascii=False) + "\n"
