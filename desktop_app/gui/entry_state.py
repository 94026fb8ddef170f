"""One message typed by hand, worked out without Qt: the fields, what is wrong with them, the registration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.message_text import clean
from desktop_app.domain.message_times import read_time
from desktop_app.domain.messages import Citizen, Message, Registration


@dataclass(frozen=True, slots=True)
class EntryField:
    """One field of the form."""

    name: str
    label: str
    required: bool = False
    hint: str = ""
    long: bool = False


MESSAGE_FIELDS = (
    EntryField("title", "留言主题", required=True),
    EntryField("text", "留言内容", required=True, long=True),
)
CITIZEN_FIELDS = (
    EntryField("citizen", "网民姓名或网名"),
    EntryField("contact", "联系方式"),
    EntryField("work_unit", "工作单位"),
    EntryField("address", "住址"),
)
BOARD_FIELDS = (
    EntryField("received", "收件日期", required=True, hint="如 2026-10-09"),
    EntryField("time", "留言时间", hint="如 2026-10-09 08:30"),
    EntryField("board_number", "留言编号", hint="网站给的编号"),
    EntryField("kind", "类型", hint="如 咨询、投诉/求助、建言"),
    EntryField("domain", "领域", hint="如 城建、交通、教育"),
)
FIELDS = (*MESSAGE_FIELDS, *CITIZEN_FIELDS, *BOARD_FIELDS)
_REQUIRED = tuple(field for field in FIELDS if field.required)


def faults(texts: Mapping[str, str], today: date) -> dict[str, str]:
    """What keeps the message from being registered, by field."""
    found = {field.name: f"请填写{field.label}" for field in _REQUIRED if not texts[field.name].strip()}
    for name in ("received", "time"):
        if name in found or not texts[name].strip():
            continue
        day = _day(texts[name])
        if day is None:
            found[name] = "看不出是哪一天，请写成 2026-10-09 这样"
        elif day > today:
            found[name] = "在今天之后"
    received, written = _day(texts["received"]), _day(texts["time"])
    if not found and received and written and written > received:
        found["received"] = "早于留言时间"
    return found


def registration_of(texts: Mapping[str, str], regulation: str, source: str) -> Registration:
    """The registration that the form describes; ValueError unless `faults` finds none."""
    received = _day(texts["received"])
    if received is None:
        raise ValueError("收件日期")
    plain = {name: clean(text) for name, text in texts.items()}
    message = Message(
        title=" ".join(plain["title"].split()),
        text=plain["text"],
        citizen=Citizen(plain["citizen"], plain["contact"], plain["work_unit"], plain["address"]),
        board_number=plain["board_number"],
        board=source,
        kind=plain["kind"],
        domain=plain["domain"],
        written=_written(plain["time"]),
    )
    return Registration(regulation, received, source, message)


def _day(text: str) -> date | None:
    try:
        moment = read_time(text.strip())
    except ValueError:
        return None
    return moment.date if moment is not None else None


def _written(text: str) -> str:
    moment = read_time(text) if text else None
    return str(moment) if moment is not None else ""
