"""No lost update: who saves second is told what was recorded since, and decides (docs/adr/037).

A case's version is the number of its newest event. The window sends with each act up to which event it had shown the
case, or the whole office; whoever sends nothing, as the command line does, is not asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from desktop_app.domain.actions import ACTIONS, LIST_MARK, NO, YES, Key, KeyKind
from desktop_app.domain.corrections import CORRECT, WITH
from desktop_app.domain.wording import short_date
from desktop_app.errors import Refusal

if TYPE_CHECKING:
    from desktop_app.services.case_loading import Loaded
    from desktop_app.services.case_view import EventView
    from desktop_app.services.session import Session
    from desktop_app.storage.work import Work

CHANGED_MEANWHILE = "changed_meanwhile"
_LOOKS = frozenset(("reveal", "paper", "paper-again"))
"""Events by which nothing of the case became otherwise: they overtake nobody."""
_KEYS_TOLD = 2
_STEPS_TOLD = 3
_LONGEST = 24
_JUST = timedelta(hours=1)
_OTHER_KEYS = {
    "reason": "理由",
    "file": "文件",
    "number": "登记号",
    "old": "作废的文号",
    "new_due": "现到期日",
}


@dataclass(frozen=True, slots=True)
class Since:
    """One thing that was recorded since: `title` the step's, `at` when it was entered, `words` what it says in short;
    `just`: within the hour."""

    event: int
    title: str
    by: str
    at: str
    words: str = ""
    just: bool = False

    @property
    def told(self) -> str:
        """``李四 14:03 刚办了「交办」（牵头单位：市住建局）``."""
        words = f"（{self.words}）" if self.words else ""
        return f"{self.by} {self.at} {'刚' if self.just else ''}办了「{self.title}」{words}"


class Overtaken(Refusal):
    """Somebody else has recorded something on the case since it was shown; nothing was changed.

    Sent again with `newest` as what was seen, the act is done, unless there is news again.
    """

    def __init__(self, number: str, since: Sequence[Since]) -> None:
        self.number, self.since = number, tuple(since)
        super().__init__(
            CHANGED_MEANWHILE,
            f"{number}：{told_together(self.since)}，您打开时还没有。",
            None,
            "请打开这一件看过变化，再决定是否照办。",
        )
        # A job sends its refusals from another process: made again there from these.
        self.args = (number, self.since)

    @property
    def newest(self) -> int:
        """The version of the case that the telling covers."""
        return max(one.event for one in self.since)


def told_together(since: Sequence[Since]) -> str:
    """What was recorded since as one sentence without its end, the first few by name."""
    told = "；".join(one.told for one in since[:_STEPS_TOLD])
    return f"{told}；另有 {len(since) - _STEPS_TOLD} 步" if len(since) > _STEPS_TOLD else told


def refuse_if_overtaken(session: Session, work: Work, loaded: Loaded, seen: int | None) -> None:
    """Refuses (`Overtaken`) where the case has news for one who was shown it up to the event `seen`; None asks nothing."""
    if seen is None or not _has_news(session, work, loaded, seen):
        return
    from desktop_app.services.case_view import view_of

    events = view_of(session, work, loaded, revealed=False).events
    since = news(events, seen, session)
    raise Overtaken(loaded.case.number, [one for one in since if one.event not in work.journal.appended])


def _has_news(session: Session, work: Work, loaded: Loaded, seen: int) -> bool:
    own = work.journal.appended
    return any(_is_news(event.id, event.action, seen, session, own) for event in loaded.events)


def news(events: Iterable[EventView], seen: int, session: Session) -> tuple[Since, ...]:
    """What others recorded on a case after the event `seen`, as this user may read it; looks and papers left out."""
    known = {event.id: event for event in events}
    return tuple(
        Since(
            event.id,
            _title(event, known.values()),
            event.by,
            _at(event, session),
            _words(event),
            _is_fresh(event, session),
        )
        for event in known.values()
        if _is_news(event.id, event.action, seen, session)
    )


def _is_news(event: int, action: str, seen: int, session: Session, own: Collection[int] = ()) -> bool:
    return event > seen and action not in _LOOKS and event not in own and event not in session.own_events


def _title(event: EventView, events: Iterable[EventView]) -> str:
    if event.action != CORRECT:
        return event.title
    of = next((one.title for one in events if str(one.id) == event.keys.get("event")), "")
    verb = "更正" if any(name.startswith(WITH) for name in event.keys) else "作废"
    return f"{verb}“{of}”" if of else event.title


def _at(event: EventView, session: Session) -> str:
    """The hour, with the day where it is not the day that the clock on the wall shows."""
    day, hour = event.entered[:10], event.entered[11:16]
    today = session.clock.now()[:10]
    return (
        hour if day == today else f"{short_date(date.fromisoformat(day), date.fromisoformat(today))} {hour}"
    )


def _is_fresh(event: EventView, session: Session) -> bool:
    since = datetime.fromisoformat(session.clock.now()) - datetime.fromisoformat(event.entered)
    return since < _JUST


def _words(event: EventView) -> str:
    """The first of its short keys; long text is read in the case itself."""
    if event.hidden:
        return ""
    shape = ACTIONS.get(event.action)
    names = [key.name for key in shape.keys if key.kind is not KeyKind.TEXT] if shape is not None else []
    if event.action == CORRECT:
        names = ["reason"]
    elif shape is None:
        names = list(_OTHER_KEYS)
    told = [(shape.key(name) if shape is not None else None, name) for name in names if event.keys.get(name)]
    return "，".join(
        f"{key.title if key is not None else _OTHER_KEYS[name]}：{_value(key, event.keys[name])}"
        for key, name in told[:_KEYS_TOLD]
    )


def _value(key: Key | None, value: str) -> str:
    kind = key.kind if key is not None else KeyKind.WORDS
    said = {YES: "是", NO: "否"}.get(value, value) if kind is KeyKind.YES_NO else value
    said = said.replace(LIST_MARK, "、") if kind is KeyKind.UNITS else said
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"
