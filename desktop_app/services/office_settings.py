"""What an office says of itself: its name, and whom to call. Papers carry it, so it is journalled."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services import regulations, settings_keys
from desktop_app.services.edited_meanwhile import Edited, merged
from desktop_app.services.journaling import note
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

CHANGE = "change-settings"
"""The event by which settings of the office are changed."""
_EDITED = Edited(
    "本单位的信息",
    {"name": "单位名称", "phone": "联系电话", "contact": "联系人", "regulation": "新登记的件适用"},
    CHANGE,
    lambda event: any(
        name.startswith("office.") or name == settings_keys.DEFAULT_REGULATION for name in event.keys
    ),
)


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
        return _kept(session, work)


def put(session: Session, wanted: OfficeSettings, shown: OfficeSettings | None = None) -> OfficeSettings:
    """Keep the settings. Refusal `missing_key` without a name, `unknown_value` for an unknown regulation;
    `EditedMeanwhile` where somebody else changed since `shown` what is changed here."""
    session.require(Right.KEEP_OFFICE)
    name, phone, contact = wanted.name.strip(), wanted.phone.strip(), wanted.contact.strip()
    if not name:
        raise Refusal("missing_key", "单位名称不能空着：它印在每一份文书上。")
    regulations.load(wanted.regulation)
    cleaned = OfficeSettings(name, phone, contact, wanted.regulation)
    with session.change() as work:
        before, seen = asdict(_kept(session, work)), asdict(shown) if shown is not None else None
        kept = OfficeSettings(**merged(session, work, _EDITED, before, seen, asdict(cleaned)))
        values = {
            settings_keys.OFFICE_NAME: kept.name,
            settings_keys.OFFICE_PHONE: kept.phone,
            settings_keys.OFFICE_CONTACT: kept.contact,
            settings_keys.DEFAULT_REGULATION: kept.regulation,
        }
        changed = {key: value for key, value in values.items() if (work.settings.get(key) or "") != value}
        for key, value in changed.items():
            work.settings.put(key, value)
        if changed:
            note(session, work, CHANGE, changed)
    return kept


def _kept(session: Session, work: Work) -> OfficeSettings:
    return OfficeSettings(
        name=session.office_name(work),
        phone=work.settings.get(settings_keys.OFFICE_PHONE) or "",
        contact=work.settings.get(settings_keys.OFFICE_CONTACT) or "",
        regulation=session.default_regulation(work).id,
    )
