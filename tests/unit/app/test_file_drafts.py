from __future__ import annotations

from aidevsecops_ext.app.file_drafts import FileDrafts
from aidevsecops_ext.domain.file_preview import FilePreview
from tests.fakes.files import FakeFiles


def test_drafts_hold_one_change_after_another() -> None:
    files = FakeFiles({"a.txt": "one"})
    drafts = FileDrafts(files)

    drafts.change("a.txt", f"{drafts.text('a.txt')} two")
    drafts.change("a.txt", f"{drafts.text('a.txt')} three")

    assert drafts.planned() == (
        FilePreview("a.txt", "one two three", "one", files.read("a.txt").revision),
    )


def test_drafts_begin_files_and_leave_out_what_stays_as_it_is() -> None:
    drafts = FileDrafts(FakeFiles({"a.txt": "one"}))

    drafts.change("a.txt", "one")
    drafts.change("new.txt", "text")

    assert drafts.planned() == (FilePreview("new.txt", "text"),)
