"""A case walked through its steps with no database: `prepare`, record, `apply`, as the services do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.domain.case import Case
from desktop_app.domain.clocks import Clock
from desktop_app.domain.corrections import CORRECT, WITH, Step, effective_steps
from desktop_app.domain.events import Event
from desktop_app.domain.history import DOCUMENT, REGISTER, apply, fold
from desktop_app.domain.messages import Citizen
from desktop_app.domain.national_notices import standard_calendar
from desktop_app.domain.open_items import OpenItem, open_items
from desktop_app.domain.open_spells import open_spells, read_spells, write_spells
from desktop_app.domain.situation import Situation
from desktop_app.domain.units import Unit, UnitRegister
from desktop_app.domain.workflow import prepare, replayed
from desktop_app.errors import Refusal
from desktop_app.services import regulations

ROLES = frozenset(("operator", "reviewer"))
TODAY = date(2026, 11, 23)
NUMBER = "2026-0001"

UNITS = UnitRegister(
    (
        Unit("甲市教育局", ("教育局", "市教育局"), "", "赵局", "钱副局", "办公室", "孙科", "0475-8230001"),
        Unit("甲市住建局", ("住建局",), "", "李局", "周副局", "信访科", "吴科", "0475-8230002"),
        Unit("甲市交通局", ("交通局",)),
        Unit("甲市第一中学", ("一中",), "甲市教育局"),
    )
)


class Walk:
    """One case, from its registration on. Steps are given as on the command line; days as text or `date`."""

    def __init__(
        self,
        regulation: str,
        received: str = "2026-09-18",
        source: str = "",
        today: date = TODAY,
        citizen: Citizen | None = None,
    ) -> None:
        self.regulation = regulations.load(regulation)
        self.calendar = standard_calendar()
        self.units = UNITS
        self.citizen = citizen or Citizen()
        self.today = today
        self.others: dict[str, Case] = {}
        source = source or self.regulation.values("source")[0]
        first = date.fromisoformat(received)
        self.events = [Event(1, REGISTER, first, "张三", "", NUMBER, {"source": source}, {})]
        self.case = self.folded()

    @property
    def status(self) -> str:
        return self.case.status

    @property
    def clock(self) -> Clock:
        clock = self.situation().clock
        assert clock is not None
        return clock

    @property
    def last(self) -> int:
        """Number of the last event, as `correct` names it."""
        return self.events[-1].id

    def situation(self, today: str | None = None) -> Situation:
        day = date.fromisoformat(today) if today else self.today
        return Situation(
            self.case, self.regulation, self.calendar, self.units, day, self.citizen, dict(self.others)
        )

    def beside(self, *others: Walk) -> Walk:
        """Other cases that steps of this one may name, numbered on from 2026-0002."""
        for place, other in enumerate(others, start=2):
            number = f"2026-{place:04d}"
            self.others[number] = replace(other.case, number=number)
        return self

    def act(self, action: str, on: str | None = None, roles: frozenset[str] = ROLES, **keys: str) -> Walk:
        """Record one step; `on` defaults to today."""
        step = prepare(self.situation(), action, keys, date.fromisoformat(on) if on else self.today, roles)
        step = replace(step, id=self.last + 1, keys={**step.keys, **self._document(step)})
        self.case = apply(self.case, step, self.regulation)
        self._record(step.action, step.on, step.keys)
        assert self.case == self.folded()
        return self

    def folded(self) -> Case:
        """The case that the journal alone gives."""
        return fold(NUMBER, effective_steps(self.events), self.regulation)

    def refused(
        self, action: str, on: str | None = None, roles: frozenset[str] = ROLES, **keys: str
    ) -> Refusal:
        """The refusal that this step meets; the case must be as it was."""
        before = self.case
        with pytest.raises(Refusal) as caught:
            self.act(action, on, roles, **keys)
        assert self.case == before
        return caught.value

    def correct(self, event: int, **new: str) -> Walk:
        """Void the event, or where `new` is given put that in place; later history is checked anew."""
        keys = {"event": str(event), "reason": "更正", **{WITH + name: value for name, value in new.items()}}
        trial = Event(self.last + 1, CORRECT, self.today, "张三", "", NUMBER, keys, {})
        steps = effective_steps([*self.events, trial])
        case, _ = replayed(self.situation(), steps, event)
        self.events.append(trial)
        self.case = case
        return self

    def correction_refused(self, event: int, **new: str) -> Refusal:
        before = self.case
        with pytest.raises(Refusal) as caught:
            self.correct(event, **new)
        assert self.case == before
        return caught.value

    def items(self, today: str | None = None) -> dict[str, OpenItem]:
        """What is open, by kind; told of that day alone as it is told of every day at once."""
        situation = self.situation(today)
        found = open_items(situation)
        spells = open_spells(situation)
        assert spells is not None
        spells = read_spells(write_spells(spells))
        rules = {rule.kind: rule for rule in self.regulation.open_items}
        for place in range(-3, 4):
            day = situation.today + timedelta(days=place)
            assert spells.on(day, rules) == open_items(situation.on(day))
        return {item.kind: item for item in found}

    def event_of(self, action: str) -> int:
        """Number of the last event of that action."""
        return next(event.id for event in reversed(self.events) if event.action == action)

    def _document(self, step: Step) -> dict[str, str]:
        if step.action == "change-units" and not step.get("lead"):
            return {}
        for form in self.regulation.forms.values():
            if step.action in form.after and form.series:
                return {DOCUMENT: f"{form.series}-{self.last + 1}"}
        return {}

    def _record(self, action: str, on: date, keys: Mapping[str, str]) -> None:
        self.events.append(Event(self.last + 1, action, on, "张三", "", NUMBER, dict(keys), {}))


class Walks:
    """How the usual ways begin, for either regulation. Days: received 09-18, dispatched 09-19, taken 09-21."""

    def __init__(self, regulation: str, today: date = TODAY) -> None:
        self.regulation = regulation
        self.today = today

    @property
    def is_x(self) -> bool:
        return self.regulation == "xizang-2017"

    def new(self, **given: object) -> Walk:
        return Walk(self.regulation, **{"today": self.today, **given})

    def accepted(self, **given: object) -> Walk:
        return self.new(**given).act("accept", "2026-09-18", category="咨询")

    def dispatched(self, supporting: str = "", days: str = "", **given: object) -> Walk:
        keys = {"lead": "教育局", "supporting": supporting, "days": days}
        return self.accepted(**given).act("dispatch", "2026-09-19", **keys)

    def received(self, on: str = "2026-09-21", **given: object) -> Walk:
        return self.dispatched(**given).act("receive", on, by="孙科")

    def replied(self, on: str = "2026-09-25", **given: object) -> Walk:
        return self.reply(self.received(**given), on)

    def reviewed(self, public: str = "yes", on: str = "2026-09-25", **given: object) -> Walk:
        return self.review(self.replied(**given), public, on)

    def to_publish(self, public: str = "yes", on: str = "2026-09-25", **given: object) -> Walk:
        walk = self.reviewed(public, on, **given)
        return walk.act("sign-off", on, by="秘书长") if self.is_x else walk

    def published(self, on: str = "2026-09-25", **given: object) -> Walk:
        return self.to_publish(on=on, **given).act("publish", on, place="留言板")

    def explained(self, **given: object) -> Walk:
        walk = self.received(**given)
        return walk.act("explain", "2026-09-25", consent_by="中心主任", text="暂时难以解决，已说明原因。")

    def merged(self, **given: object) -> Walk:
        walk = self.accepted(**given).beside(self.dispatched())
        return walk.act("link-duplicate", "2026-09-19", of="2026-0002")

    def from_above(self, **given: object) -> Walk:
        """T only: a case of the 主席板块."""
        return self.accepted(**{"source": "主席板块", **given})

    def sent_up(self, **given: object) -> Walk:
        return self.from_above(**given).act("return-upward", "2026-09-19", reason="不属本市管辖")

    def closed(self, **given: object) -> Walk:
        return self.published(**given).act("close", "2026-09-28")

    def reply(self, walk: Walk, on: str, **more: str) -> Walk:
        keys = {"text": "经核实，已办结。", "signer": "赵局", "stamped": "yes", "handler": "孙科"}
        return walk.act("reply", on, **{**keys, "phone": "0475-8230001", **more})

    def review(self, walk: Walk, public: str = "yes", on: str = "2026-09-25") -> Walk:
        reason = {} if public == "yes" else {"private_reason": "隐私"}
        return walk.act("pass-review", on, by="审核员", public=public, **reason)

    def rework(self, walk: Walk, on: str, due: str, ground: str = "敷衍塞责") -> Walk:
        return walk.act("rework", on, ground=ground, due=due)

    def extension(self, walk: Walk, on: str, days: str) -> Walk:
        progress = {"progress": "正在核实"} if self.is_x else {}
        return walk.act("apply-extension", on, days=days, reason="情况复杂", applicant="赵局", **progress)

    def levels(self, walk: Walk) -> tuple[str, ...]:
        from desktop_app.domain.history import approval_chain

        return approval_chain(walk.regulation, walk.case.source)

    def grant(self, walk: Walk, on: str, days: str = "") -> Walk:
        for level in self.levels(walk):
            walk.act("approve-extension", on, level=level, by="批准人", days=days)
        return walk


@pytest.fixture
def walk() -> Callable[..., Walk]:
    """`walk("xizang-2017", received="2026-09-18")`: a case just registered."""
    return Walk


@pytest.fixture(params=("xizang-2017", "tongliao-2023"))
def both(request: pytest.FixtureRequest) -> Walks:
    """The usual ways, under one regulation and then the other."""
    return Walks(request.param)


@pytest.fixture
def xizang() -> Walks:
    return Walks("xizang-2017")


@pytest.fixture
def tongliao() -> Walks:
    return Walks("tongliao-2023")
