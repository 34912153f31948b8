"""Every reader of text that somebody else wrote."""

from __future__ import annotations

from collections.abc import Mapping

from .answer_parsers import ANSWER_PARSERS
from .notebook_parsers import NOTEBOOK_PARSERS
from .parser import Parser
from .project_parsers import PROJECT_PARSERS

PARSERS: Mapping[str, Parser] = {**NOTEBOOK_PARSERS, **PROJECT_PARSERS, **ANSWER_PARSERS}
