"""What stands in a form and is not done yet, kept as it is typed: at once at the seat, and as a draft with the office.

The seat's copy has a thread of its own: a server that is away, or busy with a colleague's import, is not in its way.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from desktop_app.errors import StorageProblem
from desktop_app.services import typed_here
from desktop_app.services.drafts import keep_draft

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from desktop_app.gui.changes import Changes
    from desktop_app.gui.operations import Operations

_LOG = logging.getLogger(__name__)


class TypedWords:
    """Of one window."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations
        self._here = ThreadPoolExecutor(1, "liuyan-typed")
        self._closed = False

    def keep(
        self, owner: QObject, number: str, action: str, values: Mapping[str, str], changes: Changes
    ) -> None:
        """Keep these values in the place of what was kept (`services.drafts`); while the server is away, they wait."""
        turn = typed_here.begin(self._operations.session, number, action)
        if self._operations.on_server:
            # As the window closes, the last word may come after everything else.
            run = self._here.submit if not self._closed else _at_once
            run(self._keep_here, number, action, typed_here.text_of(values), turn)
        self._operations.change(
            owner,
            lambda session: keep_draft(session, number, action, values, turn),
            lambda _: None,
            changes,
            again=f"draft {number} {action}",
        )

    @property
    def all_here(self) -> bool:
        """Whether all that waits for the server outlives this window and the PC's power."""
        return typed_here.all_here(self._operations.session)

    def close(self) -> None:
        """What was given is at the seat before this returns."""
        self._closed = True
        self._here.shutdown(wait=True)

    def _keep_here(self, number: str, action: str, text: str, turn: int) -> None:
        try:
            typed_here.keep(self._operations.session, number, action, text, turn)
        except (StorageProblem, OSError) as error:
            # The server most likely has it in a moment; where not, `all_here` is False, and the window says so.
            _LOG.warning("what is typed could not be kept at the seat: %s", type(error).__name__)


def _at_once(act: Callable[..., None], *words: Any) -> None:
    act(*words)
