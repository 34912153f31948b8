"""Print the hash that the installed pipenv computes for each Pipfile in the given folders.

Run by an interpreter that has pipenv, so it imports nothing of this project.
"""

import os
import sys

from pipenv.project import Project  # type: ignore[import-not-found,unused-ignore]

for folder in sys.argv[1:]:
    os.environ["PIPENV_PIPFILE"] = os.path.join(folder, "Pipfile")
    sys.stdout.write(Project(chdir=False).pipfile.calculate_hash() + "\n")
