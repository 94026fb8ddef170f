"""What an office says of itself: its name, and whom to call. Papers carry it, so it is journalled."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services import regulations, settings_keys
from desktop_app.services.journaling import note
from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """`phone` and `contact` stand on the papers of the office; `regulation` is the id new cases come under."""

    name: str
    phone: str
    contact: str
    regulation: str


def get(session: Session) -> OfficeSettings:
    """The office's settings as they stand."""
    with session.read() as work:
        kept = work.settings
        return OfficeSettings(
            name=session.office_name(work),
            phone=kept.get(settings_keys.OFFICE_PHONE) or "",
            contact=kept.get(settings_keys.OFFICE_CONTACT) or "",
            regulation=session.default_regulation(work).id,
        )


def put(session: Session, wanted: OfficeSettings) -> OfficeSettings:
    """Keep the settings. Refusal `missing_key` without a name, `unknown_value` for an unknown regulation."""
    session.require(Right.KEEP_OFFICE)
    name, phone, contact = wanted.name.strip(), wanted.phone.strip(), wanted.contact.strip()
    if not name:
        raise Refusal("missing_key", "单位名称不能空着：它印在每一份文书上。")
    values = {
        settings_keys.OFFICE_NAME: name,
        settings_keys.OFFICE_PHONE: phone,
        settings_keys.OFFICE_CONTACT: contact,
        settings_keys.DEFAULT_REGULATION: regulations.load(wanted.regulation).id,
    }
    with session.change() as work:
        changed = {key: value for key, value in values.items() if (work.settings.get(key) or "") != value}
        for key, value in changed.items():
            work.settings.put(key, value)
        if changed:
            note(session, work, "change-settings", changed)
    return OfficeSettings(name, phone, contact, wanted.regulation)
