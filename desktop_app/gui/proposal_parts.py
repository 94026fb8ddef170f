"""What the proposals of several steps are made from: the leading unit, texts as they may be shown, names once. No Qt here."""

from __future__ import annotations

from desktop_app.domain.units import Unit
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.story_state import effective_keys
from desktop_app.services.case_view import EventView

MASK = "*"

HANDED_DOWN = frozenset(("handed_down_by", "handed_down_on", "upstream_due"))
"""Keys that only a case from above has a use for (T 第三条)."""


def lead_unit(file: CaseFile) -> Unit | None:
    """The unit that leads now, or led last, as the register knows it."""
    held = file.view.case.lead
    return file.units.find(held.unit) if held is not None else None


def named(*words: str) -> tuple[str, ...]:
    """Those that say something, each once."""
    return tuple(dict.fromkeys(word for word in words if word))


def suggested(file: CaseFile, action: str, key: str) -> str:
    """The first word that the regulation suggests for this key, or nothing."""
    words = file.view.regulation.actions[action].suggests.get(key, ())
    return words[0] if words else ""


def event_of(file: CaseFile, event: int) -> EventView | None:
    return next((one for one in file.view.events if one.id == event), None)


def shown_text(file: CaseFile, event: int, key: str) -> str:
    """A text of a recorded step as the page shows it: masked until revealed."""
    recorded = event_of(file, event)
    return effective_keys(file.view, recorded).get(key, "") if recorded is not None else ""


def is_masked(text: str) -> bool:
    """Whether something in it is covered: stars never get into an editor."""
    return MASK * 2 in text


def clear_text(file: CaseFile, event: int, key: str) -> str:
    """The same, but empty where anything in it is masked: stars never get into an editor."""
    text = shown_text(file, event, key)
    return "" if MASK in text else text


def handed_down_values(file: CaseFile, action: str) -> dict[str, str]:
    """What is known of the case's coming from above, to be completed."""
    told = file.view.case.handed_down
    by = told.by if told is not None and told.by else suggested(file, action, "handed_down_by")
    values = {"handed_down_by": by}
    if told is not None and told.on is not None:
        values["handed_down_on"] = told.on.isoformat()
    if told is not None and told.due is not None:
        values["upstream_due"] = told.due.isoformat()
    return values


def answer_text(file: CaseFile) -> str:
    """What is to be told as the answer now: the reviewed text, else the unit's own; empty where it is masked."""
    case = file.view.case
    if case.review is not None and case.review.public_text:
        return clear_text(file, case.review.event, "public_text")
    return clear_text(file, case.reply_in.event, "text") if case.reply_in is not None else ""
