"""What two seats may edit at once beside cases, such as a unit or the office's settings: each keeps what it changed, and
none writes over the other's change unseen (docs/adr/037).

The window sends what it had shown. What only one of them changed is kept from whoever did; where both changed the same
field, whoever comes second is told what stands there now, and by whom.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.errors import Refusal
from desktop_app.services.overtaken import CHANGED_MEANWHILE

if TYPE_CHECKING:
    from desktop_app.domain.events import Event
    from desktop_app.services.session import Session
    from desktop_app.storage.work import Work


class EditedMeanwhile(Refusal):
    """Somebody else has changed the same field; nothing was changed. `known` is what was shown, with what the refusal
    tells: sent along as what was shown, it lets the own words stand."""

    def __init__(self, message: str, known: Mapping[str, str]) -> None:
        super().__init__(CHANGED_MEANWHILE, message, None, "再保存一次，就照您填的存。")
        self.known = dict(known)
        self.args = (message, self.known)


@dataclass(frozen=True, slots=True)
class Edited:
    """What is edited, in words, and the titles of its fields; `action`: under which the journal has changes of it, of
    which `about` tells those that are."""

    what: str
    titles: Mapping[str, str]
    action: str
    about: Callable[[Event], bool]


def merged(
    session: Session,
    work: Work,
    edited: Edited,
    stored: Mapping[str, str],
    shown: Mapping[str, str] | None,
    wanted: Mapping[str, str],
) -> dict[str, str]:
    """What is to be stored, given what stands there, what was shown (None: nobody says) and what is wanted.

    Refuses (`EditedMeanwhile`) where a field was changed here and elsewhere.
    """
    if shown is None:
        return dict(wanted)
    clashing = [
        name
        for name in wanted
        if wanted[name] != shown[name] != stored[name] and stored[name] != wanted[name]
    ]
    if clashing:
        told = "；".join(
            f"{edited.titles.get(name, name)}现为“{stored[name] or '空'}”，您填的是“{wanted[name] or '空'}”"
            for name in clashing
        )
        known = {**shown, **{name: stored[name] for name in clashing}}
        raise EditedMeanwhile(f"{_who(session, work, edited)}改了{edited.what}：{told}。", known)
    return {name: stored[name] if wanted[name] == shown[name] else wanted[name] for name in wanted}


def _who(session: Session, work: Work, edited: Edited) -> str:
    """``李四 14:03 ``; ``别人刚`` where the journal does not tell."""
    last = next((one for one in reversed(work.journal.of_office(edited.action)) if edited.about(one)), None)
    if last is None:
        return "别人刚"
    same_day = last.entered[:10] == session.clock.now()[:10]
    return f"{last.by} {last.entered[11:16] if same_day else last.entered[5:16].replace('T', ' ')} "
