"""What the other seats of an office on a server have changed, told as it happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.errors import StorageProblem
    from desktop_app.services.session import Session
    from desktop_app.storage.server_news import Heard

GIVEN_UP = "given_up"
"""Code of a step whose turn was not waited for, as was wished."""

_KINDS: dict[str, tuple[str, ...]] = {
    "cases": ("cases",),
    "papers": ("cases",),
    "attachments": ("cases",),
    "drafts": ("drafts",),
    "units": ("units",),
    "users": ("settings",),
    "settings": ("settings",),
    "office": ("settings", "appraisal"),
    "bulletins": ("settings",),
    "import_batches": ("batches",),
    "holiday_notices": ("cases", "settings"),
}
"""For each thing the server tells of, the kinds of what pages show."""


@dataclass(frozen=True, slots=True)
class News:
    """Kinds of what changed, as pages know them; None: any. `numbers` of the cases, empty for any."""

    kinds: frozenset[str] | None
    numbers: frozenset[str] = frozenset()


def listen(
    session: Session, changed: Callable[[News], None], reachable: Callable[[StorageProblem | None], None]
) -> Callable[[], None] | None:
    """Have others' changes told, and why the server can't be reached (None: it can), on a thread of their own; returns
    what ends it.

    None for an office in a file: there one looks from time to time (`Session.data_version`).
    """
    return session.database.listen(lambda heard: changed(_news(heard)), reachable)


def _news(heard: Heard | None) -> News:
    if heard is None:
        return News(None)
    kinds = frozenset(kind for name in heard.names for kind in _KINDS.get(name, (name,)))
    # Papers and attachments are told without their cases.
    numbers = heard.numbers if not heard.names & {"papers", "attachments", "holiday_notices"} else frozenset()
    return News(kinds, numbers)


def is_away(problem: StorageProblem) -> bool:
    """Whether the server can't be reached just now, whoever asks for what."""
    return problem.code in ("server_lost", "server_silent")


def is_in_turn(problem: StorageProblem) -> bool:
    """Whether all is well but that others were writing: nobody waited until they were done."""
    return problem.code in (GIVEN_UP, "locked")
