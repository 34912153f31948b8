"""Open a pipeline, and find the files of its nodes."""

from __future__ import annotations

import pytest

from aidevsecops_ext.app.open_pipeline import open_pipeline
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError, UserError
from tests.fakes.files import FakeFiles
from tests.kits.pipelines import node, text


def test_files_of_nodes_are_seen_from_the_folder_of_the_pipeline() -> None:
    files = FakeFiles({"flows/p.pipeline": text(node("a", filename="../notebooks/a.ipynb"))})

    opened = open_pipeline("flows/p.pipeline", files)

    assert opened.folder == "flows"
    assert opened.path_of(opened.pipeline.nodes[0]) == "notebooks/a.ipynb"
    assert opened.file.text == opened.document.text


@pytest.mark.parametrize("file", ["../a.ipynb", "/etc/passwd"])
def test_a_file_outside_the_root_is_refused(file: str) -> None:
    opened = open_pipeline("p.pipeline", FakeFiles({"p.pipeline": text(node("a", filename=file))}))

    with pytest.raises(RefusedError) as caught:
        opened.path_of(opened.pipeline.nodes[0])

    assert caught.value.code is ErrorCode.NOTEBOOK_OUTSIDE_ROOT
    assert caught.value.details == {"node": "a", "file": file}


def test_a_node_without_a_file_is_said() -> None:
    opened = open_pipeline("p.pipeline", FakeFiles({"p.pipeline": text(node("a", filename=""))}))

    with pytest.raises(UserError, match="Node a names no file"):
        opened.path_of(opened.pipeline.nodes[0])
