"""Nothing is printed but through the module that shows what would steer a terminal."""

from __future__ import annotations

import re

from .sources import find_sources, name_of

_PRINTING = re.compile(
    r"\bclick\.(?:\w*echo\w*|style|confirm|prompt|progressbar|edit|pause)\b"
    r"|from click import|std(?:out|err)\.(?:write|buffer)\b|rich import print"
)


def test_commands_print_through_one_module() -> None:
    sources = [*find_sources("aidevsecops_ext/cli", ".py")]
    sources += find_sources("aidevsecops_ext/magics", ".py")

    found = [
        f"{name_of(path)}:{number}: use cli/screen.py"
        for path in sources
        if name_of(path) != "aidevsecops_ext/cli/screen.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if _PRINTING.search(line)
    ]

    assert found == []
