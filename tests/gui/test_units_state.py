"""The register of units as its page shows it, without a window."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.units import Unit
from desktop_app.gui import units_state as state

HOUSING = Unit("通辽市住房和城乡建设局", ("市住建局",), head="张平", handler="李军", phone="1")
POLICE = Unit("通辽市公安局", ("市公安局",), "通辽市人民政府", "李强", "赵刚", "治安科", "王芳", "2")
UNITS = (HOUSING, POLICE)


def test_units_are_found_by_initials_and_all_are_shown_when_nothing_is_typed() -> None:
    assert state.matching("szjj", UNITS) == (HOUSING,)
    assert state.matching("公安", UNITS) == (POLICE,)
    assert state.matching(" ", UNITS) == UNITS


def test_gaps_are_what_the_register_should_hold_and_does_not() -> None:
    assert state.gaps(HOUSING) == ("分管领导", "具体科室")
    assert state.gaps(POLICE) == ()


def test_a_units_texts_make_the_same_unit_again() -> None:
    for unit in UNITS:
        assert state.unit_of(state.texts_of(unit)) == unit


def test_typing_is_trimmed_and_short_names_stand_apart_by_any_mark() -> None:
    texts = state.texts_of(Unit("甲局 ")) | {"short_names": " 甲，甲局办;甲 "}
    assert state.unit_of(texts) == Unit("甲局", ("甲", "甲局办"))


def test_faults_stand_by_their_fields() -> None:
    assert set(state.faults(Unit(""), UNITS)) == {"name"}
    assert "已有" in state.faults(Unit("通辽市公安局"), UNITS)["name"]
    assert "通辽市公安局" in state.faults(Unit("甲局", ("市公安局",)), UNITS)["short_names"]
    assert "它自己" in state.faults(Unit("甲局", superior="甲局"), UNITS)["superior"]
    assert state.faults(HOUSING, (POLICE,)) == {}


def test_a_sheet_is_told_against_the_register() -> None:
    arrived = state.arrivals([replace(HOUSING, phone="9"), POLICE, Unit("甲局")], UNITS)
    assert [unit.name for unit in arrived.new] == ["甲局"]
    assert [unit.phone for unit in arrived.changed] == ["9"]
    assert arrived.same == (POLICE,)
    assert arrived.words == "表中 3 个单位：新增 1 个，更新 1 个，没有变化 1 个"
