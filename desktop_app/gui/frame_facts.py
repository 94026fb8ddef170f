"""What the frame of the window shows: office, regulation, the day, the last backup, and who sits there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.users import User
from desktop_app.domain.wording import full_date
from desktop_app.services import access_rules, accounts, backups, office_settings, regulations
from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """`papers`: titles by form id, as the office's regulation has them. `who`: the user with the roles held by now;
    `here`: whether the user may still be here; `idle_minutes` until the window locks."""

    office: str
    line: str
    papers: Mapping[str, str]
    who: str
    here: bool
    idle_minutes: int


def frame_facts(session: Session) -> FrameFacts:
    """Read off the office; the day is the session's today."""
    here, user = accounts.still_here(session), session.user
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
    return FrameFacts(
        office,
        " · ".join(parts),
        papers,
        who_words(user),
        here,
        access_rules.rules(session).idle_minutes,
    )


def who_words(user: User) -> str:
    """``王敏 · 经办、审核``."""
    return f"{user.display_name or user.name} · {user.role_labels or '还没有角色'}"


def _backup_words(made: datetime | None, today: str) -> str:
    if made is None:
        return "尚未备份"
    if made.date().isoformat() == today:
        return f"上次备份 今天 {made:%H:%M}"
    return f"上次备份 {made.month}月{made.day}日 {made:%H:%M}"
