"""An office whose program has learnt further holiday notices since it was last entered counts its deadlines anew."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.national_notices import EDITION
from desktop_app.services.journaling import note
from desktop_app.services.session import Session
from desktop_app.services.settings_keys import BUILT_IN_NOTICES

FOLLOWED = "built-in-notices"
"""The event of the office."""
_SOURCE = "程序自带的放假通知已更新"


def follow(session: Session) -> None:
    """Count every case anew where the notices built in are others than those last counted by; record what moved.

    Done by whoever enters first with the new program: until then no row is what its events make of it.
    """
    with session.read() as work:
        if work.settings.get(BUILT_IN_NOTICES) in (None, EDITION):
            return
    # Once a year or so: entering must not wait for what counting needs.
    from desktop_app.services.recount import recounted_since, write_recounted

    with session.change() as work:
        if work.settings.get(BUILT_IN_NOTICES) == EDITION:
            return
        counted = recounted_since(session, work, session.calendar(), date.min)
        note(session, work, FOLLOWED, {"edition": EDITION, "moved": str(len(counted.moves.moved))})
        write_recounted(session, work, counted, _SOURCE)
        work.settings.put(BUILT_IN_NOTICES, EDITION)
