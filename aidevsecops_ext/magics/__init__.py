"""The face inside a notebook: the terminal's commands as magics."""
