"""Who may not have a case (X 第六条), over random trees of units under random aliases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.accused import BARRED, WARNED, accused_before, named_in, people_of
from desktop_app.domain.case import Complaint
from desktop_app.domain.units import Unit, UnitRegister, plain_name, renamed
from desktop_app.services import regulations

X = regulations.load("xizang-2017")


@st.composite
def registers(draw: st.DrawFn) -> tuple[list[Unit], list[int | None]]:
    """Units 0…n, each below an earlier one or none, named as superior by any of its names; and who is below whom."""
    count = draw(st.integers(2, 12))
    units: list[Unit] = []
    parents: list[int | None] = []
    for place in range(count):
        parent = draw(st.none() | st.integers(0, place - 1)) if place else None
        names = tuple(f"别名{place}之{one}" for one in range(draw(st.integers(0, 3))))
        superior = draw(st.sampled_from(units[parent].names)) if parent is not None else ""
        units.append(Unit(f"单位{place}", names, superior, head=f"领导{chr(0x4E00 + place)}"))
        parents.append(parent)
    return units, parents


def _is_below(parents: list[int | None], unit: int, accused: int) -> bool:
    here: int | None = unit
    while here is not None and here != accused:
        here = parents[here]
    return here == accused


def _barred(units: list[Unit], complaint: Complaint, name: str, flag: str = BARRED) -> bool:
    return accused_before(UnitRegister(units), X, [complaint], name, flag) is not None


@given(registers(), st.data())
def test_barred_are_the_accused_and_all_below_under_every_name(
    tree: tuple[list[Unit], list[int | None]], data: st.DataObject
) -> None:
    units, parents = tree
    accused = data.draw(st.integers(0, len(units) - 1))
    by = data.draw(st.sampled_from(units[accused].names))
    complaint = Complaint(1, "控告检举", by, "")
    shuffled = data.draw(st.permutations(units))
    for place, unit in enumerate(units):
        for name in unit.names:
            assert _barred(shuffled, complaint, name) is _is_below(parents, place, accused)


@given(registers(), st.data())
def test_a_person_accused_bars_his_unit_and_all_below(
    tree: tuple[list[Unit], list[int | None]], data: st.DataObject
) -> None:
    units, parents = tree
    accused = data.draw(st.integers(0, len(units) - 1))
    complaint = Complaint(1, "控告检举", "", f"{units[accused].head}同志")
    for place, unit in enumerate(units):
        assert _barred(units, complaint, unit.name) is _is_below(parents, place, accused)


@given(registers(), st.data())
def test_a_unit_under_a_new_name_is_the_same_unit(
    tree: tuple[list[Unit], list[int | None]], data: st.DataObject
) -> None:
    """The register renames any unit; complaints, cases and units below still say the former name."""
    units, parents = tree
    accused = data.draw(st.integers(0, len(units) - 1))
    moved = data.draw(st.integers(0, len(units) - 1))
    after = [
        renamed(replace(one, name="新名称"), one.name) if place == moved else one
        for place, one in enumerate(units)
    ]
    complaint = Complaint(1, "控告检举", units[accused].name, "")
    for place, unit in enumerate(after):
        assert _barred(after, complaint, unit.name) is _is_below(parents, place, accused)


@given(registers(), st.data())
def test_two_entries_of_one_unit_are_one(
    tree: tuple[list[Unit], list[int | None]], data: st.DataObject
) -> None:
    units, parents = tree
    accused = data.draw(st.integers(0, len(units) - 1))
    twin = Unit("另一条", (units[accused].name,))
    complaint = Complaint(1, "控告检举", "另一条", "")
    for place, unit in enumerate(units):
        assert _barred([*units, twin], complaint, unit.name) is _is_below(parents, place, accused)
    assert _barred([*units, twin], complaint, "另一条")


def test_a_ring_of_superiors_ends() -> None:
    ring = [Unit("甲局", superior="丙局"), Unit("乙局", superior="甲局"), Unit("丙局", superior="乙局")]
    assert all(_barred(ring, Complaint(1, "控告检举", "甲局", ""), one.name) for one in ring)


@pytest.mark.parametrize("written", ["甲市 教育局", "甲市教育局 ", "甲市教育局", "甲市教育局\u3000"])
def test_a_name_is_the_same_however_it_is_written(written: str) -> None:
    units = [Unit("甲市教育局"), Unit("乙市教育局")]
    complaint = Complaint(1, "控告检举", written, "")
    assert _barred(units, complaint, "甲市教育局") and not _barred(units, complaint, "乙市教育局")
    assert plain_name(written) == "甲市教育局"


def test_a_unit_no_longer_in_the_register_is_barred_by_its_very_name() -> None:
    assert _barred([], Complaint(1, "控告检举", "甲市教育局", ""), "甲市教育局")
    assert not _barred([], Complaint(1, "控告检举", "甲市教育局", ""), "乙市教育局")


def test_an_ordinary_complaint_only_warns() -> None:
    units = [Unit("甲市教育局")]
    complaint = Complaint(1, "投诉", "甲市教育局", "")
    assert not _barred(units, complaint, "甲市教育局")
    assert _barred(units, complaint, "甲市教育局", WARNED)


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("赵建国局长", ("赵建国",)),
        ("赵建国（局长）、钱志明", ("赵建国", "钱志明")),
        ("局长 扎西·次仁", ("扎西·次仁",)),
        ("赵局", ()),
        ("孙科", ()),
        ("", ()),
    ],
)
def test_people_are_told_from_their_posts(words: str, people: tuple[str, ...]) -> None:
    assert people_of(Unit("甲局", head=words)) == people


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("李伟", ["甲局"]),
        ("李伟局长", ["甲局"]),
        ("李伟民", []),
        ("甲局李伟和某人", ["甲局"]),
        ("乙区甲局局长", []),
        ("市政府、甲局", ["甲局"]),
    ],
)
def test_words_name_a_unit_by_itself_or_its_people(words: str, found: list[str]) -> None:
    register = UnitRegister([Unit("甲局机关", ("甲局", "甲局本级"), head="李伟局长")])
    assert [one.short_names[0] for one in named_in(register, words)] == found


def test_the_longest_name_that_fits_is_meant() -> None:
    school, bureau = Unit("甲市教育局附属小学"), Unit("甲市教育局")
    assert named_in(UnitRegister([bureau, school]), "甲市教育局附属小学校长") == (school,)
