"""What the bot answers."""

from __future__ import annotations

from aidevsecops_ext.domain.lock import LockChange, LockedPackage, VersionChange
from aidevsecops_ext.formats.bot_texts import (
    dependencies,
    failed,
    mark_of,
    marked,
    not_allowed,
    up_to_date,
    update_body,
)


def test_update_tells_what_changes() -> None:
    change = LockChange(
        (LockedPackage("new", "1"),),
        (LockedPackage("gone", "2"),),
        (VersionChange("six", "1", "2"),),
    )

    assert update_body({".": change}, {"a.ipynb": "No."}, 7) == (
        "Closes: #7\n\n```\n.\n\nsix 1 → 2\nnew 1 (new)\ngone 2 (gone)\n```\n\n\n"
        "These could not be locked:\n\n```\na.ipynb: No.\n```"
    )


def test_names_of_files_stay_in_their_fence() -> None:
    told = dependencies({"``` @all\nCloses #1": tuple(f"p{n} 1" for n in range(301))})

    assert told.startswith("These are the dependencies:\n\n````\n``` @all\n")
    assert told.endswith("p299 1\n… and 1 more\n````\n")


def test_failure_tells_the_reason_and_what_to_do() -> None:
    assert failed("No.", "") == "It did not work, and nothing was changed:\n\n```\nNo.\n```"
    assert failed("No.", "Do so.").endswith("What to do:\n\n```\nDo so.\n```")


def test_mark_is_that_of_what_was_said() -> None:
    answer = marked("Done.\n")

    assert answer == f"Done.\n\n{mark_of('Done.')}"
    assert mark_of("Done.") != mark_of("Not done.")


def test_those_who_may_ask_are_named_and_not_mentioned() -> None:
    told = not_allowed("eve", ["jo", "a`b"])

    assert told.startswith("Hey, @eve! ")
    assert told.endswith("It may be asked for by `jo`.")


def test_locks_are_counted() -> None:
    assert up_to_date(1, {}) == "1 lock has the newest versions that fit."
