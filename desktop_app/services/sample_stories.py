"""Stories of the sample office: what happened to a message, laid back from today over working days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_app.domain.history import approval_chain
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.units import Unit, UnitRegister
from desktop_app.domain.work_calendar import WorkCalendar

Sample = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One step of a story."""

    action: str
    on: date
    keys: dict[str, str]


@dataclass(frozen=True, slots=True)
class Day:
    """Working days counted back from today."""

    calendar: WorkCalendar
    today: date

    def back(self, n: int) -> date:
        """The n-th working day before today; 0 is today itself."""
        day = self.today
        for _ in range(n):
            day = self.calendar.last_working_day_before(day)
        return day


class _Story:
    """A story as it is told: each method adds a step on the n-th working day before today."""

    def __init__(self, sample: Sample, day: Day, regulation: Regulation, units: UnitRegister) -> None:
        self._sample = sample
        self._day = day
        self._regulation = regulation
        unit = units.find(sample["unit"])
        self._unit = unit if unit is not None else Unit(sample["unit"])
        self.steps: list[Told] = []
        self.limit = regulation.limits.reply.days

    def step(self, action: str, back: int, **keys: str) -> None:
        self.steps.append(
            Told(action, self._day.back(back), {name: value for name, value in keys.items() if value})
        )

    def accepted(self, back: int) -> None:
        kind = self._sample.get("complained_kind")
        self.step("accept", back, category=self._sample["category"], urgency=self._sample["urgency"])
        if kind:
            self.step(
                "complained-of",
                back,
                kind=kind,
                unit=self._sample.get("complained_unit", ""),
                person=self._sample.get("complained_person", ""),
            )

    def dispatched(self, back: int) -> None:
        self.accepted(back)
        self.step(
            "dispatch",
            back,
            lead=self._sample["unit"],
            supporting=self._sample.get("supporting", ""),
            opinion=self._sample.get("opinion", ""),
        )

    def received(self, back: int) -> None:
        self.dispatched(back)
        self.step("receive", back, by=self._unit.handler, manner="签收")

    def contacted(self, when: str, back: int) -> None:
        if self._sample.get("contact"):
            self.step("contact", back, when=when, channel="电话", result="已联系，核实了情况。")

    def replied(self, back: int, stamped: str = "yes") -> None:
        self.step(
            "reply",
            back,
            text=self._sample["reply"],
            suggested_public="no" if self._sample.get("private_reason") else "yes",
            signer=self._unit.head,
            stamped=stamped,
            handler=self._unit.handler,
            phone=self._unit.phone,
        )

    def reviewed(self, back: int) -> None:
        private = self._sample.get("private_reason", "")
        self.step("pass-review", back, by="李建国", public="no" if private else "yes", private_reason=private)

    def signed_off(self, back: int) -> None:
        if "sign-off" in self._regulation.actions:
            self.step("sign-off", back, by="秘书长")

    def answered(self, back: int) -> None:
        """Reviewed, signed off where that is asked, and told to the citizen the same day."""
        self.reviewed(back)
        self.signed_off(back)
        if not self._sample.get("private_reason"):
            self.step("publish", back, place="人民网领导留言板")
            return
        self.step("answer-privately", back, by=self._unit.handler, channel="电话")
        if "post-note" in self._regulation.actions:
            self.step("post-note", back, text="该留言涉及个人隐私，承办单位已直接答复留言人。")

    def urged(self, back: int) -> None:
        self.step("urge", back, to=f"{self._unit.name}主要负责人", channel="电话", by="王敏")
        self.step("serve", back, paper="urge", manner="当面", received_by=self._unit.handler)

    def extended(self, asked: int, granted: int, days: str) -> None:
        self.step(
            "apply-extension",
            asked,
            days=days,
            reason="涉及多个部门，需现场核查。",
            applicant=self._unit.name,
            progress="已初步调查，正在会商。",
            citizen_told="yes",
        )
        if granted < 0:
            return
        for level in approval_chain(self._regulation, self._sample["board"]):
            self.step("approve-extension", granted, level=level, by=f"{level}负责人")


def story_of(sample: Sample, place: int, day: Day, regulation: Regulation, units: UnitRegister) -> list[Told]:
    """The story of the message at that place of its regulation; places go round all the tellings."""
    story = _Story(sample, day, regulation, units)
    _TELLINGS[place % len(_TELLINGS)](story, place)
    return story.steps


def refusal_story(sample: Sample, place: int, day: Day, numbers: dict[str, str]) -> list[Told]:
    """A message that is not accepted: told to the citizen, or still to be told."""
    earlier = sample.get("duplicate_of", "")
    keys = {
        "ground": sample["refusal_ground"],
        "explanation": sample.get("explanation", ""),
        "suggestion": sample.get("suggestion", ""),
        "duplicate_of": numbers.get(earlier, earlier),
    }
    back = place % 6 + 2
    steps = [Told("refuse", day.back(back), {name: value for name, value in keys.items() if value})]
    if place % 3 and sample.get("contact"):
        steps.append(Told("tell-refusal", day.back(back - 1), {"channel": "留言板回复"}))
        steps.append(Told("close", day.back(back - 1), {}))
    return steps


def _untouched(story: _Story, place: int) -> None:
    """Just come in."""


def _accepted(story: _Story, place: int) -> None:
    story.accepted(place % 2)


def _sent(story: _Story, place: int) -> None:
    story.dispatched(0)


def _unclaimed(story: _Story, place: int) -> None:
    story.dispatched(3)


def _fresh(story: _Story, place: int) -> None:
    story.received(1 + place % 2)
    story.contacted("办前", 1)


def _reminder_today(story: _Story, place: int) -> None:
    story.received(story.limit - 1)


def _due_today(story: _Story, place: int) -> None:
    story.received(story.limit)
    story.step("remind", 1, to="承办单位主要负责同志", channel="电话", by="王敏")


def _overdue(story: _Story, place: int) -> None:
    story.received(story.limit + 1 + place % 3)


def _urged(story: _Story, place: int) -> None:
    story.received(story.limit + 5)
    story.urged(3)


def _supervised(story: _Story, place: int) -> None:
    story.received(story.limit + 9)
    story.urged(7)
    story.step("supervise", 3, to=story._unit.name, ground="催办无果", by="王敏")


def _extension_asked(story: _Story, place: int) -> None:
    story.received(story.limit - 1)
    story.extended(0, -1, "3")


def _extended(story: _Story, place: int) -> None:
    story.received(story.limit + 1)
    story.extended(2, 2, "3")


def _replied(story: _Story, place: int) -> None:
    story.received(4)
    story.replied(place % 2, stamped="no" if place % 5 == 0 else "yes")


def _reviewed(story: _Story, place: int) -> None:
    story.received(4)
    story.replied(1)
    story.reviewed(0)


def _signed_off(story: _Story, place: int) -> None:
    story.received(4)
    story.replied(1)
    story.reviewed(1)
    story.signed_off(0)


def _sent_back(story: _Story, place: int) -> None:
    story.received(4)
    story.replied(2)
    due = story._day.calendar.nth_working_day_after(story._day.today, 2)
    story.step("rework", 1, ground="答非所问", due=due.isoformat(), opinion="请针对留言所提问题逐项答复。")


def _returned(story: _Story, place: int) -> None:
    story.received(3)
    story.step(
        "return",
        3 - place % 2,
        reason="该事项不属于我单位职责范围。",
        signer=story._unit.deputy or "分管领导",
    )
    if place % 2:
        story.step("accept-return", 2)


def _answered(story: _Story, place: int) -> None:
    story.received(8 + place % 3)
    story.contacted("办前", 8)
    story.replied(5)
    story.answered(5)


def _followed_up(story: _Story, place: int) -> None:
    _answered(story, place)
    story.contacted("办后", 4)
    result = ("满意", "基本满意", "不满意", "未联系上")[place % 4]
    story.step("follow-up", 3, result=result, channel="电话")


def _closed(story: _Story, place: int) -> None:
    _followed_up(story, place)
    story.step("close", 2)


def _archived(story: _Story, place: int) -> None:
    back = 20 + place % 20
    story.received(back)
    story.contacted("办前", back - 1)
    story.replied(back - story.limit + (1 if place % 4 else -2))
    story.answered(back - story.limit - 3)
    story.step("follow-up", back - story.limit - 4, result="满意", channel="电话")
    story.step("close", back - story.limit - 5)
    story.step("archive", back - story.limit - 6, retention="10年")


_TELLINGS: tuple[Callable[[_Story, int], None], ...] = (
    _untouched,
    _archived,
    _fresh,
    _reminder_today,
    _answered,
    _sent,
    _overdue,
    _replied,
    _archived,
    _extended,
    _accepted,
    _due_today,
    _followed_up,
    _unclaimed,
    _supervised,
    _reviewed,
    _archived,
    _urged,
    _signed_off,
    _sent_back,
    _closed,
    _extension_asked,
    _returned,
    _untouched,
    _fresh,
    _archived,
)
