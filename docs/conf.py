"""How the documentation is built; ``make docs`` does it, where a warning is an error."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

from generated import PAGES

from aidevsecops_ext import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "AIDevSecOps for JupyterLab"
author = "AIDevSecOps contributors"
project_copyright = "2026, AIDevSecOps contributors"
version = release = __version__

extensions = ["myst_parser"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = project
html_show_sphinx = False
html_copy_source = False
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nitpicky = True


def insert_generated(_app: Sphinx, docname: str, source: list[str]) -> None:
    """Append to a reference page what is read from the code, so that it is never out of date."""
    if docname in PAGES:
        source[0] += "\n" + PAGES[docname]()


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("source-read", insert_generated)
