"""Projects and notebooks of a size that few people have, made for benchmarks and tests of load.

    python -m benchmarks.large_project FOLDER NOTEBOOKS REQUIREMENTS

writes a project with a notebook more, ``wide.ipynb``, which asks for so many packages, and with
overlays and a pipeline.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import LockedPackage
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.pipelines import document_text

_A_FOLDER = 50
_LOCKED_EVERY = 4
_PACKAGES = 20
_OVERLAYS = _NODES = 30
KERNEL: dict[str, Json] = {"name": "python3", "display_name": "Python 3", "language": "python"}


def write_project(folder: Path, count: int) -> tuple[str, ...]:
    """A Git repository with that many notebooks, every fourth of them locked; their paths.

    Each has 12 cells, an output of 10 kB, and imports a module of the project.
    """
    paths = []
    (folder / "churn").mkdir(parents=True)
    (folder / "churn" / "__init__.py").write_text("import pandas\n")
    (folder / "churn" / "features.py").write_text("import numpy\n\n\ndef scaled(x): return x\n")
    (folder / "VERSION").write_text("0.1.0\n")
    for number in range(count):
        place = folder / f"area-{number // _A_FOLDER:03}"
        place.mkdir(exist_ok=True)
        path = place / f"notebook-{number:04}.ipynb"
        path.write_text(project_notebook(number, is_locked=number % _LOCKED_EVERY == 0))
        paths.append(path.relative_to(folder).as_posix())
    for words in (
        ["init", "--quiet", "--initial-branch=main"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "Begin"],
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return tuple(paths)


def project_notebook(number: int, *, is_locked: bool) -> str:
    """The text of one of the notebooks of a project."""
    head = "import numpy as np\nimport pandas as pd\nfrom churn.features import scaled"
    cells = [
        f"# step {step} of {number}\n"
        + "".join(
            f"value_{line} = scaled(frame['column_{line}'] + {number})\n" for line in range(8)
        )
        for step in range(11)
    ]
    metadata: dict[str, Json] = {"kernelspec": KERNEL}
    if is_locked:
        packages = [LockedPackage(f"package-{n}", "1.0.0") for n in range(_PACKAGES)]
        locked = [LockedPackage("numpy", "2.0.0"), LockedPackage("pandas", "2.2.0"), *packages]
        metadata |= locked_metadata({"numpy": "*", "pandas": "*"}, locked)
    value = json.loads(notebook_text([head, *cells], **metadata))
    output = {"output_type": "stream", "name": "stdout", "text": ["0123456789\n" * 900]}
    value["cells"][1]["outputs"] = [output]
    return json.dumps(value, indent=1) + "\n"


def wide_notebook(count: int) -> str:
    """The text of a notebook that declares that many packages, has them locked, and imports ten."""
    names = [f"package-{number:03}" for number in range(count)]
    imports = "".join(f"import package_{number:03}\n" for number in range(10))
    declared: dict[str, Json] = dict.fromkeys(names, ">=1.0")
    packages = [LockedPackage(name, "1.0.0") for name in names]
    metadata: dict[str, Json] = {"kernelspec": KERNEL}
    metadata |= locked_metadata(declared, packages)
    return notebook_text([imports, "value = 1"], **metadata)


def main(folder: str, notebooks: str, requirements: str) -> None:
    """Write all of it."""
    paths = write_project(Path(folder), int(notebooks))
    (Path(folder) / "wide.ipynb").write_text(wide_notebook(int(requirements)))
    for number in range(_OVERLAYS):
        overlay = Path(folder, "overlays", f"step-{number:02}")
        overlay.mkdir(parents=True)
        (overlay / "Pipfile").write_text('[packages]\npandas = "*"\n')
    nodes = [
        {
            "name": f"step-{number:02}",
            "file": path,
            "after": (f"step-{number - 1:02}",) * (number > 0),
        }
        for number, path in enumerate(paths[:_NODES])
    ]
    Path(folder, "churn.pipeline").write_text(document_text(*nodes))


if __name__ == "__main__":
    main(*sys.argv[1:4])
