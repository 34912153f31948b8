import pytest

from aidevsecops_ext.app.step_files import preview_step
from tests.fakes.files import FakeFiles


def test_preview_refuses_when_the_text_is_no_step() -> None:
    with pytest.raises(ValueError, match="not the notebook of a step"):
        preview_step("fit", "{}", "nb-fit.ipynb", FakeFiles({}))
