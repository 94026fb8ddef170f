"""Units from a sheet: columns by name, all faults at once with their rows."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from desktop_app.documents.unit_files import read_units
from desktop_app.domain.units import Unit
from desktop_app.errors import BadData

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
HEADER = "单位名称,简称,上级单位,主要负责人,分管领导,具体科室,经办人,联系电话,地区,职责"


def sheet(folder: Path, *lines: str) -> Path:
    path = folder / "units.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def faults_of(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(BadData) as caught:
        read_units(path)
    return [(fault.place, fault.reason) for fault in caught.value.faults]


def test_every_column_comes_into_its_field(tmp_path: Path) -> None:
    path = sheet(
        tmp_path, HEADER, "某市水务局,市水务局、水务局,某市政府,甲,乙,供水科,丙,0475-0000001,市本级,管水"
    )
    assert read_units(path) == [
        Unit(
            "某市水务局",
            ("市水务局", "水务局"),
            "某市政府",
            "甲",
            "乙",
            "供水科",
            "丙",
            "0475-0000001",
            "市本级",
            "管水",
        )
    ]


def test_columns_are_known_by_their_other_names_in_any_order(tmp_path: Path) -> None:
    path = sheet(tmp_path, "某市承办单位名册", "电话,负责人,单位（全称）,科室", "123,甲,某市水务局,供水科")
    assert read_units(path) == [Unit("某市水务局", head="甲", section="供水科", phone="123")]


def test_the_programs_own_name_of_a_column_goes_before_its_synonym(tmp_path: Path) -> None:
    path = sheet(tmp_path, "单位,单位名称,联系人,经办人", "市直,某市水务局,丁,丙")
    assert read_units(path) == [Unit("某市水务局", handler="丙")]


def test_numbers_of_a_workbook_are_text_and_broken_names_are_joined(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["单位名称", "简称", "经办人", "联系电话"])
    book.active.append(["某市\n水 务 局", "市水务局；水务局\n水局", " 张 三 ", 8881234.0])
    book.save(tmp_path / "units.xlsx")
    [unit] = read_units(tmp_path / "units.xlsx")
    assert unit == Unit("某市水务局", ("市水务局", "水务局", "水局"), handler="张 三", phone="8881234")


def test_a_superior_in_its_short_form_comes_back_under_its_full_name(tmp_path: Path) -> None:
    path = sheet(tmp_path, HEADER, "某市供水站,,水务局,,,,,,,", "某市水务局,水务局,某市政府,,,,,,,")
    assert [unit.superior for unit in read_units(path)] == ["某市水务局", "某市政府"]


def test_the_same_row_twice_is_one_unit(tmp_path: Path) -> None:
    assert len(read_units(sheet(tmp_path, HEADER, "甲局,,,,,,,,,", "甲局,,,,,,,,,"))) == 1


def test_all_faults_are_told_at_once_with_the_rows_a_person_sees(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        HEADER,
        "甲局,局,,张,,,,,,",
        ",,,李,,,,,,",
        "",
        "甲局,,,王,,,,,,",
        "乙局,局,乙局,,,,,,,",
    )
    faults = faults_of(path)
    assert [place for place, _ in faults] == ["第 3 行", "第 5 行", "第 6 行", "第 6 行"]
    assert "没有单位名称" in faults[0][1]
    assert "已在第 2 行" in faults[1][1]
    assert {"它自己" in reason for _, reason in faults[2:]} == {True, False}
    assert any("“局”既指“甲局”（第 2 行），又指“乙局”" in reason for _, reason in faults[2:])


def test_a_short_name_that_is_anothers_full_name_is_a_fault(tmp_path: Path) -> None:
    assert (
        "“乙局”既指“甲局”" in faults_of(sheet(tmp_path, HEADER, "甲局,乙局,,,,,,,,", "乙局,,,,,,,,,"))[0][1]
    )


def test_a_row_out_of_its_columns_is_a_fault(tmp_path: Path) -> None:
    assert "是否错位" in faults_of(sheet(tmp_path, "单位名称,简称", "负责" * 40 + ",甲"))[0][1]


def test_a_sheet_without_names_says_what_its_header_is(tmp_path: Path) -> None:
    assert faults_of(sheet(tmp_path, "经办人,联系电话", "甲,1")) == [
        ("表头", "没有“单位名称”这一列；表头是：经办人、联系电话")
    ]


def test_a_header_alone_holds_no_unit(tmp_path: Path) -> None:
    assert "一个单位也没有" in faults_of(sheet(tmp_path, HEADER))[0][1]


@pytest.mark.parametrize(("name", "count"), [("units-tongliao.csv", 35), ("units-xizang.csv", 36)])
def test_the_sample_registers_come_in_whole(name: str, count: int) -> None:
    units = read_units(SAMPLES / name)
    assert len(units) == count
    assert all(unit.name and unit.phone for unit in units)
