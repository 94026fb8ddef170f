"""The office's own paper templates that all its seats share, where it lies on a server.

A file's office has them in its folder, where whoever keeps the folder changes them; there this module holds none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services.journaling import note
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.office_forms import OfficeForm

CHANGE_TEMPLATE = "change-template"


def are_shared(session: Session) -> bool:
    """Whether templates are shared by several seats, and not those of the data folder."""
    return session.database.on_server


def shared_form(session: Session, name: str) -> OfficeForm | None:
    """The office's own template in a file of that name; None where it uses the shipped one."""
    with session.read() as work:
        return work.forms.get(name)


def shared_forms(session: Session) -> list[OfficeForm]:
    """All of them."""
    with session.read() as work:
        return work.forms.all()


def share_form(session: Session, name: str, content: bytes, changed_from: str) -> OfficeForm:
    """From now on all seats make papers of this one. `changed_from`: SHA-256 of the one that was changed, empty for
    the shipped one. Refusal `changed_meanwhile` where another seat has shared one since."""
    session.require(Right.KEEP_OFFICE)
    with session.change() as work:
        now = work.forms.get(name)
        if (now.sha256 if now is not None else "") != changed_from:
            by = f"（{now.by}，{now.changed[:16].replace('T', ' ')}）" if now is not None else ""
            raise Refusal(
                "changed_meanwhile",
                f"“{name}”另一个席位也改过{by}，这里改的没有交上去。",
                None,
                "请把这里的改动另存一份，移走它，再从新的改起。",
            )
        shared = work.forms.put(name, content, session.clock.now(), session.user.name)
        note(session, work, CHANGE_TEMPLATE, {"file": name, "sha256": shared.sha256})
    return shared
