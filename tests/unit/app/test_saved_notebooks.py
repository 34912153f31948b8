"""Opening and saving notebooks in files."""

from __future__ import annotations

import pytest

from aidevsecops_ext.app.open_notebook import open_notebook
from aidevsecops_ext.app.save_notebook import save_notebook
from aidevsecops_ext.domain.errors import ConflictError, NotFoundError, UserError
from aidevsecops_ext.domain.notebook import NotebookEdit
from tests.fakes.files import FakeFiles
from tests.kits.notebooks import notebook_text


def test_open_notebook_reads_the_file_when_it_is_a_notebook() -> None:
    files = FakeFiles({"a/nb.ipynb": notebook_text(["import numpy"])})

    opened = open_notebook("a/nb.ipynb", files)

    assert opened.path == "a/nb.ipynb"
    assert [cell.source for cell in opened.notebook.cells] == ["import numpy"]


def test_open_notebook_passes_errors_on_when_it_is_not_there_or_not_one() -> None:
    files = FakeFiles({"bad.ipynb": "{"})

    with pytest.raises(NotFoundError):
        open_notebook("nb.ipynb", files)
    with pytest.raises(UserError):
        open_notebook("bad.ipynb", files)


def test_save_notebook_writes_only_the_edit_when_there_is_one() -> None:
    text = notebook_text(["import numpy"], kernelspec={"name": "é"})
    files = FakeFiles({"nb.ipynb": text})

    written = save_notebook(
        open_notebook("nb.ipynb", files), NotebookEdit({"requirements": "{}"}), files
    )

    assert written
    assert files.texts["nb.ipynb"] == notebook_text(
        ["import numpy"], kernelspec={"name": "é"}, requirements="{}"
    )


def test_save_notebook_leaves_the_file_when_nothing_changes() -> None:
    files = FakeFiles({"nb.ipynb": notebook_text(requirements="{}")})
    opened = open_notebook("nb.ipynb", files)
    del files.texts["nb.ipynb"]

    assert not save_notebook(opened, NotebookEdit({"requirements": "{}"}), files)
    assert files.texts == {}


def test_save_notebook_refuses_when_the_file_changed_meanwhile() -> None:
    files = FakeFiles({"nb.ipynb": notebook_text()})
    opened = open_notebook("nb.ipynb", files)
    files.texts["nb.ipynb"] = notebook_text(["newer"])

    with pytest.raises(ConflictError):
        save_notebook(opened, NotebookEdit({"a": 1}), files)

    assert files.texts["nb.ipynb"] == notebook_text(["newer"])
