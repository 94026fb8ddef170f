"""A unit that changed its name is the unit it was: to cases, to units below it, and to who complains of it (X 第六条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.messages import Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.errors import Refusal
from desktop_app.services import office
from desktop_app.services.cases import act
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

BUREAU, SCHOOL, OTHER = (
    Unit("甲市教育局", ("教育局",)),
    Unit("甲市第一中学", superior="甲市教育局"),
    Unit("甲市住建局"),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 10, 30))
    office.bring_in_units(opened, [BUREAU, SCHOOL, OTHER])
    yield opened
    opened.database.close()


def accusing(session: Session, unit: str) -> str:
    registration = Registration(T, date(2026, 9, 18), "市长板块", Message("举报", "举报信。"))
    number = register_one(session, registration).number
    act(session, number, "accept", {"category": "投诉"}, date(2026, 9, 18))
    act(session, number, "complained-of", {"kind": "控告检举", "unit": unit}, date(2026, 9, 18))
    return number


@pytest.mark.parametrize("lead", ["甲市教育体育局", "甲市教育局", "教育局", "甲市第一中学"])
def test_an_accusation_follows_the_unit_to_its_new_name(session: Session, lead: str) -> None:
    number = accusing(session, "教育局")
    office.save_unit(session, replace(BUREAU, name="甲市教育体育局"), before="甲市教育局")
    with pytest.raises(Refusal) as caught:
        act(session, number, "dispatch", {"lead": lead}, date(2026, 9, 19))
    assert caught.value.code == "unit_complained_of"
    act(session, number, "dispatch", {"lead": "甲市住建局"}, date(2026, 9, 19))


def test_the_former_name_is_kept_among_the_short_ones_and_once(session: Session) -> None:
    office.save_unit(session, replace(BUREAU, name="甲市教育体育局"), before="甲市教育局")
    renamed = next(one for one in office.list_units(session) if one.name == "甲市教育体育局")
    assert renamed.short_names == ("教育局", "甲市教育局")
    office.save_unit(session, replace(renamed, phone="0475-1"), before="甲市教育体育局")
    assert next(one for one in office.list_units(session) if one.phone).short_names == (
        "教育局",
        "甲市教育局",
    )
