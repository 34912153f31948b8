"""What keeps the code that writes and reads artifacts apart from the notebook's own names."""

from __future__ import annotations

import textwrap

_APART = """\
def {function}(notebook):
    global _stored, _with_grad
{code}

    return {function}

# In a module of its own, because the notebook may call something list or open.
import sys as _split_code
_split_code = _split_code.modules.setdefault("_split_code", _split_code.__class__("_split_code"))
_split_code.__builtins__, _split_code.define = __builtins__, {function}.__class__
{function} = _split_code.define({function}.__code__, _split_code.__dict__)({function}.__globals__)
"""


def apart(function: str, code: str) -> str:
    """Code that defines a function, which needs no name of the notebook.

    The code knows the notebook's variables as ``notebook``. ``_stored`` and ``_with_grad`` are of a
    module that is nowhere on disk, so that pickles can name them.
    """
    inner = textwrap.indent(code.strip().replace("\n\n\n", "\n\n"), "    ")
    return _APART.format(function=function, code=inner)
