"""The signs of statements: whoever looks closer finds nothing where one is missing."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.split_signs import DYNAMIC, FILES, FITS, MOVES, PATHS, SETS, signs_of
from aidevsecops_ext.domain.statement_flow import KnownNames, read_statements

IMPORTS = "import os, sys, mine\nimport pandas as pd\nfrom pathlib import Path\n"


def _signs(source: str) -> int:
    return signs_of(read_statements(IMPORTS + source, KnownNames())[-1])


@pytest.mark.parametrize(
    "source",
    ["total = 1 + 2", "part = frame.head()", "print(f'{total:.2f}')", "frame['a'] = len(frame)"],
)
def test_statements_have_no_sign_when_they_only_compute(source: str) -> None:
    assert _signs(source) == 0


@pytest.mark.parametrize(
    ("source", "sign"),
    [
        ("exec(code)", DYNAMIC),
        ("shell.user_ns['a'] = 1", DYNAMIC),
        ("sys.path.append('lib')", MOVES),
        ("os.environ['HOME'] = '/'", MOVES),
        ("frame = pd.read_csv('a.csv')", FILES),
        ("os.chdir('data')", FILES),
        ("place = Path('data')", PATHS),
        ("pd.set_option('display.width', 9)", SETS),
        ("mine.rows.append(1)", SETS),
        ("logging.getLogger('a').propagate = False", SETS),
        ("model.fit(x)", FITS),
    ],
)
def test_statements_have_a_sign_when_somebody_has_to_look_closer(source: str, sign: int) -> None:
    assert _signs(source) & sign


@pytest.mark.parametrize("source", ["%matplotlib inline", "!ls", "get_ipython().system('ls')"])
def test_statements_have_every_sign_when_they_run_magics(source: str) -> None:
    assert _signs(source) == DYNAMIC | MOVES | FILES | PATHS | SETS | FITS
