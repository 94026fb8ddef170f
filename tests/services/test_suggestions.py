"""Suggested unit and category: from duties before there is a history, from past cases with reasons, never the accused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.errors import Refusal
from desktop_app.services import office, suggestions
from desktop_app.services.cases import act
from desktop_app.services.registration import register_all
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

WATER, EDUCATION, HOUSING = "市水务局", "市教育局", "市住房和城乡建设局"
UNITS = (
    Unit(WATER, ("水务局",), duties="自来水、二次供水、排水管网、水费"),
    Unit(EDUCATION, ("教育局",), duties="中小学、幼儿园、招生入学、学区划分、违规补课"),
    Unit(HOUSING, ("住建局",), duties="房屋买卖、物业管理、供热、房产证"),
)
PAST = (
    ("物业不修电梯", "小区电梯坏了一个月物业不修。", "投诉", HOUSING),
    ("物业乱收费", "物业公司乱收停车费，不给发票。", "投诉", HOUSING),
    ("电梯困人", "小区电梯又困人了，物业没有人来。", "投诉", HOUSING),
    ("电梯停运", "小区电梯停运半个月，物业说没有钱修。", "投诉", HOUSING),
    ("学区怎么划", "请问今年小学学区怎么划分？", "咨询", EDUCATION),
    ("入学材料", "请问孩子上小学要准备哪些材料？", "咨询", EDUCATION),
    ("转学手续", "请问初中转学怎么办理？", "咨询", EDUCATION),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 9, 30))
    office.bring_in_units(opened, UNITS)
    yield opened
    opened.close()


def register(session: Session, *messages: tuple[str, str]) -> list[str]:
    given = [
        Registration(T, date(2026, 9, 18), "市长板块", Message(title, text, Citizen("晨雾")))
        for title, text in messages
    ]
    with session.change() as work:
        return [one.number for one in register_all(session, work, given)]


@pytest.fixture
def experienced(session: Session) -> Session:
    """An office with a little history, learned from."""
    numbers = register(session, *((title, text) for title, text, _, _ in PAST))
    for number, (_, _, category, lead) in zip(numbers, PAST, strict=True):
        act(session, number, "accept", {"category": category}, date(2026, 9, 19))
        act(session, number, "dispatch", {"lead": lead}, date(2026, 9, 20))
    suggestions.refresh(session)
    return session


def test_nothing_is_said_before_anything_was_learned(session: Session) -> None:
    (number,) = register(session, ("停水", "自来水停了三天。"))
    found = suggestions.suggest(session, number)
    assert (found.unit, found.category, found.learned) == (None, None, None)
    assert suggestions.is_due(session)


def test_without_a_history_duties_speak(session: Session) -> None:
    numbers = register(
        session, ("停水", "二次供水又停了，水费照收。"), ("补课", "中学违规补课，招生乱收费。")
    )
    assert suggestions.refresh(session) == 0
    found = [suggestions.suggest(session, number) for number in numbers]
    assert [one.unit.name for one in found if one.unit] == [WATER, EDUCATION]
    assert all(one.unit and (one.unit.basis, one.unit.confidence) == ("duties", "low") for one in found)
    assert "按单位职责和名称推测" in (found[0].unit.words if found[0].unit else "")
    assert found[0].category is None


def test_past_cases_speak_and_are_told(experienced: Session) -> None:
    (number,) = register(experienced, ("电梯总坏", "我们小区电梯又坏了，物业不来修。"))
    found = suggestions.suggest(experienced, number)
    assert found.unit is not None and found.category is not None
    assert (found.unit.name, found.unit.basis, found.category.name) == (HOUSING, "cases", "投诉")
    assert found.unit.similar
    assert found.unit.agreeing
    assert (
        f"最像的 {len(found.unit.similar)} 件以往留言中，{len(found.unit.agreeing)} 件如此"
        in found.unit.words
    )
    assert found.learned is not None and found.learned[1] == len(PAST)


def test_who_is_accused_is_not_proposed(experienced: Session) -> None:
    (number,) = register(experienced, ("电梯总坏", "我们小区电梯又坏了，物业不来修。"))
    act(
        experienced,
        number,
        "complained-of",
        {"kind": "控告检举", "unit": HOUSING},
        date(2026, 9, 21),
    )
    found = suggestions.suggest(experienced, number)
    assert found.unit is not None
    assert found.unit.name != HOUSING
    assert HOUSING not in (*found.unit.others, *(name for _, name in found.unit.similar))


def test_nothing_is_recorded_by_asking(experienced: Session) -> None:
    (number,) = register(experienced, ("电梯总坏", "我们小区电梯又坏了，物业不来修。"))
    with experienced.read() as work:
        before = work.journal.last()
    suggestions.suggest(experienced, number)
    with experienced.read() as work:
        assert work.journal.last() == before
        row = work.cases.get(number)
    assert row is not None and (row.category, row.lead) == ("", "")


def test_it_is_time_again_when_the_register_of_units_changes_or_much_was_decided(
    experienced: Session,
) -> None:
    assert not suggestions.is_due(experienced)
    office.bring_in_units(experienced, [Unit("市气象局", duties="天气预报")])
    assert suggestions.is_due(experienced)
    suggestions.ready(experienced)
    assert not suggestions.is_due(experienced)
    numbers = register(experienced, *((f"漏水{at}", f"{at}号楼自来水漏水。") for at in range(20)))
    for number in numbers:
        act(experienced, number, "accept", {"category": "投诉"}, date(2026, 9, 19))
        act(experienced, number, "dispatch", {"lead": WATER}, date(2026, 9, 20))
    assert suggestions.is_due(experienced)


def test_what_is_learned_anew_is_used_at_once(experienced: Session) -> None:
    (number,) = register(experienced, ("天气", "天气预报总是不准。"))
    assert suggestions.suggest(experienced, number).unit is not None
    office.bring_in_units(experienced, [Unit("市气象局", duties="天气预报、暴雨预警")])
    suggestions.refresh(experienced)
    found = suggestions.suggest(experienced, number)
    assert found.unit is not None and found.unit.name == "市气象局"


def test_a_case_must_be_there(session: Session) -> None:
    with pytest.raises(Refusal) as told:
        suggestions.suggest(session, "2026-0999")
    assert told.value.code == "unknown_case"
