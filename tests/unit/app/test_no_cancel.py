"""What cannot be cancelled."""

from __future__ import annotations

from aidevsecops_ext.app.no_cancel import NoCancel


def test_it_is_never_cancelled() -> None:
    cancel, called = NoCancel(), []

    forget = cancel.on_cancel(lambda: called.append(1))
    forget()
    cancel.raise_if_cancelled()

    assert not cancel.is_cancelled
    assert called == []
