"""What a user has typed into the form of a step and not yet done: kept as it is typed, encrypted like the rest.

A draft is no fact: it stands in no journal, and nobody but who typed it sees it. Each seat of one user keeps its own:
none writes over another's. What was typed at another seat is shown where there is nothing of this one's own, and is
this one's from then on (`take_up`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.domain.rights import Right
from desktop_app.services import typed_here
from desktop_app.services.session import Session
from desktop_app.services.typed_here import text_of
from desktop_app.storage.seat_name import seat_name

PLACES = {"entry": "登记一件", "backlog": "补录旧件", "units": "单位名册", "holidays": "放假安排"}
"""Pages whose form is of no case, by the name under which what is typed there is kept."""


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """Something typed and not done. `number` is empty where it is of no case; then `action` is a page (`PLACES`)."""

    number: str
    action: str
    title: str


def keep_draft(
    session: Session, number: str, action: str, values: Mapping[str, str], turn: int | None = None
) -> None:
    """Keep these values in the place of what was kept; none at all drops the draft.

    `number` is empty for a form that is of no case; who may not save it may still have typed into it. `turn` is the
    number of what was typed (`typed_here.begin`); None for whatever was typed so far.
    """
    if number:
        session.require(Right.WORK_ON_CASES)
    seat = seat_name(session.folder)
    text = text_of(values)
    with session.change() as work:
        if text:
            work.drafts.put(session.user.name, number, action, text, seat)
        else:
            work.drafts.drop(session.user.name, number, action, seat)
    typed_here.settle(session, number, action, text, turn)


def drop_draft(session: Session, number: str, action: str) -> None:
    """Forget what was typed, as once the step is done."""
    keep_draft(session, number, action, {})


def take_up(session: Session, number: str, action: str, values: Mapping[str, str]) -> None:
    """What is shown here from now on, if it was typed at another seat, is a draft of this one; else nothing is done."""
    seat, user, text = seat_name(session.folder), session.user.name, text_of(values)
    with session.change() as work:
        seats = {one.seat: one.text for one in work.drafts.of_case(user, number) if one.action == action}
        other = next((one for one, kept in seats.items() if kept == text), None)
        if seat not in seats and other is not None:
            work.drafts.drop(user, number, action, other)
            work.drafts.put(user, number, action, text, seat)
            seats[seat] = text
    typed_here.know(session, number, action, seats.get(seat, ""))


def drafts_of(session: Session, number: str, actions: Iterable[str]) -> dict[str, dict[str, str]]:
    """The user's drafts on that case, by action, of this seat before those of others; actions without one are left out."""
    if number:
        session.require(Right.SEE_CASES)
    seat, wanted = seat_name(session.folder), frozenset(actions)
    with session.read() as work:
        kept = work.drafts.of_case(session.user.name, number)
    own = {one.action: one.text for one in kept if one.seat == seat}
    for action in wanted:
        typed_here.know(session, number, action, own.get(action, ""))
    own_last = sorted(kept, key=lambda one: one.seat == seat)
    return {one.action: _values(one.text) for one in own_last if one.action in wanted}


def open_drafts(session: Session) -> tuple[OpenDraft, ...]:
    """Everything that the user typed and did not finish, cases first in the order of the register."""
    with session.read() as work:
        places = work.drafts.places(session.user.name)
    ordered = sorted(places, key=lambda one: (not one[0], one))
    return tuple(OpenDraft(number, action, title_of_place(action)) for number, action in ordered)


def title_of_place(action: str) -> str:
    """What the form of an action, or of a page (`PLACES`), is called."""
    from desktop_app.services.trail_words import title_of

    return PLACES.get(action) or title_of(action)


def _values(text: str) -> dict[str, str]:
    kept = json.loads(text)
    return {str(name): str(value) for name, value in kept.items()}
