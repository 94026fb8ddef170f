"""What a user has typed into the form of a step and not yet done: kept as it is typed, encrypted like the rest.

A draft is no fact: it stands in no journal, and nobody but who typed it sees it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from desktop_app.domain.rights import Right
from desktop_app.services.session import Session


def keep_draft(session: Session, number: str, action: str, values: Mapping[str, str]) -> None:
    """Keep these values in the place of what was kept; none at all drops the draft.

    `number` is empty for a form that is of no case yet.
    """
    session.require(Right.WORK_ON_CASES)
    with session.change() as work:
        if values:
            text = json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
            work.drafts.put(session.user.name, number, action, text)
        else:
            work.drafts.drop(session.user.name, number, action)


def drop_draft(session: Session, number: str, action: str) -> None:
    """Forget what was typed, as once the step is done."""
    keep_draft(session, number, action, {})


def drafts_of(session: Session, number: str, actions: Iterable[str]) -> dict[str, dict[str, str]]:
    """The user's drafts on that case, by action; actions without one are left out."""
    session.require(Right.SEE_CASES)
    found: dict[str, dict[str, str]] = {}
    with session.read() as work:
        for action in actions:
            text = work.drafts.get(session.user.name, number, action)
            if text is not None:
                found[action] = _values(text)
    return found


def _values(text: str) -> dict[str, str]:
    kept = json.loads(text)
    return {str(name): str(value) for name, value in kept.items()}
