"""What the line at the foot of the window says: office, regulation, the day, the last backup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.wording import full_date
from desktop_app.services import backups, office_settings, regulations
from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """`papers`: titles by form id, as the office's regulation has them."""

    office: str
    line: str
    papers: Mapping[str, str]


def frame_facts(session: Session) -> FrameFacts:
    """Read off the office; the day is the session's today."""
    settings = office_settings.get(session)
    office, regulation = settings.name, regulations.load(settings.regulation)
    today = session.today
    day = session.calendar().day(today)
    kind = "工作日" if day.working else "休息日"
    parts = [office, regulation.short_title, f"{full_date(today)} {kind}"]
    if session.clock.practice:
        parts.append("练习日期")
    parts.append(_backup_words(backups.last_backup(session), today.isoformat()))
    papers = {form.form: form.title for form in regulation.forms.values()}
    return FrameFacts(office, " · ".join(parts), papers)


def _backup_words(made: datetime | None, today: str) -> str:
    if made is None:
        return "尚未备份"
    if made.date().isoformat() == today:
        return f"上次备份 今天 {made:%H:%M}"
    return f"上次备份 {made.month}月{made.day}日 {made:%H:%M}"
