"""The story of a case as lines to read: what happened, when, by whom, and what was corrected. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from desktop_app.domain.actions import ACTIONS, HANDED_DOWN, LIST_MARK, NO, YES, Key, KeyKind
from desktop_app.domain.corrections import CORRECT, WITH, standing_corrections
from desktop_app.domain.history import DOCUMENT, REGISTER
from desktop_app.domain.oversight_changes import LINKED, UNLINKED
from desktop_app.domain.wording import date_words, short_date
from desktop_app.services.attachments import KINDS
from desktop_app.services.case_view import CaseView, EventView
from desktop_app.services.recount import RECOUNT

REVEAL = "reveal"
_QUIET = ("paper", "paper-again", REVEAL, "attach", "renumber", LINKED, UNLINKED)
"""What the office did with the case's papers and data: told, but paler than the steps."""

_OTHER_KEYS = {
    "source": "来源",
    f"{RECOUNT} source": "依据",
    "reason": "理由",
    "file": "文件",
    "as": "种类",
    "form": "文书",
    "old": "作废的文号",
    "number": "登记号",
    "code": "识别码",
    "pages": "页",
    "old_due": "原到期日",
    "new_due": "现到期日",
    "old_reminder": "原提醒日",
    "new_reminder": "现提醒日",
}
_DATES = ("on", "old_due", "new_due", "old_reminder", "new_reminder")
_UNSHOWN = (
    "sha256",
    "template",
    "values",
    "attachment",
    "batch",
    "row",
    "steps",
    "stays",
    "regulation",
    "board_number",
    "reply",
    DOCUMENT,
)


@dataclass(frozen=True, slots=True)
class Note:
    """A key of a step in words. `long` is text of its own paragraph."""

    label: str
    words: str
    long: bool = False


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One event. `struck` is what a correction took back, `amended` says how; `late` is what was due before; `correctable`
    where 更正 is offered."""

    event: int
    action: str
    title: str
    on: date
    when: str
    by: str
    entered: str
    document: str
    notes: tuple[Note, ...]
    amended: str
    late: str
    struck: bool
    quiet: bool
    practice: bool
    correctable: bool


def story(view: CaseView) -> tuple[StoryLine, ...]:
    """Every event by the day it happened, those of one day in the order of entry."""
    standing = standing_corrections(view.events)
    offered = any(offer.action == CORRECT and offer.possible for offer in view.offers)
    lines = [_line(view, event, standing, offered) for event in view.events]
    return _folded(sorted(lines, key=lambda line: (_day(view, line, standing), line.event)))


def _folded(lines: Sequence[StoryLine]) -> tuple[StoryLine, ...]:
    """Looks at protected words one after the other as one line: who, how often, why."""
    folded: list[StoryLine] = []
    for action, group in groupby(lines, key=lambda line: line.action):
        together = list(group)
        folded += [_as_one(together)] if action == REVEAL and len(together) > 1 else together
    return tuple(folded)


def _as_one(lines: Sequence[StoryLine]) -> StoryLine:
    last = lines[-1]
    reasons = dict.fromkeys(note.words for line in lines for note in line.notes)
    since = (Note("自", lines[0].when),) if lines[0].on != last.on else ()
    return replace(
        last,
        title=f"{last.title} {len(lines)} 次",
        by="、".join(dict.fromkeys(line.by for line in lines)),
        entered="",
        notes=(*since, Note("理由", "；".join(reasons))),
        practice=any(line.practice for line in lines),
    )


def effective_keys(view: CaseView, event: EventView) -> dict[str, str]:
    """The keys of a step as they stand after its corrections, masked where the view is; `on` is its day."""
    keys = {**event.keys, "on": event.on.isoformat()}
    for correction in standing_corrections(view.events).values():
        if correction.keys["event"] == str(event.id):
            keys |= {
                name.removeprefix(WITH): value
                for name, value in correction.keys.items()
                if name.startswith(WITH)
            }
    return {name: value for name, value in keys.items() if value}


def _line(view: CaseView, event: EventView, standing: Mapping[int, EventView], offered: bool) -> StoryLine:
    struck = event.void or (event.action == CORRECT and event.id not in standing)
    target = _event(view, event.keys.get("event", "")) if event.action == CORRECT else None
    rule = event.action in view.regulation.actions or event.action == REGISTER
    return StoryLine(
        event=event.id,
        action=event.action,
        title=_correction_title(event, target) if target is not None else event.title,
        on=event.on,
        when=short_date(event.on, view.today),
        by=event.by,
        entered=_entered(event),
        document=event.keys.get(DOCUMENT, ""),
        notes=tuple(_notes(view, event)),
        amended=_amended(view, event, standing),
        late="" if struck else event.late,
        struck=struck,
        quiet=event.action in _QUIET,
        practice=event.practice,
        correctable=offered and rule and not struck and not event.hidden,
    )


def _day(view: CaseView, line: StoryLine, standing: Mapping[int, EventView]) -> date:
    """A corrected day moves the line to where it belongs."""
    day = line.on
    for correction in standing.values():
        new = correction.keys.get(WITH + "on")
        if correction.keys["event"] == str(line.event) and new:
            day = date.fromisoformat(new)
    return day


def _event(view: CaseView, number: str) -> EventView | None:
    return next((event for event in view.events if str(event.id) == number), None)


def _entered(event: EventView) -> str:
    """``11-23 09:05 登记`` where that is not the day of the fact."""
    if event.entered[:10] == event.on.isoformat() or len(event.entered) < 16:
        return ""
    return f"{event.entered[5:10]} {event.entered[11:16]} 登记"


def _correction_title(event: EventView, target: EventView) -> str:
    changed = any(name.startswith(WITH) for name in event.keys)
    return f"更正“{target.title}”" if changed else f"作废“{target.title}”"


def _amended(view: CaseView, event: EventView, standing: Mapping[int, EventView]) -> str:
    """What a later correction made of this event, with its reason."""
    said = []
    for one in view.events:
        if one.action != CORRECT or one.keys.get("event") != str(event.id) or one.id not in standing:
            continue
        if one.hidden:
            said.append(f"{date_words(one.on, view.today)} 有更正{one.keys['reason']}")
            continue
        new = [
            f"{_label(event.action, name)}改为{_words(view, event.action, name, value)[0]}"
            for name, value in (
                (key.removeprefix(WITH), value) for key, value in one.keys.items() if key.startswith(WITH)
            )
        ]
        reason = one.keys.get("reason", "")
        what = "；".join(new) if new else "已作废"
        said.append(f"{date_words(one.on, view.today)} 更正：{what}（{reason}）")
    return "\n".join(said)


def _notes(view: CaseView, event: EventView) -> Iterable[Note]:
    if event.hidden:
        # One mark stands in place of every value.
        yield Note("内容", next(value for name, value in event.keys.items() if name != "event"))
        return
    for name in _dates_first(event.keys):
        value = event.keys[name]
        if name in _UNSHOWN or not value or (event.action == CORRECT and name != "reason"):
            continue
        if event.action == "paper-again" and name == "paper":  # a number of the program's own
            continue
        words, long = _words(view, event.action, name, value)
        yield Note(_label(event.action, name), words, long)


def _dates_first(keys: Mapping[str, str]) -> list[str]:
    """The journal sorts keys by their letters; an old date belongs before the new one."""
    dated = [name for name in _DATES if name in keys]
    return [*dated, *(name for name in keys if name not in dated)]


def _label(action: str, name: str) -> str:
    if name == "on":
        return "日期"
    key = _key(action, name)
    return key.title if key is not None else _OTHER_KEYS.get(f"{action} {name}", _OTHER_KEYS.get(name, name))


def _key(action: str, name: str) -> Key | None:
    """What is known of a step's key; registration is no step, but bears what came from above."""
    if action == REGISTER:
        return next((key for key in HANDED_DOWN if key.name == name), None)
    shape = ACTIONS.get(action)
    return shape.key(name) if shape is not None else None


def _words(view: CaseView, action: str, name: str, value: str) -> tuple[str, bool]:
    """A value as the office says it, and whether it is long."""
    if name in _DATES:
        return date_words(date.fromisoformat(value), view.today), False
    if action in ("paper", "paper-again") and name == "form":
        form = view.regulation.forms.get(value)
        return (form.title if form is not None else value), False
    if action == "attach" and name == "as":
        return KINDS.get(value, value), False
    key = _key(action, name)
    if key is None:
        return value or "空", False
    if key.kind is KeyKind.YES_NO:
        return {YES: "是", NO: "否"}.get(value, value), False
    if key.kind is KeyKind.DATE:
        return date_words(date.fromisoformat(value), view.today) if value else "空", False
    if key.kind is KeyKind.UNITS:
        return "、".join(value.split(LIST_MARK)), False
    if key.kind is KeyKind.TERMS:
        # The words themselves hold commas.
        return "；".join(value.split(LIST_MARK)), False
    return value or "空", key.kind is KeyKind.TEXT and (len(value) > 40 or "\n" in value)
